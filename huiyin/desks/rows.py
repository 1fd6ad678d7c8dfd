"""Where the rows of a desk's groups are found: one set for each act, always within what the actor may see."""

from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.contacts.models import Contact
from huiyin.desks.dues import Expression
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling.models import Assignment, AssignmentQuerySet, Extension, ReturnRequest
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal, seen_by
from huiyin.replies.models import Agreement, Reply
from huiyin.rulepacks.store import published
from huiyin.words import (
    AnswerStage,
    AssignmentState,
    DeadlineName,
    EvaluationState,
    FulfilmentStage,
    Kind,
    ProposalState,
    ReplyState,
    Role,
    UnitRole,
)

Rows = QuerySet[Any]
WORKING = (AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING)
PLANNED = (AssignmentState.PLANNED, AssignmentState.REHANDLING)
SETTLED = (
    FulfilmentStage.NOTHING_PROMISED,
    FulfilmentStage.DONE_AT_REPLY,
    FulfilmentStage.CARRIED_OUT,
    FulfilmentStage.EXPLAINED,
)


def under(option: str, value: str, path: str = "") -> Q:
    """Items whose rules choose this value of an option; `path` leads to the item."""
    found = Q(pk__in=[])
    for version in published():
        for kind in Kind:
            if version.pack.option(option, kind) == value:
                found |= Q(**{f"{path}pack_version": version.pk, f"{path}kind": kind})
    return found


def items(actor: Actor) -> Rows:
    return Proposal.objects.visible_to(actor)


def shares(actor: Actor) -> AssignmentQuerySet:
    return Assignment.objects.filter(proposal__jurisdiction=actor.jurisdiction)


def of_own_share(actor: Actor, to_share: str = "") -> Q:
    """A unit's shares; a handler's own ones and those that nobody has been named for."""
    found = Q(**{f"{to_share}unit": actor.unit})
    if actor.role == Role.HANDLER:
        found &= Q(**{f"{to_share}handler": None}) | Q(**{f"{to_share}handler": actor.post})
    return found


def own(actor: Actor) -> Rows:
    return Assignment.objects.filter(of_own_share(actor))


def replies(actor: Actor) -> Rows:
    return Reply.objects.filter(assignment__proposal__jurisdiction=actor.jurisdiction)


def own_replies(actor: Actor) -> Rows:
    """Those of the unit that have not gone out."""
    return Reply.objects.in_hand().filter(of_own_share(actor, "assignment__"))


# The office


def returns_asked(actor: Actor) -> Rows:
    return shares(actor).filter(state=AssignmentState.RETURN_ASKED)


def objections(actor: Actor) -> Rows:
    asked = ReturnRequest.objects.filter(objected_by__isnull=False, ruling="").values("assignment")
    in_hand = (AssignmentState.OFFERED, AssignmentState.SIGNED, AssignmentState.PLANNED)
    return shares(actor).filter(pk__in=asked, state__in=in_hand)


def extensions_asked(actor: Actor) -> Rows:
    asked = Extension.objects.filter(ruling="").values("assignment")
    return shares(actor).filter(pk__in=asked, state__in=WORKING)


def to_check(actor: Actor) -> Rows:
    """Sent for the check before issue; or gone out and not checked yet, where the pack checks afterwards."""
    afterwards = under("office_check", "after_issue", "assignment__proposal__")
    unchecked = Q(state=ReplyState.ISSUED, passed_at=None, failed_at=None) & afterwards
    return replies(actor).filter(Q(state=ReplyState.IN_CHECK) | unchecked)


def handed_over(actor: Actor) -> Rows:
    return items(actor).filter(state=ProposalState.HANDED_OVER)


def to_assign(actor: Actor) -> Rows:
    return items(actor).filter(state=ProposalState.REGISTERED, answer_stage=AnswerStage.ASSIGNING)


def to_close(actor: Actor) -> Rows:
    return items(actor).filter(state=ProposalState.REGISTERED, answer_stage=AnswerStage.EVALUATED)


def to_settle(actor: Actor) -> Rows:
    """None whose second handling is being decided: excluded, so that SQLite takes the index of the stages before."""
    closed = items(actor).filter(state=ProposalState.ANSWER_CLOSED, fulfilment_stage__in=SETTLED)
    return closed.exclude(answer_stage=AnswerStage.REDO_PROPOSED)


# The assembly


def received(actor: Actor) -> Rows:
    return items(actor).filter(state=ProposalState.RECEIVED)


def _reviewed(actor: Actor, kind: Kind) -> Rows:
    return items(actor).filter(state=ProposalState.REVIEWED, plenary__assembly=actor.assembly, kind=kind)


