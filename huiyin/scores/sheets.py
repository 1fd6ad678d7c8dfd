"""The scores of a plenary's units by a version of the formula: counted now for a dry run, or stored for good."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.people.models import Unit
from huiyin.proposals.models import Plenary
from huiyin.reporting.figures import scope_of
from huiyin.rulepacks.models import PackVersion
from huiyin.rulepacks.schema import Score
from huiyin.rulepacks.store import published, version_in_force
from huiyin.scores.formula import Result, result_of
from huiyin.scores.measures import ROWS, rows_of_units
from huiyin.scores.models import frozen


@dataclass(frozen=True)
class Scored:
    """One unit and its points."""

    unit: Unit
    result: Result


@dataclass(frozen=True)
class Sheet:
    """A dry run: every unit's points as of a day, the best first."""

    plenary: Plenary
    as_of: date
    version: PackVersion
    scoring: tuple[Score, ...]
    units: list[Scored]


def versions_of(plenary: Plenary) -> list[PackVersion]:
    """The published versions by which the plenary's units can be scored, the latest first."""
    own = [version for version in published() if version.code == plenary.pack_code]
    return sorted(own, key=lambda version: version.valid_from, reverse=True)


def sheet_of(
    plenary: Plenary, as_of: date, version: PackVersion | None = None, unit: int | None = None
) -> Sheet:
    """By the version in force on the day, or by another one: what a new formula would have given last year."""
    version = version or version_in_force(plenary.pack_code, as_of)
    scoring = version.pack.scoring_for(plenary.kind)
    rows = rows_of_units(scope_of(plenary, as_of), scoring)
    units = Unit.objects.filter(pk__in=[unit] if unit in rows else [] if unit else rows)
    scored = [Scored(one, result_of(scoring, rows[one.pk])) for one in units]
    return Sheet(plenary, as_of, version, scoring, sorted(scored, key=_place))


def _place(one: Scored) -> tuple[bool, Any, int]:
    """The best first; those of whom nothing can be said yet last."""
    score = one.result.score
    return score is None, -(score or 0), one.unit.pk


def stored(result: Result) -> list[dict[str, Any]]:
    """Every line with the rows behind it."""
    return [frozen(line, ROWS[line.measure].model) for line in result.lines]
