"""The one place that reads the system clock. Everything else asks `now()` or `today()`.

Time zone Asia/Shanghai. A home may run on a clock set back (the demo city lives in 2021): the distance to real time
stands in `clock.json` of the home, so that every process of that home sees the same time and it runs on. Tests and
replays hold the clock still with `at(moment)`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
FILE = "clock.json"


class _Clock:
    """The process's clock: a distance to real time and, while held, a moment. One for all threads of a process."""

    def __init__(self) -> None:
        self.distance = timedelta()
        self.held: datetime | None = None

    def now(self) -> datetime:
        return self.held or datetime.now(SHANGHAI) + self.distance


_clock = _Clock()


def now() -> datetime:
    """The present moment, aware, in Asia/Shanghai."""
    return _clock.now()


def today() -> date:
    return now().date()


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of that day in Asia/Shanghai; nine in the morning, when offices open, unless said otherwise."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def day_of(when: datetime) -> date:
    """The calendar day of a moment in Asia/Shanghai, whatever zone it is written in."""
    return when.astimezone(SHANGHAI).date()


class Held:
    """A clock that is held still; `move` puts it to another moment."""

    def move(self, to: datetime | date) -> None:
        _clock.held = _as_moment(to)


@contextmanager
def at(when: datetime | date) -> Iterator[Held]:
    """Hold the clock at a moment (a bare date means nine in the morning); nested uses restore the outer one."""
    before = _clock.held
    held = Held()
    held.move(when)
    try:
        yield held
    finally:
        _clock.held = before


def start_home_at(home: Path, when: datetime | date) -> None:
    """Let the clock of this home run on from a moment, now and in every process that calls `use_home` later."""
    distance = _as_moment(when) - datetime.now(SHANGHAI)
    (home / FILE).write_text(
        json.dumps({"seconds_from_real_time": distance.total_seconds()}), encoding="utf-8"
    )
    _clock.distance = distance


def use_home(home: Path) -> None:
    """Take the distance that the home carries; a home without one runs on real time."""
    file = home / FILE
    seconds = json.loads(file.read_text(encoding="utf-8"))["seconds_from_real_time"] if file.exists() else 0
    _clock.distance = timedelta(seconds=seconds)


def _as_moment(when: datetime | date) -> datetime:
    if not isinstance(when, datetime):
        return moment(when)
    if when.tzinfo is None:
        raise ValueError("The clock can only be set to a moment with a time zone.")
    return when.astimezone(SHANGHAI)
