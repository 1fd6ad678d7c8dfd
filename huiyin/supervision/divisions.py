"""市领导分工: which units and which classes of items a leader is in charge of, from one day to another."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from huiyin.people.models import Jurisdiction, Post, Unit
from huiyin.proposals.models import ItemClass, Proposal


class DivisionQuerySet(models.QuerySet["Division"]):
    def held_on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Division(models.Model):
    """分工: one unit or one class under one leader."""

    lock_with = ("leader__person", "unit", "item_class")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="divisions")
    leader = models.ForeignKey(Post, models.PROTECT, related_name="divisions", verbose_name="市领导")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="divisions", verbose_name="分管单位"
    )
    item_class = models.ForeignKey(
        ItemClass, models.PROTECT, null=True, related_name="divisions", verbose_name="分管类别"
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "市领导分工"
        ordering = ["leader_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, item_class=None) | Q(unit=None, item_class__isnull=False),
                name="a_unit_or_a_class",
                violation_error_message="一条分工写明一个单位或者一个类别。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.leader.person.name}分管{self.unit or self.item_class}"


def leader_for(proposal: Proposal, day: date) -> Post | None:
    """Who should lead by the division of work: of the lead unit first, of a class of the item otherwise."""
    held = Division.objects.held_on(day).filter(jurisdiction=proposal.jurisdiction_id)
    held = held.select_related("leader__person", "leader__unit").order_by("-since", "-id")
    leading = proposal.assignments.standing().answering().order_by("id").values("unit")
    by_unit = held.filter(unit__in=leading).first()
    found = by_unit or held.filter(item_class__in=proposal.classifications.values("item_class")).first()
    return found.leader if found else None
