"""Steps of the clock, all taken by the system: a notice is loaded, deadlines move, somebody is reminded."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.clock.holidays import as_row
from huiyin.clock.models import Deadline, HolidayNotice
from huiyin.clock.notices import Notice
from huiyin.clock.now import day_of
from huiyin.clock.reminded import those_reminded
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.words import DeadlineName

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
