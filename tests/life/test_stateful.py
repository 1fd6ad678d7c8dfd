"""Random people take random steps in a small city, and what must hold holds after each of them.

In the ordinary suite the same few lives each time, about a minute. `make explore` lives many others, and then looks
for the shortest life that goes wrong; HUIYIN_LIVES says how many.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.life.machine import Life

LIVES = int(os.environ.get("HUIYIN_LIVES", "0"))
USUALLY, STEPS_EACH = 12, 30
# A long search is somebody waiting for an answer; a test run has a minute.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate] + ([Phase.shrink] if LIVES else [])


@pytest.mark.django_db
def test_whatever_anybody_does_the_life_holds():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES or USUALLY,
            stateful_step_count=STEPS_EACH,
            deadline=None,
            phases=PHASES,
            derandomize=not LIVES,
            suppress_health_check=list(HealthCheck),
        ),
    )
