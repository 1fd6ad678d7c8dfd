"""期限 and 放假通知: computed once when the starting event happens, stored, and changed only by a step."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce

from huiyin.clock.now import moment
from huiyin.clock.said import in_full
from huiyin.words import DeadlineName

# A window that closes: letting it pass is nobody's default, so it is never overdue.
WINDOWS = (DeadlineName.RETURN_WINDOW,)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> Self:
        return self.filter(met_at=None, cancelled_at=None)

    def duties(self) -> Self:
        """Without the windows: what somebody owes."""
        return self.exclude(name__in=WINDOWS)

    def overdue(self, on: date) -> Self:
        """Owed, not met and past on a day; overdue is always a comparison, never a stage. A pause stops it."""
        return self.open().duties().filter(due_on__lt=on, paused_since=None)

    def was_overdue(self, on: date) -> Self:
        """Overdue at the end of a day, whatever has ended or stopped it since. A date that has moved counts as it is now."""
        end = moment(on + timedelta(days=1), 0)
        running = models.Q()
        for ended in ("met_at", "cancelled_at"):
            running &= models.Q(**{ended: None}) | models.Q(**{f"{ended}__gte": end})
        moving = models.Q(paused_since=None) | models.Q(paused_since__gt=on)
        return self.duties().filter(running, moving, due_on__lt=on)

    def met_in_time(self) -> Self:
        """Met on or before the due date, on a day that is known."""
        return self.filter(met_known=True, met_at__date__lte=models.F("due_on"))

    def met_late(self) -> Self:
        return self.filter(met_known=True, met_at__date__gt=models.F("due_on"))

    def alerting(self, at: datetime) -> Self:
        """Whose next alert has come."""
        return self.open().filter(next_alert_at__lte=at)

    def of_unit(self, unit_id: int) -> Self:
        return self.filter(assignment__unit_id=unit_id)

    def named(self, name: str) -> Self:
        return self.filter(name=name)


class Deadline(models.Model):
    """One running, met or cancelled deadline, with everything that explains its date.

    checked_at: when the holiday calendar was last held against it; a notice known later may move it.
    """

    lock_with = (
        "proposal",
        "proposal__plenary",
        "proposal__pack_version",
        "assignment",
        "assignment__unit",
        "promise",
        "promise__unit",
        "pack_version",
    )

    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, related_name="deadlines", verbose_name="提案"
    )
    assignment = models.ForeignKey("handling.Assignment", models.PROTECT, null=True, related_name="deadlines")
    evaluation = models.ForeignKey(
        "evaluations.Evaluation", models.PROTECT, null=True, related_name="deadlines"
    )
    promise = models.ForeignKey("promises.Promise", models.PROTECT, null=True, related_name="deadlines")
    name = models.CharField("期限", max_length=20, choices=DeadlineName.choices())
    round = models.PositiveSmallIntegerField("轮次", default=1)
    pack_version = models.ForeignKey("rulepacks.PackVersion", models.PROTECT, related_name="+")
    started_by = models.ForeignKey("journal.Event", models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField("起算")
    due_on = models.DateField("到期")
    first_due_on = models.DateField("最初到期")
    provisional = models.BooleanField("暂定", default=False)
    notice = models.CharField("所依放假通知", max_length=120, blank=True)
    paused_since = models.DateField("中止起", null=True)
    paused_workdays = models.PositiveSmallIntegerField("中止工作日", default=0)
    extended_to = models.DateField("延至", null=True)
    met_at = models.DateTimeField("完成", null=True)
    met_by = models.ForeignKey("journal.Event", models.PROTECT, null=True, related_name="+")
    met_known = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField("取消", null=True)
    next_alert_at = models.DateTimeField("下次提醒", null=True)
    checked_at = models.DateTimeField("历法核对", null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "id"]
        constraints = [
            # NULLs are distinct to a unique index on both databases, so they are compared as 0.
            models.UniqueConstraint(
                "proposal",
                Coalesce("assignment", 0),
                Coalesce("evaluation", 0),
                Coalesce("promise", 0),
                "name",
                "round",
                name="one_deadline_a_round",
                violation_error_message="这一轮的这项期限已经有了。",
            ),
        ]
        indexes = [
            models.Index(fields=["next_alert_at"]),
            models.Index(fields=["proposal", "name"]),
            models.Index(fields=["jurisdiction", "due_on"]),
            models.Index(
                fields=["name", "due_on"],
                condition=models.Q(met_at=None, cancelled_at=None),
                name="open_deadlines",
            ),
            # Whether an item has an overdue one is answered from the index alone: SQLite needs the NULLs in it, too.
            models.Index(
                fields=["proposal", "due_on", "name", "met_at", "cancelled_at", "paused_since"],
                condition=models.Q(met_at=None, cancelled_at=None, paused_since=None),
                name="running_of_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{DeadlineName.label_of(self.name)} {in_full(self.due_on)}"

    @property
    def unit(self) -> Any:
        """The unit that owes it; None where it is a proposer's or the whole item's."""
        part = self.assignment or self.promise
        return part.unit if part is not None else None

    @property
    def label(self) -> str:
        return DeadlineName.label_of(self.name)

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.cancelled_at is None

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.paused_since is not None

    def is_overdue(self, on: date) -> bool:
        """The same comparison as `overdue`, for a row at hand."""
        return self.is_open and not self.is_paused and self.name not in WINDOWS and self.due_on < on


class HolidayNotice(models.Model):
    """放假通知: a notice that this site has taken in.

    For a notice that the software carries nothing but the moment stands here from which this site reckons with it;
    none: from its date.
    """

    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField("年份")
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    dated = models.DateField("成文日期")
    off = models.JSONField("放假", default=list)
    work = models.JSONField("调休上班", default=list)
    shipped = models.BooleanField("随软件提供", default=False)
    known_from = models.DateTimeField("启用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假通知"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "dated"],
                name="holiday_notice_once",
                violation_error_message="这份放假通知已经录入。",
            )
        ]

    def __str__(self) -> str:
        return self.number or self.title
