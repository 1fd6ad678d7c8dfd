"""答复: the reply goes to the proposer; with it the unit has answered, its mark is set and its promises hold."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.handling.models import Assignment
from huiyin.handling.steps.assigning import was_given_before
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import after, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import assembly_staff_of, proposers_of, registrars
from huiyin.promises import steps as promises
from huiyin.promises.models import Promise
from huiyin.replies import marks
from huiyin.replies.models import MarkHistory, Reply
from huiyin.replies.needs.content import SIGNABLE
from huiyin.replies.needs.issuing import ISSUABLE, checked_first, co_opinions_missing, signed_first
from huiyin.words import AssignmentState, ReplyState

BEFORE_ANSWER = {AssignmentState.SIGNED, AssignmentState.PLANNED}


@step(
    "reply.issue",
    label="答复提案者",
    on="replies.Reply",
    who=who.handles_for_unit,
    source={ReplyState.DRAFT, ReplyState.SIGNED, ReplyState.PASSED},
    target=ReplyState.ISSUED,
    stamps="issued_at",
    requires=[was_given_before, signed_first, checked_first, *SIGNABLE, *ISSUABLE],
    fields=[
        Field(
            "document_number",
            "文号",
            "code",
            required=False,
            initial=lambda reply: reply.document_number,
            most=80,
        ),
        Field(
            "went_without",
            "未等会办意见的原因",
            "text",
            required=False,
            initial=lambda reply: reply.went_without,
            help="会办意见都到了的，不用填。",
        ),
    ],
    tell=[proposers_of, registrars, assembly_staff_of],
    sentence="{unit}答复提案者",
)
def issue(reply: Reply, *, actor: Actor, at: datetime, **given: Any) -> dict[str, Any]:
    """A draft entered from paper goes straight here: it was signed and checked on paper."""
    reply.document_number = given.get("document_number") or reply.document_number
    reply.went_without = given.get("went_without") or reply.went_without
    waiting = co_opinions_missing(reply)
    said = marks.said_by(reply)
    reply.meaning = said.meaning or "" if said else ""
    reply.save(update_fields=["document_number", "went_without", "meaning"])
    facts: dict[str, Any] = {"round": reply.round, "document_number": reply.document_number}
    if said:
        facts |= {"mark": reply.mark, "scheme": reply.scheme, "meaning": reply.meaning}
    if waiting:
        facts["went_without"] = [share.pk for share in waiting]
        facts["texts"] = {"went_without": reply.went_without} if reply.went_without else {}
    return facts


@step(
    "assignment.answer",
    label="已答复",
    on="handling.Assignment",
    who=who.system,
    source=BEFORE_ANSWER,
    target=AssignmentState.ANSWERED,
    stamps="answered_at",
    automatic=True,
    sentence="{target}已答复",
)
def answer(assignment: Assignment, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The unit's first answer; its day stays that of the first one whatever follows."""
    return {"round": assignment.round, "target_unit": assignment.unit}


@step(
    "assignment.answer_again",
    label="已重新答复",
    on="handling.Assignment",
    who=who.system,
    source={AssignmentState.REHANDLING},
    target=AssignmentState.ANSWERED,
    automatic=True,
    sentence="{target}已重新答复",
)
def answer_again(assignment: Assignment, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The answer of a later round; `answered_at` keeps the day of the first."""
    return {"round": assignment.round, "target_unit": assignment.unit}


def shares_answered(reply: Reply) -> list[Assignment]:
    """The share whose reply it is, and those of the leads that agreed to it."""
    return [reply.assignment, *_agreed_to(reply.pk)]


@Prepared
def _agreed_to(reply: int) -> QuerySet[Assignment]:
    agreed = Assignment.objects.standing().filter(agreements__reply=reply)
    return agreed.select_related("unit").order_by("id")


@Prepared
def _drafted_by(share: int) -> QuerySet[Promise]:
    return Promise.objects.drafted().filter(assignment=share).order_by("id")


@after("reply.issue")
def take_effect(event: Event) -> None:
    """The shares are answered, their marks set (a dated row each), and what the draft promised is undertaken."""
    reply: Reply = event.subject
    system = Actor.system(reply.proposal.jurisdiction)
    said = marks.said_by(reply)
    for share in shares_answered(reply):
        step = answer if share.state in BEFORE_ANSWER else answer_again
        step(share, actor=system, at=event.at, at_known=event.at_known)
        if said:
            set_mark(share, reply, said, since=event.at, since_known=event.at_known)
        for promise in _drafted_by(share.pk):
            promises.undertake(promise, actor=system, at=event.at, at_known=event.at_known)


def set_mark(
    share: Assignment,
    reply: Reply,
    said: marks.Said,
    *,
    since: datetime,
    since_known: bool = True,
    reason: str = "",
) -> None:
    """One more dated row; earlier ones stay, so that a frozen circular keeps its figures."""
    MarkHistory.objects.create(
        proposal=reply.proposal,
        assignment=share,
        reply=reply,
        scheme=reply.scheme,
        mark=said.mark.code,
        order=said.mark.order,
        meaning=said.meaning or "",
        since=since,
        since_known=since_known,
        reason=reason,
    )
