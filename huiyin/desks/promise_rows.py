"""Where the rows about promises are found that wait on somebody: kept, reported on, explained, looked at."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.clock.models import Deadline
from huiyin.clock.now import moment, today
from huiyin.people.actor import Actor
from huiyin.promises.models import Confirmation, Explanation, Promise
from huiyin.proposals.models import Proposal, seen_by
from huiyin.supervision.models import Inspection
from huiyin.words import DeadlineName, PromiseState

Rows = QuerySet[Any]
ASKED_FOR = timedelta(days=90)  # so long a proposer is asked whether it is done
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


def to_confirm(actor: Actor) -> Rows:
    """Accepted by the office not long ago, and not yet spoken to by this proposer."""
    said = Confirmation.objects.filter(promise=OuterRef("pk"), proposer__person=actor.person)
    accepted = Promise.objects.filter(state=PromiseState.KEPT, kept_at__gte=moment(today() - ASKED_FOR))
    return accepted.filter(seen_by(actor, "proposal__")).exclude(Exists(said))


def disputed(actor: Actor) -> Rows:
    """Items of which a proposer says that a promise was not kept, and nobody has looked since."""
    looked = Inspection.objects.look_backs().filter(
        proposal=OuterRef("promise__proposal"), at__gte=OuterRef("given_at")
    )
    said = Confirmation.objects.filter(agrees=False).exclude(Exists(looked))
    return Proposal.objects.visible_to(actor).filter(pk__in=said.order_by().values("promise__proposal"))