def to_file(actor: Actor) -> Rows:
    return _reviewed(actor, Kind.PROPOSAL)


def to_accept(actor: Actor) -> Rows:
    return _reviewed(actor, Kind.SUGGESTION)


def filed(actor: Actor) -> Rows:
    return items(actor).filter(state=ProposalState.FILED)


def redo_proposed(actor: Actor) -> Rows:
    goes_on = (ProposalState.REGISTERED, ProposalState.ANSWER_CLOSED)
    waiting = SecondHandling.objects.to_be_decided().filter(proposal__state__in=goes_on)
    return waiting.filter(seen_by(actor, "proposal__"))


def forms_out(actor: Actor) -> Rows:
    """Answered, and not every form has come back."""
    waiting = Evaluation.objects.waiting().order_by().values("reply")
    return Reply.objects.issued().filter(seen_by(actor, "assignment__proposal__"), pk__in=waiting)


def feedback_due() -> Expression:
    """When the first form that is still out on a reply is due."""
    running = Deadline.objects.open().filter(
        name=DeadlineName.FEEDBACK,
        evaluation__reply=OuterRef("pk"),
        evaluation__state=EvaluationState.INVITED,
    )
    earliest = running.order_by().values("jurisdiction").annotate(first=Min("due_on")).values("first")
    return Subquery(earliest[:1])


# Units


def left_behind(actor: Actor) -> Rows:
    """Open shares of those who no longer hold the post in which they handled them."""
    open_ones = own(actor).filter(
        state__in=(AssignmentState.OFFERED, *WORKING, AssignmentState.OPINION_GIVEN)
    )
    return open_ones.filter(handler__to_on__lt=today())


def offered(actor: Actor) -> Rows:
    return own(actor).filter(state=AssignmentState.OFFERED)


def to_plan(actor: Actor) -> Rows:
    return own(actor).filter(state=AssignmentState.SIGNED)


def opinions_owed(actor: Actor) -> Rows:
    return own(actor).filter(role=UnitRole.CO, state__in=WORKING)


def to_contact(actor: Actor) -> Rows:
    return own(actor).answering().filter(state__in=WORKING, contacts=None)


def to_draft(actor: Actor) -> Rows:
    talked = Contact.objects.filter(assignment=OuterRef("pk"))
    begun = Reply.objects.live().filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    return own(actor).answering().filter(Exists(talked), state__in=PLANNED).exclude(Exists(begun))


def drafts(actor: Actor) -> Rows:
    return own_replies(actor).filter(state=ReplyState.DRAFT)


def to_sign(actor: Actor) -> Rows:
    return own_replies(actor).filter(state=ReplyState.IN_REVIEW)


def to_agree(actor: Actor) -> Rows:
    """A common reply of another lead unit that this unit has not agreed to yet."""
    leading = Assignment.objects.standing().filter(unit=actor.unit, role=UnitRole.LEAD)
    agreed = Agreement.objects.filter(reply=OuterRef("pk"), assignment__unit=actor.unit)
    states = (ReplyState.IN_REVIEW, ReplyState.SIGNED, ReplyState.IN_CHECK, ReplyState.PASSED)
    others = Reply.objects.in_hand().filter(state__in=states, assignment__role=UnitRole.LEAD)
    others = others.filter(Exists(leading.filter(proposal=OuterRef("assignment__proposal"))))
    in_common = under("several_leads", "one_agreed_reply", "assignment__proposal__")
    return others.filter(in_common).exclude(assignment__unit=actor.unit).exclude(Exists(agreed))


def to_send_for_check(actor: Actor) -> Rows:
    before = under("office_check", "before_issue", "assignment__proposal__")
    return own_replies(actor).filter(before, state=ReplyState.SIGNED)


def to_issue(actor: Actor) -> Rows:
    before = under("office_check", "before_issue", "assignment__proposal__")
    signed = Q(state=ReplyState.SIGNED) & ~before
    return own_replies(actor).filter(signed | Q(state=ReplyState.PASSED))


# Leaders and proposers


def my_forms(actor: Actor) -> Rows:
    return Evaluation.objects.waiting().filter(evaluator__person=actor.person)


def contacts_to_confirm(actor: Actor) -> Rows:
    """Those of the own items with this proposer, or with nobody named."""
    mine = Contact.objects.filter(seen_by(actor, "proposal__"), confirmed_at=None, at_known=True)
    return mine.filter(Q(proposer=None) | Q(proposer__person=actor.person))


def earliest_first(rows: Rows, due: Expression | None) -> Rows:
    """In the order in which they are due; without a date last, the oldest first."""
    if due is None:
        return rows.order_by("pk")
    return rows.annotate(due=due).order_by(F("due").asc(nulls_last=True), "pk")
