"""征询意见: a form for every evaluator as soon as a reply is issued; its one-time link; taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from huiyin.evaluations import links
from huiyin.evaluations.asked import dimensions_of, evaluators_of
from huiyin.evaluations.models import Evaluation
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.words import EvaluationState, ReplyState


def evaluator_of(event: Event) -> Iterable[int]:
    """The person asked, if there is a log-in."""
    evaluator = event.subject.evaluator
    return (evaluator.person_id,) if evaluator and evaluator.person_id else ()


def _evaluators(reply: Reply, actor: Actor) -> Any:
    return Proposer.objects.filter(pk__in=[proposer.pk for proposer, _ in evaluators_of(reply)])


@Prepared
def _sent(reply: int, later: bool, evaluator: int) -> Any:
    forms = Evaluation.objects.live().of_reply(reply, later=later)
    return forms.filter(evaluator=evaluator).order_by("pk")[:1]


@requirement(late=True, field="evaluator")
def not_asked_yet(call: Call) -> str | None:
    evaluator = call.given("evaluator")
    sent = _sent(call.obj.pk, bool(call.given("later")), evaluator.pk) if evaluator is not None else ()
    form = next(iter(sent), None)
    if form is not None and form.state == EvaluationState.LAPSED:
        return f"{evaluator.name}的意见表期满未交，现在交来的，请用“录入纸质意见表”。"
    if form is not None and evaluator is not None:
        return f"{evaluator.name}已经有一张这份答复的意见表，不用再发；链接失效的，请换发评价链接。"
    return None


@requirement(late=True)
def something_is_asked(call: Call) -> str | None:
    if dimensions_of(call.obj.proposal, later=bool(call.given("later"))):
        return None
    return "现行规则不作落实情况的再次评价，请去掉这一项。"


@step(
    "evaluation.invite",
    label="征询意见",
    undone_by="evaluation.revoke",
    on="replies.Reply",
    creates="evaluations.Evaluation",
    who=who.system | who.assembly_staff | who.registrar,
    source={ReplyState.ISSUED},
    target=EvaluationState.INVITED,
    stamps="invited_at",
    requires=[not_asked_yet, something_is_asked],
    fields=[
        Field("evaluator", "评价人", "row", options=_evaluators),
        Field("later", "落实情况的再次评价", "flag", required=False),
    ],
    tell=[evaluator_of],
    sentence="请提案者评价",
)
def invite(
    reply: Reply,
    *,
    actor: Actor,
    at: datetime,
    evaluator: Proposer,
    later: bool = False,
    item: Proposal | None = None,
) -> tuple[Evaluation, dict[str, Any]]:
    """One form of one evaluator on one reply, with its link."""
    form = Evaluation.objects.create(
        proposal=reply.proposal,
        reply=reply,
        evaluator=evaluator,
        item=item or reply.proposal,
        round=reply.round,
        later=later,
    )
    links.renew(form, at)
    form.save(update_fields=["nonce", "token_digest", "expires_at"])
    return form, {"round": reply.round, "later": later}


@step(
    "evaluation.renew_link",
    label="换发评价链接",
    on="evaluations.Evaluation",
    who=who.assembly_staff | who.registrar,
    source={EvaluationState.INVITED},
    tell=[evaluator_of],
    sentence="换发评价链接，原链接失效",
)
def renew_link(form: Evaluation, *, actor: Actor, at: datetime) -> None:
    """The old link opens nothing any more."""
    links.renew(form, at)
    form.save(update_fields=["nonce", "token_digest", "expires_at"])


@step(
    "evaluation.revoke",
    label="收回意见表",
    on="evaluations.Evaluation",
    who=who.system | who.assembly_staff | who.registrar,
    source={EvaluationState.INVITED},
    target=EvaluationState.REVOKED,
    fields=[Field("reason", "原因", "text")],
    tell=[evaluator_of],
    sentence="收回意见表：{reason}",
)
def revoke(form: Evaluation, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """Not given and not to be given any more."""
    return {"round": form.round}


@step(
    "evaluation.lapse",
    label="期满未交",
    on="evaluations.Evaluation",
    who=who.system,
    source={EvaluationState.INVITED},
    target=EvaluationState.LAPSED,
    automatic=True,
    tell=[evaluator_of],
    sentence="意见表期满未交",
)
def lapse(form: Evaluation, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The answer is closed without it. It stays one of those sent out, and on paper it may still come in."""
    return {"round": form.round}


