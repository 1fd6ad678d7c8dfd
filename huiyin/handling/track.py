"""The life of an item as seven stops: 立案 交办 签收 办理 答复 评价 落实. Fulfilment is the last one, not the reply."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.clock.now import today
from huiyin.clock.workdays import Calendar
from huiyin.components.templatetags.huiyin import day, standing
from huiyin.handling.models import OUT
from huiyin.proposals.models import Proposal
from huiyin.words import AnswerStage, AssignmentState, FulfilmentStage

UNSIGNED = (AssignmentState.OFFERED, AssignmentState.RETURN_ASKED)
LABELS = ("立案", "交办", "签收", "办理", "答复", "评价", "落实")
INTAKE, ASSIGNING, SIGNING, HANDLING, ANSWERING, EVALUATING, FULFILLING = range(7)
AT = {
    AnswerStage.INTAKE: INTAKE,
    AnswerStage.ASSIGNING: ASSIGNING,
    AnswerStage.HANDLING: HANDLING,
    AnswerStage.SECOND_HANDLING: HANDLING,
    AnswerStage.ANSWERED: EVALUATING,
    AnswerStage.REDO_PROPOSED: EVALUATING,
    AnswerStage.EVALUATED: FULFILLING,
    AnswerStage.ANSWER_CLOSED: FULFILLING,
}
SETTLED = (
    FulfilmentStage.DONE_AT_REPLY,
    FulfilmentStage.CARRIED_OUT,
    FulfilmentStage.EXPLAINED,
    FulfilmentStage.NOTHING_PROMISED,
)


@dataclass(frozen=True)
class Stop:
    """One stop with what is said under it; state: done, now, ahead."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Parts:
    """What the stops are read from, fetched beforehand for one item or for many.

    promises: the item's own, and those of other items that are used to answer it.
    """

    shares: Iterable[Any]
    replies: Iterable[Any]
    forms: Iterable[Any]
    promises: Iterable[Any]
    deadlines: Iterable[Any]


def parts_of(item: Proposal) -> Parts:
    """From what has been prefetched on the item."""
    shares = list(item.assignments.all())
    replies = [reply for share in shares for reply in share.replies.all()]
    promises = [*item.promises.all(), *(use.promise for use in item.promise_uses.all())]
    return Parts(shares, replies, item.evaluations.all(), promises, item.deadlines.all())


def stops_of(item: Proposal, parts: Parts, calendar: Calendar) -> list[Stop]:
    """Nothing for an item that is not handled on its own any more."""
    stage = AnswerStage(item.answer_stage)
    if stage not in AT:
        return []
    standing_shares = [share for share in parts.shares if share.state not in OUT]
    signed = [share.signed_at for share in standing_shares if share.signed_at]
    now = AT[stage]
    if now == HANDLING and not signed and all(share.state in UNSIGNED for share in standing_shares):
        now = SIGNING
    notes = _notes(item, parts, standing_shares, now, calendar)
    stops = [
        Stop(label, "done" if number < now else "now" if number == now else "ahead", notes[number])
        for number, label in enumerate(LABELS)
    ]
    if now == FULFILLING and item.fulfilment_stage in SETTLED:
        stops[FULFILLING] = Stop("落实", "done", notes[FULFILLING])
    return stops


def _notes(item: Proposal, parts: Parts, shares: list[Any], now: int, calendar: Calendar) -> list[str]:
    issued = [reply.issued_at for reply in parts.replies if reply.issued_at]
    rated = [form.submitted_at for form in parts.forms if form.submitted_at and not form.later]
    due = _reply_due(parts)
    return [
        day(item.filed_at or item.received_at),
        day(min((share.offered_at for share in shares if share.offered_at), default=None)),
        day(min((share.signed_at for share in shares if share.signed_at), default=None)),
        standing(due, today(), calendar)[1] if now == HANDLING and due else "",
        day(max(issued)) if issued else f"{day(due)}前" if due else "",
        day(max(rated)) if rated else "",
        _fulfilment(item, parts),
    ]


def _reply_due(parts: Parts) -> date | None:
    running = [
        row.due_on
        for row in parts.deadlines
        if row.name in ("reply", "second_handling") and row.met_at is None and row.cancelled_at is None
    ]
    return min(running, default=None)


def _fulfilment(item: Proposal, parts: Parts) -> str:
    stage = FulfilmentStage(item.fulfilment_stage)
    if stage == FulfilmentStage.NOT_ANSWERED:
        return ""
    promised = [row for row in parts.promises if row.undertaken_at and row.state != "void"]
    settled = [row for row in promised if row.state in ("kept", "dropped")]
    return f"承诺{len(settled)}/{len(promised)}项落实" if promised else stage.label
