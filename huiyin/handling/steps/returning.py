"""退办、异议与改办: asked for inside a window with a reason, ruled on by the office, given to another unit."""

from datetime import datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.limits import deadline_of
from huiyin.handling.models import Assignment, ReturnRequest
from huiyin.handling.steps.assigning import assign, cancel, objection_to_unit, units_within_reach
from huiyin.journal.fields import Field
from huiyin.journal.step import Among, Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer, Unit
from huiyin.people.steps import also_dates
from huiyin.words import AssignmentState, DeadlineName, Ruling, UnitRole

CAN_ASK = {AssignmentState.OFFERED, AssignmentState.SIGNED}
IN_HAND = CAN_ASK | {AssignmentState.PLANNED}


def is_late(assignment: Assignment, at: datetime) -> bool:
    """Past the last day of the window; where the pack sets none, nothing is late."""
    window = deadline_of(assignment, DeadlineName.RETURN_WINDOW)
    return window is not None and day_of(at) > window.due_on


@requirement()
def inside_return_window(call: Call) -> str | None:
    """A late request is refused, or left to the office's ruling, as the pack says (`late_return`)."""
    assignment = call.obj
    if assignment.proposal.option("late_return") == "rule" or not is_late(assignment, call.at):
        return None
    window = deadline_of(assignment, DeadlineName.RETURN_WINDOW)
    until = in_full(window.due_on) if window else ""
    return f"申请退办的期限是{until}，已经过了，请继续办理；确有困难的，请与市政府办公室联系。"


@requirement()
def no_open_objection(call: Call) -> str | None:
    """One question at a time: the proposer's objection is ruled on first."""
    return "这个承办单位已有一项异议等待裁定，请等裁定后再提。" if open_objection(call.obj) else None


def open_request(assignment: Assignment) -> ReturnRequest | None:
    return assignment.returnrequests.filter(objected_by=None, ruling="").last()


def open_objection(assignment: Assignment) -> ReturnRequest | None:
    return assignment.returnrequests.filter(objected_by__isnull=False, ruling="").last()


@step(
    "assignment.ask_return",
    label="申请退办",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source=CAN_ASK,
    target=AssignmentState.RETURN_ASKED,
    requires=[inside_return_window],
    fields=[
        Field("reason", "理由", "text", help="请写明为什么不属于本单位职责。"),
        Field("proposed", "建议改由", "row", required=False, options=units_within_reach),
    ],
    tell=[tell.registrars],
    sentence="{unit}申请退办：{reason}",
)
def ask_return(
    assignment: Assignment, *, actor: Actor, at: datetime, reason: str, proposed: Unit | None = None
) -> dict[str, Any]:
    """申请退办: in writing, with the reason, never passed on by the unit itself."""
    late = is_late(assignment, at)
    ReturnRequest.objects.create(
        assignment=assignment,
        reason=reason,
        proposed=proposed,
        came_from=assignment.state,
        asked_at=at,
        late=late,
    )
    return {"late": late, "target_unit": proposed}


def _state_after_ruling(call: Call) -> AssignmentState:
    if call.given("ruling") == Ruling.GRANTED:
        return AssignmentState.RETURNED
    return AssignmentState(call.obj.returnrequests.filter(objected_by=None).last().came_from)


@requirement(field="reason", late=True)
def refusal_has_a_reason(call: Call) -> str | None:
    refused = call.given("ruling") == Ruling.REFUSED and not call.given("reason")
    return "不同意要写明理由，以便对方继续办理。" if refused else None


@requirement(field="to", late=True)
def new_unit_can_take_it(call: Call) -> str | None:
    if call.given("ruling") == Ruling.REFUSED and call.given("to"):
        return "不同意时不改办，请不要选改办单位。"
    return objection_to_unit(call.obj.proposal, call.given("to"))


also_dates("assignment.ask_return", "handling.ReturnRequest", "assignment", "asked_at")
also_dates("assignment.rule_return", "handling.ReturnRequest", "assignment", "ruled_at")
also_dates("assignment.rule_return", "handling.Assignment", "pk", "returned_at")
also_dates("assignment.object", "handling.ReturnRequest", "assignment", "asked_at")
also_dates("assignment.rule_objection", "handling.ReturnRequest", "assignment", "ruled_at")

RULING = (
    Field("ruling", "裁定", "word", words=Ruling),
    Field("reason", "理由", "text", required=False),
    Field("to", "改由", "row", required=False, options=units_within_reach),
)


@step(
    "assignment.rule_return",
    label="裁定退办",
    on="handling.Assignment",
    who=who.registrar,
    source={AssignmentState.RETURN_ASKED},
    target=Among(frozenset({AssignmentState.RETURNED, *CAN_ASK}), _state_after_ruling),
    requires=[refusal_has_a_reason, new_unit_can_take_it],
    fields=RULING,
    tell=[tell.unit_people],
    sentence="{ruling}{target}退办：{reason}",
)
def rule_return(
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    ruling: str,
    reason: str = "",
    to: Unit | None = None,
) -> dict[str, Any]:
    """裁定: granted, the share is returned and may go to another unit at once; refused, it goes on as before."""
    _rule(open_request(assignment), at, ruling, reason)
    if ruling == Ruling.GRANTED:
        assignment.returned_at = at
        assignment.save(update_fields=["returned_at"])
        if to is not None:
            _give_to(assignment, to, actor=actor, at=at)
    return {"target_unit": assignment.unit}


