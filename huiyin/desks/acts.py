"""What is due for whom: one table, the same for the desk, its counts and its tests.

An act is a step that waits on rows of one kind. The step's declaration stays the only judge of whether it may be
taken; here stands only where to look for rows, and which deadline orders them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling.models import Assignment, Extension
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.supervision.models import Instruction, Urging
from huiyin.words import (
    AnswerStage,
    AssignmentState,
    DeadlineName,
    EvaluationState,
    PromiseState,
    ProposalState,
    ReplyState,
    Role,
    SecondHandlingState,
    UnitRole,
)

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Act:
    """One group of the desk: rows on which `step` waits for somebody in `roles`."""

    label: str
    step: str
    roles: frozenset[Role]
    rows: Callable[[Actor], Rows]
    deadline: DeadlineName | None = None


def _mine(actor: Actor) -> Rows:
    return Assignment.objects.filter(unit=actor.unit)


def _items(actor: Actor) -> Rows:
    return Proposal.objects.visible_to(actor)


def _replies(actor: Actor) -> Rows:
    return Reply.objects.filter(assignment__proposal__in=_items(actor))


def _own_replies(actor: Actor) -> Rows:
    return Reply.objects.filter(assignment__unit=actor.unit)


STAFF, OFFICE = frozenset({Role.ASSEMBLY_STAFF}), frozenset({Role.REGISTRAR})
DESK, HANDLING = frozenset({Role.LIAISON, Role.UNIT_LEADER}), frozenset({Role.LIAISON, Role.HANDLER})
CHIEF, LEADER, AUTHOR = (
    frozenset({Role.UNIT_LEADER}),
    frozenset({Role.GOVERNMENT_LEADER}),
    frozenset({Role.PROPOSER}),
)
WORKING = (AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING)

ACTS: tuple[Act, ...] = (
    Act("待审查", "proposal.review", STAFF, lambda a: _items(a).filter(state=ProposalState.RECEIVED)),
    Act("待立案", "proposal.file", STAFF, lambda a: _items(a).filter(state=ProposalState.REVIEWED)),
    Act("待移交", "proposal.hand_over", STAFF, lambda a: _items(a).filter(state=ProposalState.FILED)),
    Act(
        "待录入的纸质评价",
        "evaluation.enter_paper",
        STAFF,
        lambda a: Evaluation.objects.filter(proposal__in=_items(a), state=EvaluationState.INVITED),
        DeadlineName.FEEDBACK,
    ),
    Act(
        "等您裁定的退办",
        "assignment.rule_return",
        OFFICE,
        lambda a: Assignment.objects.filter(proposal__in=_items(a), state=AssignmentState.RETURN_ASKED),
        DeadlineName.RETURN_WINDOW,
    ),
    Act(
        "等您裁定的延期",
        "assignment.rule_extension",
        OFFICE,
        lambda a: Extension.objects.filter(assignment__proposal__in=_items(a), ruling=""),
        DeadlineName.REPLY,
    ),
    Act(
        "答复待审核",
        "reply.pass_check",
        OFFICE,
        lambda a: _replies(a).filter(state=ReplyState.IN_CHECK),
        DeadlineName.REPLY,
    ),
    Act("待登记", "proposal.register", OFFICE, lambda a: _items(a).filter(state=ProposalState.HANDED_OVER)),
    Act(
        "待交办",
        "assignment.assign",
        OFFICE,
        lambda a: _items(a).filter(state=ProposalState.REGISTERED, answer_stage=AnswerStage.ASSIGNING),
    ),
    Act(
        "不满意，待决定是否重办",
        "second_handling.order",
        OFFICE | STAFF,
        lambda a: SecondHandling.objects.filter(proposal__in=_items(a), state=SecondHandlingState.PROPOSED),
    ),
    Act(
        "落实情况待确认",
        "promise.accept",
        OFFICE,
        lambda a: Promise.objects.filter(proposal__in=_items(a), state=PromiseState.CLAIMED),
    ),
    Act(
        "已评价，待答复办结",
        "proposal.close_answer",
        OFFICE,
        lambda a: _items(a).filter(answer_stage=AnswerStage.EVALUATED, state=ProposalState.REGISTERED),
    ),
    Act(
        "待签收",
        "assignment.sign",
        DESK,
        lambda a: _mine(a).filter(state=AssignmentState.OFFERED),
        DeadlineName.RETURN_WINDOW,
    ),
    Act(
        "待定人定案定时",
        "assignment.plan",
        DESK,
        lambda a: _mine(a).filter(state=AssignmentState.SIGNED),
        DeadlineName.REPLY,
    ),
    Act(
        "欠会办意见",
        "assignment.give_opinion",
        DESK | HANDLING,
        lambda a: _mine(a).filter(role=UnitRole.CO, state__in=WORKING),
        DeadlineName.CO_OPINION,
    ),
    Act(
        "待与提案者沟通",
        "contact.log",
        HANDLING,
        lambda a: _mine(a).filter(state__in=WORKING, contacts=None).exclude(role=UnitRole.CO),
        DeadlineName.FIRST_CONTACT,
    ),
    Act(
        "待起草答复",
        "reply.draft",
        HANDLING,
        lambda a: (
            _mine(a)
            .filter(state__in=WORKING[1:], contacts__isnull=False)
            .exclude(role=UnitRole.CO)
            .exclude(
                replies__state__in=[
                    ReplyState.DRAFT,
                    ReplyState.IN_REVIEW,
                    ReplyState.SIGNED,
                    ReplyState.IN_CHECK,
                    ReplyState.PASSED,
                ]
            )
            .distinct()
        ),
        DeadlineName.REPLY,
    ),
    Act(
        "草稿待送审",
        "reply.submit",
        HANDLING,
        lambda a: _own_replies(a).filter(state=ReplyState.DRAFT),
        DeadlineName.REPLY,
    ),
    Act(
        "等您签发",
        "reply.sign",
        CHIEF,
        lambda a: _own_replies(a).filter(state=ReplyState.IN_REVIEW),
        DeadlineName.REPLY,
    ),
    Act(
        "已签发，待答复提案者",
        "reply.issue",
        HANDLING,
        lambda a: _own_replies(a).filter(state__in=[ReplyState.SIGNED, ReplyState.PASSED]),
        DeadlineName.REPLY,
    ),
    Act(
        "要落实的承诺",
        "promise.claim_done",
        DESK | HANDLING,
        lambda a: Promise.objects.in_force().filter(unit=a.unit, state=PromiseState.ACTIVE),
    ),
    Act(
        "催办待回复",
        "urging.receipt",
        DESK,
        lambda a: Urging.objects.filter(assignment__unit=a.unit, receipt_at=None),
    ),
    Act(
        "批示待报告",
        "instruction.fulfil",
        DESK,
        lambda a: Instruction.objects.filter(unit=a.unit, fulfilled_at=None),
    ),
    Act(
        "我领办督办的件",
        "instruction.give",
        LEADER,
        lambda a: Proposal.objects.filter(leaderships__leader=a.post, leaderships__until=None).distinct(),
        DeadlineName.REPLY,
    ),
    Act(
        "等您评价",
        "evaluation.submit",
        AUTHOR,
        lambda a: Evaluation.objects.filter(evaluator__person=a.person, state=EvaluationState.INVITED),
        DeadlineName.FEEDBACK,
    ),
)


def acts_of(actor: Actor) -> list[Act]:
    return [act for act in ACTS if actor.role in act.roles]
