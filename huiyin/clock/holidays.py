"""The holiday calendar that this site reckons with: the shipped notices and those that were loaded.

A shipped notice counts from its date. Where an update of the software brought one later than that, it counts from
the day it was first seen here (`sync_shipped_notices`), so that a replay sees what was known at the time.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from huiyin.clock.models import HolidayNotice
from huiyin.clock.notices import Days, Notice, shipped_notices
from huiyin.clock.now import now
from huiyin.clock.workdays import Calendar, Calendars
from huiyin.journal.prepared import Prepared
from huiyin.journal.work import once


def calendars_in_force() -> Calendars:
    """The calendars of this site. One query; they are built again only when a notice has come."""
    found: Calendars = once("calendars", _read)
    return found


def _read() -> Calendars:
    return _built(tuple(_from_row(row) for row in _NOTICES()))


_NOTICES = Prepared(lambda: HolidayNotice.objects.exclude(known_from=None))


def calendar_today() -> Calendar:
    return calendars_in_force().as_known(now())


def as_row(notice: Notice, *, shipped: bool = False) -> HolidayNotice:
    """The row that keeps a notice; the days of a shipped one stay in the package, and it counts from its date."""
    return HolidayNotice(
        year=notice.year,
        title=notice.title,
        number=notice.number,
        dated=notice.dated,
        off=[] if shipped else [[day.isoformat(), name] for day, name in notice.off],
        work=[] if shipped else [[day.isoformat(), name] for day, name in notice.work],
        shipped=shipped,
        known_from=None if shipped else notice.known_from,
    )


def sync_shipped_notices() -> None:
    """Note which shipped notices this home has seen; one that an update of the software brings counts from today."""
    seen = dict(HolidayNotice.objects.values_list("title", "shipped"))
    new = [notice for notice in shipped_notices() if notice.title not in seen]
    rows = [as_row(notice, shipped=True) for notice in new]
    if any(seen.values()):
        for row, notice in zip(rows, new, strict=True):
            row.known_from = max(notice.known_from, now())
    HolidayNotice.objects.bulk_create(rows, ignore_conflicts=True)


def _from_row(row: HolidayNotice) -> Notice:
    assert row.known_from is not None  # only such rows are asked for
    if row.shipped:
        carried = next(notice for notice in shipped_notices() if notice.title == row.title)
        return replace(carried, known_from=row.known_from)
    return Notice(
        year=row.year,
        title=row.title,
        number=row.number,
        dated=row.dated,
        off=_days(row.off),
        work=_days(row.work),
        known_from=row.known_from,
    )


def _days(pairs: list[list[str]]) -> Days:
    return tuple((date.fromisoformat(day), name) for day, name in pairs)


@lru_cache(maxsize=4)
def _built(of_this_site: tuple[Notice, ...]) -> Calendars:
    titles = {notice.title for notice in of_this_site}
    return Calendars([*(notice for notice in shipped_notices() if notice.title not in titles), *of_this_site])
