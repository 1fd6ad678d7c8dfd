"""Every figure of a plenary, and the rows behind each (design §7): the one place that knows the families.

`figures_of` gives the numbers, `rows_of` the list that a number opens. Both count the same query, so a figure
and its list cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from huiyin.clock.now import today
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Plenary
from huiyin.reporting.families import (
    classes,
    contacts,
    follow_up,
    gaps,
    handling,
    hard,
    intake,
    marks,
    points,
    promises,
    replies,
    reports,
    satisfaction,
    stock,
    supervision,
    topics,
)
from huiyin.reporting.scope import Behind, Figure, Scope


@dataclass(frozen=True)
class Family:
    """Figures that are counted together, and what their codes begin with."""

    codes: tuple[str, ...]
    figures: Callable[[Scope], list[Figure]]
    rows: Callable[[Scope, str], Behind]


FAMILIES = (
    Family(("received.", "filed.", "merged.", "answer_closed."), intake.figures, intake.rows),
    Family(("class.",), classes.figures, classes.rows),
    Family(("mark.",), marks.figures, marks.rows),
    Family(("reply.",), replies.figures, replies.rows),
    Family(("point.",), points.figures, points.rows),
    Family(("handling.",), handling.figures, handling.rows),
    Family(("difficulty.",), hard.figures, hard.rows),
    Family(("contact.",), contacts.figures, contacts.rows),
    Family(("satisfaction.",), satisfaction.figures, satisfaction.rows),
    Family(("second_handling.",), intake.second_handling, intake.second_handling_rows),
    Family(("promise.", "fulfilment."), promises.figures, promises.rows),
    Family(("report.",), reports.figures, reports.rows),
    Family(("stock.items.",), stock.item_figures, stock.rows),
    Family(("stock.promises.",), stock.promise_figures, stock.rows),
    Family(
        ("unit.", "leadership.", "instruction.", "urging.", "inspection.", "look_back.", "meeting."),
        supervision.figures,
        supervision.rows,
    ),
    Family(("task.", "dispatch.", "sample.", "superior."), follow_up.figures, follow_up.rows),
    Family(("topic.", "repeat."), topics.figures, topics.rows),
    Family(("gap.",), gaps.figures, gaps.rows),
)


class UnknownFigure(LookupError):
    """There is no figure of this code."""


def scope_of(plenary: Plenary, as_of: date | None = None, decimals: int = 1) -> Scope:
    return Scope((plenary,), as_of or today(), decimals)


def scope_of_year(
    jurisdiction: Jurisdiction, kind: str, year: int, as_of: date | None = None, decimals: int = 1
) -> Scope:
    """All plenaries of one assembly that were opened in a year; raises where there is none."""
    opened = Plenary.objects.filter(jurisdiction=jurisdiction, assembly=kind, opened_on__year=year)
    plenaries = tuple(opened.order_by("opened_on", "code"))
    if not plenaries:
        raise LookupError(f"{jurisdiction.name}{year}年没有录入届次，请先用 huiyin plenary add 增加。")
    return Scope(plenaries, as_of or today(), decimals)


def figures_in(scope: Scope) -> list[Figure]:
    return [figure for family in FAMILIES for figure in family.figures(scope)]


def figures_of(plenary: Plenary, as_of: date | None = None, decimals: int = 1) -> list[Figure]:
    """Every figure of a plenary as of the end of a day (today where none is given)."""
    return figures_in(scope_of(plenary, as_of, decimals))


def figure_of(plenary: Plenary, code: str, as_of: date | None = None, decimals: int = 1) -> Figure:
    """One figure, counting no more than its family; raises UnknownFigure."""
    scope = scope_of(plenary, as_of, decimals)
    counted = (
        figure for family in FAMILIES if code.startswith(family.codes) for figure in family.figures(scope)
    )
    found = next((figure for figure in counted if figure.code == code), None)
    if found is None:
        raise UnknownFigure(f"没有“{code}”这个数字，可用 huiyin figures 查看全部代码。")
    return found


def behind(scope: Scope, code: str) -> Behind:
    """The rows counted and those of the base; raises UnknownFigure."""
    family = next((one for one in FAMILIES if code.startswith(one.codes)), None)
    try:
        if family is not None:
            return family.rows(scope, code)
    except (KeyError, ValueError):
        pass
    raise UnknownFigure(f"没有“{code}”这个数字，可用 huiyin figures 查看全部代码。")


def rows_of(plenary: Plenary, code: str, as_of: date | None = None) -> QuerySet:
    """The rows behind a figure: items, forms, promises, contacts or acts, as many as its count."""
    return behind(scope_of(plenary, as_of), code).counted


def base_of(plenary: Plenary, code: str, as_of: date | None = None) -> QuerySet | None:
    """The rows of a figure's base, as many as its `of`; None for a plain count."""
    return behind(scope_of(plenary, as_of), code).base
