"""What a rule pack can say, as frozen dataclasses. No conditions, no expressions, no class names.

A pack is one jurisdiction's rules in one version. Every entry cites its source; a value that no source
supports is `assumed` and shown so. `kind` and `period` are None where an entry holds for both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from huiyin.words import Dimension, Grade, Kind, Meaning, Period


@dataclass(frozen=True)
class Source:
    """The document a rule rests on, as people cite it. `article` may be empty for circulars and notices."""

    document: str
    number: str = ""
    dated: str = ""
    article: str = ""

    def __str__(self) -> str:
        number = f"({self.number})" if self.number else ""
        return f"《{self.document}》{number}{self.article}"


@dataclass(frozen=True)
class Length:
    """A span: `count` of `unit`, one of days, workdays, months, years."""

    count: int
    unit: str


@dataclass(frozen=True)
class FixedDate:
    """The same date every year: on or after the start (`month`, `day`)."""

    month: int
    day: int


@dataclass(frozen=True)
class Before:
    """`length` before the due date of another deadline of the same item, e.g. 20 days before the reply is due."""

    length: Length
    deadline: str


@dataclass(frozen=True)
class Alert:
    """A moment to tell the responsible, relative to the due date: negative is before it."""

    count: int
    unit: str = "days"


@dataclass(frozen=True)
class DeadlineRule:
    """One deadline.

    starts: event code, or "plenary.close" for the close of the plenary; met_by: event codes that meet it.
    count_from: "next_day" (民法典 art. 201: the day of the start is not counted) or "same_day".
    if_rest_day: "next_workday" (民法典 art. 203), "previous_workday" or "keep".
    restart: whether a reassignment starts it anew for the new unit (True) or the first start goes on (False).
    maximum: the longest it may run with extensions, from its start; approver: who grants an extension, in words.
    """

    name: str
    starts: str
    length: Length | FixedDate | Before
    source: Source
    kind: Kind | None = None
    period: Period | None = None
    met_by: tuple[str, ...] = ()
    count_from: str = "next_day"
    if_rest_day: str = "next_workday"
    maximum: Length | None = None
    approver: str = ""
    alerts: tuple[Alert, ...] = ()
    restart: bool = True
    assumed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """办理结果类别: one code of a scheme, its label and what it can mean (R3). `order`: 1 is the most favourable."""

    code: str
    label: str
    meanings: tuple[Meaning, ...]
    order: int
    period: Length | None = None
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkScheme:
    """A set of marks with a version, e.g. Zibo 2020. A mark is always stored with its scheme."""

    name: str
    marks: tuple[Mark, ...]
    source: Source
    kind: Kind | None = None
    assumed: bool = False
    setter: str = "unit"


@dataclass(frozen=True)
class Taxonomy:
    """分类: a city uses several at once; `open` lets an import add classes of its own."""

    name: str
    label: str
    classes: tuple[str, ...]
    source: Source
    kind: Kind | None = None
    open: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class Evaluating:
    """评价: what is asked and which grades are open; `reason_below` needs a reason for every grade below it."""

    dimensions: tuple[Dimension, ...]
    grades: tuple[Grade, ...]
    source: Source
    kind: Kind | None = None
    later_dimensions: tuple[Dimension, ...] = ()
    reason_below: Grade = Grade.SATISFIED
    evaluators: str = "each"
    assumed: bool = False


@dataclass(frozen=True)
class Rate:
    """The base of a rate: which rows are its denominator, by a named choice that the figures offer."""

    name: str
    base: str
    source: Source
    kind: Kind | None = None
    round: str = "latest"
    assumed: bool = False


@dataclass(frozen=True)
class Ground:
    """A ground for not filing an item, or a route for what is not filed."""

    code: str
    label: str
    source: Source
    kind: Kind | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Numbering:
    """编号: patterns with {n}; `width` pads with zeros. `between` is used for items between plenaries."""

    source: Source
    kind: Kind | None = None
    in_plenary: str = "{n}"
    between: str = "闭字{n}"
    width: int = 0
    assumed: bool = False


@dataclass(frozen=True)
class RequiredContact:
    """A contact that must stand in the log before a reply may be issued, by phase."""

    phase: str
    source: Source
    kind: Kind | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Letter:
    """Patterns of a letter's title and number, e.g. 关于市政协{plenary}第{number}号提案的答复."""

    name: str
    title: str
    source: Source
    kind: Kind | None = None
    number: str = ""
    copies: tuple[str, ...] = ()
    signatory: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class Option:
    """A behaviour that differs between cities, chosen from the values that the code offers and tests."""

    name: str
    value: str | int
    source: Source
    kind: Kind | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Score:
    """考核: points per measure, as the source states them."""

    measure: str
    points: str
    source: Source
    assumed: bool = False


