"""The points that a promise or an answer can be about."""

from django.db.models import QuerySet

from huiyin.proposals.models import Point, Proposal


def points_of(proposal: Proposal) -> QuerySet[Point]:
    """The points of an item and of those handled with it (R1)."""
    items = Proposal.objects.together(proposal.pk).order_by().values("pk")
    return Point.objects.filter(proposal__in=items).order_by("proposal", "number")
