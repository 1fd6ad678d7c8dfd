"""督办的结果: tasks until they are accepted, answers to dispatches, look-back samples, matters with superiors."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.reporting.scope import Asked, Behind, DayOf, Figure, Scope, day_that_held
from huiyin.supervision.models import (
    DispatchLine,
    DispatchRound,
    DispatchSaid,
    DispatchSheet,
    SampledItem,
    SuperiorMatter,
    Task,
    TaskDate,
    TaskReport,
)
from huiyin.supervision.words import Verdict

OF_TASKS, OF_SHEETS = "下达的督办任务（不含撤销的）", "发出的调度单"


def _tasks(scope: Scope) -> QuerySet[Task]:
    """Given by then and not cancelled: about items received, or agreed in a meeting about no single one; each with the
    day that held then, whatever it was moved to since."""
    received = Proposal.objects.filter(scope.received(), pk=OuterRef("proposal_id"))
    about = Q(Exists(received)) | Q(proposal=None) & scope.of_plenaries("meeting__")
    moves = TaskDate.objects.filter(task=OuterRef("pk"))
    given = Task.objects.filter(scope.happened("given_at"), scope.not_yet("cancelled_at"), about)
    return given.annotate(held_on=day_that_held(moves, scope.end))


def _reports(scope: Scope) -> QuerySet[TaskReport]:
    return TaskReport.objects.filter(
        scope.happened("reported_at"), task__in=_tasks(scope).order_by().values("pk")
    )


def _rounds(scope: Scope) -> QuerySet[DispatchRound]:
    return DispatchRound.objects.filter(scope.happened("opened_at"), scope.of_plenaries())


def _sheets(scope: Scope) -> QuerySet[DispatchSheet]:
    return DispatchSheet.objects.filter(scope.happened("round__opened_at"), scope.of_plenaries("round__"))


def _lines(scope: Scope) -> QuerySet[DispatchLine]:
    """Of which something had been said by then, each with what was judged of the last words."""
    said = DispatchSaid.objects.filter(scope.happened("said_at"), line=OuterRef("pk"))
    last = Subquery(said.order_by("-said_at", "-pk").values("hollow")[:1])
    rows = DispatchLine.objects.filter(Exists(said), scope.of_plenaries("sheet__round__"))
    return rows.annotate(judged=last)


def _matters(scope: Scope) -> QuerySet[SuperiorMatter]:
    return SuperiorMatter.objects.filter(scope.happened("sent_at"), scope.received("assignment__proposal__"))


def _answered(scope: Scope) -> QuerySet[Proposal]:
    sent = Reply.objects.issued().filter(scope.happened("issued_at"), assignment__proposal=OuterRef("pk"))
    return Proposal.objects.filter(Exists(sent), scope.received())


def _drawn(scope: Scope) -> QuerySet[Proposal]:
    drawn = SampledItem.objects.filter(scope.happened("sample__drawn_at"), proposal=OuterRef("pk"))
    return _answered(scope).filter(Exists(drawn))


def _visited(scope: Scope) -> QuerySet[SampledItem]:
    return SampledItem.objects.filter(scope.happened("visit__at"), scope.received("proposal__"))


def _redressed(scope: Scope) -> Q:
    """Every redress that was asked for had been accepted by then."""
    asked = Task.objects.filter(scope.not_yet("cancelled_at"), inspection=OuterRef("visit"))
    return Q(Exists(asked)) & ~Q(Exists(asked.filter(scope.not_yet("accepted_at"))))


def _overdue(scope: Scope) -> Q:
    return Q(held_on__lt=scope.as_of) & scope.not_yet("accepted_at")


def _of_tasks(scope: Scope) -> Asked:
    return _tasks(scope), {
        "total": Count("pk"),
        "accepted": Count("pk", filter=scope.happened("accepted_at")),
        "overdue": Count("pk", filter=_overdue(scope)),
    }


def _standing(scope: Scope) -> QuerySet[DispatchSaid]:
    """What had been sent and was not sent back by then: a sheet that the office sent back is owed again."""
    return DispatchSaid.objects.filter(scope.happened("said_at"), scope.not_yet("sent_back_at"))


def _on_time(scope: Scope) -> Q:
    sent = _standing(scope).filter(line__sheet=OuterRef("pk")).annotate(said_on=DayOf(F("said_at")))
    return Q(Exists(sent.filter(said_on__lte=F("line__sheet__round__due_on"))))


def _silent(scope: Scope) -> Q:
    sent = _standing(scope).filter(line__sheet=OuterRef("pk"))
    return Q(round__due_on__lt=scope.as_of) & ~Q(Exists(sent))


def _of_sheets(scope: Scope) -> Asked:
    return _sheets(scope), {
        "total": Count("pk"),
        "on_time": Count("pk", filter=_on_time(scope)),
        "silent": Count("pk", filter=_silent(scope)),
    }


def _of_visits(scope: Scope) -> Asked:
    return _visited(scope), {
        "total": Count("pk"),
        "well": Count("pk", filter=Q(visit__verdict=Verdict.WELL)),
        "wanting": Count("pk", filter=Q(visit__verdict=Verdict.WANTING)),
        "redressed": Count("pk", filter=Q(visit__verdict=Verdict.WANTING) & _redressed(scope)),
    }


def _hollow(scope: Scope) -> QuerySet[DispatchLine]:
    return _lines(scope).exclude(judged="")


def _unproven(scope: Scope) -> QuerySet[TaskReport]:
    return _reports(scope).filter(pk__in=TaskReport.objects.unproven().values("pk"))


def _waiting(scope: Scope) -> QuerySet[SuperiorMatter]:
    return _matters(scope).filter(scope.not_yet("answered_at", "withdrawn_at"))


def figures(scope: Scope) -> list[Figure]:
    tasks, sheets, visits = (scope.counts(asked) for asked in (_of_tasks, _of_sheets, _of_visits))
    figure, count = scope.figure, scope.count
    return [
        figure("task.total", "督办任务", tasks["total"], note="批示、督查整改、会议交办"),
        figure("task.accepted", "确认落实的督办任务", tasks["accepted"], tasks["total"], OF_TASKS),
        figure("task.overdue", "到期没有确认落实的", tasks["overdue"], tasks["total"], OF_TASKS),
        figure(
            "task.unproven",
            "没有佐证的落实报告",
            count(_unproven),
            count(_reports),
            "单位的落实报告",
            "没有附件也没有文号",
        ),
        figure("dispatch.count", "调度", count(_rounds)),
        figure("dispatch.on_time", "按时报送的调度单", sheets["on_time"], sheets["total"], OF_SHEETS),
        figure("dispatch.silent", "到期没有报送的", sheets["silent"], sheets["total"], OF_SHEETS),
        figure("dispatch.hollow", "报空话的调度事项", count(_hollow), count(_lines), "报送的调度事项"),
        figure("sample.drawn", "回头看抽查的件", count(_drawn), count(_answered), "已答复的件"),
        figure("sample.well", "抽查属实到位", visits["well"], visits["total"], "已走访的抽查件"),
        figure("sample.wanting", "抽查发现问题", visits["wanting"], visits["total"], "已走访的抽查件"),
        figure(
            "sample.redressed", "其中整改已确认", visits["redressed"], visits["wanting"], "发现问题的抽查件"
        ),
        figure("superior.count", "报请上级", count(_matters)),
        figure("superior.waiting", "上级还没有答复的", count(_waiting), count(_matters), "报请上级的事项"),
    ]


def rows(scope: Scope, code: str) -> Behind:
    tasks, sheets, visits = _tasks(scope), _sheets(scope), _visited(scope)
    wanting = visits.filter(visit__verdict=Verdict.WANTING)
    found = {
        "task.total": Behind(tasks),
        "task.accepted": Behind(tasks.filter(scope.happened("accepted_at")), tasks),
        "task.overdue": Behind(tasks.filter(_overdue(scope)), tasks),
        "task.unproven": Behind(_unproven(scope), _reports(scope)),
        "dispatch.count": Behind(_rounds(scope)),
        "dispatch.on_time": Behind(sheets.filter(_on_time(scope)), sheets),
        "dispatch.silent": Behind(sheets.filter(_silent(scope)), sheets),
        "dispatch.hollow": Behind(_hollow(scope), _lines(scope)),
        "sample.drawn": Behind(_drawn(scope), _answered(scope)),
        "sample.well": Behind(visits.filter(visit__verdict=Verdict.WELL), visits),
        "sample.wanting": Behind(wanting, visits),
        "sample.redressed": Behind(wanting.filter(_redressed(scope)), wanting),
        "superior.count": Behind(_matters(scope)),
        "superior.waiting": Behind(_waiting(scope), _matters(scope)),
    }
    return found[code]
