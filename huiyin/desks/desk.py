"""A desk: groups of acts with their rows, ordered by due date and age, each row with light and one button."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from huiyin.desks.acts import ACTS, Act, acts_of
from huiyin.desks.asked import Asked, packs
from huiyin.desks.rows import earliest_first
from huiyin.journal.models import Event
from huiyin.journal.prepared import Part
from huiyin.journal.step import STEPS
from huiyin.people.actor import Actor
from huiyin.people.counting import counted
from huiyin.proposals.models import Proposal

SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One line of a desk: what, until when, and the line that lets a person decide."""

    obj: Any
    proposal: Proposal | None  # a dispatch and what a meeting asked are of no single item
    due_on: date | None
    line: str
    events: list[Event] = field(default_factory=list)

    @property
    def title(self) -> str:
        if self.proposal:
            return f"{self.proposal.numbered} {self.proposal.title}"
        return str(getattr(self.obj, "meeting", None) or self.obj)

    @property
    def short(self) -> str:
        """How it is told apart in one word or a title."""
        return self.proposal.numbered if self.proposal else self.title

    @property
    def address(self) -> str:
        return str((self.proposal or self.obj).get_absolute_url())


@dataclass(frozen=True)
class Group:
    """Rows on which one step waits."""

    act: Act
    rows: list[Row]
    count: int

    def is_late(self, on: date) -> bool:
        """Whether something in it is past its day; the rows begin with what is due first."""
        first = self.rows[0].due_on
        return first is not None and first < on

    @property
    def button(self) -> str:
        return self.act.button or STEPS[self.act.step].label

    @property
    def bulk(self) -> bool:
        """Whether the step can be taken on several rows at once."""
        return STEPS[self.act.step].bulk and self.count > 1


def groups_of(actor: Actor) -> list[Group]:
    """The desk of one actor, empty groups left out: one query counts all, each group takes one more for its rows, and
    what stands beside the rows is fetched for all groups of a kind together."""
    acts = acts_of(actor)
    state = packs()
    counts = _COUNTS(actor, state=state)[0] if acts else ()
    waiting = [
        (act, _FIRST[act.step](actor, state=state), count)
        for act, count in zip(acts, counts, strict=True)
        if count
    ]
    for parts in {id(act.parts): act.parts for act, *_ in waiting}.values():
        alike = [(act, found) for act, found, _ in waiting if act.parts is parts]
        for part in _parts_of(alike[0][0].step):
            part.fetch([row for _, found in alike for row in found])
    return [Group(act, [row_of(act, obj) for obj in found], count) for act, found, count in waiting]


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


_COUNTS = Asked(lambda actor: counted(actor.jurisdiction, [act.rows(actor) for act in acts_of(actor)]))
_FIRST = {act.step: Asked(lambda actor, act=act: _with_due(act, act.rows(actor))[:SHOWN]) for act in ACTS}


@cache
def _parts_of(step: str) -> list[Part]:
    act = next(act for act in ACTS if act.step == step)
    return [Part(apps.get_model(STEPS[step].on), one) for one in act.parts]


def row_of(act: Act, obj: Any) -> Row:
    return Row(obj, getattr(obj, "proposal", None), getattr(obj, "due", None), act.say(obj))
