"""What is remembered of a person beside the items: when they were last at the desk, and lists under a name of their own.
Part of no item's life, so no step changes it and no event tells of it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.clock.now import now
from huiyin.people.models import Jurisdiction, Person
from huiyin.words import Assembly, Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

APART = timedelta(minutes=30)  # shorter absences are the same visit
OWN, EVERYBODY = "own", "all"  # audiences; besides them a unit and an assembly's office


def audiences(actor: "Actor") -> dict[str, str]:
    """With whom a list can be shared that this actor belongs to, by its key; a proposer keeps own ones only."""
    if actor.role in (None, Role.PROPOSER):
        return {}
    found = {EVERYBODY: f"{actor.jurisdiction.name}各单位和两会机关"}
    if actor.unit is not None:
        found[f"unit-{actor.unit.pk}"] = f"{actor.unit.name}的人"
    if actor.assembly is not None:
        office = "政协提案委" if actor.assembly == Assembly.CPPCC else "人大代表工委"
        found[f"assembly-{actor.assembly}"] = f"{office}的人"
    return found


def may_share_with(actor: "Actor") -> dict[str, str]:
    """The government's office speaks to everybody, the others to their own."""
    found = audiences(actor)
    if actor.role != Role.REGISTRAR:
        found.pop(EVERYBODY, None)
    return found


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, actor: "Actor") -> Self:
        """One's own and those shared with somebody one belongs to. What a list shows is asked anew of whoever opens it."""
        here = self.filter(jurisdiction=actor.jurisdiction)
        return here.filter(models.Q(person=actor.person) | models.Q(audience__in=audiences(actor)))

    def of(self, person: Person | None, here: Jurisdiction) -> Self:
        return self.filter(jurisdiction=here, person=person)


class SavedView(models.Model):
    """常用台账: what makes a list of the ledger (its filters, order and columns), as its address says it, under a name."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField("名称", max_length=30)
    query = models.CharField(max_length=2000, blank=True)
    audience = models.CharField("给谁看", max_length=40, default=OWN)
    saved_at = models.DateTimeField()

    changeable = False  # by whoever looks at it; the page says so

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "常用台账"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "person", "name"], name="one_view_a_name")
        ]
        indexes = [models.Index(fields=["jurisdiction", "audience"])]

    def __str__(self) -> str:
        return self.name

    def may_be_changed_by(self, actor: "Actor") -> bool:
        """By who made it; what is there for everybody is the office's, also after its maker has gone."""
        ours = actor.role == Role.REGISTRAR and self.audience == EVERYBODY
        return ours or self.person == actor.person

    @property
    def is_shared(self) -> bool:
        return self.audience != OWN

    @property
    def address(self) -> str:
        return "?" + "&".join(filter(None, (self.query, f"view={self.pk}")))


class Visit(models.Model):
    """`since` is the end of the visit before this one: what was recorded after it is new to the person."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="visit")
    since = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    opens_with = models.ForeignKey(SavedView, models.SET_NULL, null=True, related_name="opened_by")

    def __str__(self) -> str:
        return f"{self.person}: {self.last_at:%Y-%m-%d %H:%M}"


def come(person: Person) -> datetime | None:
    """Note that the person is here; returns the end of the visit before, None for a first one."""
    at = now()
    visit, made = Visit.objects.get_or_create(person=person, defaults={"last_at": at})
    if not made and at - visit.last_at > APART:
        visit.since = visit.last_at
    if not made and at != visit.last_at:
        visit.last_at = at
        visit.save(update_fields=["since", "last_at"])
    return visit.since


def open_with(person: Person, view: SavedView | None) -> None:
    """What the ledger opens with from now on, where nothing else is asked for."""
    Visit.objects.update_or_create(
        person=person,
        defaults={"opens_with": view},
        create_defaults={"opens_with": view, "last_at": now()},
    )
