"""Who is asked, about what, and what of it is too little. Pure readers of the pack and the item."""

from huiyin.evaluations.models import Evaluation
from huiyin.people.models import Proposer
from huiyin.proposals.models import Proposal, Proposership
from huiyin.replies.models import Reply
from huiyin.words import Assembly, Dimension, Grade


def items_of(head: Proposal) -> list[Proposal]:
    """The item and those handled with it: each proposer of each gets a letter and a form (R1)."""
    merged = Proposal.objects.together(head.pk).exclude(pk=head.pk)
    return [head, *merged.order_by("id")]


def signers(item: Proposal) -> list[Proposer]:
    """Who still signs the item, the lead proposer first."""
    standing = Proposership.objects.filter(proposal=item, withdrawn_at=None).select_related("proposer")
    return [ship.proposer for ship in standing.order_by("order", "id")]


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


def is_dissatisfied(form: Evaluation) -> bool:
    """Whether the form asks for a second handling: on the result, or on either, as the pack says."""
    low = set(form.ratings.filter(grade=Grade.DISSATISFIED).values_list("dimension", flat=True))
    return Dimension.RESULT in low if form.proposal.option("second_handling_on") == "result" else bool(low)
