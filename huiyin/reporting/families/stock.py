"""承诺存量: what became, year by year, of what each plenary was promised; in promises, and in the items themselves.

An earlier plenary's stock stands among the figures of every later one, for it is carried over until it is settled.
The columns after the total add up to it: kept in that year, the next, the third, the fourth, later; dropped; open.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear, Greatest

from huiyin.promises.models import Promise, Use
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.marks import NEEDS_PROMISE
from huiyin.replies.models import MarkHistory
from huiyin.reporting.families import promises
from huiyin.reporting.scope import Asked, Behind, DayOf, Figure, Scope, once

PLENARIES = 5  # a term has five
YEARS = ("当年落实", "第二年落实", "第三年落实", "第四年落实")
LATER = "第四年以后落实"
LABELS = {
    "total": "承诺",
    **{f"kept.{place}": label for place, label in enumerate(YEARS)},
    "kept.later": LATER,
    "dropped": "终止",
    "open": "还在落实",
    "open_late": "还在落实、已过最初期限",
    "slipped": "推迟过期限",
}
ADD_UP = (*(f"kept.{place}" for place in range(len(YEARS))), "kept.later", "dropped", "open")
ITEM_LABELS = {name: LABELS[name] for name in ("total", *ADD_UP)} | {
    "total": "答复时答应解决的件",
    "unknown": "没有登记承诺",
}
# The columns of the table, items and promises alike; a cell that one of them has not stays empty.
COLUMNS = (
    ("total", "总数"),
    *((f"kept.{place}", label) for place, label in enumerate(YEARS)),
    ("kept.later", LATER),
    ("dropped", "终止"),
    ("open", "还在落实"),
    ("unknown", "没有登记承诺"),
    ("open_late", "其中已过最初期限"),
    ("slipped", "推迟过期限"),
)


def _years_after(kept_on: Any, opened_on: str) -> Any:
    """In which year after its plenary's own it was kept."""
    return ExtractYear(kept_on) - ExtractYear(opened_on)


def _in_years(kept: Q) -> dict[str, Q]:
    """Kept in the plenary's own year, in each of the next, later."""
    found = {f"kept.{place}": kept & Q(years_after=place) for place in range(1, len(YEARS))}
    return (
        {"kept.0": kept & Q(years_after__lte=0)}
        | found
        | {"kept.later": kept & Q(years_after__gte=len(YEARS))}
    )


def _promised(scope: Scope) -> QuerySet[Promise]:
    years = _years_after(DayOf(F("kept_at")), "proposal__plenary__opened_on")
    return promises.in_force(scope).annotate(years_after=years)


def _of_promises(scope: Scope) -> dict[str, Q]:
    open_still = scope.not_yet("kept_at", "dropped_at")
    return {
        "total": Q(),
        **_in_years(scope.happened("kept_at")),
        "dropped": scope.happened("dropped_at"),
        "open": open_still,
        "open_late": open_still & Q(first_on__lt=scope.as_of),
        "slipped": promises.queries(scope)["promise.slipped"],
    }


def _planned(scope: Scope) -> QuerySet[Proposal]:
    """Items that an answer said were being solved or planned, or that promised something, each with what is known of it."""
    item = OuterRef("pk")
    own = Promise.objects.filter(promises.made(scope), proposal=item)
    serving = Use.objects.filter(promises.serving(scope), proposal=item)

    def has(which: Callable[[str], Q] = lambda to: Q()) -> Q:
        """One that was made on the item, or one that serves it. Two questions: of one with "or" no database makes a plan."""
        return Q(Exists(own.filter(which("")))) | Q(Exists(serving.filter(which("promise__"))))

    def kept(rows: QuerySet[Any], at: str) -> Subquery:
        return Subquery(rows.filter(scope.happened(at)).order_by(f"-{at}").values(at)[:1])

    kept_own, kept_serving = kept(own, "kept_at"), kept(serving, "promise__kept_at")
    said = MarkHistory.objects.filter(
        scope.happened("since"), proposal=OuterRef("pk"), meaning__in=[str(one) for one in NEEDS_PROMISE]
    )
    return (
        scope.items()
        .filter(Q(Exists(said)) | has())
        .annotate(
            has_promise=has(),
            has_open=has(lambda to: scope.not_yet(f"{to}kept_at", f"{to}dropped_at")),
            has_dropped=has(lambda to: scope.happened(f"{to}dropped_at")),
            last_kept=Greatest(Coalesce(kept_own, kept_serving), Coalesce(kept_serving, kept_own)),
        )
        .annotate(years_after=_years_after(DayOf(F("last_kept")), "plenary__opened_on"))
    )


