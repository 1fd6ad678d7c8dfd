"""What stands beside the acts of a desk: progress with numbers that open lists, silent units, what is new."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.desks import rows
from huiyin.desks.asked import Asked
from huiyin.desks.following import followed
from huiyin.desks.models import come
from huiyin.desks.story import REMINDER, events_for
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment
from huiyin.handling.track import Stop, parts_of, stops_of
from huiyin.journal.models import Delivery, Event
from huiyin.journal.prepared import Prepared, in_steps
from huiyin.people.actor import Actor
from huiyin.people.counting import counted
from huiyin.promises.models import OPEN, Promise, Use
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import Reply
from huiyin.reporting.percent import percent
from huiyin.words import AnswerStage

NEW = 8
SILENT = 6
LAST = 3
TRACKS = 10
FOLLOWED = 5
BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)
ANSWERED = (
    AnswerStage.ANSWERED,
    AnswerStage.EVALUATED,
    AnswerStage.REDO_PROPOSED,
    AnswerStage.SECOND_HANDLING,
    AnswerStage.ANSWER_CLOSED,
)
SHOWN = (
    AnswerStage.INTAKE,
    AnswerStage.ASSIGNING,
    AnswerStage.HANDLING,
    AnswerStage.ANSWERED,
    AnswerStage.EVALUATED,
    AnswerStage.REDO_PROPOSED,
    AnswerStage.SECOND_HANDLING,
    AnswerStage.ANSWER_CLOSED,
)


@dataclass(frozen=True)
class Number:
    """A number that opens its list."""

    label: str
    count: int
    address: str
    late: bool = False


@dataclass(frozen=True)
class Progress:
    """How far one plenary's items are."""

    plenary: Plenary
    answered: Number
    of: int
    numbers: list[Number]

    @property
    def share(self) -> str:
        """As the figures print it."""
        share = percent(self.answered.count, self.of)
        return f"{share}%" if share else ""


def ledger_address(plenary: Plenary, **filters: Any) -> str:
    given = [("plenary", plenary.code)]
    for name, value in filters.items():
        given += [(name, one) for one in value] if isinstance(value, (list, tuple)) else [(name, value)]
    return f"{reverse('desks:ledger')}?{urlencode(given)}"


def progress_of(actor: Actor, plenary: Plenary) -> Progress:
    """Three queries: items by stage, items overdue, promises and of them those overdue."""
    by_stage = dict(_stages(actor, plenary.pk))
    (overdue,) = _overdue(actor, plenary.pk)[0]
    promised, broken = next(iter(_promised(actor, plenary.pk)), (0, 0))
    answered = sum(by_stage.get(stage, 0) for stage in ANSWERED)
    numbers = [
        Number(stage.label, by_stage[stage], ledger_address(plenary, stage=[stage.value]))
        for stage in SHOWN
        if by_stage.get(stage)
    ]
    if overdue:
        numbers.append(Number("有期限逾期", overdue, ledger_address(plenary, overdue="on"), late=True))
    promises = reverse("desks:promises")
    if promised:
        numbers.append(Number("承诺事项", promised, f"{promises}?show=all&plenary={plenary.code}"))
    if broken:
        address = f"{promises}?show=overdue&plenary={plenary.code}"
        numbers.append(Number("承诺逾期", broken, address, late=True))
    handled = answered + by_stage.get(AnswerStage.HANDLING, 0)
    all_answered = ledger_address(plenary, stage=[stage.value for stage in ANSWERED])
    return Progress(plenary, Number("已答复", answered, all_answered), handled, numbers)


@Asked
def _stages(actor: Actor, plenary: Any) -> QuerySet[Any, Any]:
    seen = rows.items(actor).filter(plenary=plenary)
    return seen.order_by().values_list("answer_stage").annotate(count=Count("pk"))


@Asked
def _overdue(actor: Actor, plenary: Any) -> QuerySet[Any, Any]:
    late = Deadline.objects.overdue(today()).filter(proposal=OuterRef("pk"))
    return counted(actor.jurisdiction, [rows.items(actor).filter(Exists(late), plenary=plenary)])


@Asked
def _promised(actor: Actor, plenary: Any) -> QuerySet[Any, Any]:
    """Grouped by the plenary, of which there is one: counted alone, SQLite would go through all promises there are."""
    seen = Promise.objects.visible_to(actor).in_force().filter(proposal__plenary=plenary)
    late = Q(state__in=OPEN, due_on__lt=today())
    numbers = {"every": Count("pk", distinct=True), "late": Count("pk", late, distinct=True)}
    grouped = seen.order_by().values("proposal__plenary").annotate(**numbers)
    return grouped.values_list("every", "late")


