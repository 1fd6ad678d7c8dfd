"""Who is reminded of a deadline: the nearest first, and the longer it is past the higher, as the pack says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.clock.models import Deadline
from huiyin.clock.now import day_of
from huiyin.journal.models import Event
from huiyin.people.models import Post
from huiyin.people.tell import leaders_of
from huiyin.rulepacks.schema import Told
from huiyin.words import Role


def those_reminded(event: Event) -> Iterator[int]:
    """The evaluator of a form; else the levels that the distance after the due date has reached."""
    deadline: Deadline = event.subject
    if deadline.evaluation is not None:
        evaluator = deadline.evaluation.evaluator
        if evaluator is not None and evaluator.person_id is not None:
            yield evaluator.person_id
        return
    on = day_of(event.at)
    levels = deadline.pack_version.pack.reminded((on - deadline.due_on).days)
    owing = _owing(deadline)
    held = Post.objects.held_on(on).order_by()
    yield from _persons(_in_units(held, owing, levels))
    if Told.REGISTRAR in levels:
        yield from _persons(held.filter(jurisdiction=deadline.jurisdiction_id).in_role(Role.REGISTRAR))
    if Told.HANDLER in levels:
        yield from (one.handler.person_id for one in owing if one.handler is not None)
    if Told.GOVERNMENT_LEADER in levels:
        yield from leaders_of(event)


def _persons(posts: QuerySet[Post]) -> Iterable[int]:
    return posts.values_list("person", flat=True)


@dataclass(frozen=True)
class Owing:
    """Who owes it: a unit, and in it the person at work and the section."""

    unit: int
    handler: Post | None
    division: str


def _in_units(held: Any, owing: list[Owing], levels: frozenset[Told]) -> QuerySet[Post]:
    """The posts of the levels inside the units, asked for together."""
    roles = [role for told, role in _ROLES if told in levels]
    wanted = Q(unit__in=[one.unit for one in owing], role__in=roles)
    if Told.CHIEF in levels:
        for one in owing:
            wanted |= Q(unit=one.unit, is_chief=True, division=one.division) & ~Q(division="")
    found: QuerySet[Post] = held.filter(wanted)
    return found


_ROLES = ((Told.LIAISON, Role.LIAISON), (Told.UNIT_LEADER, Role.UNIT_LEADER))


def _owing(deadline: Deadline) -> list[Owing]:
    """The unit of the promise, of the share, or of every answering share of the item."""
    if (promise := deadline.promise) is not None:
        owner = promise.owner
        return [Owing(promise.unit_id, owner, owner.division if owner else "")] if promise.unit_id else []
    shares = [deadline.assignment] if deadline.assignment is not None else _answering(deadline)
    return [Owing(share.unit_id, share.handler, _section(share)) for share in shares]


def _answering(deadline: Deadline) -> list[Any]:
    return list(deadline.proposal.assignments.standing().answering().select_related("handler"))


def _section(share: Any) -> str:
    """The section that handles it: the handler's, else the one that the share names."""
    return (share.handler.division if share.handler else "") or share.division
