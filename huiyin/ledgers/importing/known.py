"""What the rows name: units, proposers and classes that the place knows already, and those taken in with the file."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field

from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.ledgers.reading import INDIVIDUAL, Row
from huiyin.ledgers.reading.meanings import read_proposer
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer, Unit
from huiyin.people.steps import enter_proposer, enter_unit
from huiyin.proposals.models import ItemClass, Plenary
from huiyin.rulepacks.schema import Pack
from huiyin.words import Assembly, ProposerKind

NAME_LENGTH = 100
CLASS_LENGTH = 60


@dataclass(frozen=True)
class Options:
    """What the person who brings the file allows."""

    new_units: bool = False
    new_classes: str = ""
    column_map: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False


def folded(name: str) -> str:
    """A name without spaces and width differences."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


class Known:
    """Looked up once for a whole import, and filled up as rows bring new names."""

    def __init__(self, plenary: Plenary, pack: Pack, options: Options) -> None:
        self.plenary, self.pack, self.options = plenary, pack, options
        self.jurisdiction = plenary.jurisdiction
        # of two units of one name the open one counts, and of those the one that was there first
        units = sorted(
            Unit.objects.of(self.jurisdiction), key=lambda unit: (unit.closed_on is None, -unit.pk)
        )
        self.units = {folded(unit.short_name): unit for unit in units if unit.short_name}
        self.units |= {folded(unit.name): unit for unit in units}
        here = Proposer.objects.filter(jurisdiction=self.jurisdiction, assembly=plenary.assembly)
        self.proposers: dict[str, list[Proposer]] = {}
        for proposer in here.order_by("pk"):
            self.proposers.setdefault(proposer.name, []).append(proposer)
        first = next(iter(pack.taxonomies_for(plenary.kind)), None)
        self.taxonomy = options.new_classes or (first.name if first else "")
        known = next(
            (entry for entry in pack.taxonomies_for(plenary.kind) if entry.name == self.taxonomy), None
        )
        own = ItemClass.objects.filter(jurisdiction=self.jurisdiction, taxonomy=self.taxonomy)
        self.classes = {*(known.classes if known else ()), *own.values_list("name", flat=True)}
        self.open_classes = bool(options.new_classes)
        self.kept_out: dict[str, str] = {}  # names that no step takes in, and why

    def apart(self) -> "Known":
        """The same, to be filled up further without this one learning of it: what a check takes in is taken back."""
        made = copy(self)
        made.units, made.classes = dict(self.units), set(self.classes)
        made.proposers = {name: list(found) for name, found in self.proposers.items()}
        return made

    def unit(self, name: str) -> Unit | None:
        return self.units.get(folded(name))

    def unknown_units(self, row: Row) -> list[str]:
        """Names that may not be taken in: unknown, and new ones not asked for."""
        if self.options.new_units:
            return []
        return [name for name in row.units.named if self.unit(name) is None]

    def take_in(self, rows: Iterable[Row], actor: Actor) -> None:
        """Units and proposers that these rows bring, by their own steps and in a transaction of their own: whoever else
        writes in this place waits for the names alone, not for the rows."""
        units: dict[str, str] = {}
        proposers: dict[str, str] = {}
        for row in rows:
            units |= {folded(name): name for name in row.units.named if folded(name) not in self.units}
            for name, kind in self._signers(row):
                if name not in self.proposers:
                    proposers.setdefault(name, kind)
        with work(history=True) if units or proposers else nullcontext():
            for name, kind in proposers.items():
                self._enter_proposer(name, kind, actor)
            for key, name in units.items():
                self._enter_unit(key, name, actor)

    def _enter_unit(self, key: str, name: str, actor: Actor) -> None:
        try:
            self.units[key] = enter_unit(self.jurisdiction, actor=actor, name=name).subject
        except Refused as refused:
            self.kept_out[name] = refused.sentence

    def _enter_proposer(self, name: str, kind: str, actor: Actor) -> None:
        try:
            self.proposers[name] = [enter_proposer(self.plenary, actor=actor, name=name, kind=kind).subject]
        except Refused as refused:
            self.kept_out[name] = refused.sentence

    def kept_out_of(self, row: Row) -> str:
        """The first name of the row that could not be taken in."""
        names = [*row.units.named, *(name for name, _ in self._signers(row))]
        return next((name for name in names if name in self.kept_out), "")

    def lead(self, row: Row) -> Proposer | None:
        return self._proposer(row.proposer.name, self._kind(row.proposer.kind)) if row.proposer.name else None

    def signers(self, row: Row) -> list[Proposer]:
        """The lead proposer and the co-signers, each once."""
        found = [self._proposer(name, kind) for name, kind in self._signers(row)]
        return list({proposer.pk: proposer for proposer in found}.values())

    def kind_of(self, row: Row) -> str:
        """What sort of proposer the row names: the kind it states, else that of the proposer it names."""
        if row.proposer.kind:
            return self.individual if row.proposer.kind == INDIVIDUAL else row.proposer.kind
        lead = self.lead(row)
        return lead.kind if lead else ""

    @property
    def individual(self) -> str:
        return ProposerKind.MEMBER if self.plenary.assembly == Assembly.CPPCC else ProposerKind.DEPUTY

    def _signers(self, row: Row) -> list[tuple[str, str]]:
        lead = [(row.proposer.name, self._kind(row.proposer.kind))] if row.proposer.name else []
        others = [(one.name, self._kind(one.kind)) for one in map(read_proposer, row.cosigners) if one.name]
        return [(name[:NAME_LENGTH], kind) for name, kind in [*lead, *others]]

    def _kind(self, kind: str) -> str:
        """Of the proposer itself: a joint item is led by a member or a deputy."""
        return self.individual if kind in ("", INDIVIDUAL, ProposerKind.JOINT) else kind

    def _proposer(self, name: str, kind: str) -> Proposer:
        """Of several of the same name the one of this kind, else the first."""
        found = self.proposers[name[:NAME_LENGTH]]
        return next((one for one in found if one.kind == kind), found[0])
