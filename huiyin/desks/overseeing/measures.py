"""How a unit acts when it is asked: each measure is a set of rows of one plenary, counted by unit and listed by unit.

What games the system shows here: empty words in a dispatch and the same again, returns on the last day, redress
reported without proof. A number and its list are the same rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from huiyin.clock.now import today
from huiyin.desks.naming import with_names
from huiyin.handling.models import Assignment, ReturnRequest
from huiyin.people.models import Unit
from huiyin.proposals.models import Plenary
from huiyin.reporting.families.handling import on_the_last_day
from huiyin.supervision.models import DispatchLine, DispatchSheet, Inspection, Task, TaskReport, Urging
from huiyin.supervision.words import Verdict

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Measure:
    """`unit`: the path from a row to the unit that it counts for. `warns`: whether it speaks against the unit."""

    code: str
    label: str
    rows: Callable[[Plenary], Rows]
    unit: str
    warns: bool = True
    note: str = ""

    def of(self, plenary: Plenary, unit: Unit) -> Rows:
        return with_names(self.rows(plenary).filter(**{self.unit: unit}).distinct()).order_by("pk")

    def count(self, plenary: Plenary) -> Any:
        own = self.rows(plenary).filter(**{self.unit: OuterRef("pk")}).order_by().values(self.unit)
        return Coalesce(
            Subquery(own.annotate(n=Count("pk", distinct=True)).values("n"), output_field=IntegerField()), 0
        )


def _shares(plenary: Plenary) -> Rows:
    return Assignment.objects.standing().answering().filter(proposal__plenary=plenary)


def _returns(plenary: Plenary) -> Rows:
    return ReturnRequest.objects.filter(assignment__proposal__plenary=plenary, objected_by=None)


def _returns_on_the_last_day(plenary: Plenary) -> Rows:
    return _returns(plenary).filter(on_the_last_day())


def _urgings(plenary: Plenary) -> Rows:
    return Urging.objects.filter(proposal__plenary=plenary)


def _unanswered(plenary: Plenary) -> Rows:
    return _urgings(plenary).unanswered()


def _slips(plenary: Plenary) -> Rows:
    return _urgings(plenary).slips()


def _sheets(plenary: Plenary) -> Rows:
    return DispatchSheet.objects.filter(round__plenary=plenary)


def _silent(plenary: Plenary) -> Rows:
    return _sheets(plenary).silent().filter(round__due_on__lt=today())


def _silent_again(plenary: Plenary) -> Rows:
    """In the round of its series before this one the unit had said nothing either."""
    asked = DispatchSheet.objects.filter(
        unit=OuterRef("unit"),
        round__series=OuterRef("round__series"),
        round__period__lt=OuterRef("round__period"),
    )
    last = asked.order_by("-round__period").annotate(said=Count("answered_at")).values("said")[:1]
    return _silent(plenary).alias(said_before=Subquery(last)).filter(said_before=0)


def _late(plenary: Plenary) -> Rows:
    return _sheets(plenary).late()


def _hollow(plenary: Plenary) -> Rows:
    return DispatchLine.objects.hollow().filter(sheet__round__plenary=plenary)


def _hollow_again(plenary: Plenary) -> Rows:
    """Of the same thing, the promise or the item as a whole, empty words had been sent in an earlier round already."""
    lines = DispatchLine.objects.hollow().alias(about=Coalesce("promise", 0))
    before = lines.filter(
        sheet__unit=OuterRef("sheet__unit"),
        proposal=OuterRef("proposal"),
        about=Coalesce(OuterRef("promise"), 0),
        sheet__round__lt=OuterRef("sheet__round"),
    )
    return _hollow(plenary).filter(Exists(before))


def _tasks(plenary: Plenary) -> Rows:
    own = Task.objects.filter(proposal__plenary=plenary)
    return own | Task.objects.filter(proposal=None, meeting__plenary=plenary)


def _tasks_overdue(plenary: Plenary) -> Rows:
    return _tasks(plenary).overdue(today())


def _reports(plenary: Plenary) -> Rows:
    return TaskReport.objects.filter(task__in=_tasks(plenary).values("pk"))


def _unproven(plenary: Plenary) -> Rows:
    return _reports(plenary).unproven()


def _sent_back(plenary: Plenary) -> Rows:
    return _reports(plenary).sent_back()


def _wanting(plenary: Plenary) -> Rows:
    """Findings for which the unit was given something to redress."""
    return Inspection.objects.filter(proposal__plenary=plenary, verdict=Verdict.WANTING, tasks__isnull=False)


def _wanting_again(plenary: Plenary) -> Rows:
    return _wanting(plenary).filter(again_of__isnull=False)


MEASURES = (
    Measure("shares", "承办件数", _shares, "unit", warns=False),
    Measure("returns", "申请退办", _returns, "assignment__unit", warns=False),
    Measure(
        "last_day",
        "最后一天退办",
        _returns_on_the_last_day,
        "assignment__unit",
        note="在退办期限最后一天或以后才申请",
    ),
    Measure("urgings", "被催办", _urgings, "assignment__unit", warns=False),
    Measure("unanswered", "催办未回复", _unanswered, "assignment__unit"),
    Measure("slips", "督办单", _slips, "assignment__unit"),
    Measure("sheets", "调度", _sheets, "unit", warns=False),
    Measure("silent", "调度没有报送", _silent, "unit"),
    Measure("silent_again", "连续没有报送", _silent_again, "unit", note="定期调度，上一次也没有报送"),
    Measure("late", "调度逾期报送", _late, "unit"),
    Measure("hollow", "调度报空话", _hollow, "sheet__unit", note="没有时间、数量、文件、地点，或与上次一样"),
    Measure(
        "hollow_again",
        "再次报空话",
        _hollow_again,
        "sheet__unit",
        note="同一件、同一项承诺，以前的调度已经是空话",
    ),
    Measure("tasks", "督办任务", _tasks, "unit", warns=False),
    Measure("overdue", "任务逾期", _tasks_overdue, "unit"),
    Measure("unproven", "没有佐证的报告", _unproven, "task__unit", note="没有附件也没有文号"),
    Measure("sent_back", "报告被退回", _sent_back, "task__unit"),
    Measure("wanting", "督查发现问题", _wanting, "tasks__unit"),
    Measure("wanting_again", "二次核查仍有问题", _wanting_again, "tasks__unit"),
)


def counted(plenary: Plenary, units: QuerySet[Unit]) -> list[tuple[Unit, list[tuple[Measure, int]]]]:
    """Every measure of these units, in one query; those with the most against them first."""
    rows = units.annotate(**{f"n_{one.code}": one.count(plenary) for one in MEASURES})
    found = [(unit, [(one, getattr(unit, f"n_{one.code}")) for one in MEASURES]) for unit in rows]
    return sorted(found, key=lambda row: (-sum(n for one, n in row[1] if one.warns), row[0].pk))
