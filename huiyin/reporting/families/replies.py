"""答复: how many of the items assigned have been answered by everybody who owes an answer, and how many in time."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from huiyin.clock.models import Deadline
from huiyin.handling.models import ANSWERING, Assignment
from huiyin.proposals.models import Proposal
from huiyin.reporting.scope import Asked, Behind, DayOf, Figure, Scope
from huiyin.words import DeadlineName, UnitRole

ASSIGNED = "已交办的件数"
DUE = "已答复或答复期限已过、且交办和答复日期可考的件数"


def _waiting(scope: Scope) -> QuerySet[Assignment]:
    """Shares whose first answer had not gone out by then; a second handling does not undo it."""
    return Assignment.objects.filter(scope.owing(), scope.not_yet("answered_at"))


def answered(scope: Scope) -> QuerySet[Proposal]:
    """Items whose every lead and separate unit has answered."""
    return scope.assigned().exclude(Exists(_waiting(scope).filter(proposal=OuterRef("pk"))))


def clocks(scope: Scope, name: str = DeadlineName.REPLY) -> QuerySet[Deadline]:
    """The deadlines of a name, first round, of the shares that stand; one whose end is not known tells nothing."""
    roles = (UnitRole.CO,) if name == DeadlineName.CO_OPINION else ANSWERING
    return Deadline.objects.filter(
        scope.received("proposal__"),
        scope.standing("assignment__"),
        scope.not_yet("cancelled_at"),
        assignment__role__in=roles,
        name=name,
        round=1,
    ).annotate(met_on=DayOf("met_at"))


def late(scope: Scope) -> Q:
    """Met after the due date on a day that is known, or not met though it is past; a pause stops it."""
    met_late = scope.happened("met_at") & Q(met_known=True, met_on__gt=F("due_on"))
    return met_late | (scope.not_yet("met_at") & Q(due_on__lt=scope.as_of) & ~_paused(scope))


def silent(scope: Scope) -> Q:
    """Met on a day that is not known, or still running."""
    met_somewhen = scope.happened("met_at") & Q(met_known=False)
    return met_somewhen | (scope.not_yet("met_at") & (Q(due_on__gte=scope.as_of) | _paused(scope)))


def _paused(scope: Scope) -> Q:
    return Q(paused_since__isnull=False, paused_since__lte=scope.as_of)


def _judged(scope: Scope) -> QuerySet[Deadline]:
    """One row an item: whether all its clocks tell, and how many were late."""
    return (
        clocks(scope)
        .order_by()
        .values("proposal")
        .annotate(silent=Count("pk", filter=silent(scope)), late=Count("pk", filter=late(scope)))
        .filter(Q(silent=0) | Q(late__gt=0))
    )


def _done(scope: Scope) -> Asked:
    waiting = Count("pk", filter=scope.not_yet("answered_at"))
    shared = scope.shares().order_by().values("proposal").annotate(waiting=waiting)
    return shared, {"items": Count("proposal"), "done": Count("proposal", filter=Q(waiting=0))}


def _in_time(scope: Scope) -> Asked:
    return _judged(scope), {"items": Count("proposal"), "in_time": Count("proposal", filter=Q(late=0))}


def figures(scope: Scope) -> list[Figure]:
    shares, judged = scope.counts(_done), scope.counts(_in_time)
    return [
        scope.figure(
            "reply.rate",
            "办复率",
            shares["done"],
            shares["items"],
            ASSIGNED,
            note="主办、分办单位都已答复的计为办复",
        ),
        scope.figure("reply.on_time", "按期答复", judged["in_time"], judged["items"], DUE),
    ]


def rows(scope: Scope, code: str) -> Behind:
    if code == "reply.rate":
        return Behind(answered(scope), scope.assigned())
    items, judged = Proposal.objects.filter, _judged(scope)
    return Behind(
        items(pk__in=judged.filter(late=0).values("proposal")), items(pk__in=judged.values("proposal"))
    )
