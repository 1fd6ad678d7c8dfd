"""Which tables hang from an item, and the same rows written again by plain ORM inserts, without any check."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model

from huiyin.journal.models import Delivery, Event, EventText, Seal
from huiyin.proposals.models import Proposal

JOURNAL: tuple[type[Model], ...] = (Event, EventText, Seal, Delivery)
LEFT_OUT = {"journal.event", "reporting.snapshot"}


def links(model: type[Model]) -> list[ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def hanging() -> dict[type[Model], str]:
    """Every model whose rows belong to an item, with the path to it; what comes later may refer to what came before."""
    found: dict[type[Model], str] = {Proposal: "pk"}
    everything = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in LEFT_OUT
    ]
    grew = True
    while grew:
        grew = False
        for model in everything:
            ways = [field for field in links(model) if field.related_model in found and not field.null]
            if model not in found and ways:
                field = next((way for way in ways if way.related_model is Proposal), ways[0])
                path = found[field.related_model]  # type: ignore[index]
                found[model] = field.name if path == "pk" else f"{field.name}__{path}"
                grew = True
    return found


def rows_of(proposal: Proposal) -> tuple[list[Model], list[Model]]:
    """The parts of one item, and its journal in the order of the events."""
    parts: list[Model] = []
    for model, path in hanging().items():
        parts += model._default_manager.filter(**{path: proposal.pk}).order_by("pk")
    events = Event.objects.filter(proposal=proposal)
    journal: list[Model] = list(events.order_by("pk"))
    for model in JOURNAL[1:]:
        journal += model._default_manager.filter(event__in=events).order_by("pk")
    return parts, journal


def moved(row: Model, stride: int, tables: set[type[Model]]) -> Model:
    """The row under a new id, its links to moved rows moved along, and what must be unique made so."""
    other = copy(row)
    other._state = copy(row._state)
    other._state.adding = True
    other._state.fields_cache = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        within = isinstance(field, ForeignKey) and field.related_model in tables
        if value is not None and (field.primary_key or within or _counted(row, field)):
            setattr(other, field.attname, value + stride)
    if isinstance(other, Proposal) and other.number:
        other.number = f"{other.number}-{stride}"
    if isinstance(other, Delivery):
        other.key = f"{other.key}-{stride}"
    return other


def _counted(row: Model, field: Field) -> bool:
    return isinstance(row, Seal) and field.name == "seq"


class ByHand:
    """What somebody would write without a runner: one transaction a step, an insert a row, no check at all."""

    def __init__(self, lives: list[tuple[list[Model], list[Model]]], stride: int) -> None:
        tables = {*hanging(), *JOURNAL}
        self.lives = [
            ([moved(row, stride, tables) for row in parts], [moved(row, stride, tables) for row in journal])
            for parts, journal in lives
        ]

    def insert(self, together: bool = False) -> None:
        """A transaction a step, or one for all. Links are not checked: parts and events refer to one another,
        whichever is written first.
        """
        with unchecked_links(), transaction.atomic() if together else nullcontext():
            for parts, journal in self.lives:
                for group in _groups(parts, journal):
                    with nullcontext() if together else transaction.atomic():
                        for row in group:
                            row.save(force_insert=True)


@contextmanager
def unchecked_links() -> Iterator[None]:
    """The database does not look whether what a row refers to is there."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = origin"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


def _groups(parts: list[Model], journal: list[Model]) -> list[list[Model]]:
    """One group a step: its event with texts, seal and notices, and the parts spread evenly over the steps."""
    of_event: dict[Any, list[Model]] = defaultdict(list)
    for row in journal:
        of_event[row.pk if isinstance(row, Event) else row.event_id].append(row)  # type: ignore[attr-defined]
    share = -(-len(parts) // max(1, len(of_event)))
    return [
        [*parts[place * share : (place + 1) * share], *group] for place, group in enumerate(of_event.values())
    ]
