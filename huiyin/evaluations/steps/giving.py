"""评价: given by link or log-in, or entered from paper by the assembly or the office. Never by a unit (R4)."""

from datetime import datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.evaluations.asked import asked_by, dimensions_of, evaluators_of, grades_of, items_of, needs_reason
from huiyin.evaluations.models import Evaluation, Rating
from huiyin.journal.fields import Field
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.people.tell import assembly_staff_of, registrars
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.words import Channel, Dimension, EvaluationState, Grade, ProposalState, ReplyState


def _later(call: Call) -> bool:
    return call.obj.later if isinstance(call.obj, Evaluation) else bool(call.given("later"))


def given_grades(call: Call) -> dict[str, str]:
    return {dimension: call.given(dimension) for dimension in Dimension if call.given(dimension)}


@requirement(late=True, gap="evaluation")
def every_dimension_graded(call: Call) -> str | None:
    asked = dimensions_of(call.obj.proposal, later=_later(call))
    missing = "、".join(dimension.label for dimension in asked if not call.given(dimension))
    return f"请对{missing}作出评价。" if missing else None


@requirement(late=True)
def nothing_else_graded(call: Call) -> str | None:
    asked = dimensions_of(call.obj.proposal, later=_later(call))
    more = "、".join(Dimension.label_of(name) for name in given_grades(call) if name not in asked)
    return f"这张意见表不评价{more}，请把这一项留空。" if more else None


@requirement(late=True)
def grades_are_open(call: Call) -> str | None:
    grades = grades_of(call.obj.proposal)
    unknown = "、".join(Grade.label_of(grade) for grade in given_grades(call).values() if grade not in grades)
    return f"现行规则没有“{unknown}”这一等次，请重新选择。" if unknown else None


@requirement(late=True, field="reason", gap="reason")
def reason_given(call: Call) -> str | None:
    """Below the pack's bound a grade needs a reason."""
    grades = [grade for grade in given_grades(call).values() if grade in list(Grade)]
    if call.given("reason") or not needs_reason(call.obj.proposal, grades):
        return None
    return "评价低于“满意”的，请写明意见，以便承办单位改进。"


@requirement()
def time_is_not_over(call: Call) -> str | None:
    """期满未交: the answer is closed, and yet the word of the proposer counts, on paper."""
    if call.obj.state != EvaluationState.LAPSED:
        return None
    return (
        f"反馈期已过，这一件的答复已经办结。您仍有意见的，请把纸质意见表交{asked_by(call.obj)}，照样计入；"
        "评为“不满意”的，由其研究是否重新办理。"
    )


@requirement()
def link_is_open(call: Call) -> str | None:
    expired = call.obj.expires_at
    if call.actor.by_link is None or expired is None or call.at <= expired:
        return None
    return f"这个评价链接已于{in_full(day_of(expired))}失效。请登录评价，或向提案机构索取新的链接。"


@Prepared
def _given(reply: int, later: bool, evaluator: int) -> Any:
    forms = Evaluation.objects.returned().of_reply(reply, later=later).filter(evaluator=evaluator)
    return forms.order_by().values_list("pk")


@requirement(late=True, field="evaluator")
def not_given_yet(call: Call) -> str | None:
    evaluator = call.given("evaluator")
    if evaluator is None or not _given(call.obj.pk, _later(call), evaluator.pk):
        return None
    return f"{evaluator.name}已经对这份答复作过评价，不能重复录入；原来缺的一项，请用“补录评价”。"


@requirement()
def item_is_handled(call: Call) -> str | None:
    """撤案、作废以后 nobody is asked any more, on paper either."""
    state = call.obj.proposal.state
    if state not in (ProposalState.WITHDRAWN, ProposalState.VOID):
        return None
    return f"这一件现在是“{ProposalState.label_of(state)}”，不再评价，意见表请留存备查。"


@requirement(late=True)
def answer_came_first(call: Call) -> str | None:
    issued_at = call.obj.issued_at if call.obj.issued_known else None
    if issued_at is None or not call.at_known or day_of(call.at) >= day_of(issued_at):
        return None
    return f"这份答复是{in_full(day_of(issued_at))}发出的，评价不会更早，请核对意见表的日期。"


def _grades(*, later: bool = True) -> list[Field]:
    names = [Dimension.ATTITUDE, Dimension.RESULT, *([Dimension.FULFILMENT] if later else [])]
    return [
        *(Field(str(name), name.label, "word", words=Grade, required=False) for name in names),
        Field("reason", "意见", "text", required=False),
    ]


