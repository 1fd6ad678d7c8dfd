"""Where the rows of supervision's groups on the desks are found."""

from datetime import timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from huiyin.clock.models import Deadline
from huiyin.clock.now import moment, today
from huiyin.desks.rows import Rows, items, of_own_share, shares
from huiyin.people.actor import Actor
from huiyin.rulepacks.store import published
from huiyin.supervision.models import (
    DispatchRound,
    DispatchSheet,
    Inspection,
    Leadership,
    SampledItem,
    SuperiorMatter,
    Task,
    Urging,
)
from huiyin.supervision.steps.urging import OWING, slip_colours
from huiyin.words import DeadlineName, ProposalState, Role

QUIET = timedelta(days=21)
ANSWER = (DeadlineName.REPLY, DeadlineName.SECOND_HANDLING)

# Units


def urgings(actor: Actor) -> Rows:
    return Urging.objects.unanswered().filter(of_own_share(actor, "assignment__"))


def new_tasks(actor: Actor) -> Rows:
    return Task.objects.owed().filter(unit=actor.unit, received_at=None)


def tasks(actor: Actor) -> Rows:
    return Task.objects.owed().filter(unit=actor.unit, received_at__isnull=False)


def sheets(actor: Actor) -> Rows:
    """Dispatches that the unit has not answered."""
    return DispatchSheet.objects.owed().filter(unit=actor.unit)


# The office and the assembly


def tasks_reported(actor: Actor) -> Rows:
    """A leader looks at what came of the own lines, the office at everything."""
    reported = Task.objects.reported()
    if actor.role == Role.GOVERNMENT_LEADER:
        return reported.filter(instruction__leader=actor.post)
    return reported.filter(jurisdiction=actor.jurisdiction)


def led_by_nobody(actor: Actor) -> Rows:
    """Key items in hand for which a leader has not been named."""
    leading = Leadership.objects.current().filter(proposal=OuterRef("pk"))
    in_hand = items(actor).filter(state=ProposalState.REGISTERED, is_key=True)
    return in_hand.exclude(Exists(leading))


def slips_due(actor: Actor) -> Rows:
    """Not answered by the day, no slip on its way, and a colour of the pack left to send."""
    late = Deadline.objects.overdue(today()).filter(
        assignment=OuterRef("pk"), name__in=ANSWER, paused_since=None
    )
    slips = Urging.objects.slips().filter(assignment=OuterRef("pk"))
    sent = slips.order_by().values("assignment").annotate(n=Count("pk")).values("n")
    of_its_pack = Case(
        *(
            When(proposal__pack_version=version.pk, then=len(slip_colours(version.pack)))
            for version in published()
        ),
        default=0,
        output_field=IntegerField(),
    )
    left = LessThan(Coalesce(Subquery(sent), 0), of_its_pack)
    owing = shares(actor).in_state(*OWING).filter(left, Exists(late))
    return owing.exclude(Exists(slips.filter(due_on__gte=today())))


def to_visit(actor: Actor) -> Rows:
    return SampledItem.objects.visible_to(actor).to_visit()


def to_go_again(actor: Actor) -> Rows:
    return Inspection.objects.visible_to(actor).to_go_again()


def dispatches_over(actor: Actor) -> Rows:
    return DispatchRound.objects.to_close(today()).filter(jurisdiction=actor.jurisdiction)


def superiors_silent(actor: Actor) -> Rows:
    """Put to a superior three weeks ago, and nothing has come back."""
    waiting = SuperiorMatter.objects.waiting().filter(sent_at__lt=moment(today() - QUIET, 0))
    return waiting.filter(assignment__proposal__jurisdiction=actor.jurisdiction)


# Leaders


def led(actor: Actor) -> Rows:
    return items(actor).filter(leaderships__leader=actor.post, leaderships__until=None).distinct()
