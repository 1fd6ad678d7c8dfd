"""One row and the item it means: runs steps, and keeps what there is to say."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.journal.models import Event
from huiyin.journal.step import Refused, Step
from huiyin.journal.work import Work
from huiyin.ledgers.importing.known import Known
from huiyin.ledgers.importing.moments import Moments, When
from huiyin.ledgers.importing.notes import Notes, RowRefused
from huiyin.ledgers.importing.stored import Item
from huiyin.ledgers.reading import Row
from huiyin.ledgers.reading.writing import CELL_LIMIT, CUT
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.keys import title_key


@dataclass
class Filling:
    """What the functions of this package share while they take one row in."""

    row: Row
    known: Known
    actor: Actor
    moments: Moments
    notes: Notes
    work: Work
    item: Item | None = None
    created: bool = False
    steps: int = 0
    new_classes: set[str] = field(default_factory=set)
    unattributed: dict[str, str] = field(default_factory=dict)

    @property
    def stored(self) -> Item:
        assert self.item is not None  # the row has been taken in before anything is filled in
        return self.item

    def run(
        self,
        step: Step,
        obj: Any,
        when: When,
        column: str,
        *,
        unit: Unit | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Event:
        """Take a step by the importing person, on behalf of a unit where it is the unit's; a refusal is the row's."""
        actor = self.actor.standing_in_for(unit)
        try:
            event = step(obj, actor=actor, at=when.at, at_known=when.known, **(data or {}))
        except Refused as refused:
            raise RowRefused(column, refused.sentence, "step") from refused
        self.steps += 1
        return event

    def is_new(
        self,
        column: str,
        given: Any,
        stored: Any,
        *,
        key: Callable[[Any], Any] = lambda value: value,
        label: Callable[[Any], Any] = str,
    ) -> bool:
        """Whether a filled cell is new. Where something else is stored the cell is a conflict, and nothing new.

        key: what of a value is compared; label: how the stored one is told.
        """
        if not given or (stored and key(given) == key(stored)):
            return False
        if stored:
            self.notes.conflict(column, self.shown(column) or label(given), label(stored))
            return False
        return True

    def new_ones(
        self, column: str, given: Iterable[str], stored: Iterable[str], gone: Collection[str]
    ) -> list[str]:
        """Of a list what is not stored yet. A list that leaves out what stands in the stored one contradicts it."""
        wanted, there = list(given), list(stored)
        if wanted and any(one not in wanted for one in there):
            self.notes.conflict(column, wanted, there)
            return []
        return [one for one in wanted if one not in there and one not in gone]

    def shown(self, column: str) -> str:
        """The cell as it stood."""
        return self.row.cells.get(self.row.column(column), "").strip()

    def keep_apart(self, *columns: str) -> None:
        """Cells that belong to no part of the item stay on the import row, as they stood."""
        for column in columns:
            if text := self.shown(column):
                self.unattributed[column] = text


def bare(text: str) -> str:
    """A text as it is compared: without spaces and punctuation; one cut at a cell's limit by what is left of it."""
    whole = text.removesuffix(CUT)
    return title_key(whole[: CELL_LIMIT - len(CUT)])
