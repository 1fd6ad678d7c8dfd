"""Statements that depend on who asks: worked out once a day for each kind of actor, then asked with the actor's own keys.

The rule of what an actor may see stays where it is, a QuerySet of the actor. It is worked out here for a stand-in of
the same kind, whose keys nobody has; where they turn up in the statement, those of the actor are put.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from huiyin.clock.now import today
from huiyin.journal.prepared import NOBODY, Prepared
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Person, Post, Unit
from huiyin.rulepacks.store import published

KEYS: dict[str, Any] = {"jurisdiction": Jurisdiction, "unit": Unit, "post": Post, "person": Person}


class Asked:
    """`make(actor, *given)` gives the QuerySet; of the actor it may read role, assembly and keys, of the time the day.

    A call gives its rows for this actor. `state`: what else the QuerySet was made from, such as the packs in force.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self.kept: dict[tuple[Any, ...], Prepared] = {}
        self.day: date | None = None

    def __call__(self, actor: Actor, *given: Any, state: tuple[Any, ...] = ()) -> list[Any]:
        day = today()
        if self.day != day:
            self.kept, self.day = {}, day
        keys = [getattr(actor, name) and getattr(actor, name).pk for name in KEYS]
        kind = (day, actor.role, actor.assembly, *(key is None for key in keys), *state)
        prepared = self.kept.get(kind)  # held on to: at midnight another thread may begin anew
        if prepared is None:
            prepared = self.kept[kind] = Prepared(partial(self.make, _stand_in(actor)))
        return prepared(*given, keys=keys)


def packs() -> tuple[int, ...]:
    """The versions that a QuerySet made `under` their options was made from, as its `state`."""
    return tuple(version.pk for version in published())


def _stand_in(actor: Actor) -> Actor:
    own = {
        name: model(pk=NOBODY + place) if getattr(actor, name) else None
        for place, (name, model) in enumerate(KEYS.items())
    }
    return Actor(role=actor.role, assembly=actor.assembly, **own)
