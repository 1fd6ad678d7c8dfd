"""A deadline as it stands, and what the clock needs of an event. Pure; `fold.py` leads from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from huiyin.clock.due import Due, Other, due
from huiyin.clock.now import day_of
from huiyin.clock.runs import Terms
from huiyin.clock.workdays import Calendar
from huiyin.rulepacks import say
from huiyin.rulepacks.schema import Before, DeadlineRule


@dataclass(frozen=True)
class Happening:
    """What the clock needs of an event. `history`: of an earlier time, taken in from a ledger or from paper."""

    event: int | None
    code: str
    at: datetime
    recorded_at: datetime
    at_known: bool = True
    history: bool = False
    assignment_id: int | None = None
    role: str = ""
    evaluation_id: int | None = None
    promise_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def round(self) -> int | None:
        return self.facts.get("round")


@dataclass(frozen=True)
class Running:
    """One deadline as it stands. `counted_at`: when its date was counted, with what was known then."""

    name: str
    rule: DeadlineRule
    assignment_id: int | None
    evaluation_id: int | None
    round: int
    started_by: int | None
    starts_on: date
    due_on: date
    first_due_on: date
    provisional: bool = False
    notice: str = ""
    paused_since: date | None = None
    paused_workdays: int = 0
    extended_to: date | None = None
    met_at: datetime | None = None
    met_by: int | None = None
    met_known: bool = True
    cancelled_at: datetime | None = None
    next_alert_at: datetime | None = None
    counted_at: datetime | None = None
    version: int | None = None
    promise_id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.cancelled_at is None

    @property
    def key(self) -> "Key":
        return (self.name, self.assignment_id, self.evaluation_id, self.promise_id, self.round)


Key = tuple[str, int | None, int | None, int | None, int]
State = tuple[Running, ...]


def begun(rule: DeadlineRule, starts_on: date) -> Running:
    """A deadline of a rule that has just begun, not yet counted."""
    return Running(
        name=rule.name,
        rule=rule,
        assignment_id=None,
        evaluation_id=None,
        round=1,
        started_by=None,
        starts_on=starts_on,
        due_on=starts_on,
        first_due_on=starts_on,
    )


def recount(one: Running, state: State, terms: Terms, calendar: Calendar) -> Due:
    """The due date of a running deadline by its rule, pauses and extension."""
    other = _other(one, state, terms, calendar) if isinstance(one.rule.length, Before) else None
    found = due(
        one.rule,
        one.starts_on,
        calendar,
        other=other,
        paused_workdays=one.paused_workdays,
        extended_to=one.extended_to,
    )
    borrowed = say.borrowed(one.rule.kind, terms.kind, terms.period, one.rule.period)
    return replace(found, explanation=f"{found.explanation}{borrowed}。") if borrowed else found


def _other(one: Running, state: State, terms: Terms, calendar: Calendar) -> Other | None:
    """The deadline that a `Before` rule counts back from: the same assignment's, else the earliest of the item's.

    Where it does not run yet (the co-handler was assigned first), it is counted as if it had begun the same day.
    """
    assert isinstance(one.rule.length, Before)
    wanted = one.rule.length.deadline
    found = [other for other in state if other.name == wanted and other.cancelled_at is None]
    own = [other for other in found if other.assignment_id == one.assignment_id]
    if nearest := min(own or found, key=lambda other: other.due_on, default=None):
        return Other(wanted, nearest.due_on, nearest.provisional)
    rule = terms.rule(wanted)
    if rule is None or isinstance(rule.length, Before):
        return None
    counted = due(rule, one.starts_on, calendar)
    return Other(wanted, counted.due_on, counted.provisional)