def _of_items(scope: Scope) -> dict[str, Q]:
    """An item is carried out when the last thing that it was promised is."""
    settled = Q(has_promise=True, has_open=False)
    return {
        "total": Q(),
        **_in_years(settled & Q(has_dropped=False)),
        "dropped": settled & Q(has_dropped=True),
        "open": Q(has_open=True),
        "unknown": Q(has_promise=False),
    }


@dataclass(frozen=True)
class Kind:
    """What is counted: items or promises. The path leads from one to its plenary."""

    code: str
    unit: str
    labels: dict[str, str]
    rows: Callable[[Scope], QuerySet[Any]]
    queries: Callable[[Scope], dict[str, Q]]
    plenary: str


ITEMS = Kind("items", "件", ITEM_LABELS, _planned, _of_items, "plenary")
PROMISES = Kind("promises", "项", LABELS, _promised, _of_promises, "proposal__plenary")
KINDS = {kind.code: kind for kind in (ITEMS, PROMISES)}


def _asked(scope: Scope, code: str) -> Asked:
    """Each number of each plenary, all in one statement."""
    kind = KINDS[code]
    return once(kind.rows(scope)), {
        _key(name, place): Count("pk", filter=which & Q(**{kind.plenary: plenary.pk}))
        for place, plenary in enumerate(scope.plenaries)
        for name, which in kind.queries(scope).items()
    }


def _key(name: str, place: int) -> str:
    return f"{name.replace('.', '_')}_{place}"


def plenaries_until(scope: Scope) -> list[Plenary]:
    """This plenary and those before it of the same assembly, the latest first."""
    last = scope.plenary
    before = Plenary.objects.filter(
        jurisdiction=last.jurisdiction_id, assembly=last.assembly, opened_on__lte=last.opened_on
    )
    return list(before.order_by("-opened_on", "-pk")[:PLENARIES])


def item_figures(scope: Scope) -> list[Figure]:
    return _figures(scope, ITEMS)


def promise_figures(scope: Scope) -> list[Figure]:
    return _figures(scope, PROMISES)


def _figures(scope: Scope, kind: Kind) -> list[Figure]:
    """Of each plenary that was promised something."""
    together = replace(scope, plenaries=tuple(plenaries_until(scope)))
    counts = together.counts(_asked, kind.code)
    return [
        figure
        for place, plenary in enumerate(together.plenaries)
        if counts[_key("total", place)]
        for figure in _of(scope, plenary, kind, {name: counts[_key(name, place)] for name in kind.labels})
    ]


def _of(scope: Scope, plenary: Plenary, kind: Kind, counts: dict[str, int]) -> Iterator[Figure]:
    for name, label in kind.labels.items():
        of = None if name == "total" else counts["total"]
        said = f"{plenary}：{label}（{kind.unit}）"
        yield scope.figure(
            f"stock.{kind.code}.{plenary.code}.{name}", said, counts[name], of, kind.labels["total"]
        )


def split(code: str) -> tuple[Kind, str, str]:
    """What is counted, of which plenary, and which number; raises KeyError or ValueError."""
    _, what, rest = code.split(".", 2)
    kind = KINDS[what]
    name = max((name for name in kind.labels if rest.endswith(f".{name}")), key=len)
    return kind, rest.removesuffix(f".{name}"), name


def rows(scope: Scope, code: str) -> Behind:
    kind, plenary, name = split(code)
    alone = scope
    if plenary != scope.plenary.code or len(scope.plenaries) > 1:
        own = {one.code: one for one in plenaries_until(scope)}
        alone = replace(scope, plenaries=(own[plenary],))
    found = kind.rows(alone)
    counted: Any = found.filter(kind.queries(alone)[name])
    return Behind(counted, None if name == "total" else found)


@dataclass(frozen=True)
class Line:
    """One plenary's stock, counted in items or in promises, as a row of the table."""

    plenary: str
    unit: str
    cells: dict[str, Figure]

    def of(self, name: str) -> Figure | None:
        return self.cells.get(name)


def lines(figures: Iterable[Figure]) -> list[Line]:
    """The table, from counted or frozen figures: a row for items and one for promises, plenary by plenary."""
    found: dict[str, dict[str, Line]] = {}
    for figure in figures:
        if figure.code.startswith("stock."):
            kind, plenary, name = split(figure.code)
            title = figure.label.split("：")[0]
            line = found.setdefault(plenary, {}).setdefault(kind.code, Line(title, kind.unit, {}))
            line.cells[name] = figure
    return [line for of_plenary in found.values() for line in of_plenary.values()]
