"""督办任务: one thing asked of one unit by a day; it reports with proof, the office accepts or sends back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from huiyin.files.models import Attachment
from huiyin.people.models import Jurisdiction, Unit
from huiyin.proposals.models import Proposal, seen_by
from huiyin.supervision.words import TaskState
from huiyin.words import Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

OPEN = (TaskState.GIVEN, TaskState.REPORTED)
OFFICES = (Role.REGISTRAR, Role.GOVERNMENT_LEADER, Role.AUDITOR)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Between offices: with the item; a unit also sees what is asked of it outside its items."""
        if actor.role == Role.PROPOSER:
            return self.none()
        if actor.role in OFFICES:
            return self.filter(jurisdiction=actor.jurisdiction)
        seen = seen_by(actor, "proposal__")
        if actor.role == Role.ASSEMBLY_STAFF:
            seen |= models.Q(
                jurisdiction=actor.jurisdiction, meeting__plenary__assembly=actor.assembly, proposal=None
            )
        elif actor.unit is not None:
            seen |= models.Q(unit=actor.unit)
        return self.filter(seen)

    def open(self) -> Self:
        """Not accepted yet: a report alone ends nothing."""
        return self.filter(state__in=OPEN)

    def owed(self) -> Self:
        """The unit has not reported, or its report was sent back."""
        return self.filter(state=TaskState.GIVEN)

    def reported(self) -> Self:
        return self.filter(state=TaskState.REPORTED)

    def accepted(self) -> Self:
        return self.filter(state=TaskState.ACCEPTED)

    def overdue(self, on: date) -> Self:
        return self.owed().filter(due_on__lt=on)


class Task(models.Model):
    """督办任务, of an instruction, an inspection or a meeting."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version", "unit", "meeting__plenary")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="tasks", verbose_name="地区")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="提案"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", verbose_name="落实单位")
    instruction = models.ForeignKey(
        "supervision.Instruction", models.PROTECT, null=True, related_name="tasks", verbose_name="批示"
    )
    inspection = models.ForeignKey(
        "supervision.Inspection", models.PROTECT, null=True, related_name="tasks", verbose_name="督查"
    )
    meeting = models.ForeignKey(
        "supervision.Meeting", models.PROTECT, null=True, related_name="tasks", verbose_name="会议"
    )
    what = models.TextField("要求")
    due_on = models.DateField("报告期限", null=True, blank=True)
    state = models.CharField(max_length=10, choices=TaskState.choices(), default=TaskState.GIVEN)
    given_at = models.DateTimeField("下达")
    received_at = models.DateTimeField("签收", null=True)
    reported_at = models.DateTimeField("报告", null=True)
    accepted_at = models.DateTimeField("确认", null=True)
    cancelled_at = models.DateTimeField("撤销", null=True)
    # What the office saw for itself, where the unit's last report showed no proof.
    checked = models.TextField("核实情况", blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办任务"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["unit", "due_on"],
                condition=models.Q(state__in=[TaskState.GIVEN, TaskState.REPORTED]),
                name="tasks_open",
            )
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return str(getattr(self.proposal or self.meeting, "get_absolute_url", str)())

    @property
    def assembly(self) -> str:
        if self.proposal:
            return self.proposal.assembly
        return self.meeting.plenary.assembly if self.meeting else ""

    @property
    def source(self) -> str:
        """Where it comes from, in one word."""
        if self.instruction_id:
            return "批示"
        return "会议" if self.meeting_id else "督查整改"


class TaskDate(models.Model):
    """Every day a task has been given since the first one."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="dates")
    was = models.DateField("原期限", null=True)
    due_on = models.DateField("改为")
    moved_at = models.DateTimeField("变更时间")

    class Meta:
        verbose_name = verbose_name_plural = "任务期限变更"
        ordering = ["task_id", "id"]

    def __str__(self) -> str:
        return f"{self.was}→{self.due_on}"


class ReportQuerySet(models.QuerySet["TaskReport"]):
    def unproven(self) -> Self:
        """Words alone: no file and no document number."""
        return self.filter(document_number="", attachments=None)

    def sent_back(self) -> Self:
        return self.filter(sent_back_at__isnull=False)


class TaskReport(models.Model):
    """落实报告: each one stays, with what the office said to it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reports")
    text = models.TextField("落实情况")
    document_number = models.CharField("文号", max_length=80, blank=True)
    attachments = models.ManyToManyField(
        Attachment, related_name="task_reports", blank=True, verbose_name="附件"
    )
    reported_at = models.DateTimeField("报告时间")
    sent_back_at = models.DateTimeField("退回时间", null=True)
    reason = models.TextField("退回原因", blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "落实报告"
        ordering = ["task_id", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def proposal(self) -> Proposal | None:
        return self.task.proposal

    @property
    def has_proof(self) -> bool:
        return bool(self.document_number) or bool(self.attachments.all())


def ask(source: Any, units: Iterable[Unit | int], *, what: str, due_on: date | None, at: datetime) -> None:
    """A task for each unit, so that none of them can stand behind another. `source`: what it is asked in."""
    kind = source._meta.model_name
    for unit in units:
        Task.objects.create(
            jurisdiction_id=source.jurisdiction_id,
            proposal=getattr(source, "proposal", None),
            unit_id=getattr(unit, "pk", unit),
            what=what.strip(),
            due_on=due_on,
            given_at=at,
            **{kind: source},
        )