def rate(form: Evaluation, given: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Write the grades; the reason is a text of the event."""
    form.channel = channel
    form.reason = (given.get("reason") or "").strip()
    form.save(update_fields=["channel", "reason"] if form.pk else None)
    Rating.objects.bulk_create(
        Rating(evaluation=form, dimension=dimension, grade=given[dimension])
        for dimension in Dimension
        if given.get(dimension)
    )
    return {"round": form.round, "channel": str(channel), "later": form.later}


@step(
    "evaluation.submit",
    label="提交评价",
    form="huiyin.evaluations.forms.EvaluationForm",
    on="evaluations.Evaluation",
    who=who.evaluator,
    source={EvaluationState.INVITED, EvaluationState.LAPSED},
    target=EvaluationState.SUBMITTED,
    stamps="submitted_at",
    requires=[
        time_is_not_over,
        link_is_open,
        every_dimension_graded,
        nothing_else_graded,
        grades_are_open,
        reason_given,
    ],
    fields=_grades(),
    tell=[assembly_staff_of, registrars],
    sentence="提案者作出评价",
)
def submit(form: Evaluation, *, actor: Actor, at: datetime, **given: Any) -> dict[str, Any]:
    """By the evaluator alone; the link is spent with it."""
    return rate(form, given, Channel.LOGIN if actor.by_link is None else Channel.LINK)


def _evaluators(reply: Reply, actor: Actor) -> Any:
    return Proposer.objects.filter(pk__in=[proposer.pk for proposer, _ in evaluators_of(reply)])


@step(
    "evaluation.enter_paper",
    label="录入纸质意见表",
    form="huiyin.evaluations.forms.PaperForm",
    on="replies.Reply",
    creates="evaluations.Evaluation",
    who=who.enters_evaluations,
    source={ReplyState.ISSUED},
    target=EvaluationState.SUBMITTED,
    stamps="submitted_at",
    requires=[
        item_is_handled,
        answer_came_first,
        not_given_yet,
        every_dimension_graded,
        nothing_else_graded,
        grades_are_open,
        reason_given,
    ],
    fields=[
        Field(
            "evaluator", "评价人", "row", required=False, options=_evaluators, help="表上没有署名的，不填。"
        ),
        *_grades(),
        Field("later", "落实情况的再次评价", "flag", required=False),
    ],
    tell=[assembly_staff_of, registrars],
    sentence="录入提案者的纸质意见表",
)
def enter_paper(
    reply: Reply,
    *,
    actor: Actor,
    at: datetime,
    evaluator: Proposer | None = None,
    later: bool = False,
    **given: Any,
) -> tuple[Evaluation, dict[str, Any]]:
    """Fills in the evaluator's form, also one that came in after its time; or makes one where none had been sent."""
    sent = _sent(reply.pk, later, evaluator.pk) if evaluator is not None else ()
    form = next(iter(sent), None)
    if form is None:
        form = Evaluation(
            proposal=reply.proposal,
            reply=reply,
            evaluator=evaluator,
            item=_item_signed_by(evaluator, reply),
            round=reply.round,
            later=later,
        )
    return form, rate(form, given, Channel.PAPER)


@Prepared
def _sent(reply: int, later: bool, evaluator: int) -> Any:
    forms = Evaluation.objects.still_to_come().of_reply(reply, later=later).filter(evaluator=evaluator)
    return forms.select_for_update(of=("self",)).select_related(*Evaluation.lock_with).order_by("pk")


def _item_signed_by(evaluator: Proposer | None, reply: Reply) -> Proposal:
    """Of items handled together the one that the evaluator has signed."""
    head: Proposal = reply.proposal
    if evaluator is None or len(items_of(head)) == 1:
        return head
    items = {proposer.pk: item for proposer, item in evaluators_of(reply)}
    return items.get(evaluator.pk, head)


@requirement(late=True)
def grade_stands_empty(call: Call) -> str | None:
    """What has been given is the proposer's word and stays."""
    stored = set(call.obj.ratings.values_list("dimension", flat=True))
    again = "、".join(Dimension.label_of(name) for name in given_grades(call) if name in stored)
    return f"{again}已有评价，补录不改动原有内容，请只填缺的一项。" if again else None


@step(
    "evaluation.supplement",
    label="补录评价",
    on="evaluations.Evaluation",
    who=who.enters_evaluations,
    source={EvaluationState.SUBMITTED},
    requires=[grade_stands_empty, nothing_else_graded, grades_are_open],
    fields=_grades(),
    sentence="补录纸质意见表上的评价",
)
def supplement(
    form: Evaluation, *, actor: Actor, at: datetime, reason: str = "", **given: Any
) -> dict[str, Any]:
    """补录: a paper form that was taken in with one grade only gets the other."""
    Rating.objects.bulk_create(
        Rating(evaluation=form, dimension=dimension, grade=given[dimension])
        for dimension in Dimension
        if given.get(dimension)
    )
    if reason and not form.reason:
        form.reason = reason.strip()
        form.save(update_fields=["reason"])
    return {"round": form.round}
