"""Random people take random steps in a small city, and what must hold holds after each of them.

In the ordinary suite the same twelve lives each time, about a minute. `make explore` searches longer and then looks
for the shortest life that goes wrong.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.depth import DEPTH
from tests.life.machine import Life

LIVES = 12 * DEPTH
STEPS_EACH = 30
# A long search is somebody waiting for an answer; a test run has a minute.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate] + ([Phase.shrink] if DEPTH > 1 else [])


@pytest.mark.hypothesis
@pytest.mark.django_db
def test_whatever_anybody_does_the_life_holds():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS_EACH,
            phases=PHASES,
            derandomize=DEPTH == 1,
            suppress_health_check=list(HealthCheck),
        ),
    )
