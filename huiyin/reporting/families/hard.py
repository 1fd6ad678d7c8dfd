"""难易: items by grade, whether the hard ones were taken up, passed over by easier ones, or lie still.

All but the first is counted by answering shares, since each unit starts for itself.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import day_of
from huiyin.handling.models import Assignment, Pause
from huiyin.proposals.models import Grading, Proposal
from huiyin.reporting.scope import Behind, Figure, Scope
from huiyin.supervision.acting import first_act, last_act
from huiyin.supervision.hard import Handled, is_quiet, passed_over

OF_GRADED = "已定难易程度的件"
OF_HARD = "难件的承办单位件次"
IN_HAND = "还没有答复的难件的承办单位件次"


def grade_of(scope: Scope, item: str = "pk") -> Subquery:
    """The grade that stood at the end of the day."""
    given = Grading.objects.filter(scope.happened("graded_at"), proposal=OuterRef(item))
    return Subquery(given.order_by("-graded_at", "-pk").values("grade")[:1])


def _graded(scope: Scope) -> QuerySet[Proposal]:
    return scope.items().annotate(grade=grade_of(scope)).filter(grade__isnull=False)


def _grades(scope: Scope) -> QuerySet[Any, Any]:
    return _graded(scope).order_by("pk").values_list("pk", "grade")


def _shares(scope: Scope) -> QuerySet[Any, Any]:
    """Shares of graded items whose days are known."""
    known = scope.shares().filter(offered_known=True, answered_known=True)
    graded = known.annotate(grade=grade_of(scope, "proposal")).filter(grade__isnull=False)
    acted = graded.annotate(started=first_act(scope.end), moved=last_act(scope.end))
    return acted.order_by("pk").values_list(
        "pk", "proposal", "unit", "grade", "offered_at", "signed_at", "started", "answered_at", "moved"
    )


def _pauses(scope: Scope) -> QuerySet[Any, Any]:
    paused = Pause.objects.filter(scope.received("assignment__proposal__") & scope.happened("from_at"))
    return paused.order_by("pk").values_list("assignment", "from_at", "to_at")


def handled(scope: Scope) -> list[Handled]:
    """Every answering share of the graded items as it stood at the end of the day."""

    def by_then(moment: Any) -> date | None:
        return day_of(moment) if moment is not None and moment < scope.end else None

    stops: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    rows = scope.list(_shares)
    for share, since, until in scope.list(_pauses) if rows else ():
        stops[share].append((day_of(since), by_then(until)))
    return [
        Handled(
            share, item, unit, grade, day_of(offered),
            by_then(signed), by_then(started), by_then(answered), by_then(moved), tuple(stops[share]),
        )
        for share, item, unit, grade, offered, signed, started, answered, moved in rows
    ]  # fmt: skip


def hard_ones(scope: Scope, rows: list[Handled]) -> dict[str, list[Handled]]:
    """The hard shares, and of them those taken up, passed over, in hand and quiet."""
    scale, calendar = scope.pack.difficulty(scope.kind), calendar_today()

    def is_hard(row: Handled) -> bool:
        return row.grade >= scale.hard

    hard = [row for row in rows if is_hard(row)]
    return {
        "hard_shares": hard,
        "hard_started": [row for row in hard if row.started],
        "passed_over": passed_over(rows, is_hard),
        "in_hand": [row for row in hard if row.answered is None],
        "quiet": [row for row in hard if is_quiet(row, scope.as_of, calendar, scale.quiet)],
    }


def figures(scope: Scope) -> list[Figure]:
    scale = scope.pack.difficulty(scope.kind)
    grades = [grade for _, grade in scope.list(_grades)]
    found = {name: len(rows) for name, rows in hard_ones(scope, handled(scope)).items()}
    graded = len(grades)
    made = [scope.figure("difficulty.graded", "已定难易程度", graded, scope.total, "收到的件")]
    made += [
        scope.figure(f"difficulty.{grade}", scale.label_of(grade), grades.count(grade), graded, OF_GRADED)
        for grade in range(1, len(scale.grades) + 1)
    ]
    hard = sum(grade >= scale.hard for grade in grades)
    made.append(scope.figure("difficulty.hard", "难件", hard, graded, OF_GRADED))
    for name, label, base, of in (
        ("hard_started", "难件中已有第一步实事的", "hard_shares", OF_HARD),
        ("passed_over", "难件被多数后来的易件插到前头的", "hard_shares", OF_HARD),
        ("quiet", f"难件超过{scale.quiet}个工作日没有动静的", "in_hand", IN_HAND),
    ):
        made.append(scope.figure(f"difficulty.{name}", label, found[name], found[base], of))
    return made


def rows(scope: Scope, code: str) -> Behind:
    name = code.removeprefix("difficulty.")
    scale, graded = scope.pack.difficulty(scope.kind), _graded(scope)
    if name == "graded":
        return Behind(graded, scope.items())
    if name == "hard":
        return Behind(graded.filter(grade__gte=scale.hard), graded)
    if name.isdigit():
        return Behind(graded.filter(grade=int(name)), graded)
    found = hard_ones(scope, handled(scope))
    base = {"hard_started": "hard_shares", "passed_over": "hard_shares", "quiet": "in_hand"}[name]
    return Behind(_of(found[name]), _of(found[base]))


def _of(rows: list[Handled]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(pk__in=[row.share for row in rows])
