"""The points that a promise or an answer can be about."""

from django.db.models import QuerySet

from huiyin.journal.prepared import Prepared
from huiyin.proposals.models import Point, Proposal


def points_of(proposal: Proposal) -> QuerySet[Point]:
    """The points of an item and of those handled with it (R1)."""
    return _of(proposal.pk)


def _of(item: int) -> QuerySet[Point]:
    items = Proposal.objects.together(item).order_by().values("pk")
    return Point.objects.filter(proposal__in=items).order_by("proposal", "number")


@Prepared
def all_points_of(item: int) -> QuerySet[Point]:
    """The same by the item's id, each with the item that it stands in."""
    return _of(item).select_related("proposal")
