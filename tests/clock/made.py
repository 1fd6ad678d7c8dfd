"""A made pack and made events for the tests of the clock; its values are examples, not any place's rules."""

from datetime import date, datetime, timedelta
from itertools import count

from huiyin.clock.now import moment
from huiyin.clock.running import Happening, Running, State
from huiyin.clock.runs import Terms
from huiyin.clock.workdays import Calendar, shipped_calendars
from huiyin.rulepacks.schema import (
    Alert,
    Before,
    DeadlineRule,
    FixedDate,
    Length,
    Pack,
    Source,
)
from huiyin.words import Kind, Period

SOURCE = Source("示例办理办法", number="示政发〔2020〕1号", article="第五条")
CALENDARS = shipped_calendars()
WHOLE: Calendar = CALENDARS.in_full()


def rule(name: str, starts: str, length: Length | FixedDate | Before, met_by: str, **more) -> DeadlineRule:
    return DeadlineRule(name, starts, length, SOURCE, met_by=tuple(met_by.split()), **more)


RULES = (
    rule(
        "reply",
        "assignment.assign",
        Length(3, "months"),
        "reply.issue",
        maximum=Length(6, "months"),
        alerts=(Alert(-30), Alert(-7), Alert(0), Alert(7)),
    ),
    rule("return_window", "assignment.assign", Length(5, "workdays"), "assignment.ask_return"),
    rule("co_opinion", "assignment.assign", Before(Length(20, "days"), "reply"), "assignment.give_opinion"),
    rule("first_contact", "assignment.sign", Length(20, "workdays"), "contact.log"),
    rule("feedback", "evaluation.invite", Length(15, "workdays"), "evaluation.submit evaluation.enter_paper"),
    rule("second_handling", "second_handling.order", Length(1, "months"), "reply.issue"),
    rule("fulfilment", "plenary.close", Length(3, "years"), "proposal.settle"),
    rule("extension_max", "assignment.assign", Length(6, "months"), ""),
)


def pack(rules: tuple[DeadlineRule, ...] = RULES, **more) -> Pack:
    values = {
        "code": "made",
        "label": "示例",
        "version": "1",
        "jurisdiction": "370300",
        "valid_from": date(2020, 1, 1),
        "deadlines": rules,
        "mark_schemes": (),
        "taxonomies": (),
        "evaluating": (),
        "rates": (),
        "options": (),
    }
    return Pack(**(values | more))


def terms(rules: tuple[DeadlineRule, ...] = RULES, closed_on: date | None = date(2020, 1, 8)) -> Terms:
    return Terms(pack(rules), Kind.PROPOSAL, Period.IN_PLENARY, closed_on)


TERMS = terms()
_ids = count(1)


def happens(code: str, day: str, assignment: int | None = None, role: str = "lead", **more) -> Happening:
    """An event at ten in the morning of a day, recorded then unless `recorded` names another day."""
    at: datetime = moment(date.fromisoformat(day), 10)
    recorded = more.pop("recorded", None)
    return Happening(
        event=next(_ids),
        code=code,
        at=at,
        recorded_at=moment(date.fromisoformat(recorded), 10) if recorded else at + timedelta(minutes=1),
        assignment_id=assignment,
        role=role if assignment else "",
        at_known=more.pop("at_known", True),
        history=more.pop("history", False),
        evaluation_id=more.pop("evaluation", None),
        promise_id=more.pop("promise", None) if code.startswith("promise.") else None,
        facts=more,
    )


def the(state: State, name: str, assignment: int | None = None) -> Running:
    """The one deadline of that name (and assignment)."""
    found = [one for one in state if one.name == name and assignment in (None, one.assignment_id)]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]
