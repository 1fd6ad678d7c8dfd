"""延期与中止: asked for and ruled on, or explained, as the pack says; the clock stands while a superior decides."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.limits import answer_deadline, extension_limit
from huiyin.handling.models import Assignment, Extension, Pause
from huiyin.handling.steps.returning import refusal_has_a_reason
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.words import AssignmentState, Ruling

also_dates("assignment.ask_extension", "handling.Extension", "assignment", "asked_at")
also_dates("assignment.rule_extension", "handling.Extension", "assignment", "ruled_at")
also_dates("assignment.explain_extension", "handling.Extension", "assignment", "asked_at", "ruled_at")
also_dates("assignment.pause", "handling.Pause", "assignment", "from_at")
also_dates("assignment.resume", "handling.Pause", "assignment", "to_at")

AT_WORK = {AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING}


@requirement()
def extensions_are_approved(call: Call) -> str | None:
    if call.obj.proposal.option("extension") == "approve":
        return None
    return "按本地规则，延期不用批准，请用“说明延期”写明原因并告知提案者。"


@requirement()
def extensions_are_explained(call: Call) -> str | None:
    if call.obj.proposal.option("extension") == "explain":
        return None
    return "按本地规则，延期要先申请并经批准，请用“申请延期”。"


@requirement()
def owes_an_answer(call: Call) -> str | None:
    if not call.obj.is_answering:
        return "会办单位没有答复期限，请按期提交会办意见。"
    return None if answer_deadline(call.obj) else "这一件还没有答复期限，不用延期。"


@requirement()
def asked_in_time(call: Call) -> str | None:
    """An extension is asked for before the day has passed; afterwards the answer is simply late."""
    deadline = answer_deadline(call.obj)
    if deadline is None or day_of(call.at) <= deadline.due_on:
        return None
    return f"答复期限{in_full(deadline.due_on)}已过，不能再申请延期，请尽快答复并向提案者说明原因。"


@requirement(done=True)
def no_open_extension(call: Call) -> str | None:
    return "已有一项延期申请等待批准，请等批复后再提。" if open_extension(call.obj) else None


@requirement(field="until", late=True)
def until_is_allowed(call: Call) -> str | None:
    """Later than the present date and not beyond the pack's maximum."""
    until, deadline = call.given("until"), answer_deadline(call.obj)
    if until is None or deadline is None or call.given("ruling") == Ruling.REFUSED:
        return None
    if until <= deadline.due_on:
        return f"延至的日期要晚于现在的期限{in_full(deadline.due_on)}，请改填更晚的日期。"
    limit = extension_limit(call.obj, deadline)
    if limit is not None and until > limit:
        return f"按规定最长只能延至{in_full(limit)}，请改填不晚于这一天的日期。"
    return None


def open_extension(assignment: Assignment) -> Extension | None:
    return assignment.extensions.filter(ruling="").last()


@step(
    "assignment.ask_extension",
    label="申请延期",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source=AT_WORK,
    requires=[extensions_are_approved, owes_an_answer, asked_in_time, no_open_extension, until_is_allowed],
    fields=[Field("until", "延至", "date"), Field("reason", "理由", "text")],
    tell=[tell.registrars],
    sentence="{unit}申请延期至{until}：{reason}",
)
def ask_extension(assignment: Assignment, *, actor: Actor, at: datetime, until: date, reason: str) -> None:
    """申请延期: with the reason and the day, before the present date has passed."""
    Extension.objects.create(assignment=assignment, until=until, reason=reason, asked_at=at)


@requirement()
def extension_is_asked(call: Call) -> str | None:
    return None if open_extension(call.obj) else "没有等待批准的延期申请，不用批复。"


