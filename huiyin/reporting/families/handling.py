"""承办: what the units did between assignment and answer: 办理方案、会办意见、退办、延期、报上级研究."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import LessThanOrEqual

from huiyin.clock.models import Deadline
from huiyin.handling.models import CoOpinion, Extension, HandlingPlan, Pause, ReturnRequest
from huiyin.reporting.scope import Behind, DayOf, Figure, Scope
from huiyin.words import DeadlineName, Ruling

ASKED = "申请退办的件次"


@dataclass(frozen=True)
class Act:
    """One figure: rows of a table about the items received that had happened by then."""

    label: str
    table: type
    fits: Callable[[Scope], Q]
    base: str = ""


def _asked(scope: Scope) -> Q:
    """Asked by the unit; a proposer's objection to a unit is no return."""
    return scope.happened("asked_at") & Q(objected_by=None)


def _refused(scope: Scope) -> Q:
    return _asked(scope) & scope.happened("ruled_at") & Q(ruling=Ruling.REFUSED)


def on_the_last_day() -> Q:
    """Asked on the last day of the window that ran then, or later where the pack leaves that to the office."""
    ran = Deadline.objects.filter(
        Q(cancelled_at=None) | Q(cancelled_at__gt=OuterRef("asked_at")),
        name=DeadlineName.RETURN_WINDOW,
        assignment=OuterRef("assignment"),
        starts_on__lte=DayOf(OuterRef("asked_at")),
    )
    last = ran.order_by("-round", "-pk").values("due_on")[:1]
    return Q(LessThanOrEqual(Subquery(last), DayOf(F("asked_at"))))


def _granted(scope: Scope) -> Q:
    return scope.happened("ruled_at") & Q(ruling=Ruling.GRANTED)


ACTS = {
    "handling.plans": Act("办理方案", HandlingPlan, lambda scope: scope.happened("made_at")),
    "handling.opinions": Act("会办意见", CoOpinion, lambda scope: scope.happened("given_at")),
    "handling.returns_asked": Act("申请退办", ReturnRequest, _asked),
    "handling.returns_granted": Act(
        "同意退办", ReturnRequest, lambda scope: _asked(scope) & _granted(scope), "handling.returns_asked"
    ),
    "handling.returns_refused": Act("不同意退办", ReturnRequest, _refused, "handling.returns_asked"),
    "handling.returns_last_day": Act(
        "期限最后一天或过期才申请退办",
        ReturnRequest,
        lambda scope: _asked(scope) & on_the_last_day(),
        "handling.returns_asked",
    ),
    "handling.extensions": Act("同意延期", Extension, _granted),
    "handling.pauses": Act("报上级研究", Pause, lambda scope: scope.happened("from_at")),
}


def _rows(scope: Scope, act: Act) -> QuerySet:
    rows: QuerySet = act.table._default_manager.filter(  # type: ignore[attr-defined]
        scope.received("assignment__proposal__") & act.fits(scope)
    )
    return rows


RETURNS = {
    "asked": ACTS["handling.returns_asked"],
    "granted": ACTS["handling.returns_granted"],
    "refused": ACTS["handling.returns_refused"],
    "last_day": ACTS["handling.returns_last_day"],
}


def returns_of_units(scope: Scope) -> dict[int, dict[str, int]]:
    """How often each unit asked to give an item back, how that was ruled, and how often on the last day."""
    found: dict[int, dict[str, int]] = {}
    for name, act in RETURNS.items():
        for unit, number in scope.list(_by_unit, act):
            found.setdefault(unit, dict.fromkeys(RETURNS, 0))[name] = number
    return found


def _by_unit(scope: Scope, act: Act) -> QuerySet:
    rows = _rows(scope, act).order_by().values_list("assignment__unit")
    return rows.annotate(number=Count("pk"))


def figures(scope: Scope) -> list[Figure]:
    counts = {code: scope.count(_rows, act) for code, act in ACTS.items()}
    return [
        scope.figure(code, act.label, counts[code], counts[act.base], ASKED)
        if act.base
        else scope.figure(code, act.label, counts[code])
        for code, act in ACTS.items()
    ]


def rows(scope: Scope, code: str) -> Behind:
    act = ACTS[code]
    return Behind(_rows(scope, act), _rows(scope, ACTS[act.base]) if act.base else None)
