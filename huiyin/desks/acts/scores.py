"""Where the rows are found on which somebody is to rate or to rule."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.clock.now import moment, today
from huiyin.handling.models import ANSWERING, Assignment
from huiyin.people.actor import Actor
from huiyin.replies.models import Reply
from huiyin.rulepacks.scores import DAYS
from huiyin.rulepacks.store import published
from huiyin.scores.models import Appeal, PartnerRating
from huiyin.scores.steps.rating import AT_WORK
from huiyin.words import Kind, UnitRole


def appeals(actor: Actor) -> QuerySet[Any]:
    return Appeal.objects.to_be_ruled().filter(score__sheet__jurisdiction=actor.jurisdiction)


def partners_to_rate(actor: Actor) -> QuerySet[Any]:
    """Own shares of items answered lately, with a partner that the unit has not rated yet."""
    rated = PartnerRating.objects.filter(assignment=OuterRef(OuterRef("pk")), rated=OuterRef("pk"))
    others = Assignment.objects.standing().filter(proposal=OuterRef("proposal")).exclude(Exists(rated))
    answering = others.filter(role__in=ANSWERING)
    co = others.filter(role=UnitRole.CO)
    own = Assignment.objects.filter(unit=actor.unit, state__in=AT_WORK).filter(_answered_lately())
    return own.filter((Q(role=UnitRole.CO) & Exists(answering)) | (~Q(role=UnitRole.CO) & Exists(co)))


def _answered_lately() -> Q:
    """Whose first answer went out no longer ago than the pack of the item gives for rating."""
    of_days: dict[int, Q] = {}
    for version in published():
        for kind in Kind:
            entries = [one for one in version.pack.scoring_for(kind) if one.measure == "partner_rating"]
            days = next((one.within_days for one in entries if one.within_days is not None), DAYS)
            of_pack = Q(proposal__pack_version=version.pk, proposal__kind=kind)
            of_days[days] = of_days.get(days, Q(pk__in=[])) | of_pack
    if len(of_days) == 1:  # as nearly everywhere: then the packs need not be told apart
        return _answered_since(*of_days)
    return reduce(or_, (packs & _answered_since(days) for days, packs in of_days.items()), Q(pk__in=[]))


def _answered_since(days: int) -> Q:
    since = moment(today() - timedelta(days=days), 0)
    issued = Reply.objects.issued().order_by()
    lately = issued.filter(issued_at__gte=since).values("assignment__proposal")
    before = issued.filter(issued_at__lt=since, assignment__proposal=OuterRef("proposal"))
    return Q(proposal__in=lately) & ~Q(Exists(before))
