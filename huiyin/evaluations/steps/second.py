"""重办: proposed when a counted form is dissatisfied, ordered by whom the pack says, done with the next reply.

second_handling = automatic: ordered at once | assembly_office: its staff decide | standing_committee: the
committee decides and the staff enter its decision.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling.steps import reopen, reopen_answer
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.people.tell import assembly_staff_of, proposers_of, registrars
from huiyin.replies.steps.issuing import shares_answered
from huiyin.words import UNIT_ROLES, EvaluationState, ProposalState, SecondHandlingState

MAY_GO_ON = frozenset({ProposalState.REGISTERED, ProposalState.ANSWER_CLOSED})


def units_concerned(event: Event) -> Iterable[int]:
    """Everybody in the units that are to handle it again."""
    posts = Post.objects.held_on(event.recorded_at.date()).in_role(*UNIT_ROLES)
    units = posts.filter(unit__assignments__in=event.facts.get("assignments", []))
    return set(units.values_list("person", flat=True))


@requirement()
def counts_already(call: Call) -> str | None:
    return None if call.obj.counted_at else "这张意见表还没有计入，请先计入评价，再提出重办。"


@requirement()
def last_reply_meant(call: Call) -> str | None:
    share = call.obj.assignment
    if share is None or share.round != call.obj.round:
        return "这是对以前答复的评价，单位已经重新办理；请看提案者对最近一次答复的评价。"
    if SecondHandling.objects.filter(share=share, round=call.obj.round + 1).exists():
        return "这一轮已经提出过重办，请在那一项上决定是否重办。"
    return None


@requirement()
def item_goes_on(call: Call) -> str | None:
    """Also where the answer is closed: a form may come in late. 销号、撤案以后 it counts, and nothing is handled again."""
    state = call.obj.proposal.state
    if state in MAY_GO_ON:
        return None
    return (
        f"这一件现在是“{ProposalState.label_of(state)}”，不能再{call.step.label}。提案者仍有意见的，"
        "请与市政府办公室商定怎样答复，或请提案者作为新的提案、建议提出。"
    )


@step(
    "second_handling.propose",
    label="提出重办",
    on="evaluations.Evaluation",
    creates="evaluations.SecondHandling",
    who=who.system | who.assembly_staff,
    source={EvaluationState.SUBMITTED},
    target=SecondHandlingState.PROPOSED,
    stamps="proposed_at",
    requires=[counts_already, item_goes_on, last_reply_meant],
    tell=[assembly_staff_of, registrars],
    sentence="提案者不满意，提出重新办理",
)
def propose(form: Evaluation, *, actor: Actor, at: datetime) -> tuple[SecondHandling, dict[str, Any]]:
    """The evaluation that asks for it stays beside it; where it is automatic, `order_at_once` follows."""
    proposed = SecondHandling.objects.create(
        proposal=form.proposal,
        evaluation=form,
        share=form.assignment,
        round=form.round + 1,
        reason=form.reason,
    )
    return proposed, {"round": proposed.round, "evaluation": form.pk}


def _came_too_late(proposed: SecondHandling) -> bool:
    """The form was given after the answer had been closed: nothing that is closed opens by itself for it."""
    form, closed_at = proposed.evaluation, proposed.proposal.answer_closed_at
    closed = proposed.proposal.state == ProposalState.ANSWER_CLOSED
    return bool(closed and form and form.submitted_at and closed_at and form.submitted_at > closed_at)


@after("second_handling.propose")
def order_at_once(event: Event) -> None:
    proposed: SecondHandling = event.subject
    if proposed.proposal.option("second_handling") == "automatic" and not _came_too_late(proposed):
        order(proposed, actor=Actor.system(proposed.proposal.jurisdiction), at=event.at)


@requirement(field="decision", late=True)
def decision_given(call: Call) -> str | None:
    """Option standing_committee: the decision is not the staff's own."""
    if call.obj.proposal.option("second_handling") != "standing_committee":
        return None
    if call.given("decision") and call.given("decided_on"):
        return None
    return "是否重办由常务委员会（主席会议、主任会议）决定，请写明作出决定的会议和日期。"


DECISION = [
    Field("decision", "决定", "text", required=False, help="由会议决定的，写明哪次会议。"),
    Field("decided_on", "决定日期", "date", required=False),
]


@step(
    "second_handling.order",
    label="决定重办",
    on="evaluations.SecondHandling",
    who=who.system | who.assembly_staff,
    source={SecondHandlingState.PROPOSED},
    target=SecondHandlingState.ORDERED,
    stamps="ordered_at",
    requires=[item_goes_on, decision_given],
    fields=DECISION,
    tell=[units_concerned, registrars, proposers_of],
    sentence="决定第{round}轮办理。{decision}",
)
def order(
    second: SecondHandling,
    *,
    actor: Actor,
    at: datetime,
    decision: str = "",
    decided_on: date | None = None,
) -> dict[str, Any]:
    """The shares that the reply answered are open again, and the answer where it was closed; the first reply stays."""
    _decide(second, decision, decided_on)
    reply = second.evaluation.reply if second.evaluation else None
    shares = shares_answered(reply) if reply else [second.share] if second.share else []
    system = Actor.system(second.proposal.jurisdiction)
    if second.proposal.state == ProposalState.ANSWER_CLOSED:
        reopen_answer(second.proposal, actor=system, at=at)
    for share in shares:
        reopen(share, actor=system, at=at)
    return {"round": second.round, "assignments": [share.pk for share in shares]}


@step(
    "second_handling.decline",
    label="不再重办",
    on="evaluations.SecondHandling",
    who=who.assembly_staff,
    source={SecondHandlingState.PROPOSED},
    target=SecondHandlingState.DECLINED,
    stamps="declined_at",
    requires=[decision_given],
    fields=[Field("reason", "理由", "text"), *DECISION],
    tell=[registrars, proposers_of],
    sentence="不再重新办理：{reason}",
)
def decline(
    second: SecondHandling,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    decision: str = "",
    decided_on: date | None = None,
) -> dict[str, Any]:
    """Dissatisfied, and yet not handled again; the proposer is told why."""
    _decide(second, decision or reason, decided_on)
    return {"round": second.round}


def _decide(second: SecondHandling, decision: str, decided_on: date | None) -> None:
    second.decision, second.decided_on = decision.strip(), decided_on
    second.save(update_fields=["decision", "decided_on"])


@step(
    "second_handling.done",
    label="已重新答复",
    on="evaluations.SecondHandling",
    who=who.system,
    source={SecondHandlingState.ORDERED},
    target=SecondHandlingState.DONE,
    stamps="done_at",
    automatic=True,
    sentence="第{round}轮已重新答复",
)
def done(second: SecondHandling, *, actor: Actor, at: datetime) -> dict[str, Any]:
    return {"round": second.round}


@after("reply.issue")
def finish(event: Event) -> None:
    """The second reply is out: what was ordered for its shares is done."""
    reply = event.subject
    if reply.round == 1:
        return
    ordered = SecondHandling.objects.filter(
        share__in=[share.pk for share in shares_answered(reply)], state=SecondHandlingState.ORDERED
    )
    for second in ordered.order_by("id"):
        done(second, actor=Actor.system(reply.proposal.jurisdiction), at=event.at, at_known=event.at_known)
