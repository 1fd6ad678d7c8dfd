"""Random people take random steps in a small city, and what must hold holds after each of them.

About a minute. HUIYIN_LIVES=500 searches longer; in CI the lives are the same each time.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.life.machine import Life

LIVES = int(os.environ.get("HUIYIN_LIVES", "20"))
STEPS_EACH = 30


@pytest.mark.django_db
def test_whatever_anybody_does_the_life_holds():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS_EACH,
            deadline=None,
            derandomize="CI" in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
