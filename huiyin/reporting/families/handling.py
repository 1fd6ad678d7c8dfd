"""承办: what the units did between assignment and answer: 办理方案、会办意见、退办、延期、报上级研究."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huiyin.handling.models import CoOpinion, Extension, HandlingPlan, Pause, ReturnRequest
from huiyin.reporting.scope import Behind, Figure, Scope
from huiyin.words import Ruling

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


def _granted(scope: Scope) -> Q:
    return scope.happened("ruled_at") & Q(ruling=Ruling.GRANTED)


ACTS = {
    "handling.plans": Act("办理方案", HandlingPlan, lambda scope: scope.happened("made_at")),
    "handling.opinions": Act("会办意见", CoOpinion, lambda scope: scope.happened("given_at")),
    "handling.returns_asked": Act("申请退办", ReturnRequest, _asked),
    "handling.returns_granted": Act(
        "同意退办", ReturnRequest, lambda scope: _asked(scope) & _granted(scope), "handling.returns_asked"
    ),
    "handling.extensions": Act("同意延期", Extension, _granted),
    "handling.pauses": Act("报上级研究", Pause, lambda scope: scope.happened("from_at")),
}


def _rows(scope: Scope, act: Act) -> QuerySet:
    rows: QuerySet = act.table._default_manager.filter(  # type: ignore[attr-defined]
        scope.received("assignment__proposal__") & act.fits(scope)
    )
    return rows


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
