"""Everything the case page shows, gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from huiyin.clock.hear import explain_all
from huiyin.clock.models import WINDOWS, Deadline
from huiyin.clock.now import today
from huiyin.contacts.models import Contact
from huiyin.desks import case_rows, said
from huiyin.desks.asked import Asked
from huiyin.desks.holder import with_days, with_opinions_owed
from huiyin.desks.overseeing.beside_case import overseen_of
from huiyin.desks.topics import BELONGS, NOWHERE, Belonging, belonging_of
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.files.models import Attachment
from huiyin.gaps import Gap
from huiyin.handling.models import Assignment
from huiyin.handling.track import Parts, Stop, stops_of
from huiyin.journal.models import Event
from huiyin.ledgers.models import ImportRow
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.classes import Classification
from huiyin.proposals.models import Point, Proposal, Proposership
from huiyin.replies.models import Answer, Reply
from huiyin.supervision.models import Leadership, SuperiorMatter, Task
from huiyin.words import ReplyState, Role

OFFICES = (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.AUDITOR)


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
    used: list[Promise] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    second_handlings: list[SecondHandling] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    leaderships: list[Leadership] = field(default_factory=list)
    supervision: list[Any] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    superiors: list[SuperiorMatter] = field(default_factory=list)
    merged: list[Proposal] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    import_rows: list[ImportRow] = field(default_factory=list)
    belonging: Belonging = NOWHERE

    def __iter__(self) -> Iterable[Any]:
        """Every row a step can be taken on, the item first, then its parts in the order of the life."""
        yield from [self.proposal, *self.signatures, *self.assignments, *self.contacts, *self.replies]
        yield from [*self.evaluations, *self.second_handlings]
        for promise in self.promises:
            yield promise
            yield from promise.milestones.all()
        yield from [*self.leaderships, *self.supervision, *self.tasks, *self.superiors, *self.belonging]

    @property
    def classes(self) -> str:
        return said.classes(self.proposal)

    @property
    def signers(self) -> str:
        return said.signers(self.proposal)

    @cached_property
    def latest(self) -> dict[int, Reply]:
        """The latest visible reply of each share."""
        return {reply.assignment_id: reply for reply in self.replies if reply.state != ReplyState.VOID}

    def rows(self) -> list[tuple[Point, list[Answer], list[Promise]]]:
        """Points beside their answers in the latest replies, and their promises."""
        answers: dict[int, list[Answer]] = defaultdict(list)
        for reply in self.latest.values():
            for answer in reply.answers.all():
                answer.reply = reply
                answers[answer.point_id].append(answer)
        of_point: dict[int, list[Promise]] = defaultdict(list)
        for promise in self.promises:
            for point in promise.points.all():
                of_point[point.pk].append(promise)
        return [(point, answers[point.pk], of_point[point.pk]) for point in self.points]

    def loose_promises(self) -> list[Promise]:
        return [promise for promise in self.promises if not promise.points.all()]

    def answered(self) -> int:
        return sum(1 for _, answers, _ in self.rows() if answers)

    def awaits(self, name: str, ahead: int) -> bool:
        """Whether a deadline of this name is open and due within so many days; negative: past by so many."""
        until = today() + timedelta(days=ahead)
        return any(row.name == name and row.is_open and row.due_on <= until for row in self.deadlines)

    def running(self) -> list[Deadline]:
        """What is owed, and windows that are still open."""
        return [row for row in self.deadlines if row.is_open and not _has_closed(row)]

    def past(self) -> list[Deadline]:
        return [row for row in self.deadlines if not row.is_open or _has_closed(row)]

    @property
    def told_by_offices(self) -> bool:
        """Whether this actor may open an event and see all that it carries."""
        return self.actor.role in OFFICES

    def gaps(self) -> list[str]:
        """What old paper did not state, by the steps that went without it."""
        names = dict.fromkeys(gap for event in reversed(self.events) for gap in event.gaps)
        return [Gap.label_of(name) for name in names]

    def track(self, calendar: Any) -> list[Stop]:
        promises = [*self.promises, *self.used]
        parts = Parts(self.assignments, self.replies, self.evaluations, promises, self.deadlines)
        return stops_of(self.proposal, parts, calendar)


def _has_closed(row: Deadline) -> bool:
    return row.name in WINDOWS and row.due_on < today()


# What everybody who sees the item sees of it; each is asked for at every look, so its statement is worked out once.


def case_of(proposal: Proposal, actor: Actor) -> Case:
    """Gather the parts that this actor may see (R4; drafts stay inside the unit)."""
    case = Case(proposal, actor)
    case.signatures = list(proposal.proposerships.all())
    _with_shares(case)
    case.points = case_rows.POINTS(proposal.pk)
    promises = case_rows.PROMISES(actor, proposal.pk)
    case.promises = [promise for promise in promises if promise.proposal_id == proposal.pk]
    case.used = [promise for promise in promises if promise.proposal_id != proposal.pk]
    case.contacts = case_rows.CONTACTS(proposal.pk)
    case.evaluations = case_rows.FORMS(actor, proposal.pk)
    if actor.role != Role.PROPOSER:
        case.second_handlings = case_rows.SECOND_HANDLINGS(proposal.pk)
    case.deadlines = _deadlines(proposal, case)
    case.merged = case_rows.MERGED(proposal.pk)
    case.attachments = case_rows.ATTACHMENTS(actor, proposal.pk)
    case.events = case_rows.EVENTS(actor, proposal.pk)
    with_days(case.assignments, case.deadlines)
    with_opinions_owed(case.assignments, case.running())
    case.leaderships, case.supervision, case.tasks, case.superiors = overseen_of(proposal.pk, actor)
    case.belonging = belonging_of(proposal, actor)
    if actor.role in OFFICES:
        case.import_rows = case_rows.IMPORT_ROWS(proposal.pk)
    _share_the_item(case)
    return case


@Asked
def seen_for_case(actor: Actor, item: Any) -> QuerySet[Proposal]:
    """The item, where this actor may see it, with what the head of the page says."""
    return (
        Proposal.objects.visible_to(actor)
        .filter(pk=item)
        .select_related("plenary", "jurisdiction", "pack_version", "merged_into__plenary")
        .defer("pack_version__text")
        .annotate(belongs=BELONGS)
        .prefetch_related(
            Prefetch("proposerships", Proposership.objects.select_related("proposer")),
            Prefetch("classifications", Classification.objects.select_related("item_class")),
        )
    )


def _with_shares(case: Case) -> None:
    """Shares with their co-opinions, and the replies that this actor may see."""
    case.assignments = case_rows.SHARES(case.proposal.pk)
    own = {share.pk: share for share in case.assignments}
    case.replies = case_rows.REPLIES(case.actor, case.proposal.pk)
    for reply in case.replies:
        reply.assignment = own[reply.assignment_id]


def _deadlines(proposal: Proposal, case: Case) -> list[Deadline]:
    """What runs or was met, each with the reason of its date as `why`; forms have theirs on their own page."""
    rows = case_rows.DEADLINES(proposal.pk)
    versions = {proposal.pack_version_id: proposal.pack_version}
    for row in rows:
        row.proposal = proposal
        if row.pack_version_id in versions:
            row.pack_version = versions[row.pack_version_id]
    reasons = explain_all(proposal, rows)
    own = {form.pk: form for form in case.evaluations}
    for row in rows:
        row.form = own.get(row.evaluation_id)  # type: ignore[attr-defined]
        row.why = reasons[row.pk].explanation  # type: ignore[attr-defined]
        row.is_window = row.name in WINDOWS  # type: ignore[attr-defined]
    shown = [row for row in rows if row.cancelled_at is None]
    return [
        row for row in shown if row.evaluation_id is None or (row.evaluation_id in own and not row.met_at)
    ]


def _share_the_item(case: Case) -> None:
    """Every part knows the one item at hand, so that asking about rights needs no further look-up."""
    own = {share.pk: share for share in case.assignments}
    parts = (
        case.signatures, case.assignments, case.points, case.promises, case.evaluations, case.second_handlings,
        case.contacts, case.leaderships, case.supervision, case.tasks, case.attachments,
        list(case.belonging),
    )  # fmt: skip
    for rows in parts:
        for row in rows:
            row.proposal = case.proposal
            share = getattr(row, "assignment_id", None)
            if share in own:
                row.assignment = own[share]
    for matter in case.superiors:
        matter.assignment = own[matter.assignment_id]
    altered = [event for event in case.events if event.code == "promise.alter"]
    for promise in case.promises:
        promise.altered = [event for event in altered if event.subject_id == promise.pk]  # type: ignore[attr-defined]
        for milestone in promise.milestones.all():
            milestone.promise = promise
    by_reply = {reply.pk: reply for reply in case.replies}
    for form in case.evaluations:
        if form.reply_id in by_reply:
            form.reply = by_reply[form.reply_id]