@dataclass(frozen=True)
class Pack:
    """One version of one jurisdiction's rules."""

    code: str
    label: str
    version: str
    jurisdiction: str
    valid_from: date
    deadlines: tuple[DeadlineRule, ...]
    mark_schemes: tuple[MarkScheme, ...]
    taxonomies: tuple[Taxonomy, ...]
    evaluating: tuple[Evaluating, ...]
    rates: tuple[Rate, ...]
    options: tuple[Option, ...]
    grounds: tuple[Ground, ...] = ()
    routes: tuple[Ground, ...] = ()
    numbering: tuple[Numbering, ...] = ()
    required_contacts: tuple[RequiredContact, ...] = ()
    letters: tuple[Letter, ...] = ()
    scoring: tuple[Score, ...] = ()
    valid_to: date | None = None
    summary: str = ""
    warning_colours: tuple[str, ...] = field(default=())

    # Readers that the rest of the code uses; each picks the entry for a kind and falls back to the shared one.

    def deadline(self, name: str, kind: str, period: str) -> DeadlineRule | None:
        """The rule for this kind and period; where none is of its own, the other period's, then the other kind's."""
        rules = [rule for rule in self.deadlines if rule.name == name]

        def distance(rule: DeadlineRule) -> tuple[bool, bool, bool, bool]:
            """Entries that fit come first, and of those the one that names the kind or period before the shared."""
            others = (rule.kind not in (None, kind), rule.period not in (None, period))
            return (*others, rule.kind is None, rule.period is None)

        return min(rules, key=distance, default=None)

    def option(self, name: str, kind: str) -> str | int:
        """The chosen value of a named option; the loader guarantees that every option has one for each kind."""
        return _for_kind([entry for entry in self.options if entry.name == name], kind).value

    def mark_scheme(self, kind: str) -> MarkScheme:
        return _for_kind(self.mark_schemes, kind)

    def mark(self, kind: str, code: str) -> Mark | None:
        return next((mark for mark in self.mark_scheme(kind).marks if mark.code == code), None)

    def evaluation(self, kind: str) -> Evaluating:
        return _for_kind(self.evaluating, kind)

    def rate(self, name: str, kind: str) -> Rate:
        return _for_kind([entry for entry in self.rates if entry.name == name], kind)

    def numbering_for(self, kind: str) -> Numbering:
        return _for_kind(self.numbering, kind)

    def taxonomies_for(self, kind: str) -> tuple[Taxonomy, ...]:
        return tuple(entry for entry in self.taxonomies if entry.kind in (None, kind))

    def grounds_for(self, kind: str) -> tuple[Ground, ...]:
        return tuple(entry for entry in self.grounds if entry.kind in (None, kind))

    def routes_for(self, kind: str) -> tuple[Ground, ...]:
        return tuple(entry for entry in self.routes if entry.kind in (None, kind))

    def contacts_for(self, kind: str) -> tuple[RequiredContact, ...]:
        return tuple(entry for entry in self.required_contacts if entry.kind in (None, kind))

    def letter(self, name: str, kind: str) -> Letter:
        return _for_kind([entry for entry in self.letters if entry.name == name], kind)


class _HasKind(Protocol):
    @property
    def kind(self) -> Kind | None: ...


Entry = TypeVar("Entry", bound=_HasKind)


def _for_kind(entries: Sequence[Entry], kind: str) -> Entry:
    """The entry of this kind, else the shared one, else the other kind's (rules.md: the CPPCC side is often thin)."""
    return min(entries, key=lambda entry: 0 if entry.kind == kind else 1 if entry.kind is None else 2)
