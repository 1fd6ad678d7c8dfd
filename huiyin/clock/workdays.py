"""The workday calendar, as it was known on a day. Pure.

Weekends rest unless a notice makes them up; other days work unless a notice, or beyond the last notice the
regulation, gives them off. What rests on the regulation alone is provisional: `covers` says so.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate

from huiyin.clock.notices import Notice, shipped_notices
from huiyin.clock.now import day_of, moment
from huiyin.clock.statutory import REGULATIONS, statutory_days

DAY = timedelta(days=1)
WEEKEND = "周末"


class Calendar:
    """The calendar that a set of notices makes; a later notice overrides an earlier one on the days it names."""

    def __init__(self, notices: Iterable[Notice], known_on: date) -> None:
        self.known_on = known_on
        self._off: dict[date, str] = {}
        self._work: dict[date, str] = {}
        self._of_day: dict[date, Notice] = {}
        self._of_year: dict[int, Notice] = {}
        self._statutory: dict[int, dict[date, str]] = {}
        self._worked: dict[int, list[int]] = {}
        for notice in sorted(notices, key=lambda one: (one.known_from, one.dated)):
            self._of_year.setdefault(notice.year, notice)
            for day, name in notice.off:
                self._off[day] = name
                self._work.pop(day, None)
                self._of_day[day] = notice
            for day, name in notice.work:
                self._work[day] = name
                self._off.pop(day, None)
                self._of_day[day] = notice

    @property
    def known_until(self) -> date:
        """The last day for which a notice is known."""
        return date(max(self._of_year, default=self.known_on.year - 1), 12, 31)

    def covers(self, day: date) -> bool:
        """Whether the notice of that day's year is known; a date resting on an uncovered day is provisional."""
        return day.year in self._of_year

    def is_workday(self, day: date) -> bool:
        return not self.why_off(day)

    def why_off(self, day: date) -> str:
        """The name of the rest day (春节, 周末 …), or "" for a workday."""
        if day in self._work:
            return ""
        if day in self._off:
            return self._off[day]
        if not self.covers(day) and day in self._statutory_of(day.year):
            return self._statutory_of(day.year)[day]
        return WEEKEND if day.weekday() >= 5 else ""

    def why_on(self, day: date) -> str:
        """For a weekend day that is worked: the holiday it makes up for; "" otherwise."""
        return self._work.get(day, "")

    def notice_for(self, day: date) -> Notice | None:
        """The notice a day rests on: the latest that names it, else that of its year."""
        return self._of_day.get(day) or self._of_year.get(day.year)

    def notices_naming(self, days: Iterable[date]) -> list[Notice]:
        """The notices that name any of these days, the latest known last, each once."""
        found = {id(notice): notice for day in days if (notice := self._of_day.get(day))}
        return sorted(found.values(), key=lambda notice: notice.known_from)

    def off_in(self, year: int) -> dict[date, str]:
        """The days off of a year that are not plain weekends."""
        named = self.rest_days(date(year - 1, 12, 31), date(year, 12, 31))
        return {day: why for day, why in named if why != WEEKEND}

    def worked_in(self, year: int) -> dict[date, str]:
        """The make-up workdays of a year, each with the holiday it makes up for."""
        return {day: why for day, why in self._work.items() if day.year == year}

    def next_workday(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        while not self.is_workday(day):
            day += DAY
        return day

    def previous_workday(self, day: date) -> date:
        """The day itself if it is worked, else the last before it that is."""
        while not self.is_workday(day):
            day -= DAY
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The count-th workday after a day, the day itself not counted; before it for a negative count."""
        step = DAY if count >= 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """How many workdays lie after `after`, up to and with `until`; negative when `until` is the earlier."""
        if until < after:
            return -self.workdays_between(until, after)
        whole = sum(self._worked_in(year)[-1] for year in range(after.year, until.year))
        return whole + self._worked_in(until.year)[_place(until)] - self._worked_in(after.year)[_place(after)]

    def rest_days(self, after: date, until: date) -> tuple[tuple[date, str], ...]:
        """The rest days after `after`, up to and with `until`, with their names."""
        return tuple((day, why) for day in days_after(after, until) if (why := self.why_off(day)))

    def _worked_in(self, year: int) -> list[int]:
        """For each day of a year how many were worked up to and with it; 0 stands before the first."""
        if year not in self._worked:
            days = (date(year, 1, 1) + timedelta(days=n) for n in range(_place(date(year, 12, 31))))
            self._worked[year] = list(accumulate((self.is_workday(day) for day in days), initial=0))
        return self._worked[year]

    def _statutory_of(self, year: int) -> dict[date, str]:
        if year not in self._statutory:
            self._statutory[year] = statutory_days(year, self.known_on)
        return self._statutory[year]


class Calendars:
    """The calendars that one set of notices makes as its notices become known; each is built once."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.notices = tuple(sorted(notices, key=lambda notice: (notice.known_from, notice.dated)))
        turns = {notice.known_from for notice in self.notices}
        self._turns = sorted(turns | {moment(wording.dated, 0) for wording in REGULATIONS})
        self._built: dict[int, Calendar] = {}

    def as_known(self, when: datetime | date) -> Calendar:
        """The calendar from the notices and regulations known at a moment, or by the end of a day."""
        at = when if isinstance(when, datetime) else moment(when, 23, 59)
        turn = bisect_right(self._turns, at)
        if turn not in self._built:
            since = self._turns[turn - 1] if turn else at
            known = [notice for notice in self.notices if notice.known_from <= since]
            self._built[turn] = Calendar(known, day_of(since))
        return self._built[turn]

    def in_full(self) -> Calendar:
        """The calendar of everything this site has, whenever it became known."""
        return self.as_known(self._turns[-1])

    def turn(self, at: datetime) -> datetime | None:
        """The last moment up to `at` at which a notice became known here."""
        return max((notice.known_from for notice in self.notices if notice.known_from <= at), default=None)


def _place(day: date) -> int:
    """The how-manieth day of its year."""
    return day.timetuple().tm_yday


def days_after(after: date, until: date) -> Iterator[date]:
    return (after + timedelta(days=n) for n in range(1, (until - after).days + 1))


def shipped_calendars() -> Calendars:
    """The calendars of the notices that the installed package carries."""
    return Calendars(shipped_notices())
