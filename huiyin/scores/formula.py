"""The points of a unit, from the rows behind each measure and the formula of the pack. Pure: the same rows, the same points.

Half up to tenths for each measure; the total is the sum of what is printed, so that whoever adds up finds the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from huiyin.rulepacks.scores import Score

TENTH = Decimal("0.1")
WHOLE = 100


@dataclass(frozen=True, order=True)
class Row:
    """One row behind a measure: its id, and what it is worth in percent. Of a measure against, each costs the same."""

    pk: int
    worth: int = WHOLE


@dataclass(frozen=True)
class Line:
    """One measure of one unit. `points` is the most it gives, `got` what the unit has; it applies where it has a base."""

    measure: str
    label: str
    formula: str
    points: int
    got: Decimal
    applies: bool
    rows: tuple[Row, ...]
    against: bool = False

    @property
    def of(self) -> int:
        return len(self.rows)

    @property
    def count(self) -> int:
        """How many rows are wholly as they should be; of a measure against, how many there are."""
        return self.of if self.against else sum(row.worth == WHOLE for row in self.rows)

    @property
    def lost(self) -> Decimal:
        return self.points - self.got if self.applies else Decimal(0)


@dataclass(frozen=True)
class Result:
    """A unit's lines and their sums. `score` is out of a hundred; None while nothing can be measured by a share."""

    lines: tuple[Line, ...]

    @property
    def got(self) -> Decimal:
        return sum((line.got for line in self.lines if line.applies), Decimal(0))

    @property
    def of(self) -> int:
        return sum(line.points for line in self.lines if line.applies)

    @property
    def score(self) -> Decimal | None:
        return out_of_hundred(self.got, self.of) if self.is_measured else None

    @property
    def is_measured(self) -> bool:
        return any(line.applies and not line.against for line in self.lines)


def result_of(scoring: Iterable[Score], rows: Mapping[str, Sequence[Row]]) -> Result:
    """The points of one unit."""
    return Result(tuple(line_of(entry, rows.get(entry.measure, ())) for entry in scoring))


def line_of(entry: Score, rows: Iterable[Row]) -> Line:
    kept = tuple(sorted(rows))
    against = entry.about.against
    got = _left(entry, len(kept)) if against else _share(entry, kept)
    return Line(
        measure=entry.measure,
        label=entry.label,
        formula=entry.formula,
        points=entry.points,
        got=got,
        applies=against or bool(kept),
        rows=kept,
        against=against,
    )


def _left(entry: Score, cases: int) -> Decimal:
    """Full points less what the cases cost, never below nothing. Where there is no case, all are given."""
    return max(Decimal(0), entry.points - (entry.each or Decimal(0)) * cases).quantize(TENTH)


def _share(entry: Score, rows: Sequence[Row]) -> Decimal:
    """None at `low` percent of the base, all at `high`, in between in proportion."""
    if not rows:
        return Decimal(0).quantize(TENTH)
    percent = Fraction(sum(row.worth for row in rows), len(rows))
    reached = (percent - entry.low) / (entry.high - entry.low)
    return tenths(entry.points * min(max(reached, Fraction(0)), Fraction(1)))


def tenths(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(TENTH, ROUND_HALF_UP)


def out_of_hundred(got: Decimal, of: int) -> Decimal | None:
    """What was reached of what could be; more than everything is everything."""
    return min(tenths(Fraction(got) * WHOLE / of), Decimal(WHOLE)) if of else None
