"""What is remembered of a person: when they were last here, what they last saw of an item, what they follow.

Part of no item's life: it is the person's own, no step writes it, and nobody else sees it.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models

from huiyin.clock.now import now
from huiyin.people.models import Person
from huiyin.proposals.models import Proposal

APART = timedelta(minutes=30)  # shorter absences are the same visit


class Stay(models.Model):
    """`since` is the end of the stay before this one: what was recorded after it is new to the person."""

    since = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        abstract = True


class Visit(Stay):
    """When a person was last here."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="visit")

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
