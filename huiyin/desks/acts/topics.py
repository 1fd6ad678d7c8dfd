"""Where the rows about topics and items raised again are found."""

from typing import Any

from django.db.models import QuerySet

from huiyin.clock.now import now
from huiyin.people.actor import Actor
from huiyin.topics.models import Repeat, Topic
from huiyin.topics.words import TopicState


def repeats_to_confirm(actor: Actor) -> QuerySet[Any]:
    return Repeat.objects.proposed().filter(proposal__jurisdiction=actor.jurisdiction)


def topics_to_settle(actor: Actor) -> QuerySet[Any]:
    return Topic.objects.filter(jurisdiction=actor.jurisdiction).ready_to_settle()


def topics_to_begin(actor: Actor) -> QuerySet[Any]:
    return Topic.objects.filter(unit=actor.unit, state=TopicState.OPEN)


def topics_to_report(actor: Actor) -> QuerySet[Any]:
    return Topic.objects.filter(unit=actor.unit).waiting_for_a_report(now())
