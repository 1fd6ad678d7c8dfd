"""The other entries of a rule pack, as frozen dataclasses. No conditions, no expressions, no class names.

Every entry cites its source; a value that no source supports is `assumed` and shown so. `kind` is None where an
entry holds for both.
"""

from dataclasses import dataclass

from huiyin.rulepacks.periods import FixedDate, Length, Source
from huiyin.words import Dimension, Grade, Kind, Meaning, Publicity, UnitRole


@dataclass(frozen=True)
class Mark:
    """办理结果类别: one code of a scheme, its label and what it can mean (R3). `order`: 1 is the most favourable.

    period: by when what it promises is to be done. synonyms: how ledgers write it. says: which meaning a synonym
    states, where the mark has several. needs: what it needs beside what R3 demands of its meanings.
    """

    code: str
    label: str
    meanings: tuple[Meaning, ...]
    order: int
    period: Length | FixedDate | None = None
    synonyms: tuple[str, ...] = ()
    says: tuple[tuple[str, Meaning], ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkScheme:
    """A set of marks with a version, e.g. Zibo 2020. A mark is always stored with its scheme.

    lettered: whether the source prints the letters; where not, the codes are only for storage and ledgers.
    """

    name: str
    marks: tuple[Mark, ...]
    source: Source
    kind: Kind | None = None
    lettered: bool = True
    place: str = ""
    assumed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Taxonomy:
    """分类: a city uses several at once; `open` says that a place adds classes of its own."""

    name: str
    label: str
    classes: tuple[str, ...]
    source: Source
    kind: Kind | None = None
    open: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class Difficulty:
    """难易程度: the grades from easy to hard, counted from 1; `hard` is the first that is hard. A hard item on which
    nothing has moved for `quiet` workdays is watched."""

    grades: tuple[str, ...]
    hard: int
    quiet: int
    source: Source
    kind: Kind | None = None
    assumed: bool = False

    def label_of(self, grade: int) -> str:
        """The word for a grade; its number alone where another version of the scale gave it."""
        return f"{self.grades[grade - 1]}（{grade}）" if 1 <= grade <= len(self.grades) else str(grade)


@dataclass(frozen=True)
class Evaluating:
    """评价: what is asked and which grades are open; `reason_below` needs a reason for every grade below it.

    labels: what the form calls a dimension here. questions: asked on the form besides, and not counted.
    """

    dimensions: tuple[Dimension, ...]
    grades: tuple[Grade, ...]
    source: Source
    kind: Kind | None = None
    later_dimensions: tuple[Dimension, ...] = ()
    reason_below: Grade = Grade.SATISFIED
    labels: tuple[tuple[Dimension, str], ...] = ()
    questions: tuple[str, ...] = ()
    assumed: bool = False
    note: str = ""

    def label_of(self, dimension: str) -> str:
        return dict(self.labels).get(Dimension(dimension), Dimension(dimension).label)


@dataclass(frozen=True)
class Rate:
    """The base of a rate: which rows are its denominator, by a named choice that the figures offer."""

    name: str
    base: str
    source: Source
    kind: Kind | None = None
    round: str = "latest"
    assumed: bool = False
    note: str = ""


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
    """A contact that must stand in the log by phase: before and during handling, before the reply is issued."""

    phase: str
    source: Source
    kind: Kind | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Letter:
    """Patterns of a letter's title and number, e.g. 关于{plenary}第{number}号提案的答复; who signs, who gets copies."""

    name: str
    title: str
    source: Source
    kind: Kind | None = None
    number: str = ""
    copies: tuple[str, ...] = ()
    signatory: str = ""
    attachments: tuple[str, ...] = ()
    delivery: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class RoleName:
    """What this place calls a unit's role: 协办 where others say 会办."""

    role: UnitRole
    label: str
    source: Source
    kind: Kind | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Publication:
    """公开: what is published, what an item's default is, what is taken out, and whether the proposer may say no."""

    items: tuple[str, ...]
    source: Source
    kind: Kind | None = None
    default: Publicity = Publicity.FULL
    removed: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    wish: bool = False
    channel: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class Option:
    """A behaviour that differs between cities, chosen from the values that the code offers and tests."""

    name: str
    value: str | int
    source: Source
    kind: Kind | None = None
    assumed: bool = False
    note: str = ""
