"""重办、答复办结与销号: two closings, because answered is not carried out (R6)."""

from datetime import datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.models import Assignment
from huiyin.handling.steps.assigning import STANDING
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.journal.work import up_to_date
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal
from huiyin.words import (
    AssignmentState,
    DeadlineName,
    EvaluationState,
    PromiseState,
    ProposalState,
    SecondHandlingState,
)

HAS_ANSWERED = (AssignmentState.ANSWERED, AssignmentState.CLOSED)
SETTLED = (PromiseState.KEPT, PromiseState.DROPPED)


@step(
    "assignment.reopen",
    label="重新办理",
    on="handling.Assignment",
    who=who.system,
    source={AssignmentState.ANSWERED, AssignmentState.OPINION_GIVEN, AssignmentState.CLOSED},
    target=AssignmentState.REHANDLING,
    automatic=True,
    tell=[tell.unit_people],
    sentence="{target}开始第{round}轮办理",
)
def reopen(assignment: Assignment, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Called when a second handling is ordered: the next round begins, the first reply stays."""
    assignment.round += 1
    assignment.save(update_fields=["round"])
    return {"round": assignment.round, "target_unit": assignment.unit}


@step(
    "assignment.close",
    label="承办办结",
    on="handling.Assignment",
    who=who.system,
    source=STANDING - {AssignmentState.CLOSED},
    target=AssignmentState.CLOSED,
    stamps="closed_at",
    automatic=True,
    sentence="{target}的承办办结",
)
def close(assignment: Assignment, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The answer is closed, and each unit's share with it."""
    return {"target_unit": assignment.unit}


@requirement()
def everybody_has_answered(call: Call) -> str | None:
    shares = call.obj.assignments.standing().answering().select_related("unit")
    if not shares:
        return "还没有交办承办单位，不能答复办结，请先交办。"
    waiting = "、".join(share.unit.name for share in shares if share.state not in HAS_ANSWERED)
    return f"{waiting}还没有答复，请等答复后再办结。" if waiting else None


@requirement()
def no_second_handling_open(call: Call) -> str | None:
    open_ones = (SecondHandlingState.PROPOSED, SecondHandlingState.ORDERED)
    if call.obj.second_handlings.filter(state__in=open_ones).exists():
        return f"重新办理还没有结束，请等有了决定、重新答复并评价以后，再{call.step.label}。"
    return None


@requirement(gap="evaluation")
def evaluations_are_in(call: Call) -> str | None:
    """Forms still out hold the closing up until the pack's feedback deadline has passed.

    Forms on the fulfilment are not waited for: what is carried out is asked about after the answer is closed too.
    """
    up_to_date()
    waiting = [
        deadline.due_on
        for deadline in call.obj.deadlines.open().filter(
            name=DeadlineName.FEEDBACK,
            evaluation__state=EvaluationState.INVITED,
            evaluation__later=False,
        )
    ]
    if waiting and day_of(call.at) <= max(waiting):
        return (
            f"还有{len(waiting)}份意见表没有交回，反馈期限是{in_full(max(waiting))}，请等评价或期满后再办结。"
        )
    return None


@requirement()
def given_forms_count(call: Call) -> str | None:
    """R4: what a proposer has given is seen by the unit before the answer is closed."""
    forms = call.obj.evaluations.filter(state=EvaluationState.SUBMITTED, later=False)
    given = forms.filter(counted_at=None).count()
    return f"有{given}份意见表已经交回、还没有计入，请先计入再办结。" if given else None


@requirement(gap="check")
def office_has_checked(call: Call) -> str | None:
    """Option office_check = after_issue."""
    if call.obj.option("office_check") != "after_issue":
        return None
    shares = call.obj.assignments.standing().answering().select_related("unit")
    waiting = [share for share in shares if not share.replies.filter(passed_at__isnull=False).exists()]
    names = "、".join(share.unit.name for share in waiting)
    return f"{names}的答复还没有审核，请审核后再办结。" if names else None


@requirement(field="outcome", late=True)
def sides_have_met(call: Call) -> str | None:
    """Option after_last_round = convene: dissatisfied after the last round, both sides meet before the closing."""
    exhausted = call.obj.events.filter(code="evaluation.exhaust", facts__then="convene")
    if call.given("outcome") or not exhausted.exists():
        return None
    return "重办次数已满，提案者仍不满意。请召集承办单位与提案者当面协商，写明协商结果后再办结。"


@step(
    "proposal.close_answer",
    label="答复办结",
    on="proposals.Proposal",
    who=who.registrar,
    source={ProposalState.REGISTERED},
    target=ProposalState.ANSWER_CLOSED,
    stamps="answer_closed_at",
    requires=[
        everybody_has_answered,
        no_second_handling_open,
        office_has_checked,
        evaluations_are_in,
        given_forms_count,
        sides_have_met,
    ],
    fields=[
        Field(
            "outcome",
            "协商结果",
            "text",
            required=False,
            help="重办次数已满而仍不满意的，写明当面协商的结果。",
        )
    ],
    tell=[tell.all_units_people, tell.proposers_of, tell.assembly_staff_of],
    bulk=True,
    sentence="答复办结。{outcome}",
)
def close_answer(proposal: Proposal, *, actor: Actor, at: datetime, outcome: str = "") -> None:
    """答复办结: answered and evaluated. What was promised goes on until it is settled."""
    for share in proposal.assignments.standing().exclude(state=AssignmentState.CLOSED).order_by("id"):
        close(share, actor=Actor.system(proposal.jurisdiction), at=at)


@step(
    "proposal.reopen_answer",
    label="恢复办理",
    on="proposals.Proposal",
    who=who.system,
    source={ProposalState.ANSWER_CLOSED},
    target=ProposalState.REGISTERED,
    stamps="reopened_at",
    automatic=True,
    tell=[tell.registrars, tell.proposers_of, tell.assembly_staff_of],
    sentence="答复办结以后决定重新办理，恢复办理",
)
def reopen_answer(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Called when a second handling is ordered for a form that came in after the closing: it is closed once more later."""


@requirement()
def every_promise_is_settled(call: Call) -> str | None:
    own = call.obj.promises.in_force().exclude(state__in=SETTLED).count()
    used = call.obj.promise_uses.standing().exclude(promise__state__in=SETTLED).count()
    waiting = own + used
    return f"还有{waiting}项承诺没有落实或说明，不能销号；请先逐项确认。" if waiting else None


@step(
    "proposal.settle",
    label="销号",
    on="proposals.Proposal",
    who=who.registrar,
    source={ProposalState.ANSWER_CLOSED},
    target=ProposalState.SETTLED,
    stamps="settled_at",
    requires=[no_second_handling_open, every_promise_is_settled],
    tell=[tell.all_units_people, tell.proposers_of, tell.assembly_staff_of],
    bulk=True,
    sentence="全部承诺已有着落，销号",
)
def settle(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """销号 (R6): every promise accepted by the office as kept, or dropped with the proposer told."""
