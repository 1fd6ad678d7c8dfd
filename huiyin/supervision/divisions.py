"""市领导分工: which units and which classes of items a leader is in charge of, from one day to another."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from huiyin.handling.models import Assignment
from huiyin.people.models import Jurisdiction, Post, Unit
from huiyin.proposals.classes import Classification
from huiyin.proposals.models import ItemClass, Proposal


class DivisionQuerySet(models.QuerySet["Division"]):
    def held_on(self, day: date) -> Self:
        return self.lasting_to(day).filter(since__lte=day)

    def lasting_to(self, day: date) -> Self:
        """Those in force on the day, and those that begin after it."""
        return self.filter(Q(until=None) | Q(until__gte=day))


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


def leaders_for(items: Iterable[Proposal], day: date) -> dict[int, Post]:
    """Who should lead by the division of work, by item: of its lead units first, of a class of it otherwise.

    Who has left the post leads no more, though nobody has ended the division yet.
    """
    place = {item.pk: item.jurisdiction_id for item in items}
    held = Division.objects.held_on(day).filter(jurisdiction__in=set(place.values()))
    held = held.filter(leader__in=Post.objects.held_on(day))
    held = held.select_related("leader__person", "leader__unit").order_by("-since", "-id")
    shares = Assignment.objects.standing().answering().filter(proposal__in=place)
    classes = Classification.objects.filter(proposal__in=place)
    of_unit = set(shares.values_list("proposal", "unit"))
    of_class = set(classes.values_list("proposal", "item_class"))
    found: dict[int, Post] = {}
    divisions = list(held)
    for said, those in (("unit_id", of_unit), ("item_class_id", of_class)):
        for pk, here in place.items():
            own = [
                one for one in divisions if one.jurisdiction_id == here and (pk, getattr(one, said)) in those
            ]
            if own:
                found.setdefault(pk, own[0].leader)
    return found


def leader_for(item: Proposal, day: date) -> Post | None:
    return leaders_for([item], day).get(item.pk)
