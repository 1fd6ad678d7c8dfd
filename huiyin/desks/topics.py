"""专题: topics with their items over the years, what each was answered and promised; and items raised again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.components.views import actor_of
from huiyin.desks.asked import Asked
from huiyin.desks.earlier import answers_to
from huiyin.desks.filters import plenary_or_404
from huiyin.desks.ledger import PAGE
from huiyin.desks.starting import starts
from huiyin.journal.models import Event
from huiyin.journal.step import Offer, offers
from huiyin.people.actor import Actor, standing_in
from huiyin.promises.models import Promise
from huiyin.promises.using import Use
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import Reply
from huiyin.topics.models import Outcome, Repeat, Topic, TopicItem, TopicPromise
from huiyin.topics.words import RepeatState, TopicKind, TopicState
from huiyin.words import PromiseState

SHOWS = (("", "全部"), *TopicKind.choices(), *TopicState.choices())
EVENTS = 30


@dataclass(frozen=True)
class Told:
    """An item and what was said about it: the latest answer, and what was promised with it."""

    item: Proposal
    row: Any  # by which it stands here: a TopicItem or a Repeat
    reply: Reply | None
    promises: list[Promise]


def told(pairs: Iterable[tuple[Any, Proposal]], actor: Actor) -> list[Told]:
    """Each item with its answer, its promises and those that serve it too, in three queries for all."""
    rows = list(pairs)
    items = [item.pk for _, item in rows]
    replies = answers_to(items, actor) if items else {}
    promised: dict[int, list[Promise]] = defaultdict(list)
    if items:
        seen = Promise.objects.visible_to(actor).in_force().select_related("unit").order_by("pk")
        for promise in seen.filter(proposal__in=items):
            promised[promise.proposal_id].append(promise)
        used = (
            Use.objects.visible_to(actor)
            .standing()
            .filter(proposal__in=items, promise__undertaken_at__isnull=False)
        )
        for use in used.exclude(promise__state=PromiseState.VOID).select_related("promise__unit"):
            promised[use.proposal_id].append(use.promise)
    return [Told(item, row, replies.get(item.pk), promised[item.pk]) for row, item in rows]


@dataclass(frozen=True)
class Belonging:
    """What an item belongs to, what it repeats, and what has repeated it."""

    joined: list[TopicItem]
    repeats: list[Told]
    again: list[Repeat]

    def __iter__(self) -> Iterator[Any]:
        """The rows that steps can be taken on, beside the item."""
        return iter([*self.joined, *(told.row for told in self.repeats)])

    def __bool__(self) -> bool:
        return bool(self.joined or self.repeats or self.again)


NOWHERE = Belonging([], [], [])

_JOINED = Asked(
    lambda actor, item: (
        TopicItem.objects.visible_to(actor)
        .standing()
        .filter(proposal=item)
        .select_related("topic__unit", "topic__owner__person")
        .order_by("pk")
    )
)
_REPEATS = Asked(
    lambda actor, item: (
        Repeat.objects.visible_to(actor)
        .standing()
        .filter(Q(proposal=item) | Q(earlier=item, state=RepeatState.CONFIRMED))
        .select_related("proposal__plenary", "earlier__plenary", "earlier__pack_version")
        .order_by("-pk")
    )
)
# Few items belong anywhere: whether this one does is asked with the item itself.
BELONGS = (
    Exists(TopicItem.objects.standing().filter(proposal=OuterRef("pk")))
    | Exists(Repeat.objects.standing().filter(proposal=OuterRef("pk")))
    | Exists(Repeat.objects.confirmed().filter(earlier=OuterRef("pk")))
)


def belonging_of(item: Proposal, actor: Actor) -> Belonging:
    if not getattr(item, "belongs", True):
        return NOWHERE
    found = _REPEATS(actor, item.pk)
    own = [(row, row.earlier) for row in found if row.proposal_id == item.pk]
    again = [row for row in found if row.proposal_id != item.pk]
    return Belonging(_JOINED(actor, item.pk), told(own, actor), again)


def topics(request: HttpRequest) -> HttpResponse:
    """Every topic that the actor sees, the latest first, with how much belongs to it."""
    actor = actor_of(request)
    wanted = request.GET.get("show", "")
    rows = Topic.objects.visible_to(actor).select_related("unit", "owner__person")
    if wanted in [code for code, _ in TopicKind.choices()]:
        rows = rows.filter(kind=wanted)
    if wanted in [code for code, _ in TopicState.choices()]:
        rows = rows.filter(state=wanted)
    standing = Q(topicitems__left_at=None)
    counted = rows.annotate(
        items=Count("topicitems__proposal", filter=standing, distinct=True),
        years=Count("topicitems__proposal__plenary", filter=standing, distinct=True),
        bound=Count("topicpromises", filter=Q(topicpromises__left_at=None), distinct=True),
        kept=Count(
            "topicpromises",
            filter=Q(topicpromises__left_at=None, topicpromises__promise__kept_at__isnull=False),
            distinct=True,
        ),
    )
    page = Paginator(counted.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "shows": SHOWS, "starts": starts(actor, None, ("topic.open",))}
    return render(request, "desks/topics.html", context)


def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: who owns it, its items year by year, its promises, its outcomes, its story."""
    actor = actor_of(request)
    found = get_object_or_404(
        Topic.objects.visible_to(actor).select_related("jurisdiction", "unit", "owner__person"), pk=pk
    )
    joined = TopicItem.objects.visible_to(actor).standing().filter(topic=found)
    seen = joined.select_related("proposal__plenary", "proposal__pack_version")
    items = told(
        (
            (row, row.proposal)
            for row in seen.order_by("proposal__plenary__opened_on", "proposal__number_key")
        ),
        actor,
    )
    bound = TopicPromise.objects.standing().filter(
        topic=found, promise__in=Promise.objects.visible_to(actor).order_by().values("pk")
    )
    promises = bound.select_related("promise__unit", "promise__proposal__plenary").order_by(
        "promise__due_on", "pk"
    )
    context = {
        "topic": found,
        "years": [
            (plenary, list(rows)) for plenary, rows in groupby(items, key=lambda one: one.item.plenary)
        ],
        "count": len(items),
        "hidden": found.topicitems.standing().count() - len(items),
        "promises": promises,
        "outcomes": _outcomes(found),
        "open": _open_steps(found, actor),
        "events": _events(found),
    }
    return render(request, "desks/topic.html", context)


