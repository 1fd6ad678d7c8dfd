"""Everything the case page shows, gathered in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from huiyin.clock.hear import explain_all
from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling.models import Assignment, Extension, Pause, ReturnRequest
from huiyin.journal.models import Event
from huiyin.journal.step import Offer, offers
from huiyin.ledgers.models import ImportRow
from huiyin.people.actor import Actor, standing_in
from huiyin.promises.models import Promise
from huiyin.proposals.models import Point, Proposal, Proposership
from huiyin.replies.models import Answer, Reply
from huiyin.supervision.models import Inspection, Instruction, Leadership, Urging
from huiyin.words import AnswerStage, FulfilmentStage, ReplyState, Role

# Drafts are the unit's own until they leave it.
INSIDE = (ReplyState.DRAFT, ReplyState.IN_REVIEW, ReplyState.SIGNED, ReplyState.VOID)


@dataclass(frozen=True)
class Stop:
    """One stop of the track: 立案 交办 签收 办理 答复 评价 落实."""

    label: str
    state: str  # done, now, ahead
    note: str | date | datetime = ""


@dataclass
class Case:
    """One item as one actor may see it."""

    proposal: Proposal
    actor: Actor
    signatures: list[Proposership] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    second_handlings: list[SecondHandling] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)
    supervision: list[Any] = field(default_factory=list)
    merged: list[Proposal] = field(default_factory=list)
    kept_apart: list[ImportRow] = field(default_factory=list)

    @property
    def answers(self) -> dict[int, list[Answer]]:
        """Answers of the latest visible replies, by point."""
        found: dict[int, list[Answer]] = defaultdict(list)
        latest = {reply.assignment_id: reply for reply in self.replies}
        for reply in latest.values():
            for answer in reply.answers.all():
                found[answer.point_id].append(answer)
        return found

    def rows(self) -> list[tuple[Point, list[Answer], list[Promise]]]:
        """Points beside their answers and promises."""
        answers = self.answers
        of_point: dict[int, list[Promise]] = defaultdict(list)
        for promise in self.promises:
            for point in promise.points.all():
                of_point[point.pk].append(promise)
        return [(point, answers[point.pk], of_point[point.pk]) for point in self.points]

    def loose_promises(self) -> list[Promise]:
        return [promise for promise in self.promises if not promise.points.all()]

    def offers(self) -> list[tuple[Any, list[Offer]]]:
        """What this actor may do now, by the row it is done on, the item itself last."""
        rows: list[Any] = [
            *self.requests,
            *self.replies,
            *self.assignments,
            *self.evaluations,
            *self.second_handlings,
            *self.promises,
            *self.contacts,
            *self.supervision,
            self.proposal,
        ]
        found = [(row, offers(row, self.actor)) for row in rows]
        return [(row, open_to_me) for row, open_to_me in found if open_to_me]

    def entries(self) -> list[tuple[Any, list[Offer]]]:
        """What the office may enter for a unit from paper."""
        rows: list[Any] = [*self.requests, *self.replies, *self.assignments, *self.promises]
        found = [(row, offers(row, stand_in)) for row in rows if (stand_in := standing_in(self.actor, row))]
        return [(row, open_to_unit) for row, open_to_unit in found if open_to_unit]

    def track(self) -> list[Stop]:
        return track(self)


def case_of(proposal: Proposal, actor: Actor) -> Case:
    """Gather the parts that this actor may see (R4; drafts stay inside the unit)."""
    case = Case(proposal, actor)
    case.signatures = list(proposal.proposerships.select_related("proposer"))
    case.assignments = list(proposal.assignments.select_related("unit", "handler__person").order_by("id"))
    for assignment in case.assignments:
        assignment.proposal = proposal
    case.points = list(proposal.points.all())
    case.promises = list(
        proposal.promises.live()
        .select_related("unit", "owner__person", "assignment")
        .prefetch_related("points", "evidence", "due_dates", "milestones")
    )
    case.contacts = list(
        Contact.objects.filter(proposal=proposal).select_related("assignment__unit", "proposer")
    )
    case.evaluations = list(
        Evaluation.objects.visible_to(actor)
        .filter(proposal=proposal)
        .select_related("evaluator", "reply")
        .prefetch_related("ratings")
    )
    case.second_handlings = list(proposal.second_handlings.all())
    case.deadlines = _deadlines(proposal)
    case.merged = list(proposal.merged.all())
    kept_apart = proposal.import_rows.exclude(unattributed={}).select_related("ledger_import")
    case.kept_apart = list(kept_apart.order_by("pk"))
    _with_replies(case)
    _with_requests(case)
    case.events = list(_events(proposal, actor))
    for row in (*case.promises, *case.evaluations, *case.second_handlings, *case.contacts):
        row.proposal = proposal
    return case


def _deadlines(proposal: Proposal) -> list[Deadline]:
    """What runs, has run or was met, each with the reason of its date as `why`."""
    rows = list(proposal.deadlines.select_related("assignment__unit", "pack_version"))
    reasons = explain_all(proposal, rows)
    for row in rows:
        row.why = reasons[row.pk].explanation  # type: ignore[attr-defined]
    return [row for row in rows if row.cancelled_at is None]


def _with_replies(case: Case) -> None:
    replies = (
        Reply.objects.filter(assignment__proposal=case.proposal)
        .select_related("assignment__unit")
        .prefetch_related(Prefetch("answers", Answer.objects.select_related("point")), "versions__by__person")
    )
    own = {a.pk: a for a in case.assignments}
    for reply in replies:
        reply.assignment = own[reply.assignment_id]
        mine = case.actor.unit is not None and case.actor.unit.pk == reply.assignment.unit_id
        if reply.state not in INSIDE or mine:
            case.replies.append(reply)


def _with_requests(case: Case) -> None:
    own = {a.pk: a for a in case.assignments}
    for model in (ReturnRequest, Extension, Pause):
        for row in model.objects.filter(assignment__proposal=case.proposal):
            row.assignment = own[row.assignment_id]
            case.requests.append(row)
    if case.actor.role == Role.PROPOSER:
        return
    for model in (Leadership, Urging, Inspection, Instruction):
        for row in model.objects.filter(proposal=case.proposal):
            row.proposal = case.proposal
            case.supervision.append(row)


def _events(proposal: Proposal, actor: Actor) -> Any:
    """The story, newest first. R4: what concerns an evaluation that does not count yet is not told to units."""
    events = Event.objects.filter(proposal=proposal).told().order_by("-at", "-id")
    if actor.role in (Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER):
        hidden = Evaluation.objects.filter(proposal=proposal, counted_at=None).values("pk")
        events = events.exclude(subject_kind="evaluations.evaluation", subject_id__in=hidden)
    if actor.role == Role.PROPOSER:
        others = (
            Evaluation.objects.filter(proposal=proposal).exclude(evaluator__person=actor.person).values("pk")
        )
        events = events.exclude(subject_kind="evaluations.evaluation", subject_id__in=others)
        events = events.exclude(code__in=["reply.draft", "reply.revise", "reply.submit", "reply.send_back"])
    return events


ORDER = {
    AnswerStage.INTAKE: 0,
    AnswerStage.ASSIGNING: 1,
    AnswerStage.HANDLING: 3,
    AnswerStage.SECOND_HANDLING: 3,
    AnswerStage.ANSWERED: 5,
    AnswerStage.REDO_PROPOSED: 5,
    AnswerStage.EVALUATED: 6,
    AnswerStage.ANSWER_CLOSED: 6,
}


def track(case: Case) -> list[Stop]:
    """Seven stops; fulfilment is the last one, not the reply."""
    proposal = case.proposal
    signed = [a.signed_at for a in case.assignments if a.signed_at]
    offered = [a.offered_at for a in case.assignments if a.offered_at]
    issued = [reply.issued_at for reply in case.replies if reply.issued_at]
    rated = [form.submitted_at for form in case.evaluations if form.submitted_at]
    notes: list[Any] = [
        proposal.filed_at or proposal.received_at,
        min(offered, default=""),
        min(signed, default=""),
        "",
        max(issued, default=""),
        max(rated, default=""),
        FulfilmentStage.label_of(proposal.fulfilment_stage)
        if proposal.fulfilment_stage != FulfilmentStage.NOT_ANSWERED
        else "",
    ]
    now = ORDER.get(AnswerStage(proposal.answer_stage), -1)
    if now == 3 and not signed:
        now = 2
    settled = proposal.fulfilment_stage in (
        FulfilmentStage.DONE_AT_REPLY,
        FulfilmentStage.CARRIED_OUT,
        FulfilmentStage.EXPLAINED,
    )
    labels = ("立案", "交办", "签收", "办理", "答复", "评价", "落实")
    stops = [
        Stop(label, "done" if number < now else "now" if number == now else "ahead", note)
        for number, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]
    if settled and now >= 5:
        stops[6] = Stop("落实", "done", notes[6])
    return stops
