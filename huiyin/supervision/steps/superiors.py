"""报请上级: sent with its document, acknowledged, answered or withdrawn; an answer sets the clock going again."""

from datetime import datetime
from typing import Any

from huiyin.handling.models import Assignment
from huiyin.handling.steps.extending import AT_WORK, open_pause, resume
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import registrars, unit_people
from huiyin.supervision.models import SuperiorMatter
from huiyin.supervision.superiors import WAITING
from huiyin.supervision.words import SuperiorState

SENDERS = who.registrar | who.coordinates_in_unit


@step(
    "superior.send",
    label="报请上级",
    on="handling.Assignment",
    creates="supervision.SuperiorMatter",
    who=SENDERS,
    source=AT_WORK,
    target=SuperiorState.SENT,
    stamps="sent_at",
    fields=[
        Field("superior", "报请的上级单位", "line", most=100),
        Field("what", "报请事项", "text"),
        Field(
            "document_number", "报请文号", "code", help="没有行文的报请，不能作为中止计时的理由。", most=80
        ),
    ],
    tell=[registrars, unit_people],
    sentence="向{superior}报请（{document_number}）：{what}",
)
def send(
    assignment: Assignment, *, actor: Actor, at: datetime, superior: str, what: str, document_number: str
) -> tuple[SuperiorMatter, dict[str, Any]]:
    """The clock runs on until the office stops it: the registrar's desk shows the matter beside the pause."""
    made = SuperiorMatter.objects.create(
        assignment=assignment,
        to=superior.strip(),
        what=what.strip(),
        document_number=document_number,
        sent_at=at,
    )
    return made, {"target_unit": assignment.unit}


@step(
    "superior.acknowledge",
    label="登记上级收到",
    on="supervision.SuperiorMatter",
    who=SENDERS,
    source={SuperiorState.SENT},
    target=SuperiorState.ACKNOWLEDGED,
    stamps="acknowledged_at",
    fields=[Field("note", "收文情况", "line", required=False)],
    tell=[registrars],
    sentence="上级已收到报请事项。{note}",
)
def acknowledge(matter: SuperiorMatter, *, actor: Actor, at: datetime, note: str = "") -> None:
    """The superior has it."""


@requirement()
def after_it_was_sent(call: Call) -> str | None:
    return "这个时间早于报请的时间，请核对发生时间。" if call.at < call.obj.sent_at else None


@step(
    "superior.answer",
    label="登记上级答复",
    on="supervision.SuperiorMatter",
    who=SENDERS,
    source=frozenset(WAITING),
    target=SuperiorState.ANSWERED,
    stamps="answered_at",
    requires=[after_it_was_sent],
    fields=[
        Field("answer", "上级的答复", "text"),
        Field("answer_number", "答复文号", "code", required=False, most=80),
    ],
    tell=[registrars, unit_people],
    sentence="上级答复报请事项：{answer}",
)
def answered(
    matter: SuperiorMatter, *, actor: Actor, at: datetime, answer: str, answer_number: str = ""
) -> None:
    """Nothing is waited for any more, so a clock that stands runs on from this day."""
    matter.answer, matter.answer_number = answer.strip(), answer_number
    matter.save(update_fields=["answer", "answer_number"])
    _run_on(matter, actor, at)


@step(
    "superior.withdraw",
    label="撤回报请",
    on="supervision.SuperiorMatter",
    who=SENDERS,
    source=frozenset(WAITING),
    target=SuperiorState.WITHDRAWN,
    stamps="withdrawn_at",
    requires=[after_it_was_sent],
    fields=[Field("reason", "原因", "text")],
    tell=[registrars, unit_people],
    sentence="撤回报请事项：{reason}",
)
def withdraw(matter: SuperiorMatter, *, actor: Actor, at: datetime, reason: str) -> None:
    """The unit decides it by itself after all."""
    _run_on(matter, actor, at)


def _run_on(matter: SuperiorMatter, actor: Actor, at: datetime) -> None:
    """Unless another matter of the same share is still waited for."""
    share = matter.assignment
    others = SuperiorMatter.objects.waiting().filter(assignment=share).exclude(pk=matter.pk)
    if open_pause(share) and share.state in AT_WORK and not others.exists():
        resume(share, actor=actor, at=at, outcome=matter.answer or "报请事项已撤回")
