"""满意率: satisfied + basic of the base that the pack names, by dimension, the round named (design §7).

The forms are never mixed: each rate stands on one kind of base and one round. Where the base is made of items, an
item with several forms has its least favourable grade.
"""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Value, When

from huiyin.evaluations.models import Evaluation, Rating
from huiyin.proposals.models import Proposal
from huiyin.reporting.families.replies import answered
from huiyin.reporting.scope import Asked, Behind, Figure, Scope, joined
from huiyin.rulepacks.options import RATES
from huiyin.words import Dimension, EvaluationState, Grade

GRADES = tuple(Grade)
CONTENT = (Grade.SATISFIED, Grade.BASIC)
SEVERITY = Case(
    *(When(grade=grade, then=Value(place)) for place, grade in enumerate(GRADES)), output_field=IntegerField()
)

# The bases and rounds that a pack can name, and how they are called beside the rate.
BASES = RATES["satisfaction"][1]
ROUND_NOTES = {"latest": "取每份答复最近一轮的评价", "first": "只取第一轮的评价"}


class UnknownBase(LookupError):
    """A pack names a base that the figures do not offer."""


@dataclass(frozen=True)
class Rule:
    """How this scope's pack wants satisfaction counted."""

    base: str
    round: str

    @property
    def of_items(self) -> bool:
        return self.base.startswith("items_")


def rule_of(scope: Scope) -> Rule:
    """The pack's rate `satisfaction`; a pack without one counts the forms returned, of the latest round.

    Option unreturned_forms = counted: forms that did not come back stand in the base too.
    """
    named = [rate for rate in scope.pack.rates if rate.name == "satisfaction"]
    if not named:
        return Rule("forms_returned", "latest")
    rate = scope.pack.rate("satisfaction", scope.kind)
    if rate.base not in BASES or rate.round not in ROUND_NOTES:
        known = "、".join([*BASES, *ROUND_NOTES])
        raise UnknownBase(
            f"规则包的满意率以“{rate.base}/{rate.round}”为口径，统计里没有这个口径；可选：{known}。"
        )
    counts_all = scope.pack.option("unreturned_forms", scope.kind) == "counted"
    return Rule("forms_sent" if counts_all and rate.base == "forms_returned" else rate.base, rate.round)


def dimensions(scope: Scope) -> list[tuple[Dimension, bool]]:
    """Each dimension with whether it is asked later, after carrying out."""
    asked = scope.pack.evaluation(scope.kind)
    return [(name, False) for name in asked.dimensions] + [(name, True) for name in asked.later_dimensions]


def forms(scope: Scope, rule: Rule, later: bool) -> QuerySet[Evaluation]:
    """The forms of the round that counts; returned ones, or sent ones where the base says so."""
    came = scope.happened("counted_at")
    if rule.base == "forms_sent":
        came |= scope.happened("invited_at")
    valid = Evaluation.objects.filter(came, later=later).exclude(state=EvaluationState.REVOKED)
    found = valid.filter(scope.received("proposal__"))
    if rule.round == "first":
        return found.filter(round=1)
    # A round is a round of one unit's answer: with two leads, the second round of one leaves the other's first.
    newer = valid.filter(
        proposal=OuterRef("proposal"),
        reply__assignment=OuterRef("reply__assignment"),
        round__gt=OuterRef("round"),
    )
    return found.filter(~Exists(newer))


def _ratings(scope: Scope, rule: Rule, dimension: str, later: bool) -> QuerySet[Rating]:
    returned = forms(scope, rule, later).filter(scope.happened("counted_at"))
    return Rating.objects.filter(dimension=dimension, evaluation__in=returned)


def _worst(scope: Scope, rule: Rule, dimension: str, later: bool) -> QuerySet[Rating]:
    """One row an item with its least favourable grade."""
    graded = _ratings(scope, rule, dimension, later).order_by()
    return graded.values("evaluation__proposal").annotate(worst=Max(SEVERITY))


def _asked(scope: Scope, rule: Rule, dimension: str, later: bool) -> Asked:
    if not rule.of_items:
        graded = _ratings(scope, rule, dimension, later)
        return graded, {grade.value: Count("pk", filter=Q(grade=grade)) for grade in GRADES}
    worst = enumerate(GRADES)
    asked = {grade.value: Count("evaluation__proposal", filter=Q(worst=n)) for n, grade in worst}
    return _worst(scope, rule, dimension, later), asked


def _base(scope: Scope, rule: Rule, dimension: str, later: bool) -> QuerySet:
    """The rows of the denominator."""
    if rule.base == "items_received":
        return scope.items()
    if rule.base == "items_assigned":
        return scope.assigned()
    if rule.base == "items_answered":
        return answered(scope)
    if rule.base == "items_evaluated":
        graded = _worst(scope, rule, dimension, later)
        return Proposal.objects.filter(pk__in=graded.values("evaluation__proposal"))
    if rule.base == "forms_sent":
        return forms(scope, rule, later)
    return Evaluation.objects.filter(pk__in=_ratings(scope, rule, dimension, later).values("evaluation"))


def _of(scope: Scope, rule: Rule, dimension: str, later: bool, counts: dict[Grade, int]) -> int:
    """The denominator; where it is what has been graded, it is the sum of the grades already counted."""
    if rule.base in ("forms_returned", "items_evaluated"):
        return sum(counts.values())
    return scope.count(_base, rule, dimension, later)


def figures(scope: Scope) -> list[Figure]:
    rule, made = rule_of(scope), []
    for dimension, later in dimensions(scope):
        found = scope.counts(_asked, rule, dimension, later)
        counts = {grade: found[grade.value] for grade in GRADES}
        of, note = _of(scope, rule, dimension, later, counts), joined(ROUND_NOTES[rule.round], _measure(rule))
        base = BASES[rule.base]
        made += [
            scope.figure(
                f"satisfaction.{dimension}.{grade}",
                f"{dimension.label}：{grade.label}",
                counts[grade],
                of,
                base,
                note,
            )
            for grade in scope.pack.evaluation(scope.kind).grades
        ]
        content = sum(counts[grade] for grade in CONTENT)
        made.append(
            scope.figure(
                f"satisfaction.{dimension}.rate",
                f"{dimension.label}满意和基本满意率",
                content,
                of,
                base,
                note,
            )
        )
    return made


def _measure(rule: Rule) -> str:
    return "一件有几份意见的，取其中最低的一等" if rule.of_items else "按意见表计"


def rows(scope: Scope, code: str) -> Behind:
    _, dimension, grade = code.split(".")
    rule, later = rule_of(scope), dict(dimensions(scope))[Dimension(dimension)]
    wanted = CONTENT if grade == "rate" else (Grade(grade),)
    base = _base(scope, rule, dimension, later)
    if rule.of_items:
        places = [GRADES.index(one) for one in wanted]
        graded = _worst(scope, rule, dimension, later).filter(worst__in=places)
        return Behind(Proposal.objects.filter(pk__in=graded.values("evaluation__proposal")), base)
    graded = _ratings(scope, rule, dimension, later).filter(grade__in=wanted)
    return Behind(Evaluation.objects.filter(pk__in=graded.values("evaluation")), base)
