"""When people may be disturbed: on workdays from nine to six. Pure."""

from datetime import datetime, time

from huiyin.clock.now import SHANGHAI, day_of, moment
from huiyin.clock.workdays import DAY, Calendar

OPENS, CLOSES = time(9), time(18)


def is_open(at: datetime, calendar: Calendar) -> bool:
    local = at.astimezone(SHANGHAI)
    return calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES


def next_open(at: datetime, calendar: Calendar) -> datetime:
    """The moment itself where it is in office hours, else the next opening."""
    if is_open(at, calendar):
        return at
    today = day_of(at)
    opens = moment(calendar.next_workday(today), OPENS.hour)
    return opens if opens > at else moment(calendar.next_workday(today + DAY), OPENS.hour)
