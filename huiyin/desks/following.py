"""What is new to a person in the items they have looked at, and the notices to those who follow an item.

Whoever may see an item may follow it. A follower is told of what the story of the item tells them: seen through the
posts they hold on that day, so that who has lost the right to see an item hears no more of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from huiyin.clock.now import now
from huiyin.desks.asked import Asked
from huiyin.desks.models import Look
from huiyin.desks.story import REMINDER, events_for
from huiyin.journal.models import Delivery, Event
from huiyin.journal.prepared import Prepared, in_steps
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.proposals.models import Proposal

_FOLLOWERS = Prepared(
    lambda item: Look.objects.followed().filter(proposal=item).order_by("id").values_list("person", flat=True)
)


def notices(events: list[Event]) -> list[Delivery]:
    """One question for each item that nobody follows."""
    of_item: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.proposal_id and event.code != REMINDER:
            of_item[event.proposal_id].append(event)
    items_of: dict[int, list[int]] = defaultdict(list)
    for item in of_item:
        for person in _FOLLOWERS(item):
            items_of[person].append(item)
    posts = Post.objects.filter(person__in=items_of).held_on(localdate(now())).order_by("id")
    found: dict[tuple[int, int], Delivery] = {}
    for post in posts.select_related("person", "jurisdiction", "unit") if items_of else ():
        own = {
            event.pk: event
            for item in items_of[post.person_id]
            for event in of_item[item]
            if event.actor_id != post.person_id
        }
        for seen in _seen(Actor.of(post), own):
            found[post.person_id, seen] = Delivery.on_page(own[seen], post.person_id)
    return list(found.values())


def _seen(actor: Actor, events: Iterable[int]) -> Iterable[int]:
    """Those of these events that the actor may be told."""
    rows = events_for(actor).filter(pk__in=list(events), proposal__in=Proposal.objects.visible_to(actor))
    return rows.order_by("id").values_list("pk", flat=True)


def news(actor: Actor) -> Exists:
    """Of an item: whether somebody else has moved it since the actor last looked at it. The look is asked first: most
    items of a long list have none."""
    moved = events_for(actor).filter(proposal=OuterRef("proposal"), recorded_at__gt=OuterRef("last_at"))
    others = moved.order_by().exclude(code=REMINDER).exclude(actor=actor.person)
    return Exists(Look.objects.of(actor.person).filter(Exists(others), proposal=OuterRef("pk")))


def changed(actor: Actor, items: Iterable[Proposal]) -> set[int]:
    """Those of these items that have news."""
    keys = tuple({item.pk: None for item in items})
    return set(_changed(actor, in_steps(keys))) if keys else set()


@Asked
def _changed(actor: Actor, items: tuple[int, ...]) -> QuerySet[Any, Any]:
    return Proposal.objects.filter(news(actor), pk__in=items).order_by().values_list("pk", flat=True)


def followed(actor: Actor) -> QuerySet[Proposal]:
    """The items that the actor follows and still may see, where something happened last first."""
    own = Look.objects.of(actor.person).followed().order_by().values("proposal")
    latest = Event.objects.filter(proposal=OuterRef("pk")).order_by("-id").values("id")[:1]
    rows = Proposal.objects.visible_to(actor).filter(pk__in=own).select_related("plenary")
    return rows.order_by(Subquery(latest).desc(), "-pk")
