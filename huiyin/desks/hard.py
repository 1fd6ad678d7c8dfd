"""难件: whether hard items are put off, by grade and by unit, and which of them lie still. Every number is dated acts."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.clock.holidays import calendar_today
from huiyin.clock.workdays import Calendar
from huiyin.components.views import actor_of
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.models import Plenary
from huiyin.reporting.families.handling import returns_of_units
from huiyin.reporting.families.hard import handled, hard_ones
from huiyin.reporting.figures import scope_of
from huiyin.reporting.percent import percent
from huiyin.reporting.scope import Scope
from huiyin.rulepacks.schema import Difficulty
from huiyin.supervision.hard import ByGrade, Handled, Order, by_grade, order_of, stays_of, weight_of
from huiyin.words import UNIT_ROLES, Role

OFFICES = (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER, Role.AUDITOR)
FEW = 10  # pairs below which nothing is read from their order
MUCH = 0.4  # gamma from which on the order is called easy first: seven pairs in ten
LISTED = 50


@dataclass(frozen=True)
class Line:
    """One share of a list: how long it has waited, of that stopped, and what a unit should take up first."""

    share: Assignment
    grade: str
    waited: int
    stopped: int
    last: date | None
    weight: int
    in_hand: bool


@dataclass(frozen=True)
class UnitLine:
    """One unit: what it has of hard ones, in which order it begins, and what it gave back."""

    unit: Unit
    shares: int
    hard: int
    passed_over: int
    quiet: int
    order: Order
    stopped: int
    returns: dict[str, int]

    @property
    def said(self) -> str:
        return said_of(self.order)

    @property
    def is_easy_first(self) -> bool:
        return is_easy_first(self.order)


def is_easy_first(order: Order) -> bool:
    return order.pairs >= FEW and (order.correlation or 0) >= MUCH


def said_of(order: Order) -> str:
    """What the order means, in a few words with its count."""
    if order.pairs < FEW:
        return f"可比的只有{order.pairs}对，看不出先后"
    share = percent(order.easy_first, order.pairs, 1)
    word = (
        "先易后难"
        if is_easy_first(order)
        else "先难后易"
        if (order.correlation or 0) <= -MUCH
        else "难易相当"
    )
    return f"{word}：{order.pairs}对中难的等得更久的占{share}%"


def hard(request: HttpRequest) -> HttpResponse:
    """The page of one plenary: of all units for the offices, of its own shares for a unit."""
    actor = actor_of(request)
    if actor.role not in (*OFFICES, *UNIT_ROLES):
        raise Http404
    plenaries = plenaries_of(actor)
    plenary = plenary_or_404(actor, request.GET.get("plenary"), plenaries)
    if plenary is None:
        return render(request, "desks/hard.html", {"plenary": None})
    return render(request, "desks/hard.html", {"plenaries": plenaries} | _page(actor, plenary))


def _page(actor: Actor, plenary: Plenary) -> dict[str, Any]:
    scope, calendar = scope_of(plenary), calendar_today()
    rows = handled(scope)
    unit = actor.unit.pk if actor.role in UNIT_ROLES and actor.unit else None
    if actor.role in UNIT_ROLES:
        rows = [row for row in rows if row.unit == unit]
    scale, found = scope.pack.difficulty(scope.kind), hard_ones(scope, rows)
    grades = by_grade(rows, scope.as_of, calendar)
    order = order_of(rows, scope.as_of, calendar)
    lines = _Lines(scope, scale, calendar)
    first = sorted((row for row in rows if row.answered is None), key=lines.weight, reverse=True)
    return {
        "plenary": plenary,
        "as_of": scope.as_of,
        "scale": scale,
        "own": unit is not None,
        "graded": len({row.item for row in rows}),
        "grades": [(scale.label_of(line.grade), line.grade >= scale.hard, line) for line in grades],
        "order": order,
        "said": said_of(order),
        "easy_first": is_easy_first(order),
        "numbers": {name: len(shares) for name, shares in found.items()},
        "quiet": lines.of(found["quiet"]),
        "passed_over": lines.of(found["passed_over"]),
        "first": lines.of(first[:LISTED]),
        "units": [] if unit is not None else _units(scope, rows, found, calendar),
        "medians": _medians(grades, scale),
    }


def _medians(grades: Iterable[ByGrade], scale: Difficulty) -> tuple[float, float] | None:
    """Workdays to the first act of the easiest and of the hardest grade that has any."""
    started = [line for line in grades if line.to_start is not None]
    if len(started) < 2 or started[-1].grade < scale.hard:
        return None
    return started[0].to_start or 0.0, started[-1].to_start or 0.0


@dataclass(frozen=True)
class _Lines:
    """Makes the lines of a list from its rows, the longest waiting first."""

    scope: Scope
    scale: Difficulty
    calendar: Calendar

    def weight(self, row: Handled) -> int:
        return weight_of(row, self.scope.as_of, self.calendar)

    def of(self, rows: list[Handled]) -> list[Line]:
        shown = sorted(rows, key=self.weight, reverse=True)[:LISTED]
        shares = Assignment.objects.select_related("proposal__plenary", "unit")
        by_pk = shares.in_bulk([row.share for row in shown])
        made = []
        for row in shown:
            stays = stays_of(row, self.scope.as_of, self.calendar)
            grade = self.scale.label_of(row.grade)
            made.append(
                Line(
                    by_pk[row.share],
                    grade,
                    stays.waited,
                    stays.stopped,
                    row.moved,
                    self.weight(row),
                    in_hand=row.answered is None,
                )
            )
        return made


def _units(
    scope: Scope, rows: list[Handled], found: dict[str, list[Handled]], calendar: Calendar
) -> list[UnitLine]:
    """Every unit with graded shares, those that begin with the easy ones first."""
    of_unit: dict[int, list[Handled]] = defaultdict(list)
    for row in rows:
        of_unit[row.unit].append(row)
    units, returns = Unit.objects.in_bulk(list(of_unit)), returns_of_units(scope)

    def many(name: str) -> Callable[[int], int]:
        counted: dict[int, int] = defaultdict(int)
        for row in found[name]:
            counted[row.unit] += 1
        return lambda unit: counted[unit]

    hard_of, passed, quiet = many("hard_shares"), many("passed_over"), many("quiet")
    made = [
        UnitLine(
            unit=units[pk],
            shares=len(own),
            hard=hard_of(pk),
            passed_over=passed(pk),
            quiet=quiet(pk),
            order=order_of(own, scope.as_of, calendar),
            stopped=sum(stays_of(row, scope.as_of, calendar).stopped for row in own),
            returns=returns.get(pk, {}),
        )
        for pk, own in of_unit.items()
    ]
    return sorted(
        made,
        key=lambda line: (
            not line.is_easy_first, -line.passed_over, -line.quiet, -line.hard, line.unit.name
        ),
    )  # fmt: skip
