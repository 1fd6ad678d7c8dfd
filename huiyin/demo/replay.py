"""The plan replayed: every act through its real step at its moment, the clock running day by day beside it.

The acts of a day share a transaction; what is asked, written and sealed is the same as if each had one of its own.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.core.exceptions import ObjectDoesNotExist

from huiyin.clock.alerts import run_once
from huiyin.clock.now import SHANGHAI, Held, at
from huiyin.demo.days import TODAY, is_workday
from huiyin.demo.items import Plenary
from huiyin.demo.people import Rows
from huiyin.demo.plan import Plan
from huiyin.demo.rows import Found, opening
from huiyin.demo.story import Act
from huiyin.journal.step import STEPS, Refused
from huiyin.journal.work import LIMIT, work

OFFICE_OPENS = time(9)
ENTERED_BEFORE = timedelta(days=3)


class Unplayable(Exception):
    """A step refused an act of the plan: a mistake in one of the two."""


def replay(plan: Plan, rows: Rows, *, seen: Callable[[int], None] = lambda acts: None) -> None:
    """Everything that happens, in order; `seen` is told of the acts done."""
    acts = sorted([*map(_entered, plan.plenaries), *plan.acts], key=lambda act: act.at)
    play = _Play(Found(rows, plan.item_by_key))
    by_day = {day: list(found) for day, found in groupby(acts, key=lambda act: act.at.date())}
    with at(acts[0].at) as clock:
        for day in _days(acts[0].at.date()):
            play.day(day, by_day.pop(day, []), clock, seen)
    if by_day:
        raise Unplayable(f"the plan goes beyond the last day: {min(by_day)}")


def _days(first: date) -> Iterator[date]:
    while first <= TODAY:
        yield first
        first += timedelta(days=1)


def _entered(plenary: Plenary) -> Act:
    """The registrar enters the plenary a few days before it opens."""
    data = opening(plenary)
    moment = datetime.combine(data["opened_on"] - ENTERED_BEFORE, OFFICE_OPENS, SHANGHAI)
    return Act(moment, "plenary.open", "registrar1", data=data)


class _Play:
    def __init__(self, found: Found) -> None:
        self.found = found

    def day(self, day: date, acts: list[Act], clock: Held, seen: Callable[[int], None]) -> None:
        """The acts before the clock's turn at nine, the turn, and the acts after it."""
        turn = datetime.combine(day, OFFICE_OPENS, SHANGHAI)
        self.take([act for act in acts if act.at < turn], clock, seen)
        if is_workday(day):
            clock.move(turn)
            run_once()
        self.take([act for act in acts if act.at >= turn], clock, seen)

    def take(self, acts: list[Act], clock: Held, seen: Callable[[int], None]) -> None:
        for first in range(0, len(acts), LIMIT):
            batch = acts[first : first + LIMIT]
            with work(batch=True):
                for act in batch:
                    clock.move(act.at)
                    self.act(act)
            seen(len(batch))

    def act(self, act: Act) -> None:
        step = STEPS[act.code]
        try:
            subject = self.found.subject(step.on, act)
            event = step(subject, actor=self.found.actor(act, subject), at=act.at, **self.found.data(act))
        except (Refused, ObjectDoesNotExist, KeyError) as missing:
            raise Unplayable(f"{act}: {missing}") from missing
        self.found.take(act, event)
