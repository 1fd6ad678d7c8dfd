"""交办与签收: a share of an item is given to a unit, of this or another level, and signed for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.models import OUT, Assignment
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement, step
from huiyin.journal.work import current, work
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.models import Proposal
from huiyin.words import AssignmentState, ProposalState, UnitRole

STANDING = frozenset(AssignmentState) - frozenset(OUT)


def units_within_reach(obj: Any, actor: Actor | None = None) -> Any:
    """Units of the item's own government, of the levels below it and of the one above it."""
    here = obj.jurisdiction_id
    own = Q(jurisdiction=here)
    below = Q(jurisdiction__parent=here) | Q(jurisdiction__parent__parent=here)
    return Unit.objects.open().filter(own | below | Q(jurisdiction__children=here)).distinct()


@Prepared
def _share_of(item: int, unit: int) -> Any:
    return Assignment.objects.standing().filter(proposal=item, unit=unit).order_by().values_list("pk")


def objection_to_unit(proposal: Proposal, unit: Unit | None) -> str | None:
    """Why a unit can't take a share of this item."""
    if unit is None:
        return None
    if unit.closed_on is not None:
        return f"{unit.name}已经撤并，请改选承接它职责的单位。"
    if unit.jurisdiction_id != proposal.jurisdiction_id and not (
        units_within_reach(proposal).filter(pk=unit.pk).exists()
    ):
        return f"{unit.name}不是本级、上级或下级政府的单位，不能交办。"
    if _share_of(proposal.pk, unit.pk):
        return f"{unit.name}已经在承办这一件，不用重复交办。"
    return None


@requirement(field="unit", late=True)
def unit_can_take_it(call: Call) -> str | None:
    return objection_to_unit(call.obj, call.given("unit"))


@requirement(field="part", gap="part", late=True)
def part_is_named(call: Call) -> str | None:
    """分办: each unit answers for its own part; the pack says whether it is named when it is given (青岛)."""
    named = call.obj.option("separate_parts") == "named"
    if named and call.given("role") == UnitRole.SEPARATE and not call.given("part"):
        return "分办要写明这个单位承办哪一部分，请填写“承办内容”。"
    return None


@step(
    "assignment.assign",
    label="交办",
    undone_by="assignment.cancel",
    on="proposals.Proposal",
    creates="handling.Assignment",
    who=who.registrar,
    source={ProposalState.REGISTERED},
    target=AssignmentState.OFFERED,
    stamps="offered_at",
    requires=[unit_can_take_it, part_is_named],
    fields=[
        Field("unit", "承办单位", "row", options=units_within_reach),
        Field("role", "承办方式", "word", words=UnitRole, initial=lambda proposal: UnitRole.LEAD),
        Field("part", "承办内容", "text", required=False),
    ],
    tell=[tell.unit_people, tell.proposers_of],
    bulk=True,
    sentence="交{target}{role}：{part}",
)
def assign(
    proposal: Proposal,
    *,
    actor: Actor,
    at: datetime,
    unit: Unit,
    role: str,
    part: str = "",
    replaces: Assignment | None = None,
) -> tuple[Assignment, dict[str, Any]]:
    """交办: one unit's share; `replaces` is the share that this one takes over after a return (改办)."""
    made = Assignment.objects.create(
        proposal=proposal, unit=unit, role=role, part=part, replaces=replaces, offered_at=at
    )
    facts: dict[str, Any] = {"role": role, "target_unit": unit}
    return made, facts | ({"replaces": replaces.pk} if replaces else {})


def assign_all(
    proposal: Proposal,
    *,
    actor: Actor,
    at: datetime | None = None,
    at_known: bool = True,
    leads: Iterable[Unit] = (),
    cos: Iterable[Unit] = (),
    separates: Iterable[Unit] = (),
    parts: Mapping[int, str] | None = None,
) -> list[Event]:
    """Every share of an item at once, all of them or none; `parts` names by the unit's id what is each one's."""
    shares = [
        *((unit, UnitRole.LEAD) for unit in leads),
        *((unit, UnitRole.CO) for unit in cos),
        *((unit, UnitRole.SEPARATE) for unit in separates),
    ]
    with work():
        return [
            assign(
                proposal,
                actor=actor,
                at=at,
                at_known=at_known,
                unit=unit,
                role=role,
                part=(parts or {}).get(unit.pk, ""),
            )
            for unit, role in shares
        ]


@requirement()
def was_given_before(call: Call) -> str | None:
    """Nothing is signed for or answered before the unit was given it; what old paper says is taken as it stands."""
    share, running = call.obj.assignment, current()
    if not (call.at_known and share.offered_at and share.offered_known) or (running and running.history):
        return None
    given_on = day_of(share.offered_at)
    if day_of(call.at) >= given_on:
        return None
    return f"这一件是{in_full(given_on)}交办的，{call.step.label}不会更早，请核对发生时间。"


@step(
    "assignment.sign",
    label="签收",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source={AssignmentState.OFFERED},
    target=AssignmentState.SIGNED,
    stamps="signed_at",
    requires=[was_given_before],
    tell=[tell.registrars],
    bulk=True,
    sentence="{unit}签收",
)
def sign(assignment: Assignment, *, actor: Actor, at: datetime) -> None:
    """签收: checked item by item and taken on."""


@requirement()
def not_answered_while_the_item_goes_on(call: Call) -> str | None:
    """Only the end of the whole item (withdrawn, merged, voided) takes an answered share with it."""
    answered = call.obj.round > 1 or call.obj.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED)
    return (
        "这个单位已经答复，不能再撤销交办；还要别的单位办理的，请另行交办。"
        if answered and not call.actor.is_system
        else None
    )


@step(
    "assignment.cancel",
    label="撤销交办",
    on="handling.Assignment",
    who=who.registrar | who.system,
    source=STANDING,
    target=AssignmentState.CANCELLED,
    stamps="cancelled_at",
    requires=[not_answered_while_the_item_goes_on],
    fields=[Field("reason", "理由", "text")],
    tell=[tell.unit_people],
    sentence="撤销对{target}的交办：{reason}",
)
def cancel(assignment: Assignment, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """撤销交办: given by mistake, or the item itself is not handled any more."""
    return {"target_unit": assignment.unit}


def cancel_all(proposal: Proposal, at: datetime, reason: str) -> None:
    """The shares of an item that is not handled on its own any more, as children of the step that says so."""
    for assignment in proposal.assignments.standing().order_by("id"):
        cancel(assignment, actor=Actor.system(proposal.jurisdiction), at=at, reason=reason)
