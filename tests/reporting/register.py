"""A register as plain data, the rows it stands for, and a recount in plain Python that knows no database.

Only for comparing queries with a recount: whatever dates chance brings must be counted alike. What the life itself
can produce is told by the stories.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from huiyin.clock.now import SHANGHAI

T = TypeVar("T")
FIRST = date(2020, 1, 10)
DAYS = 14
Moment = datetime


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass
class Share:
    role: str
    offered_at: Moment | None
    returned_at: Moment | None = None
    cancelled_at: Moment | None = None
    answered_at: Moment | None = None
    marks: list[tuple[int, Moment]] = field(default_factory=list)
    due_on: date | None = None
    met_at: Moment | None = None
    met_known: bool = True


@dataclass
class Form:
    share: int
    round: int
    counted_at: Moment | None
    attitude: int
    result: int | None


@dataclass
class Promised:
    undertaken_at: Moment | None
    due_on: date
    moves: list[tuple[Moment, date]] = field(default_factory=list)
    kept_at: Moment | None = None
    dropped_at: Moment | None = None
    named_at: Moment | None = None
    altered_at: list[Moment] = field(default_factory=list)
    on_paper: bool = False


class Talk(NamedTuple):
    """沟通: with what was explained, and how the proposer took it."""

    at: Moment
    phase: str
    way: str
    explained: str = ""
    response: str = ""


@dataclass
class Item:
    handed_over_at: Moment | None
    filed_at: Moment | None = None
    merged_at: Moment | None = None
    voided_at: Moment | None = None
    refused_at: Moment | None = None
    elsewhere_at: Moment | None = None
    answer_closed_at: Moment | None = None
    reopened_at: Moment | None = None
    in_plenary: bool = True
    category: str | None = None
    shares: list[Share] = field(default_factory=list)
    contacts: list[Talk] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    second_handlings: list[Moment | None] = field(default_factory=list)


class Chance:
    """Makes registers; most things begin early, some never happen, few are undone."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def moment(self, last: int = DAYS) -> Moment:
        """Late in the evening and just after midnight too: where a day begins in UTC must not matter."""
        at = self.random.choice([time(10), time(23, 59, 59), time(0, 0), time(0, 30)])
        return datetime.combine(day(self.random.randint(0, last)), at, SHANGHAI)

    def mostly(self) -> Moment | None:
        return self.moment(last=3) if self.random.random() < 0.85 else None

    def maybe(self) -> Moment | None:
        return self.moment() if self.random.random() < 0.7 else None

    def rarely(self) -> Moment | None:
        return self.moment() if self.random.random() < 0.08 else None

    def few(self, make: Callable[[], T], most: int = 2, least: int = 0) -> list[T]:
        return [make() for _ in range(self.random.randint(least, most))]

    def share(self) -> Share:
        return Share(
            role=self.random.choice(["lead", "lead", "separate", "co"]),
            offered_at=self.mostly(),
            returned_at=self.rarely(),
            cancelled_at=self.rarely(),
            answered_at=self.maybe(),
            marks=self.few(lambda: (self.random.randint(1, 3), self.moment()), 3),
            due_on=day(self.random.randint(0, DAYS)) if self.random.random() < 0.8 else None,
            met_at=self.maybe(),
            met_known=self.random.random() < 0.8,
        )

    def form(self) -> Form:
        grades = [0, 0, 1, 2]
        result = self.random.choice([*grades, None])
        about, round_ = self.random.randint(0, 1), self.random.randint(1, 2)
        return Form(about, round_, self.maybe(), self.random.choice(grades), result)

    def promised(self) -> Promised:
        def move() -> tuple[Moment, date]:
            return self.moment(), day(self.random.randint(0, DAYS))

        due_on = day(self.random.randint(0, DAYS))
        return Promised(
            self.mostly(),
            due_on,
            self.few(move),
            self.maybe(),
            self.rarely(),
            self.maybe(),
            self.few(self.moment),
        )

    def contact(self) -> Talk:
        phase, way = (
            self.random.choice(["before", "during", "after"]),
            self.random.choice(["phone", "on_site"]),
        )
        explained = self.random.choice(["", "经费未列入年度预算"])
        response = self.random.choice(["", "understood", "not_accepted"]) if explained else ""
        return Talk(self.moment(), phase, way, explained, response)

    def item(self) -> Item:
        return Item(
            handed_over_at=self.mostly(),
            filed_at=self.maybe(),
            merged_at=self.rarely(),
            voided_at=self.rarely(),
            refused_at=self.rarely(),
            elsewhere_at=self.rarely(),
            answer_closed_at=self.maybe(),
            reopened_at=self.rarely(),
            in_plenary=self.random.random() < 0.7,
            category=self.random.choice([None, "工交城建", "科教文卫体", "其他", "海洋"]),
            shares=self.few(self.share, 3, 1),
            contacts=self.few(self.contact),
            forms=self.few(self.form, 3),
            promises=self.few(self.promised),
            second_handlings=self.few(self.maybe),
        )


def register(seed: int) -> list[Item]:
    made = Chance(seed)
    return made.few(made.item, 9, 1)


registers = st.integers(0, 2**32).map(register)
