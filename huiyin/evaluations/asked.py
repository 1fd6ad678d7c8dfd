"""Who is asked, about what, and what of it is too little. Pure readers of the pack and the item."""

from typing import Any

from django.db.models import QuerySet

from huiyin.evaluations.models import Evaluation, Rating
from huiyin.journal.prepared import Prepared
from huiyin.people.models import Proposer
from huiyin.proposals.models import Proposal, Proposership
from huiyin.replies.models import Reply
from huiyin.words import Assembly, Dimension, Grade


def items_of(head: Proposal) -> list[Proposal]:
    """The item and those handled with it: each proposer of each gets a letter and a form (R1)."""
    return [head, *_merged_into(head.pk)]


@Prepared
def _merged_into(head: int) -> QuerySet[Proposal]:
    return Proposal.objects.together(head).exclude(pk=head).order_by("id")


def signers(item: Proposal) -> list[Proposer]:
    """Who still signs the item, the lead proposer first."""
    return [ship.proposer for ship in _signatures(item.pk)]


@Prepared
def _signatures(item: int) -> QuerySet[Proposership]:
    standing = Proposership.objects.standing().filter(proposal=item)
    return standing.select_related("proposer").order_by("order", "id")


def evaluators_of(reply: Reply) -> list[tuple[Proposer, Proposal]]:
    """Each evaluator once, with the item that he or she has signed."""
    head = reply.proposal
    only_lead = head.option("evaluators") == "lead" or (
        reply.lead_consents and head.option("joint_reply") == "each_or_lead_with_consent"
    )
    found: dict[int, tuple[Proposer, Proposal]] = {}
    for item in items_of(head):
        for proposer in signers(item)[: 1 if only_lead else None]:
            found.setdefault(proposer.pk, (proposer, item))
    return list(found.values())


def dimensions_of(proposal: Proposal, *, later: bool) -> tuple[Dimension, ...]:
    """What the form asks: about the answer, or later about its fulfilment."""
    asked = proposal.pack.evaluation(proposal.kind)
    return asked.later_dimensions if later else asked.dimensions


def grades_of(proposal: Proposal) -> tuple[Grade, ...]:
    return proposal.pack.evaluation(proposal.kind).grades


def asked_by(form: Evaluation) -> str:
    """Who asks for the form, and takes it on paper."""
    return "市政协提案委" if form.assembly == Assembly.CPPCC else "市人大代表工委"


def needs_reason(proposal: Proposal, grades: list[str]) -> bool:
    """A grade below the pack's `reason_below` needs a reason."""
    order = list(Grade)
    bound = order.index(proposal.pack.evaluation(proposal.kind).reason_below)
    return any(order.index(Grade(grade)) > bound for grade in grades)


@Prepared
def _dissatisfied(form: int) -> Any:
    low = Rating.objects.filter(evaluation=form, grade=Grade.DISSATISFIED)
    return low.order_by().values_list("dimension", flat=True)


def is_dissatisfied(form: Evaluation) -> bool:
    """Whether the form asks for a second handling: on the result, or on either, as the pack says."""
    low = set(_dissatisfied(form.pk))
    return Dimension.RESULT in low if form.proposal.option("second_handling_on") == "result" else bool(low)
