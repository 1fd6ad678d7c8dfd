"""承诺与落实: answered is not carried out. Only promises of a reply that has gone out count."""

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from huiyin.promises.models import DueDate, Promise
from huiyin.reporting.scope import Asked, Behind, Figure, Scope
from huiyin.words import PromiseState

UNDERTAKEN = "承诺事项总数"


def in_force(scope: Scope) -> QuerySet[Promise]:
    """Undertaken by then, each with the date that held on the day, whatever it was moved to since."""
    moved_since = DueDate.objects.filter(promise=OuterRef("pk"), moved_at__gte=scope.end).order_by(
        "moved_at", "pk"
    )
    return (
        Promise.objects.filter(scope.received("proposal__") & scope.happened("undertaken_at"))
        .exclude(state=PromiseState.VOID)
        .annotate(held_on=Coalesce(Subquery(moved_since.values("was")[:1]), F("due_on")))
    )


def _queries(scope: Scope) -> dict[str, Q]:
    open_still = scope.not_yet("kept_at", "dropped_at")
    return {
        "promise.total": Q(),
        "promise.carried_out": scope.happened("kept_at"),
        "promise.overdue": open_still & Q(held_on__lt=scope.as_of),
        "fulfilment.rate": scope.happened("kept_at"),
    }


def _asked(scope: Scope) -> Asked:
    queries = _queries(scope)
    return in_force(scope), {
        "total": Count("pk"),
        "kept": Count("pk", filter=queries["promise.carried_out"]),
        "overdue": Count("pk", filter=queries["promise.overdue"]),
        "dropped": Count("pk", filter=scope.happened("dropped_at")),
    }


def figures(scope: Scope) -> list[Figure]:
    counts = scope.counts(_asked)
    total, kept = counts["total"], counts["kept"]
    note = f"另有{counts['dropped']}项已终止并说明" if counts["dropped"] else ""
    return [
        scope.figure("promise.total", "承诺事项", total, note="写入已发出答复的承诺"),
        scope.figure("promise.carried_out", "已落实的承诺", kept, total, UNDERTAKEN, note),
        scope.figure("promise.overdue", "到期未落实的承诺", counts["overdue"], total, UNDERTAKEN),
        scope.figure("fulfilment.rate", "落实率", kept, total, UNDERTAKEN, note),
    ]


def rows(scope: Scope, code: str) -> Behind:
    promised = in_force(scope)
    return Behind(promised.filter(_queries(scope)[code]), None if code == "promise.total" else promised)