@step(
    "assignment.rule_extension",
    label="批复延期",
    on="handling.Assignment",
    who=who.registrar,
    source=AT_WORK,
    requires=[extension_is_asked, refusal_has_a_reason, until_is_allowed],
    fields=[
        Field("ruling", "裁定", "word", words=Ruling),
        Field("until", "延至", "date", required=False, help="不填就是申请的日期。"),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.unit_people, tell.proposers_of],
    sentence="{ruling}{target}延期{to}：{reason}",
)
def rule_extension(
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    ruling: str,
    until: date | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """批复延期: granted to the day asked for or another one; the proposer is told."""
    asked = open_extension(assignment)
    assert asked is not None  # held by extension_is_asked
    asked.until = until or asked.until
    asked.ruling, asked.ruling_reason, asked.ruled_at = ruling, reason, at
    asked.save(update_fields=["until", "ruling", "ruling_reason", "ruled_at"])
    facts: dict[str, Any] = {"target_unit": assignment.unit}
    if ruling == Ruling.GRANTED:
        facts |= {"until": asked.until.isoformat(), "to": f"至{in_full(asked.until)}"}
    return facts


@step(
    "assignment.explain_extension",
    label="说明延期",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source=AT_WORK,
    requires=[extensions_are_explained, owes_an_answer, asked_in_time, until_is_allowed],
    fields=[Field("until", "延至", "date"), Field("reason", "原因", "text")],
    tell=[tell.registrars, tell.proposers_of],
    sentence="{unit}说明延期至{until}：{reason}",
)
def explain_extension(
    assignment: Assignment, *, actor: Actor, at: datetime, until: date, reason: str
) -> None:
    """说明延期: where no approval is asked (e.g. 河南), the reason is explained to the proposer and the office."""
    Extension.objects.create(
        assignment=assignment,
        until=until,
        reason=reason,
        asked_at=at,
        ruling=Ruling.GRANTED,
        ruling_reason="按规则说明即可",
        ruled_at=at,
    )


def open_pause(assignment: Assignment) -> Pause | None:
    return assignment.pauses.filter(to_at=None).last()


@requirement(done=True)
def is_running(call: Call) -> str | None:
    return "已经中止计时，请先恢复。" if open_pause(call.obj) else None


@step(
    "assignment.pause",
    label="中止计时",
    undone_by="assignment.resume",
    on="handling.Assignment",
    who=who.registrar,
    source=AT_WORK,
    requires=[is_running],
    fields=[
        Field("reason", "理由", "text"),
        Field("superior", "报请的上级单位", "line", required=False, most=100),
    ],
    tell=[tell.unit_people, tell.proposers_of],
    sentence="{target}的期限中止计时：{reason}",
)
def pause(
    assignment: Assignment, *, actor: Actor, at: datetime, reason: str, superior: str = ""
) -> dict[str, Any]:
    """报请上级: what only a superior authority can decide does not run against the unit."""
    Pause.objects.create(assignment=assignment, reason=reason, superior=superior.strip(), from_at=at)
    return {"target_unit": assignment.unit}


@requirement(done=True)
def is_paused(call: Call) -> str | None:
    return None if open_pause(call.obj) else "计时没有中止，不用恢复。"


@requirement()
def resumed_after_the_pause(call: Call) -> str | None:
    paused = open_pause(call.obj)
    return "恢复的时间不能早于中止的时间，请核对发生时间。" if paused and call.at < paused.from_at else None


@step(
    "assignment.resume",
    label="恢复计时",
    on="handling.Assignment",
    who=who.registrar | who.coordinates_in_unit,
    source=AT_WORK,
    requires=[is_paused, resumed_after_the_pause],
    fields=[Field("outcome", "上级答复", "text", required=False)],
    tell=[tell.unit_people, tell.registrars],
    sentence="{target}的期限恢复计时：{outcome}",
)
def resume(assignment: Assignment, *, actor: Actor, at: datetime, outcome: str = "") -> dict[str, Any]:
    """The superior has decided; the workdays of the pause are added by the clock."""
    paused = open_pause(assignment)
    assert paused is not None  # held by is_paused
    paused.to_at = at
    paused.save(update_fields=["to_at"])
    return {"target_unit": assignment.unit}
