"""A register as plain data, the rows it stands for, and a recount in plain Python that knows no database.

Only for comparing queries with a recount: whatever dates chance brings must be counted alike. What the life itself
can produce is told by the stories.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from huiyin.clock.now import SHANGHAI

FIRST = date(2020, 1, 10)
DAYS = 14
Moment = datetime


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


# Late in the evening and just after midnight: where a day begins in UTC must not matter.
moments = st.builds(
    lambda number, at: datetime.combine(day(number), at, SHANGHAI),
    st.integers(0, DAYS),
    st.sampled_from([time(0, 0), time(0, 30), time(10), time(23, 59, 59)]),
)
maybe = moments | moments | moments | st.none()
rarely = st.none() | st.none() | st.none() | st.none() | moments
days = st.integers(0, DAYS).map(day)


@dataclass
class Share:
    role: str
    offered_at: Moment | None
    returned_at: Moment | None = None
    cancelled_at: Moment | None = None
    replies: list[Moment | None] = field(default_factory=list)
    marks: list[tuple[int, Moment]] = field(default_factory=list)
    due_on: date | None = None
    met_at: Moment | None = None
    met_known: bool = True


@dataclass
class Form:
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


@dataclass
class Item:
    handed_over_at: Moment | None
    filed_at: Moment | None = None
    merged_at: Moment | None = None
    voided_at: Moment | None = None
    refused_at: Moment | None = None
    elsewhere_at: Moment | None = None
    answer_closed_at: Moment | None = None
    in_plenary: bool = True
    category: str | None = None
    shares: list[Share] = field(default_factory=list)
    contacts: list[tuple[Moment, str, str]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    second_handlings: list[Moment | None] = field(default_factory=list)


def few(element: st.SearchStrategy, at_most: int = 2) -> st.SearchStrategy:
    return st.lists(element, max_size=at_most)


shares = st.builds(
    Share,
    role=st.sampled_from(["lead", "lead", "separate", "co"]),
    offered_at=maybe,
    returned_at=rarely,
    cancelled_at=rarely,
    replies=few(maybe),
    marks=few(st.tuples(st.integers(1, 3), moments), 3),
    due_on=st.none() | days,
    met_at=maybe,
    met_known=st.booleans(),
)
items = st.builds(
    Item,
    handed_over_at=maybe,
    filed_at=maybe,
    merged_at=rarely,
    voided_at=rarely,
    refused_at=rarely,
    elsewhere_at=rarely,
    answer_closed_at=maybe,
    in_plenary=st.booleans(),
    category=st.none() | st.sampled_from(["工交城建", "科教文卫体", "其他", "海洋"]),
    shares=few(shares, 3).map(lambda made: made or [Share("lead", None)]),
    contacts=few(
        st.tuples(moments, st.sampled_from(["before", "after"]), st.sampled_from(["phone", "on_site"]))
    ),
    forms=few(st.builds(Form, st.integers(1, 2), maybe, st.integers(0, 2), st.none() | st.integers(0, 2)), 3),
    promises=few(
        st.builds(
            Promised, maybe, days, few(st.tuples(moments, days)), maybe, rarely
        )
    ),
    second_handlings=few(maybe),
)
registers = st.lists(items, max_size=9)
