"""Steps that begin something: an item, a meeting, a plenary. They stand on the plenary at hand or on the place itself."""

from collections.abc import Iterable

from huiyin.journal.step import STEPS, Step, steps_on
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Plenary


def starts(
    actor: Actor, plenary: Plenary | None, codes: Iterable[str]
) -> list[tuple[Step, Plenary | Jurisdiction]]:
    """Those of these steps that the actor may take, in their order."""
    found = []
    for code in codes:
        for row in (plenary, actor.jurisdiction):
            if row is not None and STEPS[code] in steps_on(row) and STEPS[code].who(actor, row):
                found.append((STEPS[code], row))
    return found
