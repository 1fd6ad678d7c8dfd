"""Where the rows about promises are found that wait on somebody: kept, reported on, explained, looked at."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.people.actor import Actor
from huiyin.promises.models import Explanation, Promise
from huiyin.words import DeadlineName, PromiseState

Rows = QuerySet[Any]
AHEAD = timedelta(days=30)  # a report stands on the desk a month before it is due


def claims(actor: Actor) -> Rows:
    return Promise.objects.filter(proposal__jurisdiction=actor.jurisdiction, state=PromiseState.CLAIMED)


def to_keep(actor: Actor) -> Rows:
    return Promise.objects.in_force().filter(unit=actor.unit, state=PromiseState.ACTIVE)


def to_report(actor: Actor) -> Rows:
    """On which a report is due soon or has been due."""
    owed = Deadline.objects.open().named(DeadlineName.PROMISE_REPORT).filter(promise=OuterRef("pk"))
    return Promise.objects.open().filter(Exists(owed.filter(due_on__lte=today() + AHEAD)), unit=actor.unit)


def to_explain(actor: Actor) -> Rows:
    """Still open though the time for all that the item was promised is over, and nothing written about it."""
    over = Deadline.objects.open().named(DeadlineName.FULFILMENT).filter(proposal=OuterRef("proposal"))
    written = Explanation.objects.filter(promise=OuterRef("pk"))
    unfinished = Promise.objects.open().filter(Exists(over.filter(due_on__lt=today())), unit=actor.unit)
    return unfinished.exclude(Exists(written))
