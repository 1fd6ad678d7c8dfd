"""Steps of the clock, all taken by the system: a notice is loaded, deadlines move, somebody is reminded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.clock.holidays import as_row
from huiyin.clock.models import Deadline, HolidayNotice
from huiyin.clock.notices import Notice
from huiyin.clock.now import day_of
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.models import Post
from huiyin.words import DeadlineName, Role

Facts = dict[str, Any]


@requirement(late=True)
def not_loaded_before(call: Call) -> str | None:
    notice: Notice = (call.data or {})["notice"]
    if HolidayNotice.objects.filter(title=notice.title, dated=notice.dated).exists():
        return f"《{notice.title}》已经录入，不需要再录。"
    return None


@step(
    "calendar.load",
    label="录入放假通知",
    on="people.Jurisdiction",
    creates="clock.HolidayNotice",
    who=who.system,
    automatic=True,
    requires=[not_loaded_before],
    sentence="录入{year}年放假通知{number}",
)
def load_notice(
    jurisdiction: Any, *, actor: Any, at: datetime, notice: Notice
) -> tuple[HolidayNotice, Facts]:
    """The calendar of a year becomes known; deadlines that rest on it are moved by steps of their own."""
    row = as_row(replace(notice, known_from=at))
    row.jurisdiction = jurisdiction
    row.save()
    return row, {"year": notice.year, "number": str(notice), "dated": notice.dated.isoformat()}


@step(
    "deadline.move",
    label="核定期限",
    on="proposals.Proposal",
    who=who.system,
    automatic=True,
    sentence="按{notice}重新核定期限",
)
def move_deadlines(proposal: Any, *, actor: Any, at: datetime, moves: list[Facts], notice: str) -> Facts:
    """The facts say what moves; the clock, hearing the event, counts anew by the calendar now known."""
    return {"moves": moves, "notice": notice}


@requirement()
def alert_has_come(call: Call) -> str | None:
    """The row is locked here, so each alert goes out once, whoever asks and whatever was killed before."""
    deadline: Deadline = call.obj
    if deadline.is_open and deadline.next_alert_at is not None and deadline.next_alert_at <= call.at:
        return None
    return "这项期限现在没有要发的提醒。"


def those_reminded(event: Event) -> Iterator[int]:
    """The unit's liaisons, the handler and who answers for a promise; from the due date on its leaders and the office
    too. A form's evaluator."""
    deadline: Deadline = event.subject
    on = day_of(event.at)
    if deadline.evaluation is not None:
        evaluator = deadline.evaluation.evaluator
        if evaluator is not None and evaluator.person_id is not None:
            yield evaluator.person_id
        return
    late = deadline.due_on <= on
    roles = [Role.LIAISON, Role.UNIT_LEADER] if late else [Role.LIAISON]
    promise = deadline.promise
    units = [share.unit_id for share in _shares(deadline)] if promise is None else [promise.unit_id]
    yield from (
        Post.objects.held_on(on).filter(unit__in=units).in_role(*roles).values_list("person", flat=True)
    )
    if promise is not None and promise.owner is not None:
        yield promise.owner.person_id
    for share in _shares(deadline) if promise is None else ():
        if share.handler is not None:
            yield share.handler.person_id
    if late:
        office = (
            Post.objects.held_on(on).filter(jurisdiction=deadline.jurisdiction_id).in_role(Role.REGISTRAR)
        )
        yield from office.values_list("person", flat=True)


def _shares(deadline: Deadline) -> list[Any]:
    if deadline.assignment is not None:
        return [deadline.assignment]
    return list(deadline.proposal.assignments.standing().answering().select_related("handler"))


@step(
    "clock.alert",
    label="期限提醒",
    on="clock.Deadline",
    who=who.system,
    automatic=True,
    requires=[alert_has_come],
    fields=[Field("name", "期限", kind="word", words=DeadlineName, required=False)],
    tell=[those_reminded],
    sentence="提醒{target}：{name}期限为{due_on}",
)
def remind(deadline: Deadline, *, actor: Any, at: datetime) -> Facts:
    """The clock, hearing the event, sets the next alert."""
    return {
        "target_unit": deadline.unit,
        "name": deadline.name,
        "round": deadline.round,
        "evaluation": deadline.evaluation_id,
        "promise": deadline.promise_id,
        "due_on": deadline.due_on.isoformat(),
        "days": (deadline.due_on - day_of(at)).days,
    }
