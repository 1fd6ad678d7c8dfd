"""A desk: groups of acts with their rows, ordered by due date and age, each row with light and one button."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce

from huiyin.desks.acts import Act, acts_of
from huiyin.desks.rows import earliest_first
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Proposal

SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One line of a desk: what, until when, and the line that lets a person decide."""

    obj: Any
    proposal: Proposal
    due_on: date | None
    line: str
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Rows on which one step waits."""

    act: Act
    rows: list[Row]
    count: int

    @property
    def button(self) -> str:
        return self.act.button or STEPS[self.act.step].label

    @property
    def bulk(self) -> bool:
        """Whether the step can be taken on several rows at once."""
        return STEPS[self.act.step].bulk and self.count > 1


def groups_of(actor: Actor, shown: int = SHOWN) -> list[Group]:
    """The desk of one actor, empty groups left out: one query counts all, each group takes one more for its rows, and
    what stands beside the rows is fetched for all groups of a kind together."""
    acts = [(act, act.rows(actor)) for act in acts_of(actor)]
    counts = counts_of(actor.jurisdiction, [rows for _, rows in acts])
    waiting = [
        (act, list(_with_due(act, rows)[:shown]), count)
        for (act, rows), count in zip(acts, counts, strict=True)
        if count
    ]
    alike: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for act, found, _ in waiting:
        alike[act.parts] += found
    for parts, found in alike.items():
        prefetch_related_objects(found, *parts)
    return [Group(act, [row_of(act, obj) for obj in found], count) for act, found, count in waiting]


def counts_of(here: Jurisdiction, groups: list[QuerySet[Any]]) -> list[int]:
    """How many rows there are in each group, in one query."""
    if not groups:
        return []
    counted = [Coalesce(_count(rows), 0) for rows in groups]
    return list(Jurisdiction.objects.filter(pk=here.pk).values_list(*counted).get())


def _count(rows: QuerySet[Any]) -> Subquery:
    one_group = rows.order_by().annotate(every=Value(1)).values("every")
    return Subquery(
        one_group.annotate(count=Count("pk", distinct=True)).values("count"), output_field=IntegerField()
    )


def ordered(act: Act, actor: Actor) -> QuerySet[Any]:
    """The rows of a group in the order in which they are due, with what is said about each."""
    return _with_due(act, act.rows(actor)).prefetch_related(*act.parts)


def _with_due(act: Act, rows: QuerySet[Any]) -> QuerySet[Any]:
    own = [part for part in getattr(rows.model, "lock_with", ()) if not part.endswith("pack_version")]
    found = rows.select_related(*own, *act.joined)
    if versions := [part for part in act.joined if part.endswith("pack_version")]:
        found = found.defer(*(f"{part}__text" for part in versions))
    if act.numbers:
        found = found.annotate(**act.numbers())
    return earliest_first(found, act.due() if act.due else None)


def row_of(act: Act, obj: Any) -> Row:
    return Row(obj, obj.proposal, getattr(obj, "due", None), act.say(obj))
