"""Random people take random steps in a small city, and what must hold holds after each of them.

About a minute. HUIYIN_LIVES=500 searches longer and then looks for the shortest life that goes wrong; in CI the lives
are the same each time.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.life.machine import Life

LIVES = int(os.environ.get("HUIYIN_LIVES", "0"))
STEPS_EACH = 30
# A long search is somebody waiting for an answer; a test run has a minute, and the seed of what goes wrong.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate] + ([Phase.shrink] if LIVES else [])


@pytest.mark.django_db
def test_whatever_anybody_does_the_life_holds():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES or 20,
            stateful_step_count=STEPS_EACH,
            deadline=None,
            phases=PHASES,
            derandomize="CI" in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
