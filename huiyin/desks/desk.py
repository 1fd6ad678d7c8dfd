"""A desk: groups of acts with their rows, ordered by due date and age, each row with light and one button."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
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
    """The desk of one actor, empty groups left out: one query counts all, each group takes a fixed number more."""
    acts = acts_of(actor)
    counts = counts_of(actor, acts)
    return [
        Group(act, rows_of(act, actor, slice(shown)), count)
        for act, count in zip(acts, counts, strict=True)
        if count
    ]


def counts_of(actor: Actor, acts: list[Act]) -> list[int]:
    """How many rows wait in each group."""
    if not acts:
        return []
    counted = [Coalesce(_count(act.rows(actor)), 0) for act in acts]
    return list(Jurisdiction.objects.filter(pk=actor.jurisdiction.pk).values_list(*counted).get())


def _count(rows: QuerySet[Any]) -> Subquery:
    one_group = rows.order_by().annotate(every=Value(1)).values("every")
    return Subquery(
        one_group.annotate(count=Count("pk", distinct=True)).values("count"), output_field=IntegerField()
    )


def ordered(act: Act, actor: Actor) -> QuerySet[Any]:
    """The rows of a group in the order in which they are due, with what is said about each."""
    rows = act.rows(actor)
    own = [part for part in getattr(rows.model, "lock_with", ()) if not part.endswith("pack_version")]
    found = rows.select_related(*own, *act.joined).prefetch_related(*act.parts)
    if versions := [part for part in act.joined if part.endswith("pack_version")]:
        found = found.defer(*(f"{part}__text" for part in versions))
    if act.numbers:
        found = found.annotate(**act.numbers())
    return earliest_first(found, act.due() if act.due else None)


def rows_of(act: Act, actor: Actor, part: slice) -> list[Row]:
    return [row_of(act, obj) for obj in ordered(act, actor)[part]]


def row_of(act: Act, obj: Any) -> Row:
    return Row(obj, obj.proposal, getattr(obj, "due", None), act.say(obj))
