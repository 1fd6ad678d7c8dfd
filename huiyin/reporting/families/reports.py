"""承诺进展: whether the units report on what they have promised, and explain what is unfinished when the time is over."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from huiyin.clock.models import Deadline
from huiyin.promises.models import Explanation, Promise
from huiyin.reporting.families.promises import in_force
from huiyin.reporting.scope import Asked, Behind, DayOf, Figure, Scope
from huiyin.words import DeadlineName

OWED = "已经到期或者已经报告的承诺进展报告"
OVER = "最后期限已过、没有落实的承诺"


def owed(scope: Scope) -> QuerySet[Deadline]:
    """What had been reported by then, or was due and its promise not settled by its day."""
    settled_on, met_on = DayOf(F("cancelled_at")), DayOf(F("met_at"))
    reports = Deadline.objects.named(DeadlineName.PROMISE_REPORT).annotate(
        settled_on=settled_on, met_on=met_on
    )
    passed = Q(due_on__lt=scope.as_of) & (Q(cancelled_at=None) | Q(settled_on__gt=F("due_on")))
    return reports.filter(scope.received("proposal__") & (scope.happened("met_at") | passed))


def on_time(scope: Scope) -> Q:
    return scope.happened("met_at") & Q(met_known=True, met_on__lte=F("due_on"))


def _of_reports(scope: Scope) -> dict[str, Q]:
    return {
        "report.on_time": on_time(scope),
        "report.missing": scope.not_yet("met_at", "cancelled_at"),
    }


def _unfinished(scope: Scope) -> QuerySet[Promise]:
    """Open though the last day of all that its item was promised has passed."""
    over = Deadline.objects.named(DeadlineName.FULFILMENT).filter(
        scope.not_yet("cancelled_at"), proposal=OuterRef("proposal"), due_on__lt=scope.as_of
    )
    written = Explanation.objects.filter(scope.happened("given_at"), promise=OuterRef("pk"))
    still_open = in_force(scope).filter(Exists(over), scope.not_yet("kept_at", "dropped_at"))
    return still_open.annotate(is_explained=Exists(written))


def _asked_of_reports(scope: Scope) -> Asked:
    counts = {code.replace(".", "_"): Count("pk", filter=which) for code, which in _of_reports(scope).items()}
    return owed(scope), counts | {"owed": Count("pk")}


def _asked_of_unfinished(scope: Scope) -> Asked:
    return _unfinished(scope), {"all": Count("pk"), "explained": Count("pk", filter=Q(is_explained=True))}


def figures(scope: Scope) -> list[Figure]:
    """Only where something is owed: a pack need not ask for reports."""
    found = []
    counts = scope.counts(_asked_of_reports)
    if owed := counts["owed"]:
        found += [
            scope.figure("report.on_time", "按期报告进展", counts["report_on_time"], owed, OWED),
            scope.figure("report.missing", "逾期没有报告进展", counts["report_missing"], owed, OWED),
        ]
    unfinished = scope.counts(_asked_of_unfinished)
    if total := unfinished["all"]:
        found.append(
            scope.figure("report.explained", "期满没有落实、已书面说明", unfinished["explained"], total, OVER)
        )
    return found


def rows(scope: Scope, code: str) -> Behind:
    if code == "report.explained":
        unfinished = _unfinished(scope)
        return Behind(unfinished.filter(is_explained=True), unfinished)
    all_owed = owed(scope)
    return Behind(all_owed.filter(_of_reports(scope)[code]), all_owed)
