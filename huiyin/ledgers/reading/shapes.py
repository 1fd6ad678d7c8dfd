"""What reading a ledger yields: plain frozen values that know nothing of a database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from huiyin.proposals.keys import title_key


class LedgerError(Exception):
    """The file as a whole can't be read; its text is the sentence for the person who brought it."""


class MarkedError(LedgerError):
    """The file as a whole is marked as classified and may not be kept."""


class UntitledError(LedgerError):
    """No column is known to be the title; `columns` is what there is to choose from."""

    def __init__(self, sentence: str, columns: "tuple[Column, ...]") -> None:
        super().__init__(sentence)
        self.columns = columns


class ProblemKind(StrEnum):
    """refused: the row stays out; gap: old paper does not say; problem: a cell that was not taken over;
    conflict: a cell that contradicts what is stored, which stays as it is.
    """

    REFUSED = "refused"
    GAP = "gap"
    PROBLEM = "problem"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Problem:
    """One finding; `name` is its short code, for counting gaps by name."""

    sheet: str
    row: int
    column: str
    kind: ProblemKind
    sentence: str
    name: str = ""

    def as_dict(self) -> dict[str, object]:
        """The shape that the import command prints."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "kind": str(self.kind),
            "sentence": self.sentence,
        }


INDIVIDUAL = "individual"
"""个人: a member or a deputy, as the plenary decides; not a ProposerKind of its own."""


@dataclass(frozen=True)
class Proposer:
    """`kind` is a ProposerKind code, INDIVIDUAL, or empty where the cell does not say; either part may be a gap."""

    name: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Contact:
    """`way` is a ContactWay code or empty; `way_text` is the cell's own word."""

    on: date | None
    way: str = ""
    way_text: str = ""


@dataclass(frozen=True)
class Promise:
    what: str
    by: date | None = None


@dataclass(frozen=True)
class Units:
    leads: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.leads, *self.co, *self.separate)))


@dataclass(frozen=True)
class Row:
    """One item that may go in. Empty text, None or () means that the ledger does not say."""

    sheet: str
    row: int
    cells: Mapping[str, str] = field(repr=False)
    title: str
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)
    term: str = ""
    kind: str = ""
    from_motion: bool = False
    number: str = ""
    text: str = ""
    points: tuple[str, ...] = ()
    proposer: Proposer = Proposer()
    cosigners: tuple[str, ...] = ()
    handed_in_on: date | None = None
    category: str = ""
    key_item: bool | None = None
    units: Units = Units()
    assigned_on: date | None = None
    signed_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    replied_on: date | None = None
    reply_number: str = ""
    mark: str = ""
    promises: tuple[Promise, ...] = ()
    attitude: str = ""
    result: str = ""
    publicity: str = ""
    remarks: str = ""
    problems: tuple[Problem, ...] = field(default=(), repr=False)

    @property
    def identity(self) -> tuple[str, ...]:
        """Design §8: the number exactly as text; without one, the bare title and the lead proposer."""
        if self.number:
            return ("number", self.number)
        return ("title", title_key(self.title), self.proposer.name)

    def column(self, standard: str) -> str:
        """The file's own heading for a standard one, for a sentence about this row."""
        return self.columns.get(standard, standard)


@dataclass(frozen=True)
class RefusedRow:
    """A row that stays out, with its cells; of a classified one only number, dates and units."""

    sheet: str
    row: int
    cells: Mapping[str, str] = field(repr=False)
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkippedRow:
    """A line that is no item: a total, a note, a section title, a repeated heading."""

    sheet: str
    row: int
    why: str
    text: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a sheet: what it is called, the standard heading it stands for ('' for none), its first values."""

    sheet: str
    name: str
    standard: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """A whole file: the rows that may go in, those that stay out, and everything there is to say about them."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]
    sheets: tuple[str, ...]
    refused: tuple[RefusedRow, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def total(self) -> int:
        return len(self.rows) + len(self.refused)


def plain_number(text: str) -> str:
    """A number as text: `0094` stays, the spreadsheet's 151.0 is 151; nothing else is touched."""
    stripped = text.strip()
    return (
        re.sub(r"(?<=\d)\.0+$", "", stripped) if re.fullmatch(r"(?:0|[1-9]\d*)\.0+", stripped) else stripped
    )