def _outcomes(found: Topic) -> QuerySet[Outcome]:
    """What stands, each with what it has replaced."""
    replaced = Prefetch("replaces", Outcome.objects.all())
    return found.outcomes.standing().prefetch_related(replaced).order_by("pk")


def _open_steps(found: Topic, actor: Actor) -> list[tuple[Offer, bool]]:
    """What the actor may do; and, the office, what it may enter for the owner from paper."""
    own = offers(found, actor)
    known = {offer.step.code for offer in own}
    unit = standing_in(actor, found)
    entered = [one for one in offers(found, unit) if one.step.code not in known] if unit else []
    return [(one, False) for one in own] + [(one, True) for one in entered if not one.refusal]


def _events(found: Topic) -> list[Event]:
    """Of the topic itself and of its outcomes; what concerns an item stands in the story of the item."""
    outcomes = list(found.outcomes.values_list("pk", flat=True))
    of_outcomes = Q(subject_kind=Outcome._meta.label_lower, subject_id__in=outcomes)
    of_topic = Q(subject_kind=Topic._meta.label_lower, subject_id=found.pk)
    return list(Event.objects.filter(of_topic | of_outcomes).told().order_by("-at", "-pk")[:EVENTS])


def repeats(request: HttpRequest) -> HttpResponse:
    """Items of a plenary that were raised in earlier years, beside what was answered and promised then."""
    actor = actor_of(request)
    plenary = plenary_or_404(actor, request.GET.get("plenary"))
    rows = Repeat.objects.visible_to(actor).filter(proposal__plenary=plenary)
    shown = rows.standing().select_related("proposal__plenary", "earlier__plenary", "earlier__pack_version")
    page = Paginator(shown.order_by("proposal__number_key", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "plenary": plenary,
        "page": page,
        "lines": told(((row, row.earlier) for row in page.object_list), actor),
        "starts": starts(actor, plenary, ("repeat.search",)) if isinstance(plenary, Plenary) else [],
        "confirmed": rows.confirmed().order_by().values("proposal").distinct().count(),
    }
    return render(request, "desks/repeats.html", context)
