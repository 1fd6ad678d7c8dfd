"""What every part shares: a home, the clock of a run, medians, and the JSON that it prints."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any


def begin() -> None:
    """Django in the home that HUIYIN_HOME names, on the database that DATABASE_URL names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings"
    import django

    django.setup()


def prepare() -> None:
    from huiyin.home import prepare

    prepare()


def tell(found: dict[str, Any]) -> None:
    """The part's result, for the process that started it."""
    json.dump(found, sys.stdout)
    sys.stdout.flush()


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def clock() -> float:
    """Seconds. SQLite runs inside the process: its processor time, which a busy machine does not stretch, is what
    the work costs. PostgreSQL runs beside it: there only the clock on the wall tells.
    """
    from django.db import connection

    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = clock()
    found = do()
    return clock() - began, found


def median_of(runs: int, do: Callable[[], Any], warm: bool = True) -> float:
    """The median of some runs, after one that is not counted."""
    if warm:
        do()
    return statistics.median(timed(do)[0] for _ in range(runs))


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def peak_memory() -> int:
    """MiB that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
