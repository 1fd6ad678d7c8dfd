"""具体建议: adopted or not, and carried out or not, counted by the single ask instead of by the item.

What is said to a point is what the latest letter of each answering unit says; of several, the least favourable. A
promise that names no point stands for every point of its item.
"""

from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from huiyin.promises.models import Promise, Use
from huiyin.proposals.models import Point
from huiyin.replies.models import Answer, MarkHistory, Reply
from huiyin.reporting.families import promises
from huiyin.reporting.scope import Asked, Behind, Figure, Scope, once
from huiyin.words import Disposition, Meaning

ALL, ANSWERED, TAKEN_ON = "具体建议总数", "已经答复的具体建议", "答复采纳、部分采纳或者列入计划的具体建议"
ADOPTED = (Disposition.ADOPTED, Disposition.PARTLY)
COMMITTED = (*ADOPTED, Disposition.PLANNED)
# From the most favourable on, as they are declared.
RANK = Case(
    *(When(disposition=word, then=Value(place)) for place, word in enumerate(Disposition)),
    output_field=IntegerField(),
)


def _answers(scope: Scope) -> QuerySet[Answer]:
    """What the latest letter of each unit says, the least favourable first."""
    later = Reply.objects.filter(
        Q(issued_at__gt=OuterRef("reply__issued_at"))
        | Q(issued_at=OuterRef("reply__issued_at"), pk__gt=OuterRef("reply")),
        scope.happened("issued_at"),
        assignment=OuterRef("reply__assignment"),
    )
    standing = scope.happened("reply__issued_at") & scope.owing("reply__assignment__")
    return Answer.objects.filter(standing, ~Exists(later)).order_by(RANK.desc(), "-pk")


def _given(rows: QuerySet[Any]) -> Q:
    """One of them names the point, or names none and stands on its item. Two questions: an "or" within one has no index."""
    item = rows.filter(points=None, proposal=OuterRef("head"))
    return Q(Exists(rows.filter(points=OuterRef("pk")))) | Q(Exists(item))


def points(scope: Scope) -> QuerySet[Point]:
    """The points of the items handed over, of those handled with another one too, each with what was said and done."""
    ended = ("voided_at", "refused_at", "elsewhere_at")
    handed_over = (
        scope.of_plenaries("proposal__")
        & scope.happened("proposal__handed_over_at")
        & scope.not_yet(*(f"proposal__{name}" for name in ended))
    )
    answers = _answers(scope).filter(point=OuterRef("pk"))
    solved = MarkHistory.objects.filter(
        scope.happened("since"), reply=OuterRef("reply"), meaning=Meaning.SOLVED
    )
    promised = Promise.objects.filter(promises.made(scope))
    used = Use.objects.filter(promises.serving(scope))
    return (
        Point.objects.filter(handed_over)
        .annotate(head=Coalesce("proposal__merged_into", "proposal"))
        .annotate(
            said=Subquery(answers.values("disposition")[:1]),
            done_at_reply=Exists(answers.filter(Exists(solved))),
            has_promise=_given(promised) | _given(used),
            has_open=_given(promised.filter(scope.not_yet("kept_at", "dropped_at")))
            | _given(used.filter(scope.not_yet("promise__kept_at", "promise__dropped_at"))),
            has_dropped=_given(promised.filter(scope.happened("dropped_at")))
            | _given(used.filter(scope.happened("promise__dropped_at"))),
        )
    )


def _queries() -> dict[str, Q]:
    committed = Q(said__in=[str(word) for word in COMMITTED])
    kept = Q(has_promise=True, has_open=False, has_dropped=False)
    return {
        "point.total": Q(),
        "point.answered": Q(said__isnull=False),
        **{f"point.{word}": Q(said=str(word)) for word in Disposition},
        "point.adoption": Q(said__in=[str(word) for word in ADOPTED]),
        "point.taken_on": committed,
        "point.fulfilment": committed & (kept | Q(has_promise=False, done_at_reply=True)),
        "point.without_promise": Q(said=str(Disposition.PLANNED), has_promise=False, done_at_reply=False),
    }


BASES = {
    "point.total": None,
    "point.answered": "point.total",
    **{f"point.{word}": "point.answered" for word in Disposition},
    "point.adoption": "point.answered",
    "point.fulfilment": "point.taken_on",
    "point.without_promise": "point.planned",
}
LABELS = {
    "point.total": "具体建议",
    "point.answered": "已经答复的具体建议",
    **{f"point.{word}": f"{word.label}的具体建议" for word in Disposition},
    "point.adoption": "建议采纳率",
    "point.fulfilment": "建议落实率",
    "point.without_promise": "列入计划而没有写明承诺的具体建议",
}
NOTES = {"point.adoption": "采纳和部分采纳的", "point.fulfilment": "答复时已经办成，或者所作承诺全部落实的"}
SAID = {"point.total": ALL, "point.answered": ANSWERED, "point.taken_on": TAKEN_ON}


def _asked(scope: Scope) -> Asked:
    return once(points(scope)), {
        code.replace(".", "_"): Count("pk", filter=which) for code, which in _queries().items()
    }


def figures(scope: Scope) -> list[Figure]:
    """None where no item has been taken apart into points."""
    counts = {code.replace("_", ".", 1): n for code, n in scope.counts(_asked).items()}
    if not counts["point.total"]:
        return []
    return [
        scope.figure(
            code,
            LABELS[code],
            counts[code],
            counts[base] if base else None,
            SAID.get(base or "", LABELS.get(base or "", "")),
            NOTES.get(code, ""),
        )
        for code, base in BASES.items()
    ]


def rows(scope: Scope, code: str) -> Behind:
    found, queries, base = points(scope), _queries(), BASES[code]
    counted = found.filter(queries[code])
    return Behind(counted, found.filter(queries[base]) if base else None)
