"""Who is told of an event: each function gives the ids of persons; a step names the ones it needs.

Only posts held on the day the event was recorded count. The actor is left out by the runner.
"""

from collections.abc import Hashable, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared
from huiyin.journal.work import once
from huiyin.people.models import Post
from huiyin.words import UNIT_ROLES, Role


def _persons(event: Event, *roles: Role, **where: Hashable) -> set[int]:
    """Who holds such a post on that day; no step changes that, so a batch asks once."""
    day = timezone.localdate(event.recorded_at)
    held = _held(roles, tuple(where))
    return once(("persons", day, roles, *where.items()), lambda: set(held(day, *where.values())))


@cache
def _held(roles: tuple[Role, ...], where: tuple[str, ...]) -> Prepared:
    """Persons with a post of these roles on a day, where the named fields have the values given."""

    def posts(day: Any, *values: Any) -> QuerySet[Any, Any]:
        found = Post.objects.held_on(day).in_role(*roles).filter(**dict(zip(where, values, strict=True)))
        return found.order_by().values_list("person", flat=True)

    return Prepared(posts)


def _people_of(event: Event, units: Iterable[int]) -> set[int]:
    return {person for unit in units for person in _persons(event, *UNIT_ROLES, unit=unit)}


def registrars(event: Event) -> Iterable[int]:
    """政府办公室 of the item's own jurisdiction."""
    return _persons(event, Role.REGISTRAR, jurisdiction=event.jurisdiction_id)


def assembly_staff_of(event: Event) -> Iterable[int]:
    """政协提案委 or 人大代表工委: the side that the item came from."""
    if event.proposal is None:
        return ()
    return _persons(
        event, Role.ASSEMBLY_STAFF, jurisdiction=event.jurisdiction_id, assembly=event.proposal.assembly
    )


def unit_people(event: Event) -> Iterable[int]:
    """Everybody who works for the unit whose share the event is about."""
    return _persons(event, *UNIT_ROLES, unit=event.assignment.unit_id) if event.assignment else ()


def unit_leaders(event: Event) -> Iterable[int]:
    """The leader of the unit whose share the event is about."""
    return _persons(event, Role.UNIT_LEADER, unit=event.assignment.unit_id) if event.assignment else ()


def handler_of(event: Event) -> Iterable[int]:
    """The person who handles the share."""
    return (event.assignment.handler.person_id,) if event.assignment and event.assignment.handler else ()


def target_unit_people(event: Event) -> Iterable[int]:
    """The unit on the other side of the event."""
    return _persons(event, *UNIT_ROLES, unit=event.target_unit_id) if event.target_unit_id else ()


def answering_units_people(event: Event) -> Iterable[int]:
    """Everybody in the lead and separate units of the item."""
    return _people_of(event, _units_of(event, answering=True))


def all_units_people(event: Event) -> Iterable[int]:
    """Everybody in every unit that still has a share of the item."""
    return _people_of(event, _units_of(event, answering=False))


def _units_of(event: Event, *, answering: bool) -> Iterable[int]:
    if event.proposal is None:
        return ()
    return set(_working_units(answering)(event.proposal_id))


@cache
def _working_units(answering: bool) -> Prepared:
    """By item: the units whose share stands."""
    standing = apps.get_model("handling.Assignment").objects.standing()
    shares = standing.answering() if answering else standing
    return Prepared(lambda item: shares.filter(proposal=item).order_by().values_list("unit", flat=True))


def proposers_of(event: Event) -> Iterable[int]:
    """Every proposer with a log-in who still signs, of the item and of those merged into it (R1)."""
    if event.proposal is None:
        return ()
    return set(_signers()(event.proposal_id))


@cache
def _signers() -> Prepared:
    """By item: persons who signed it, or one merged into it."""
    signed = apps.get_model("proposals.Proposership").objects.standing().exclude(proposer__person=None)
    return Prepared(lambda item: signed.of_all(item).order_by().values_list("proposer__person", flat=True))


def leaders_of(event: Event) -> Iterable[int]:
    """Government leaders who lead or supervise the item."""
    if event.proposal is None:
        return ()
    return set(event.proposal.leaderships.filter(until=None).values_list("leader__person", flat=True))
