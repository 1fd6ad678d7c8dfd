"""Working days and office hours of the made year; rest days and make-up days as the State Council gave them out."""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import chinese_calendar

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2021, 2, 20)
LAST_DAY = date(2021, 2, 19)
MORNING, AFTERNOON = (510, 719), (840, 1049)
MINUTES = (*range(MORNING[0], MORNING[1] + 1), *range(AFTERNOON[0], AFTERNOON[1] + 1))
GAP = 3


@cache
def is_workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def on_or_after(day: date) -> date:
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def on_or_before(day: date) -> date:
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def plus(day: date, workdays: int) -> date:
    """So many working days later (or earlier, below nought); nought gives the day itself or the next working day."""
    if workdays == 0:
        return on_or_after(day)
    step = timedelta(days=1 if workdays > 0 else -1)
    for _ in range(abs(workdays)):
        day += step
        while not is_workday(day):
            day += step
    return day


def moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), ZONE)


def later_moment(day: date, after: datetime | None, rng: Random) -> datetime:
    """A moment in office hours on that working day or, where it is too late for that, on the next one."""
    day = on_or_after(max(day, after.date()) if after else day)
    earliest = after.hour * 60 + after.minute + GAP if after and after.date() == day else 0
    first = bisect_left(MINUTES, earliest)
    if first == len(MINUTES):
        return later_moment(plus(day, 1), None, rng)
    return moment(day, MINUTES[rng.randrange(first, len(MINUTES))])
