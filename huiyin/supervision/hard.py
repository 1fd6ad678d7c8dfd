"""先易后难: whether the hard ones wait, read off dated acts alone. Pure functions over plain rows; nothing is asked here."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median

from huiyin.clock.workdays import Calendar


@dataclass(frozen=True)
class Handled:
    """One answering share as it stood at the end of a day: its grade, and the days on which it moved.

    `started` and `moved`: the first and the last real act.
    `stops`: spans in which its clock stood still (报请上级), the last one open where `until` is None. All days are
    calendar days in Asia/Shanghai.
    """

    share: int
    item: int
    unit: int
    grade: int
    offered: date
    signed: date | None
    started: date | None
    answered: date | None
    moved: date | None = None
    stops: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True)
class Stays:
    """Workdays in each stage, up to the day asked where the stage has not ended; None where it has not begun."""

    signing: int
    starting: int | None
    answering: int | None
    stopped: int

    @property
    def waited(self) -> int:
        """From the assignment to the first real act."""
        return self.signing + (self.starting or 0)


def stays_of(row: Handled, on: date, calendar: Calendar) -> Stays:
    """待签收、签收后未动、动手后办理, and the days that were stopped, which are counted in none of them twice:
    they are shown beside, since the share was with the unit all the while."""
    end = row.answered or on

    def days(after: date, until: date) -> int:
        return max(0, calendar.workdays_between(after, until))

    signed = row.signed or end
    started = row.started or end
    stopped = sum(days(after, min(until or on, end)) for after, until in row.stops if after < end)
    return Stays(
        signing=days(row.offered, min(signed, started)),
        starting=days(min(signed, started), started) if row.signed or row.started else None,
        answering=days(started, end) if row.started else None,
        stopped=stopped,
    )


@dataclass(frozen=True)
class ByGrade:
    """The shares of one grade. Days are workdays; a median of nothing is None."""

    grade: int
    shares: int
    started: int
    answered: int
    to_start: float | None
    to_answer: float | None
    signing: float | None
    stopped: int
    waiting: int


def by_grade(rows: Iterable[Handled], on: date, calendar: Calendar) -> list[ByGrade]:
    """From easy to hard. `waiting`: shares without a first act, `to_start` the median of those that have one."""
    found: dict[int, list[tuple[Handled, Stays]]] = defaultdict(list)
    for row in rows:
        found[row.grade].append((row, stays_of(row, on, calendar)))
    return [
        ByGrade(
            grade=grade,
            shares=len(group),
            started=sum(row.started is not None for row, _ in group),
            answered=sum(row.answered is not None for row, _ in group),
            to_start=_median(stays.waited for row, stays in group if row.started),
            to_answer=_median(
                calendar.workdays_between(row.offered, row.answered) for row, _ in group if row.answered
            ),
            signing=_median(stays.signing for row, stays in group if row.signed),
            stopped=sum(stays.stopped for _, stays in group),
            waiting=sum(row.started is None and row.answered is None for row, _ in group),
        )
        for grade, group in sorted(found.items())
    ]


def _median(values: Iterable[int]) -> float | None:
    found = list(values)
    return float(median(found)) if found else None


@dataclass(frozen=True)
class Order:
    """Pairs of an easier and a harder share of which one waited longer for its first act; `easy_first` counts those
    in which it was the harder one. Half of them says that difficulty decides nothing; all, that the hard ones wait."""

    easy_first: int
    pairs: int

    @property
    def correlation(self) -> float | None:
        """Goodman and Kruskal's gamma of difficulty with the wait, from -1 to 1."""
        return (2 * self.easy_first - self.pairs) / self.pairs if self.pairs else None


def order_of(rows: Iterable[Handled], on: date, calendar: Calendar) -> Order:
    """Every pair of shares of different grades is compared by how many workdays each waited. Of a share that has not
    been started only those are compared that were started sooner than it has waited already."""
    waits: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for row in rows:
        if row.started is not None or row.answered is None:
            stays = stays_of(row, on, calendar)
            waits[row.grade].append((stays.waited, row.started is not None))
    easy_first = pairs = 0
    grades = sorted(waits)
    for place, easier in enumerate(grades):
        for harder in grades[place + 1 :]:
            longer = _longer(waits[easier], waits[harder])
            easy_first += longer
            pairs += longer + _longer(waits[harder], waits[easier])
    return Order(easy_first, pairs)


def _longer(short: Sequence[tuple[int, bool]], long: Sequence[tuple[int, bool]]) -> int:
    """In how many pairs the one of `long` surely waited longer: the other was started, and sooner."""
    started = sorted(days for days, begun in short if begun)
    found = place = 0
    for days in sorted(days for days, _ in long):
        while place < len(started) and started[place] < days:
            place += 1
        found += place
    return found


def passed_over(rows: Iterable[Handled], hard: Callable[[Handled], bool]) -> list[Handled]:
    """让后来的易件插到前头的难件: hard shares before whose first act the same unit had begun more than half of the
    easier ones that it was given on the same day or later. A unit that takes them as they come begins some easier one
    sooner too; that alone says nothing."""
    of_unit: dict[int, list[Handled]] = defaultdict(list)
    for row in rows:
        of_unit[row.unit].append(row)
    found = []
    for group in of_unit.values():
        # By grade, of those given on the day at hand or later: how many, and when they were begun, in order.
        given: dict[int, int] = defaultdict(int)
        begun: dict[int, list[date]] = defaultdict(list)
        group.sort(key=lambda row: row.offered, reverse=True)
        for _, same_day in groupby(group, key=lambda row: row.offered):
            today = list(same_day)
            for row in today:
                given[row.grade] += 1
                if row.started is not None:
                    insort(begun[row.grade], row.started)
            for row in filter(hard, today):
                easier = [grade for grade in given if grade < row.grade]
                sooner = sum(bisect_left(begun[grade], row.started or date.max) for grade in easier)
                if 2 * sooner > sum(given[grade] for grade in easier):
                    found.append(row)
    return found


def is_quiet(row: Handled, on: date, calendar: Calendar, days: int) -> bool:
    """In hand, and nothing real has been done on it for more workdays than that."""
    return row.answered is None and calendar.workdays_between(row.moved or row.offered, on) > days


def weight_of(row: Handled, on: date, calendar: Calendar) -> int:
    """轻重先后: what a unit should take up first. Ten points a grade and one for each workday since it was given: an
    easy one goes behind a hard one for ten workdays a grade, and none waits for ever."""
    return 10 * row.grade + max(0, calendar.workdays_between(row.offered, on))
