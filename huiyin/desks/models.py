"""What a desk remembers of a person: when they were last here. Part of no item's life."""

from datetime import datetime, timedelta

from django.db import models

from huiyin.clock.now import now
from huiyin.people.models import Person

APART = timedelta(minutes=30)  # shorter absences are the same visit


class Visit(models.Model):
    """`since` is the end of the visit before this one: what was recorded after it is new to the person."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="visit")
    since = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

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
