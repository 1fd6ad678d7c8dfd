"""期限: computed once when its starting event happens, stored, and changed only by a step."""

from datetime import date
from typing import Self

from django.db import models

from huiyin.words import DeadlineName


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> Self:
        return self.filter(met_at=None, cancelled_at=None)

    def overdue(self, on: date) -> Self:
        """Not met and past; overdue is always a comparison, never a stage."""
        return self.open().filter(due_on__lt=on, paused_since=None)


class Deadline(models.Model):
    """One running, met or cancelled deadline, with everything that explains its date."""

    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, related_name="deadlines", verbose_name="提案"
    )
    assignment = models.ForeignKey("handling.Assignment", models.PROTECT, null=True, related_name="deadlines")
    evaluation = models.ForeignKey(
        "evaluations.Evaluation", models.PROTECT, null=True, related_name="deadlines"
    )
    name = models.CharField("期限", max_length=20, choices=DeadlineName.choices())
    round = models.PositiveSmallIntegerField("轮次", default=1)
    pack_version = models.ForeignKey("rulepacks.PackVersion", models.PROTECT, related_name="+")
    started_by = models.ForeignKey("journal.Event", models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField("起算")
    due_on = models.DateField("到期")
    first_due_on = models.DateField("最初到期")
    provisional = models.BooleanField("暂定", default=False)
    notice = models.CharField("所依放假通知", max_length=60, blank=True)
    paused_since = models.DateField("中止起", null=True)
    paused_workdays = models.PositiveSmallIntegerField("中止工作日", default=0)
    extended_to = models.DateField("延至", null=True)
    met_at = models.DateTimeField("完成", null=True)
    met_known = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField("取消", null=True)
    next_alert_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["next_alert_at"]),
            models.Index(fields=["proposal", "name"]),
            models.Index(fields=["jurisdiction", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{DeadlineName.label_of(self.name)} {self.due_on}"
