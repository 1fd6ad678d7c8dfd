"""What stands beside an item in the ledger, by name: a column says which it is read from, and only these are fetched."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    Expression,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Evaluation, Rating
from huiyin.handling.models import ANSWERING, Assignment
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.classes import Classification
from huiyin.proposals.models import Proposal, Proposership
from huiyin.replies.models import MarkHistory
from huiyin.words import DeadlineName, Dimension, Grade, UnitRole, Word

RUNNING = ("reply", "second_handling", "co_opinion")
# Of an item what no list shows: its texts, and moments that no column tells.
UNREAD = (
    "text", "situation", "analysis", "reviewed_at", "refused_at", "merged_at", "withdrawn_at", "elsewhere_at",
    "registered_at", "reopened_at", "voided_at", "proposed_on", "pack_version__text",
)  # fmt: skip


def order_of(field: str, words: type[Word]) -> Expression:
    """In the order in which the words are declared."""
    places = (When(**{field: word}, then=Value(place)) for place, word in enumerate(words))
    return Case(*places, output_field=IntegerField())


def _of_item(parts: QuerySet[Any]) -> QuerySet[Any]:
    return parts.filter(proposal=OuterRef("pk")).order_by()


def _one(parts: QuerySet[Any], found: Any, of: Any) -> Subquery:
    grouped = _of_item(parts).values("proposal").annotate(found=found)
    return Subquery(grouped.values("found"), output_field=of)


def number_of(parts: QuerySet[Any]) -> Expression:
    return Coalesce(_one(parts, Count("pk", distinct=True), IntegerField()), 0)


def running() -> QuerySet[Deadline]:
    """What a line of the ledger reckons with: what the units owe."""
    return Deadline.objects.open().filter(name__in=RUNNING)


def first_due() -> Expression:
    """When the first of what is owed on an item is due; what is paused runs not."""
    return _one(running().filter(paused_since=None), Min("due_on"), DateField())


def first_unit(*roles: UnitRole) -> Expression:
    shares = Assignment.objects.standing().filter(role__in=roles)
    return _one(shares, Min("unit__name"), CharField())


def first_class() -> Expression:
    return _one(Classification.objects.all(), Min("item_class__name"), CharField())


def first_signer() -> Expression:
    standing = Proposership.objects.standing().filter(proposal=OuterRef("pk")).order_by("order", "id")
    return Subquery(standing.values("proposer__name")[:1], output_field=CharField())


def last_answer() -> Expression:
    answered = Assignment.objects.standing().filter(role__in=ANSWERING, answered_known=True)
    return _one(answered, Max("answered_at__date"), DateField())


def first_offer() -> Expression:
    return _one(
        Assignment.objects.standing().filter(offered_known=True), Min("offered_at__date"), DateField()
    )


def _days() -> dict[str, Any]:
    """What is reckoned with to say how long the answering units had it, and how long their clock stood still."""
    clocks = Deadline.objects.named(DeadlineName.REPLY).filter(cancelled_at=None)
    return {
        "offered_on": first_offer(),
        "answered_on": last_answer(),
        "owes_answer": Exists(_of_item(Assignment.objects.standing().answering().filter(answered_at=None))),
        "stopped_days": Coalesce(_one(clocks, Max("paused_workdays"), IntegerField()), 0),
        "stopped_since": _one(clocks.filter(met_at=None), Min("paused_since"), DateField()),
    }


def standing_mark(what: str = "mark") -> Expression:
    """As it stands; of several units the least favourable (design, figures)."""
    later = MarkHistory.objects.filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
    standing = MarkHistory.objects.filter(~Exists(later), proposal=OuterRef("pk"))
    of = CharField() if what == "mark" else IntegerField()
    return Subquery(standing.order_by("-order").values(what)[:1], output_field=of)


def lowest_grade(actor: Actor, what: str = "grade") -> Expression:
    """The least favourable grade of the result, of the forms that this actor may see; its `place` is what it is sorted by."""
    seen = Evaluation.objects.shown_beside_item(actor).filter(proposal=OuterRef(OuterRef("pk")), later=False)
    found = Rating.objects.filter(evaluation__in=seen.order_by().values("pk"), dimension=Dimension.RESULT)
    lowest = found.annotate(place=order_of("grade", Grade)).order_by("-place")
    return Subquery(lowest.values(what)[:1], output_field=CharField() if what == "grade" else IntegerField())


def _shares(*fields: str) -> Prefetch:
    read = ("proposal", "role", "state", "unit__name", "unit__short_name", *fields)
    joined = ("unit", "handler__person") if fields else ("unit",)
    shares = Assignment.objects.standing().select_related(*joined).only(*read).order_by("id")
    return Prefetch("assignments", shares)


Rows = QuerySet[Proposal]


def _once(made: Callable[[], dict[str, Any]]) -> Callable[[Actor], dict[str, Any]]:
    """What is the same for everybody is put together once: a query takes a copy of it."""
    kept = cache(made)
    return lambda actor: kept()


# Worked out in the query of the items themselves, or fetched in one of their own.
BESIDE: dict[str, Callable[[Actor], dict[str, Any]]] = {
    "signers": _once(
        lambda: {
            "lead_signer": first_signer(),
            "signers_count": number_of(Proposership.objects.standing()),
        }
    ),
    "running": _once(
        lambda: {
            "due": first_due(),
            "is_paused": Exists(_of_item(running().exclude(paused_since=None))),
        }
    ),
    "contacts": _once(lambda: {"contacts_made": number_of(Contact.objects.all())}),
    "promises": _once(lambda: {"promises_made": number_of(Promise.objects.in_force())}),
    "offered": _once(lambda: {"offered_on": first_offer()}),
    "days": _once(_days),
    "answered": _once(lambda: {"answered_on": last_answer()}),
    "mark": _once(lambda: {"mark": standing_mark()}),
    "grade": lambda actor: {"grade": lowest_grade(actor)},
}
FETCHED: dict[str, Callable[[], Prefetch]] = {
    "classes": lambda: Prefetch("classifications", Classification.objects.select_related("item_class")),
    "shares": _shares,
    "handlers": lambda: _shares("division", "handler__person__name"),
}


def with_parts(rows: Rows, actor: Actor, names: Iterable[str]) -> Rows:
    """The items with these parts."""
    wanted = dict.fromkeys(names)
    if "handlers" in wanted:
        wanted.pop("shares", None)
    worked_out = [BESIDE[name](actor) for name in wanted if name in BESIDE]
    return (
        rows.select_related("plenary", "pack_version")
        .defer(*UNREAD)
        .annotate(**{key: value for part in worked_out for key, value in part.items()})
        .prefetch_related(*(FETCHED[name]() for name in wanted if name in FETCHED))
    )
