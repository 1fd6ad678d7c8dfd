"""由点及面: topics that items of the plenary belong to, what came of them, and items raised in earlier years already."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from huiyin.journal.models import Event
from huiyin.proposals.models import Proposal
from huiyin.reporting.scope import Asked, Behind, Figure, Scope
from huiyin.topics.models import Outcome, Repeat, Topic, TopicItem
from huiyin.topics.words import TopicKind

RECEIVED = "承办总件数"
OUTCOMES = "topic.outcomes"


def _joined(scope: Scope) -> QuerySet[TopicItem]:
    """Items of these plenaries that stood in a topic on the day."""
    standing = scope.happened("joined_at") & scope.not_yet("left_at")
    return TopicItem.objects.filter(standing & scope.received("proposal__"))


def _topics(scope: Scope) -> QuerySet[Topic]:
    return Topic.objects.filter(Exists(_joined(scope).filter(topic=OuterRef("pk"))))


def _outcomes(scope: Scope) -> QuerySet[Outcome]:
    """What had been recorded of these topics and not been replaced by then."""
    standing = scope.happened("recorded_at") & scope.not_yet("replaced_at")
    return Outcome.objects.filter(standing, Exists(_joined(scope).filter(topic=OuterRef("topic"))))


def _in_a_topic(scope: Scope) -> QuerySet[Proposal]:
    return scope.items().filter(Exists(_joined(scope).filter(proposal=OuterRef("pk"))))


def _raised_again(scope: Scope) -> QuerySet[Proposal]:
    """Marked by then; who marks it later, or says later that it is not, changes no earlier day."""
    standing = scope.happened("confirmed_at") & scope.not_yet("dismissed_at")
    marked = Repeat.objects.filter(standing, proposal=OuterRef("pk"))
    return scope.items().filter(Exists(marked))


def _fits(scope: Scope) -> dict[str, Q]:
    kinds = {f"topic.{kind}": Q(kind=kind) for kind in TopicKind}
    return kinds | {"topic.settled": Q(pk__in=_settled(scope).values("pk"))}


def _settled(scope: Scope) -> QuerySet[Topic]:
    """By the last that was said of it until then; it may have come back and been settled again since."""
    said = Event.objects.filter(
        scope.happened("at"),
        subject_kind=Topic._meta.label_lower,
        subject_id=OuterRef("pk"),
        code__in=("topic.settle", "topic.reopen"),
    )
    last = Subquery(said.order_by("-at", "-pk").values("code")[:1])
    return Topic.objects.annotate(said_last=last).filter(said_last="topic.settle").order_by()


def _asked(scope: Scope) -> Asked:
    fits = _fits(scope).items()
    return _topics(scope), {code.replace(".", "_"): Count("pk", filter=fit) for code, fit in fits}


def figures(scope: Scope) -> list[Figure]:
    counts = scope.counts(_asked)
    labels = {f"topic.{kind}": kind.label for kind in TopicKind} | {"topic.settled": "已解决的专题"}
    made = [
        scope.figure(code, label, counts[code.replace(".", "_")], note="有本届次的件列入")
        for code, label in labels.items()
    ]
    return [
        *made,
        scope.figure("topic.items", "列入专题的件", scope.count(_in_a_topic), scope.total, RECEIVED),
        scope.figure(OUTCOMES, "登记的成效", scope.count(_outcomes), note="更正过的只计新的数字"),
        scope.figure("repeat.count", "往年提过又提出的件", scope.count(_raised_again), scope.total, RECEIVED),
    ]


def rows(scope: Scope, code: str) -> Behind:
    if code == OUTCOMES:
        return Behind(_outcomes(scope))
    if code in ("topic.items", "repeat.count"):
        return Behind(_in_a_topic(scope) if code == "topic.items" else _raised_again(scope), scope.items())
    return Behind(_topics(scope).filter(_fits(scope)[code]))
