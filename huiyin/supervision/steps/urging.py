"""催办与亮灯督办: the office urges a unit and the unit answers; slips in the pack's colours, one after the other."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import short
from huiyin.handling.limits import answer_deadline
from huiyin.handling.models import Assignment
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import leaders_of, registrars, unit_people
from huiyin.rulepacks.periods import WarningColour
from huiyin.rulepacks.schema import Pack
from huiyin.supervision.divisions import leader_for
from huiyin.supervision.models import Urging
from huiyin.words import AssignmentState, UrgingWay

URGED = frozenset(AssignmentState) - {AssignmentState.RETURNED, AssignmentState.CANCELLED}
OWING = frozenset(
    {AssignmentState.OFFERED, AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING}
)


@step(
    "urging.send",
    label="催办",
    on="handling.Assignment",
    creates="supervision.Urging",
    who=who.registrar | who.assembly_staff | who.government_leader,
    source=URGED,
    stamps="sent_at",
    fields=[
        Field("way", "方式", "word", words=UrgingWay),
        Field("text", "催办内容", "text"),
        Field("due_on", "回复期限", "date", required=False),
    ],
    tell=[unit_people],
    bulk=True,
    sentence="{way}{target}：{text}",
)
def urge(
    assignment: Assignment, *, actor: Actor, at: datetime, way: str, text: str, due_on: date | None = None
) -> tuple[Urging, dict[str, Any]]:
    """By telephone, letter, visit or circular; a promise not kept is urged the same way after the answer."""
    made = Urging.objects.create(
        proposal=assignment.proposal,
        assignment=assignment,
        way=way,
        text=text.strip(),
        due_on=due_on,
        sent_at=at,
    )
    return made, {"target_unit": assignment.unit}


@requirement(done=True)
def not_answered_yet(call: Call) -> str | None:
    return "这次催办已经回复。" if call.obj.receipt_at else None


@step(
    "urging.receipt",
    label="回复催办",
    on="supervision.Urging",
    who=who.handles_for_unit,
    stamps="receipt_at",
    requires=[not_answered_yet],
    fields=[Field("receipt", "回复", "text")],
    tell=[registrars],
    sentence="{unit}回复催办：{receipt}",
)
def receipt(urging: Urging, *, actor: Actor, at: datetime, receipt: str) -> None:
    urging.receipt = receipt.strip()
    urging.save(update_fields=["receipt"])


def slip_of(share: Assignment, at: datetime) -> tuple[WarningColour | None, str]:
    """The next colour that may be sent, or why none may be: one after the other, each when its day has come."""
    deadline = answer_deadline(share)
    if deadline is None:
        return None, "这一件现在没有在走的答复期限，不用发督办单。"
    if deadline.paused_since:
        return None, "期限正在中止计时，恢复以后才能发督办单。"
    sent = Urging.objects.slips().filter(assignment=share, sent_at__gte=share.offered_at or at)
    last: Any = sent.order_by("id").last()
    if last is not None and last.due_on is not None and day_of(at) <= last.due_on:
        return None, f"{last.colour}色督办单的办理期限还没有到，请到期以后再发下一色。"
    done = set(sent.values_list("colour", flat=True))
    waiting = [entry for entry in slip_colours(share.proposal.pack) if entry.colour not in done]
    if not waiting:
        return None, "各色督办单都已经发过，请约谈或报市领导批示。"
    entry, left = waiting[0], (deadline.due_on - day_of(at)).days
    if left > entry.days:
        when = deadline.due_on - timedelta(days=entry.days)
        return None, f"{entry.colour}色督办单{short(when, day_of(at))}起才能发。"
    return entry, ""


def slip_colours(pack: Pack) -> list[WarningColour]:
    """The pack's colours in the order in which they turn; the first one says that all is well and is no slip."""
    return sorted(pack.warning_colours, key=lambda entry: -entry.days)[1:]


@requirement()
def a_slip_is_due(call: Call) -> str | None:
    return slip_of(call.obj, call.at)[1] or None


@requirement(field="due_on", late=True)
def slip_leaves_time(call: Call) -> str | None:
    due_on = call.given("due_on")
    return "办理期限要晚于今天。" if due_on is not None and due_on <= day_of(call.at) else None


def leaders_told_of_the_last(event: Event) -> Iterable[int]:
    """The last colour goes to the leaders of the item too: 分管领导 of the key items, and the unit's own leader."""
    item = event.subject.proposal
    colours = slip_colours(item.pack)
    if not colours or event.facts.get("colour") != colours[-1].colour:
        return ()
    leader = leader_for(item, day_of(event.at))
    return {*leaders_of(event), *((leader.person_id,) if leader else ())}


@step(
    "urging.slip",
    label="发亮灯督办单",
    on="handling.Assignment",
    creates="supervision.Urging",
    who=who.registrar,
    source=OWING,
    stamps="sent_at",
    requires=[a_slip_is_due, slip_leaves_time],
    fields=[Field("text", "督办要求", "text"), Field("due_on", "办理期限", "date")],
    tell=[unit_people, leaders_told_of_the_last],
    bulk=True,
    sentence="向{target}发{colour}色督办单：{text}",
)
def slip(
    assignment: Assignment, *, actor: Actor, at: datetime, text: str, due_on: date
) -> tuple[Urging, dict[str, Any]]:
    """亮灯: the next colour of the pack, only after the one before it and after its days."""
    entry = slip_of(assignment, at)[0]
    assert entry is not None  # held by a_slip_is_due
    made = Urging.objects.create(
        proposal=assignment.proposal,
        assignment=assignment,
        way=UrgingWay.LETTER,
        colour=entry.colour,
        text=text.strip(),
        due_on=due_on,
        sent_at=at,
    )
    return made, {"target_unit": assignment.unit, "colour": entry.colour}
