"""收案: received, filed, merged; second handling and the closing of answers."""

from django.db.models import Count, Q, QuerySet

from huiyin.evaluations.models import SecondHandling
from huiyin.proposals.models import Proposal
from huiyin.reporting.scope import Asked, Behind, Figure, Scope
from huiyin.words import Period, SecondHandlingState

ALL = "承办总数"
HANDED_IN = "收到总数"


def handed_in(scope: Scope) -> Q:
    """Everything handed in to the assembly by then, whatever became of it; what was entered by mistake left out."""
    return scope.of_plenaries() & scope.happened("received_at") & scope.not_yet("voided_at")


def _queries(scope: Scope) -> dict[str, Q]:
    received = scope.received()
    return {
        "received.total": received,
        "received.in_plenary": received & Q(period=Period.IN_PLENARY),
        "filed.total": handed_in(scope) & scope.happened("filed_at"),
        "merged.count": handed_in(scope) & scope.merged(),
        "answer_closed.count": received & scope.closed(),
    }


def _asked(scope: Scope) -> Asked:
    asked = _queries(scope) | {"handed_in": handed_in(scope)}
    counts = {code.replace(".", "_"): Count("pk", filter=query) for code, query in asked.items()}
    return Proposal.objects.filter(scope.of_plenaries()), counts


def figures(scope: Scope) -> list[Figure]:
    """One look at the items of the plenary; the order is that of the codes in design §8."""
    counts = scope.counts(_asked)
    total, all_in = counts["received_total"], counts["handed_in"]
    return [
        scope.figure("received.total", "承办总数", total, note="已移交政府办理的件数，并案的只计主案"),
        scope.figure("received.in_plenary", "会议期间提出", counts["received_in_plenary"], total, ALL),
        scope.figure(
            "filed.total", "立案", counts["filed_total"], all_in, HANDED_IN, note="含立案后并案、撤案的"
        ),
        scope.figure("merged.count", "并案", counts["merged_count"], all_in, HANDED_IN),
        scope.figure("answer_closed.count", "答复办结", counts["answer_closed_count"], total, ALL),
    ]


def rows(scope: Scope, code: str) -> Behind:
    base = {"filed.total": handed_in(scope), "merged.count": handed_in(scope)}.get(code, scope.received())
    items = Proposal.objects.filter
    return Behind(items(_queries(scope)[code]), None if code == "received.total" else items(base))


def _ordered(scope: Scope) -> QuerySet[SecondHandling]:
    return SecondHandling.objects.filter(
        scope.received("proposal__") & scope.happened("ordered_at"),
    ).exclude(state=SecondHandlingState.DECLINED)


def second_handling(scope: Scope) -> list[Figure]:
    """重办 that were ordered by then, one for each round of an item."""
    count = scope.count(_ordered)
    return [scope.figure("second_handling.count", "重新办理", count, note="每件每轮计一次")]


def second_handling_rows(scope: Scope, code: str) -> Behind:
    return Behind(_ordered(scope))
