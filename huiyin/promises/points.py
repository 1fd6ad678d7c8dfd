"""The points that a promise or an answer can be about."""

from django.db.models import QuerySet

from huiyin.proposals.models import Point, Proposal


def points_of(proposal: Proposal) -> QuerySet[Point]:
    """The points of an item and of those handled with it (R1)."""
    return (
        Point.objects.filter(proposal=proposal)
        | Point.objects.filter(proposal__merged_into=proposal, proposal__merged_at__isnull=False)
    ).order_by("proposal", "number")