@after("reply.issue")
def ask_for_evaluation(event: Event) -> None:
    """Every evaluator gets a form; forms on the earlier reply that were never given are taken back.

    Paper entered later invites nobody: its forms are on paper too, and are entered as such.
    """
    if event.history:
        return
    reply: Reply = event.subject
    system = Actor.system(reply.proposal.jurisdiction)
    take_back(reply, at=event.at, reason="已有新的答复")
    for evaluator, item in evaluators_of(reply):
        invite(reply, actor=system, at=event.at, evaluator=evaluator, item=item)


@after("reply.fail_check")
def take_back_forms(event: Event) -> None:
    """The office wants the answer given anew: nobody is asked about this one."""
    if event.subject.state == ReplyState.ISSUED:
        take_back(event.subject, at=event.at, reason="答复经审核退回", this_one=True)


@after("proposal.close_answer")
def wait_no_longer(event: Event) -> None:
    """期满未交: nobody waits any longer for forms that have not come back when the answer is closed."""
    item: Proposal = event.subject
    for form in Evaluation.objects.waiting().filter(proposal=item, later=False).order_by("id"):
        lapse(form, actor=Actor.system(item.jurisdiction), at=event.at)


@after("proposal.withdraw")
@after("proposal.void")
def ask_no_more(event: Event) -> None:
    """撤案、作废: nobody is asked about an item that is not handled any more."""
    item: Proposal = event.subject
    for form in Evaluation.objects.waiting().filter(proposal=item).order_by("id"):
        revoke(form, actor=Actor.system(item.jurisdiction), at=event.at, reason="这一件不再办理")


@after("proposership.withdraw")
def take_back_from_who_left(event: Event) -> None:
    """撤回联名: who no longer signs is no longer asked."""
    signature = event.subject
    waiting = Evaluation.objects.waiting().filter(item=signature.proposal_id, evaluator=signature.proposer_id)
    for form in waiting.order_by("id"):
        revoke(form, actor=Actor.system(form.proposal.jurisdiction), at=event.at, reason="已撤回联名")


def take_back(reply: Reply, *, at: datetime, reason: str, this_one: bool = False) -> None:
    """Revoke what waits on earlier replies of the same share, or on this one."""
    forms = Evaluation.objects.waiting().filter(reply__assignment=reply.assignment_id, later=False)
    forms = forms.filter(reply=reply) if this_one else forms.exclude(reply=reply)
    for form in forms.order_by("id"):
        revoke(form, actor=Actor.system(reply.proposal.jurisdiction), at=at, reason=reason)


@after("promise.accept")
@after("promise.drop")
@after("promise.follow")
def ask_about_fulfilment(event: Event) -> None:
    """落实评价: once all that was promised is settled, the proposers are asked again, where the pack does so."""
    proposal: Proposal = event.subject.proposal
    if event.history or Promise.objects.open().serving(proposal).exists():
        return
    share = event.subject.assignment
    reply = Reply.objects.issued().filter(assignment=share).order_by("round").last() if share else None
    if reply is None or not dimensions_of(proposal, later=True):
        return
    asked = set(Evaluation.objects.live().of_reply(reply, later=True).values_list("evaluator", flat=True))
    for evaluator, item in evaluators_of(reply):
        if evaluator.pk not in asked:
            invite(
                reply,
                actor=Actor.system(proposal.jurisdiction),
                at=event.at,
                evaluator=evaluator,
                later=True,
                item=item,
            )
