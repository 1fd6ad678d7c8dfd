"""办理结果: an item's mark is that of its latest answer; with several answering units, the least favourable.

Counted from MarkHistory, so that a mark raised with evidence or lowered later (R5) counts from its own day on.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from huiyin.proposals.models import Proposal
from huiyin.replies.models import MarkHistory
from huiyin.reporting.families.intake import ALL
from huiyin.reporting.scope import Behind, Figure, Scope


def of_items(scope: Scope) -> QuerySet[MarkHistory]:
    """One row an item: the mark that the item had at the end of the day."""
    later = MarkHistory.objects.filter(
        Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk")),
        scope.happened("since"),
        assignment=OuterRef("assignment"),
        proposal=OuterRef("proposal"),
    )
    latest = MarkHistory.objects.filter(
        ~Exists(later),
        scope.happened("since"),
        scope.received("proposal__"),
        scope.owing("assignment__"),
    )
    place = Window(RowNumber(), partition_by=F("proposal"), order_by=[F("order").desc(), F("pk").desc()])
    worst = latest.order_by().annotate(place=place).filter(place=1)
    # Whatever is asked of these rows is asked after the choice, not before it.
    return MarkHistory.objects.filter(pk__in=worst.values("pk")).order_by()


def _counted(scope: Scope) -> QuerySet[Any, Any]:
    """Scheme, mark and the number of items that have it."""
    return of_items(scope).values_list("scheme", "mark").annotate(n=Count("pk"))


def figures(scope: Scope) -> list[Figure]:
    total = scope.total
    found = {(scheme, mark): n for scheme, mark, n in scope.list(_counted)}
    without = total - sum(found.values())
    note = f"另有{without}件尚无办理结果" if without else ""
    return [
        scope.figure(code, label, found.get(key, 0), total, ALL, note)
        for code, label, key in _listed(scope, found)
    ]


def _listed(scope: Scope, found: Iterable[tuple[str, str]]) -> list[tuple[str, str, tuple[str, str]]]:
    """The marks of the scheme in force, also with 0; a mark of another scheme is another mark (never a bare letter)."""
    scheme = scope.pack.mark_scheme(scope.kind)
    listed = [
        (f"mark.{mark.code}", f"{mark.label}（{mark.code}类）", (scheme.name, mark.code))
        for mark in scheme.marks
    ]
    known = {key for _, _, key in listed}
    return listed + [
        (f"mark.{name}.{mark}", f"“{name}”的{mark}类", (name, mark))
        for name, mark in sorted(set(found) - known)
    ]


def rows(scope: Scope, code: str) -> Behind:
    *scheme, mark = code.removeprefix("mark.").rsplit(".", 1)
    name = scheme[0] if scheme else scope.pack.mark_scheme(scope.kind).name
    having = of_items(scope).filter(scheme=name, mark=mark)
    return Behind(Proposal.objects.filter(pk__in=having.values("proposal")), scope.items())
