"""The rows behind each measure of the formula, unit by unit: dated rows, as of the end of a day, one query a measure.

Where a figure of the circular counts the same, its own rows are taken, so that a unit's points and the city's figures
cannot disagree.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Rating, SecondHandling
from huiyin.handling.models import Assignment, ReturnRequest
from huiyin.journal.models import Event
from huiyin.promises.models import DueDate, Promise
from huiyin.reporting.families import promises, replies, reports
from huiyin.reporting.families.satisfaction import Rule, forms
from huiyin.reporting.scope import DayOf, Scope
from huiyin.rulepacks.scores import Score
from huiyin.scores.formula import WHOLE, Row
from huiyin.scores.models import PartnerRating
from huiyin.supervision.models import Inspection, Urging
from huiyin.words import DeadlineName, Dimension, Grade, Ruling

Found = Iterable[tuple[int | None, int, int]]  # unit, row, what the row is worth
RETURNED_FORMS = Rule("forms_returned", "latest")


@dataclass(frozen=True)
class Rows:
    """Of which model the rows are, how they are found, and what shows it: of a share the events of these codes and the
    deadline of this name; of other rows their own events."""

    model: str
    find: Callable[[Scope, Score], Found]
    codes: tuple[str, ...] = ()
    deadline: str = ""


def rows_of_units(scope: Scope, scoring: Iterable[Score]) -> dict[int, dict[str, list[Row]]]:
    """By unit and measure; every unit that had a share stands here, also where nothing can be measured yet."""
    found: dict[int, dict[str, list[Row]]] = {unit: defaultdict(list) for unit in _units(scope)}
    for entry in scoring:
        for unit, pk, worth in ROWS[entry.measure].find(scope, entry):
            if unit in found:
                found[unit][entry.measure].append(Row(pk, worth))
    return found


def _units(scope: Scope) -> QuerySet[Assignment, int]:
    shares = Assignment.objects.filter(scope.standing() & scope.received("proposal__"))
    return shares.order_by("unit").values_list("unit", flat=True).distinct()


def _worth(good: Q) -> Case:
    return Case(When(good, then=Value(WHOLE)), default=Value(0), output_field=IntegerField())


def _graded(entry: Score) -> Case:
    return Case(
        When(grade=Grade.SATISFIED, then=Value(WHOLE)),
        When(grade=Grade.BASIC, then=Value(entry.worth_of_basic)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _signed_in_time(scope: Scope, entry: Score) -> Found:
    """A share is signed for inside the window in which it could have been returned."""
    windows = Deadline.objects.filter(
        assignment=OuterRef("pk"), name=DeadlineName.RETURN_WINDOW, round=1
    ).order_by("pk")
    shares = (
        Assignment.objects.filter(scope.standing() & scope.received("proposal__"), offered_known=True)
        .annotate(window=Subquery(windows.values("due_on")[:1], output_field=DateField()))
        .annotate(signed_on=DayOf("signed_at"))
    )
    told = scope.happened("signed_at") | Q(window__lt=scope.as_of)
    in_time = scope.happened("signed_at") & Q(signed_on__lte=F("window"))
    return shares.filter(told, window__isnull=False).values_list("unit", "pk", _worth(in_time)).order_by()


def _contact_made(scope: Scope, entry: Score) -> Found:
    """Somebody had talked with the proposer before the answer went out."""
    talked = Contact.objects.filter(assignment=OuterRef("pk"), at__lte=OuterRef("answered_at"))
    answered = scope.shares().filter(scope.happened("answered_at"))
    return answered.values_list("unit", "pk", _worth(Q(Exists(talked)))).order_by()


def _clock(name: DeadlineName) -> Callable[[Scope, Score], Found]:
    """Shares by their deadline of a name; one that tells nothing yet is left out."""

    def find(scope: Scope, entry: Score) -> Found:
        late = replies.late(scope)
        told = replies.clocks(scope, name).filter(late | ~Q(replies.silent(scope)))
        return told.values_list("assignment__unit", "assignment", _worth(~Q(late))).order_by()

    return find


def _late_replies(scope: Scope, entry: Score) -> Found:
    late = replies.clocks(scope).filter(replies.late(scope))
    return late.values_list("assignment__unit", "assignment", Value(WHOLE)).order_by()


def _carried_by(moment: Any, promise: str = "") -> Case:
    """Who was to carry a promise out at a moment; where nobody was named, who has made it. The steps that handed it
    over have kept who had it before; `promise` is the path to it."""
    handed_over = Event.objects.filter(
        subject_kind=Promise._meta.label_lower,
        subject_id=OuterRef(f"{promise}pk"),
        code="promise.take_over",
        at__gte=moment,
    )
    before = Cast(KeyTextTransform("before_unit", "facts"), IntegerField())
    first = handed_over.order_by("at", "pk").annotate(had=before).values("had")[:1]
    made = f"{promise}assignment__unit"
    return Case(
        When(Exists(handed_over), then=Coalesce(Subquery(first), made)),
        default=Coalesce(f"{promise}unit", made),
        output_field=IntegerField(),
    )


def _fulfilment(scope: Scope, entry: Score) -> Found:
    """Promises whose day has come. One that was dropped was not kept, however well it was explained."""
    kept = scope.happened("kept_at")
    due = kept | scope.happened("dropped_at") | Q(held_on__lt=scope.as_of)
    unit = _carried_by(scope.end)
    return promises.in_force(scope).filter(due).values_list(unit, "pk", _worth(kept)).order_by()


def _reports_in_time(scope: Scope, entry: Score) -> Found:
    """What was to be said of a promise while it is being carried out, by its day."""
    owed = reports.owed(scope).filter(Q(met_at=None) | Q(met_known=True))
    unit = Coalesce("promise__unit", "promise__assignment__unit")
    return owed.values_list(unit, "pk", _worth(reports.on_time(scope))).order_by()


def _slips(scope: Scope, entry: Score) -> Found:
    """Every time a date was put off, of the unit that had the promise then."""
    moved = DueDate.objects.filter(
        scope.happened("moved_at"),
        promise__in=promises.in_force(scope).order_by().values("pk"),
        due_on__gt=F("was"),
    )
    unit = _carried_by(OuterRef("moved_at"), "promise__")
    return moved.values_list(unit, "pk", Value(WHOLE)).order_by()


def _evaluated(dimension: Dimension) -> Callable[[Scope, Score], Found]:
    def find(scope: Scope, entry: Score) -> Found:
        counted = forms(scope, RETURNED_FORMS, later=False).order_by().values("pk")
        ratings = Rating.objects.filter(dimension=dimension, evaluation__in=counted)
        unit = "evaluation__reply__assignment__unit"
        return ratings.values_list(unit, "evaluation", _graded(entry)).order_by()

    return find


def _partner_rating(scope: Scope, entry: Score) -> Found:
    """What both sides have seen, or could have seen had the other one rated too."""
    revealed = PartnerRating.objects.revealed(scope.as_of)
    here = revealed.filter(scope.received("assignment__proposal__"))
    return here.values_list("rated__unit", "pk", _graded(entry)).order_by()


def _returns_refused(scope: Scope, entry: Score) -> Found:
    refused = ReturnRequest.objects.filter(
        scope.received("assignment__proposal__"),
        scope.happened("ruled_at"),
        ruling=Ruling.REFUSED,
        objected_by=None,
    )
    return refused.values_list("assignment__unit", "pk", Value(WHOLE)).order_by()


def _look_back_findings(scope: Scope, entry: Score) -> Found:
    """What was found wanting: of the unit of the promise looked at, else of every unit that answers for the item."""
    found = Inspection.objects.look_backs().filter(scope.received("proposal__"), scope.happened("at"))
    asked = found.wanting()
    unit = Coalesce("promise__unit", "promise__assignment__unit")
    yield from asked.exclude(promise=None).values_list(unit, "pk", Value(WHOLE)).order_by()
    whole = asked.filter(
        Q(proposal__assignments__pk__in=scope.shares().order_by().values("pk")), promise=None
    )
    yield from whole.values_list("proposal__assignments__unit", "pk", Value(WHOLE)).order_by().distinct()


def _urged(scope: Scope, entry: Score) -> Found:
    sent = Urging.objects.filter(scope.received("proposal__"), scope.happened("sent_at"))
    return sent.values_list("assignment__unit", "pk", Value(WHOLE)).order_by()


def _redone(scope: Scope, entry: Score) -> Found:
    ordered = SecondHandling.objects.filter(scope.received("proposal__"), scope.happened("ordered_at"))
    return ordered.values_list("share__unit", "pk", Value(WHOLE)).order_by()


SHARE = "handling.assignment"
SIGNED = ("assignment.assign", "assignment.sign")
ANSWERED = ("assignment.assign", "assignment.answer")
GIVEN = ("assignment.assign", "assignment.give_opinion")
ROWS: dict[str, Rows] = {
    "signed_in_time": Rows(SHARE, _signed_in_time, SIGNED, DeadlineName.RETURN_WINDOW),
    "contact_made": Rows(SHARE, _contact_made, ("contact.log", "assignment.answer")),
    "answered_in_time": Rows(SHARE, _clock(DeadlineName.REPLY), ANSWERED, DeadlineName.REPLY),
    "opinion_in_time": Rows(SHARE, _clock(DeadlineName.CO_OPINION), GIVEN, DeadlineName.CO_OPINION),
    "fulfilment": Rows("promises.promise", _fulfilment),
    "reports_in_time": Rows("clock.deadline", _reports_in_time),
    "attitude": Rows("evaluations.evaluation", _evaluated(Dimension.ATTITUDE)),
    "result": Rows("evaluations.evaluation", _evaluated(Dimension.RESULT)),
    "partner_rating": Rows("scores.partnerrating", _partner_rating),
    "late_replies": Rows(SHARE, _late_replies, ANSWERED, DeadlineName.REPLY),
    "returns_refused": Rows("handling.returnrequest", _returns_refused),
    "slips": Rows("promises.duedate", _slips),
    "look_back_findings": Rows("supervision.inspection", _look_back_findings),
    "urged": Rows("supervision.urging", _urged),
    "redone": Rows("evaluations.secondhandling", _redone),
}
