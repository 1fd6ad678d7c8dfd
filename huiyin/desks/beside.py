"""What stands beside the acts of a desk: progress with numbers that open lists, silent units, what is new."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.desks import rows
from huiyin.desks.following import followed
from huiyin.desks.models import come
from huiyin.desks.story import REMINDER, events_for
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment
from huiyin.handling.track import Stop, parts_of, stops_of
from huiyin.journal.models import Delivery, Event, EventText
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import Reply
from huiyin.words import AnswerStage

NEW = 8
SILENT = 6
LAST = 3
TRACKS = 10
FOLLOWED = 5
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
        return f"{self.answered.count * 100 / self.of:.1f}%" if self.of else ""


def ledger_address(plenary: Plenary, **filters: Any) -> str:
    given = [("plenary", plenary.code)]
    for name, value in filters.items():
        given += [(name, one) for one in value] if isinstance(value, (list, tuple)) else [(name, value)]
    return f"{reverse('desks:ledger')}?{urlencode(given)}"


def progress_of(actor: Actor, plenary: Plenary) -> Progress:
    """Three queries: items by stage, items overdue, promises."""
    seen = rows.items(actor).filter(plenary=plenary)
    by_stage = dict(seen.order_by().values_list("answer_stage").annotate(count=Count("pk")))
    late = Deadline.objects.overdue(today()).filter(proposal=OuterRef("pk"))
    overdue = seen.filter(Exists(late)).count()
    answered = sum(by_stage.get(stage, 0) for stage in ANSWERED)
    numbers = [
        Number(stage.label, by_stage[stage], ledger_address(plenary, stage=[stage.value]))
        for stage in SHOWN
        if by_stage.get(stage)
    ]
    if overdue:
        numbers.append(Number("有期限逾期", overdue, ledger_address(plenary, overdue="on"), late=True))
    promised = Promise.objects.visible_to(actor).in_force().filter(proposal__plenary=plenary)
    counts = promised.aggregate(
        all=Count("pk", distinct=True),
        late=Count("pk", Q(state__in=("active", "claimed"), due_on__lt=today()), distinct=True),
    )
    promises = reverse("desks:promises")
    if counts["all"]:
        numbers.append(Number("承诺事项", counts["all"], f"{promises}?show=all&plenary={plenary.code}"))
    if counts["late"]:
        address = f"{promises}?show=overdue&plenary={plenary.code}"
        numbers.append(Number("承诺逾期", counts["late"], address, late=True))
    handled = answered + by_stage.get(AnswerStage.HANDLING, 0)
    all_answered = ledger_address(plenary, stage=[stage.value for stage in ANSWERED])
    return Progress(plenary, Number("已答复", answered, all_answered), handled, numbers)


def silent_units(plenary: Plenary) -> list[Number]:
    """Units that owe something past its day, the most first."""
    items = plenary.proposals.order_by().values("pk")
    late = Deadline.objects.overdue(today()).filter(proposal__in=items, assignment__isnull=False)
    found = (
        late.order_by()
        .values_list("assignment__unit", "assignment__unit__name")
        .annotate(count=Count("proposal", distinct=True))
        .order_by("-count", "assignment__unit")[:SILENT]
    )
    return [
        Number(name, count, ledger_address(plenary, unit=pk, overdue="on"), late=True)
        for pk, name, count in found
    ]


def news_of(actor: Actor) -> dict[str, Any]:
    """What this person was told of since the last visit, the newest first; on a first visit the latest."""
    if actor.person is None:
        return {"since": None, "news": [], "more_news": 0}
    since = come(actor.person)
    told = Delivery.objects.on_pages().filter(receiver=actor.person, event__jurisdiction=actor.jurisdiction)
    if since is not None:
        told = told.filter(event__recorded_at__gt=since)
    count = told.count()
    newest = told.order_by("-event")[:NEW].values_list("event", flat=True)
    events = Event.objects.filter(pk__in=list(newest)).told().select_related("proposal__plenary")
    return {"since": since, "news": list(events.order_by("-id")), "more_news": max(0, count - NEW)}


def last_events(actor: Actor, items: list[Proposal]) -> dict[int, list[Event]]:
    """The last three things of each item that the actor is told, in two queries: a reminder is none of them."""
    place = Window(RowNumber(), partition_by=F("proposal"), order_by=[F("at").desc(), F("id").desc()])
    said = events_for(actor).filter(proposal__in=items).exclude(code=REMINDER)
    found = said.annotate(place=place).filter(place__lte=LAST)
    found = found.select_related("actor", "unit", "target_unit").prefetch_related(
        Prefetch("texts", EventText.objects.all())
    )
    by_item: dict[int, list[Event]] = {item.pk: [] for item in items}
    for event in sorted(found, key=lambda event: (event.at, event.pk), reverse=True):
        by_item[event.proposal_id].append(event)
    return by_item


def followed_of(actor: Actor) -> dict[str, Any]:
    """The items followed in which something happened last, each with its last events."""
    found = list(followed(actor)[: FOLLOWED + 1])
    events = last_events(actor, found[:FOLLOWED])
    return {
        "followed": [(item, events[item.pk]) for item in found[:FOLLOWED]],
        "more_followed": len(found) > FOLLOWED,
    }


def tracks_of(actor: Actor, calendar: Any) -> list[tuple[Proposal, list[Stop]]]:
    """A proposer's own items, the newest first, each with its way."""
    own = rows.items(actor).select_related("plenary").order_by("-plenary__opened_on", "-received_at", "-pk")
    found = own.prefetch_related(
        Prefetch(
            "assignments",
            Assignment.objects.select_related("unit").prefetch_related(
                Prefetch("replies", Reply.objects.issued())
            ),
        ),
        Prefetch("evaluations", Evaluation.objects.visible_to(actor)),
        Prefetch("promises", Promise.objects.in_force()),
        Prefetch("deadlines", Deadline.objects.open()),
    )
    return [(item, stops_of(item, parts_of(item), calendar)) for item in found[:TRACKS]]