def silent_units(plenary: Plenary) -> list[Number]:
    """Units that owe something past its day, the most first."""
    return [
        Number(name, count, ledger_address(plenary, unit=pk, overdue="on"), late=True)
        for pk, name, count in _silent(plenary.pk, today())
    ]


@Prepared
def _silent(plenary: Any, day: Any) -> QuerySet[Any, Any]:
    items = Proposal.objects.filter(plenary=plenary).order_by().values("pk")
    late = Deadline.objects.overdue(day).filter(proposal__in=items, assignment__isnull=False)
    by_unit = late.order_by().values_list("assignment__unit", "assignment__unit__name")
    numbers = by_unit.annotate(count=Count("proposal", distinct=True))
    return numbers.order_by("-count", "assignment__unit")[:SILENT]


def news_of(actor: Actor) -> dict[str, Any]:
    """What this person was told of since the last visit, the newest first; on a first visit the latest."""
    if actor.person is None:
        return {"since": None, "news": [], "more_news": 0}
    since = come(actor.person)
    after = since or BEFORE_ALL
    count = _TOLD_COUNT(actor, after)[0][0]
    events = _EVENTS(in_steps(tuple(_NEWEST(actor, after)))) if count else []
    return {"since": since, "news": events, "more_news": max(0, count - NEW)}


def _told(actor: Actor, after: Any) -> QuerySet[Delivery]:
    told = Delivery.objects.on_pages().filter(receiver=actor.person, event__jurisdiction=actor.jurisdiction)
    return told.filter(event__recorded_at__gt=after)


_TOLD_COUNT = Asked(lambda actor, after: counted(actor.jurisdiction, [_told(actor, after)]))
_NEWEST = Asked(
    lambda actor, after: _told(actor, after).order_by("-event")[:NEW].values_list("event", flat=True)
)
_EVENTS = Prepared(
    lambda keys: Event.objects.filter(pk__in=keys).told().select_related("proposal__plenary").order_by("-id")
)


def last_events(actor: Actor, items: list[Proposal]) -> dict[int, list[Event]]:
    """The last three things of each item that the actor is told, in two queries: a reminder is none of them."""
    by_item: dict[int, list[Event]] = {item.pk: [] for item in items}
    found = _last(actor, in_steps(tuple(by_item))) if by_item else []
    for event in sorted(found, key=lambda event: (event.at, event.pk), reverse=True):
        by_item[event.proposal_id].append(event)
    return by_item


@Asked
def _last(actor: Actor, items: tuple[int, ...]) -> QuerySet[Event]:
    place = Window(RowNumber(), partition_by=F("proposal"), order_by=[F("at").desc(), F("id").desc()])
    said = events_for(actor).filter(proposal__pk__in=items).exclude(code=REMINDER)
    return said.annotate(place=place).filter(place__lte=LAST).told()


_FOLLOWED = Asked(lambda actor: followed(actor)[: FOLLOWED + 1])


def followed_of(actor: Actor) -> dict[str, Any]:
    """The items followed in which something happened last, each with its last events."""
    found = _FOLLOWED(actor)
    events = last_events(actor, found[:FOLLOWED])
    return {
        "followed": [(item, events[item.pk]) for item in found[:FOLLOWED]],
        "more_followed": len(found) > FOLLOWED,
    }


def tracks_of(actor: Actor, calendar: Any) -> list[tuple[Proposal, list[Stop]]]:
    """A proposer's own items, the newest first, each with its way."""
    return [(item, stops_of(item, parts_of(item), calendar)) for item in _own_tracks(actor)]


@Asked
def _own_tracks(actor: Actor) -> QuerySet[Proposal]:
    shares = Assignment.objects.select_related("unit").prefetch_related(
        Prefetch("replies", Reply.objects.issued())
    )
    own = (
        rows.items(actor)
        .select_related("plenary")
        .prefetch_related(
            Prefetch("assignments", shares),
            Prefetch("evaluations", Evaluation.objects.visible_to(actor)),
            Prefetch("promises", Promise.objects.in_force()),
            Prefetch("promise_uses", Use.objects.visible_to(actor).standing().select_related("promise")),
            Prefetch("deadlines", Deadline.objects.open()),
        )
    )
    return own.order_by("-plenary__opened_on", "-received_at", "-pk")[:TRACKS]
