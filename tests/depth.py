"""How hard the properties are searched: so often as stands beside each, or HUIYIN_DEPTH times that (`make explore`).

Under CI the examples are the same each time, so that a failure belongs to the change it is found with.
"""

import os

from hypothesis import settings

DEPTH = int(os.environ.get("HUIYIN_DEPTH", "1"))
USUAL = 100

# No deadline: how long an example takes says more of the machine than of the code.
settings.register_profile(
    "huiyin", deadline=None, max_examples=USUAL * DEPTH, derandomize="CI" in os.environ and DEPTH == 1
)
settings.load_profile("huiyin")
