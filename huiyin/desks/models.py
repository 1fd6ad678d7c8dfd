"""What is remembered of a person: when they were last here, what they last saw of an item, what they follow, and lists
under a name of their own. Part of no item's life, so no step changes it and no event tells of it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from huiyin.clock.now import now
from huiyin.people.models import Jurisdiction, Person
from huiyin.proposals.models import Proposal
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


class Stay(models.Model):
    """`since` is the end of the stay before this one: what was recorded after it is new to the person."""

    since = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        abstract = True


class Visit(Stay):
    """When a person was last here, and what the ledger opens with for them."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="visit")
    opens_with = models.ForeignKey(SavedView, models.SET_NULL, null=True, related_name="opened_by")

    def __str__(self) -> str:
        return f"{self.person}: {self.last_at:%Y-%m-%d %H:%M}"


class LookQuerySet(models.QuerySet["Look"]):
    def followed(self) -> Self:
        return self.filter(followed_at__isnull=False)

    def of(self, person: Person | None) -> Self:
        return self.filter(person=person)


class Look(Stay):
    """查看: when a person last looked at an item; 关注: `followed_at`, from when on they are told of what happens to it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="looks")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="looks")
    followed_at = models.DateTimeField(null=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "查看与关注"
        constraints = [
            models.UniqueConstraint(fields=["person", "proposal"], name="one_look_a_person_and_item")
        ]
        indexes = [
            models.Index(
                fields=["proposal"],
                condition=models.Q(followed_at__isnull=False),
                name="followers_of_items",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.proposal_id}"


def come(person: Person) -> datetime | None:
    """Note that the person is here; returns the end of the visit before, None for a first one."""
    return _stay(Visit, person=person).since


def look(person: Person, item: Proposal) -> Look:
    """Note that the person looks at the item; `since` is the end of the look before."""
    found: Look = _stay(Look, person=person, proposal=item)
    return found


def follow(person: Person, item: Proposal, *, wanted: bool) -> None:
    found = look(person, item)
    found.followed_at = (found.followed_at or now()) if wanted else None
    found.save(update_fields=["followed_at"])


def _stay(model: Any, **whose: Any) -> Any:
    """One small row: made on the first stay, else moved on; after a while away a new stay has begun."""
    at = now()
    row, made = model.objects.get_or_create(**whose, defaults={"last_at": at})
    if not made and at - row.last_at > APART:
        row.since = row.last_at
    if not made and at != row.last_at:
        row.last_at = at
        row.save(update_fields=["since", "last_at"])
    return row


def open_with(person: Person, view: SavedView | None) -> None:
    """What the ledger opens with from now on, where nothing else is asked for."""
    Visit.objects.update_or_create(
        person=person,
        defaults={"opens_with": view},
        create_defaults={"opens_with": view, "last_at": now()},
    )
