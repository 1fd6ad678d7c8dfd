"""承诺与落实: answered is not carried out. Only promises of a reply that has gone out count.

A moved date does not make a slip good: beside the date that holds now, every promise is held to its first one.
"""

from datetime import datetime

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from huiyin.journal.models import Event
from huiyin.promises.models import Alteration, Confirmation, DueDate, Promise
from huiyin.reporting.scope import Asked, Behind, DayOf, Figure, Scope, day_that_held, joined
from huiyin.words import PromiseState

UNDERTAKEN = "承诺事项总数"
KEPT = "市政府办公室确认落实的承诺"
JUDGED = "最初期限已到或者已经落实的承诺"


def made(scope: Scope) -> Q:
    """Promises that were in force by then and did not turn out to be none. Only such a one can serve another item, so
    that a use needs no more than its own day."""
    return scope.happened("undertaken_at") & ~Q(state=PromiseState.VOID)


def serving(scope: Scope) -> Q:
    """Uses of such promises in answer to other items that stood on the day."""
    return scope.happened("used_at") & scope.not_yet("ended_at")


def _undated(end: datetime) -> When:
    """Only what was taken in from paper can have come without a date, which was written down since."""
    dated_since = Event.objects.filter(
        subject_kind=Promise._meta.label_lower,
        subject_id=OuterRef("pk"),
        code="promise.set_date",
        at__gte=end,
    )
    return When(Exists(dated_since), on_paper=True, then=Value(None))


def held_on(end: datetime) -> Case:
    """The date of a promise as it was at a moment, whatever was written down or moved since."""
    moves = DueDate.objects.filter(promise=OuterRef("pk"))
    return Case(_undated(end), default=day_that_held(moves, end), output_field=DateField())


def in_force(scope: Scope) -> QuerySet[Promise]:
    """Undertaken by then, each with the dates that held on the day, whatever was written down or moved since.

    first_on: its first date, where that was known by then.
    done_on: the day on which the unit reported what the office then accepted.
    """
    altered = Alteration.objects.filter(scope.happened("altered_at"), promise=OuterRef("pk"))
    said = Confirmation.objects.filter(scope.happened("given_at"), promise=OuterRef("pk"))
    return Promise.objects.filter(scope.received("proposal__") & made(scope)).annotate(
        held_on=held_on(scope.end),
        first_on=Case(_undated(scope.end), default=F("first_due_on"), output_field=DateField()),
        done_on=DayOf(Coalesce("claimed_at", "kept_at")),
        dropped_on=DayOf(F("dropped_at")),
        is_altered=Exists(altered),
        is_confirmed=Exists(said.filter(agrees=True)),
        is_disputed=Exists(said.filter(agrees=False)),
    )


def judged(scope: Scope) -> Q:
    """What its first date says something about: it has passed, or the promise has been kept before it came."""
    passed = Q(first_on__lt=scope.as_of) & (scope.not_yet("dropped_at") | Q(dropped_on__gt=F("first_on")))
    return Q(first_on__isnull=False) & (passed | scope.happened("kept_at"))


def queries(scope: Scope) -> dict[str, Q]:
    open_still = scope.not_yet("kept_at", "dropped_at")
    kept = scope.happened("kept_at")
    return {
        "promise.total": Q(),
        "promise.carried_out": kept,
        "promise.overdue": open_still & Q(held_on__lt=scope.as_of),
        "promise.dropped": scope.happened("dropped_at"),
        "promise.slipped": Q(held_on__gt=F("first_on")),
        "promise.first_date": judged(scope) & kept & Q(done_on__lte=F("first_on")),
        "promise.altered": Q(is_altered=True),
        # Named when it was undertaken, not when somebody asked what it meant.
        "promise.vague": Q(on_paper=False) & (Q(named_at=None) | Q(named_at__gt=F("undertaken_at"))),
        "promise.confirmed": kept & Q(is_confirmed=True, is_disputed=False),
        "promise.disputed": kept & Q(is_disputed=True),
        "fulfilment.rate": kept,
    }


def _asked(scope: Scope) -> Asked:
    asked = {code.replace(".", "_"): Count("pk", filter=which) for code, which in queries(scope).items()}
    mended = Q(on_paper=False, named_at__gt=F("undertaken_at")) & scope.happened("named_at")
    return in_force(scope), asked | {
        "judged": Count("pk", filter=judged(scope)),
        "mended": Count("pk", filter=mended),
    }


def figures(scope: Scope) -> list[Figure]:
    counts = scope.counts(_asked)
    total, kept, dropped = counts["promise_total"], counts["promise_carried_out"], counts["promise_dropped"]
    note = f"另有{dropped}项已终止并说明" if dropped else ""
    mended = f"其中{counts['mended']}项后来补写" if counts["mended"] else ""

    def of_all(code: str, label: str, note: str = "") -> Figure:
        return scope.figure(code, label, counts[code.replace(".", "_")], total, UNDERTAKEN, note)

    def of_kept(code: str, label: str) -> Figure:
        return scope.figure(code, label, counts[code.replace(".", "_")], kept, KEPT)

    return [
        scope.figure("promise.total", "承诺事项", total, note="写入已发出答复的承诺"),
        of_all("promise.carried_out", "已落实的承诺", note),
        of_all("promise.overdue", "到期未落实的承诺"),
        of_all("promise.dropped", "已终止的承诺"),
        of_all("promise.slipped", "推迟过期限的承诺", "现在的期限晚于最初的期限"),
        scope.figure(
            "promise.first_date",
            "按最初期限落实的承诺",
            counts["promise_first_date"],
            counts["judged"],
            JUDGED,
            "期限推迟的，仍按最初的期限算",
        ),
        of_all("promise.altered", "变更过内容的承诺"),
        of_all("promise.vague", "空泛的承诺", joined("答复时没有写明数量、节点和凭证", mended)),
        of_kept("promise.confirmed", "提案者认可办成的承诺"),
        of_kept("promise.disputed", "提案者认为没有办成的承诺"),
        scope.figure("fulfilment.rate", "落实率", kept, total, UNDERTAKEN, note),
    ]


def rows(scope: Scope, code: str) -> Behind:
    promised = in_force(scope)
    found = promised.filter(queries(scope)[code])
    if code == "promise.total":
        return Behind(found)
    bases = {
        "promise.first_date": judged(scope),
        "promise.confirmed": scope.happened("kept_at"),
        "promise.disputed": scope.happened("kept_at"),
    }
    return Behind(found, promised.filter(bases.get(code, Q())))
