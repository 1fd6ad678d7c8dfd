"""Which rows wait because of how hard an item is: not graded, graded against the unit's view, hard and lying still."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import moment, today
from huiyin.desks.rows import WORKING, Rows, items, shares
from huiyin.handling.models import GradeObjection
from huiyin.people.actor import Actor
from huiyin.rulepacks.store import published
from huiyin.supervision.acting import NEVER, acted_between
from huiyin.supervision.models import Urging
from huiyin.words import AnswerStage, AssignmentState, Kind, ProposalState


def ungraded(actor: Actor) -> Rows:
    """In the units' hands, and nobody has said how hard it is."""
    in_hand = items(actor).filter(state=ProposalState.REGISTERED, answer_stage=AnswerStage.HANDLING)
    return in_hand.filter(difficulty=None)


def grade_objections(actor: Actor) -> Rows:
    asked = GradeObjection.objects.filter(ruling="").values("assignment")
    return shares(actor).filter(pk__in=asked)


def hard_and_quiet(actor: Actor) -> Rows:
    """Hard items on which their unit has done nothing real for the pack's workdays, and was not urged either."""
    waiting = shares(actor).answering().filter(state__in=(AssignmentState.OFFERED, *WORKING))
    return waiting.filter(_quiet(), proposal__state=ProposalState.REGISTERED)


def _quiet() -> Q:
    """Under each scale that a pack lays down; nearly always there is one."""
    under: dict[tuple[int, int], Q] = defaultdict(Q)
    for version in published():
        for kind in Kind:
            scale = version.pack.difficulty(kind)
            under[scale.hard, scale.quiet] |= Q(proposal__pack_version=version.pk, proposal__kind=kind)
    found, calendar = Q(pk__in=[]), calendar_today()
    for (hard, days), whose in under.items():
        since = moment(calendar.add_workdays(today(), -days), 0)
        urged = Urging.objects.filter(assignment=OuterRef("pk"), sent_at__gte=since)
        still = Q(proposal__difficulty__gte=hard, offered_at__lt=since)
        still &= ~acted_between(since, NEVER) & ~Q(Exists(urged))
        found |= still & whose if len(under) > 1 else still
    return found
