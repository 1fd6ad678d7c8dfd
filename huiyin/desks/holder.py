"""谁在办: whose turn it is, what is waited for, and until when, in one sentence at the head of the case page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huiyin.clock.holidays import calendar_today
from huiyin.clock.models import Deadline
from huiyin.clock.now import day_of, today
from huiyin.desks.said import unit_name
from huiyin.handling.models import OUT, Assignment
from huiyin.promises.models import OPEN
from huiyin.proposals.models import Proposal
from huiyin.words import (
    AnswerStage,
    AssignmentState,
    DeadlineName,
    FulfilmentStage,
    ProposalState,
    ReplyState,
    UnitRole,
)

OFFICE = "政府办公室"
ASSEMBLY = {"cppcc": "政协提案委", "npc": "人大代表工委"}
INTAKE = {
    ProposalState.RECEIVED: "等待审查",
    ProposalState.REVIEWED: "等待立案",
    ProposalState.FILED: "等待移交政府",
}
SUGGESTION = {ProposalState.REVIEWED: "等待受理"}  # 人大代表建议 are not filed but accepted
COMMITTEE = "常务委员会（主席会议、主任会议）"
OF_SHARE = {
    AssignmentState.OFFERED: "等待签收",
    AssignmentState.RETURN_ASKED: f"申请退办，等待{OFFICE}裁定",
    AssignmentState.SIGNED: "等待定人、定案、定时",
    AssignmentState.PLANNED: "正在办理",
    AssignmentState.REHANDLING: "正在重新办理",
}
OF_REPLY = {
    ReplyState.DRAFT: "正在起草答复",
    ReplyState.IN_REVIEW: "答复等待单位负责人签发",
    ReplyState.SIGNED: "答复已签发，还没有送出",
    ReplyState.IN_CHECK: f"答复等待{OFFICE}审核",
    ReplyState.PASSED: "答复审核通过，还没有送出",
}
ANSWERING = (DeadlineName.REPLY, DeadlineName.SECOND_HANDLING)
UNANSWERED = frozenset(OF_SHARE)
AFTER = (AnswerStage.EVALUATED, AnswerStage.ANSWER_CLOSED)


@dataclass(frozen=True)
class Holder:
    """Who, what is waited for, and the deadline that comes first."""

    who: str
    what: str
    deadline: Deadline | None = None


def holder_of(case: Any) -> Holder | None:
    """None where nothing is waited for any more."""
    stage = AnswerStage(case.proposal.answer_stage)
    owed = [row for row in case.running() if not getattr(row, "is_window", False)]
    # What the answer hangs on, before what is only one of its parts.
    first = min(owed, key=lambda row: (row.name not in ANSWERING, row.due_on), default=None)
    if stage == AnswerStage.INTAKE:
        return _intake(case.proposal, first)
    if stage == AnswerStage.ASSIGNING:
        return Holder(OFFICE, "等待交办", first)
    if stage in (AnswerStage.HANDLING, AnswerStage.SECOND_HANDLING):
        return _handling(case, first)
    if stage == AnswerStage.ANSWERED:
        return Holder("提案者", "答复已经送到，等待评价", first)
    if stage == AnswerStage.REDO_PROPOSED:
        return _redo(case.proposal, first)
    return _after(case, first) if stage in AFTER else None


def _intake(item: Proposal, first: Deadline | None) -> Holder:
    said = INTAKE | SUGGESTION if item.assembly == "npc" else INTAKE
    what = said.get(ProposalState(item.state))
    return Holder(ASSEMBLY.get(item.assembly, "") if what else OFFICE, what or "等待登记", first)


def _redo(item: Proposal, first: Deadline | None) -> Holder:
    """The assembly's staff order it or not, in every pack; where a committee decides, they enter what it decided."""
    decides = COMMITTEE if item.option("second_handling") == "standing_committee" else ""
    return Holder(ASSEMBLY.get(item.assembly, ""), f"评价不满意，等待{decides}决定是否重新办理", first)


def _handling(case: Any, first: Deadline | None) -> Holder:
    open_shares = [share for share in case.assignments if share.state in UNANSWERED]
    answering = [share for share in open_shares if share.role != UnitRole.CO]
    waited = [unit_name(share) for share in open_shares if share.role == UnitRole.CO]
    who = "、".join(_named(share) for share in answering or open_shares)
    said = list(dict.fromkeys(_doing(case, share) for share in answering))
    if waited:
        said.append(f"会办意见还没有交：{'、'.join(waited)}")
    return Holder(who or OFFICE, "；".join(said) or "答复已经齐全，等待送出", first)


def _named(share: Assignment) -> str:
    return f"{unit_name(share)}{share.handler.person.name}" if share.handler else unit_name(share)


def _doing(case: Any, share: Assignment) -> str:
    reply = case.latest.get(share.pk)
    own = reply if reply and reply.round == share.round else None
    return OF_REPLY.get(own.state) or OF_SHARE[share.state] if own else OF_SHARE[share.state]


def _after(case: Any, first: Deadline | None) -> Holder | None:
    """Answered is not carried out: whose promises are open, those given for another item and used for this one too."""
    if case.proposal.fulfilment_stage != FulfilmentStage.BEING_CARRIED_OUT:
        return None
    promised = [*case.promises, *case.used]
    still = [promise for promise in promised if promise.undertaken_at and promise.state in OPEN]
    late = sum(1 for promise in still if promise.due_on and promise.due_on < today())
    units = dict.fromkeys((p.unit.short_name or p.unit.name) for p in still if p.unit)
    overdue = f"，其中{late}项已经逾期" if late else ""
    return Holder("、".join(units), f"答复已评价，还有{len(still)}项承诺在落实{overdue}", first)


def owes_opinion(share: Assignment) -> bool:
    """A co-handler whose opinion is still waited for."""
    return share.role == UnitRole.CO and share.state in UNANSWERED and share.state not in OUT


def with_opinions_owed(shares: Iterable[Assignment], running: Iterable[Deadline]) -> None:
    """Each co-handler whose opinion is waited for knows it, with the date where there is one."""
    due = {row.assignment_id: row for row in running if row.name == DeadlineName.CO_OPINION}
    for share in shares:
        share.opinion_owed = owes_opinion(share)  # type: ignore[attr-defined]
        share.opinion_due = due.get(share.pk) if owes_opinion(share) else None  # type: ignore[attr-defined]


def with_days(shares: Iterable[Assignment], deadlines: Iterable[Deadline]) -> None:
    """How long each answering unit has had it, and for how much of that the clock stood still."""
    calendar = calendar_today()
    clocks = {row.assignment_id: row for row in deadlines if row.name == DeadlineName.REPLY}
    for share in shares:
        if not (share.is_answering and share.offered_at and share.offered_known and share.answered_known):
            continue
        until = day_of(share.answered_at) if share.answered_at else today()
        share.worked = max(0, calendar.workdays_between(day_of(share.offered_at), until))
        if clock := clocks.get(share.pk):
            still = clock.paused_since if not share.answered_at else None
            share.stopped = clock.paused_workdays + (
                calendar.workdays_between(still, today()) if still else 0
            )
