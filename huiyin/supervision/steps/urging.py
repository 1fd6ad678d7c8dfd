"""催办与会议: the office urges a unit and the unit answers; meetings stand in the record."""

from datetime import date, datetime
from typing import Any

from huiyin.handling.models import Assignment
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import registrars, unit_people
from huiyin.proposals.models import Plenary, Proposal
from huiyin.supervision.models import Meeting, Urging
from huiyin.words import AssignmentState, MeetingKind, UrgingWay

URGED = frozenset(AssignmentState) - {AssignmentState.RETURNED, AssignmentState.CANCELLED}


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


def _items(plenary: Plenary, actor: Actor) -> Any:
    return Proposal.objects.in_plenary(plenary).visible_to(actor)


@step(
    "meeting.record",
    label="登记会议",
    on="proposals.Plenary",
    creates="supervision.Meeting",
    who=who.registrar | who.assembly_staff,
    stamps="at",
    fields=[
        Field("kind", "类别", "word", words=MeetingKind),
        Field("title", "名称", "line"),
        Field("place", "地点", "line", required=False),
        Field("attendance", "参加人员", "text", required=False),
        Field("outcome", "议定事项", "text", required=False),
        Field("proposals", "涉及提案", "rows", required=False, options=_items),
    ],
    sentence="{kind}：{title}",
)
def record_meeting(
    plenary: Plenary, *, actor: Actor, at: datetime, kind: str, title: str, **given: Any
) -> tuple[Meeting, None]:
    """交办会, special study, 面复会, inspection or talk; feeds the circular's figures."""
    items = given.pop("proposals", None) or []
    kept = {name: value.strip() for name, value in given.items() if value}
    meeting = Meeting.objects.create(
        jurisdiction=plenary.jurisdiction, plenary=plenary, kind=kind, title=title.strip(), at=at, **kept
    )
    meeting.proposals.set(items)
    return meeting, None