def _rule(request: ReturnRequest | None, at: datetime, ruling: str, reason: str) -> None:
    if request is not None:
        request.ruling, request.ruling_reason, request.ruled_at = ruling, reason, at
        request.save(update_fields=["ruling", "ruling_reason", "ruled_at"])


def _give_to(assignment: Assignment, unit: Unit, *, actor: Actor, at: datetime, role: str = "") -> None:
    """The new share names the one it replaces, so that the clock goes on or starts anew as the pack says."""
    assign(
        assignment.proposal,
        actor=actor,
        at=at,
        unit=unit,
        role=role or assignment.role,
        part=assignment.part,
        replaces=assignment,
    )


@requirement(field="unit", late=True)
def other_unit_can_take_it(call: Call) -> str | None:
    return objection_to_unit(call.obj.proposal, call.given("unit"))


@step(
    "assignment.reassign",
    label="改办",
    on="handling.Assignment",
    who=who.registrar,
    source=IN_HAND | {AssignmentState.RETURNED},
    requires=[other_unit_can_take_it],
    fields=[
        Field("unit", "改由", "row", options=units_within_reach),
        Field("role", "承办方式", "word", words=UnitRole, required=False),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.unit_people],
    sentence="由{target}改办：{reason}",
)
def reassign(
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    unit: Unit,
    role: str = "",
    reason: str = "",
) -> dict[str, Any]:
    """改办: a returned share, or one that the office moves by its own decision, goes to another unit."""
    if assignment.state != AssignmentState.RETURNED:
        cancel(assignment, actor=actor, at=at, reason=reason or f"改由{unit.name}办理")
    _give_to(assignment, unit, actor=actor, at=at, role=role)
    return {"target_unit": unit}


@requirement()
def pack_lets_proposers_object(call: Call) -> str | None:
    if call.obj.proposal.option("proposer_objects") == "yes":
        return None
    return "按本地规则，承办单位由交办机构确定；如有意见，请与市政府办公室联系。"


@requirement()
def inside_objection_window(call: Call) -> str | None:
    """The proposer has the same days as the unit (e.g. 上海: seven workdays for both)."""
    window = deadline_of(call.obj, DeadlineName.RETURN_WINDOW)
    if window is None or day_of(call.at) <= window.due_on:
        return None
    return f"对承办单位提出异议的期限是{in_full(window.due_on)}，已经过了；如有意见，请与市政府办公室联系。"


@step(
    "assignment.object",
    label="对承办单位提出异议",
    on="handling.Assignment",
    who=who.proposer,
    source=IN_HAND,
    requires=[pack_lets_proposers_object, inside_objection_window, no_open_objection],
    fields=[
        Field("reason", "理由", "text"),
        Field("proposed", "建议改由", "row", required=False, options=units_within_reach),
    ],
    tell=[tell.registrars],
    sentence="提案者对{target}承办提出异议：{reason}",
)
def object_to(
    assignment: Assignment, *, actor: Actor, at: datetime, reason: str, proposed: Unit | None = None
) -> dict[str, Any]:
    """异议: the proposer thinks another unit should handle it; handling goes on until the office rules."""
    ReturnRequest.objects.create(
        assignment=assignment,
        reason=reason,
        proposed=proposed,
        objected_by=Proposer.objects.of_actor(actor)
        .filter(proposerships__proposal=assignment.proposal_id)
        .first(),
        came_from=assignment.state,
        asked_at=at,
    )
    return {"target_unit": assignment.unit}


@requirement()
def somebody_objects(call: Call) -> str | None:
    return None if open_objection(call.obj) else "没有等待裁定的异议，不用裁定。"


@step(
    "assignment.rule_objection",
    label="裁定异议",
    on="handling.Assignment",
    who=who.registrar,
    source=IN_HAND,
    requires=[somebody_objects, refusal_has_a_reason, new_unit_can_take_it],
    fields=RULING,
    tell=[tell.proposers_of, tell.unit_people],
    sentence="{ruling}对{target}承办的异议：{reason}",
)
def rule_objection(
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    ruling: str,
    reason: str = "",
    to: Unit | None = None,
) -> dict[str, Any]:
    """裁定异议: granted, the share is cancelled and given to another unit; refused, the unit goes on."""
    _rule(open_objection(assignment), at, ruling, reason)
    if ruling == Ruling.GRANTED:
        cancel(assignment, actor=actor, at=at, reason=reason or "提案者的异议成立")
        if to is not None:
            _give_to(assignment, to, actor=actor, at=at)
    return {"target_unit": assignment.unit}
