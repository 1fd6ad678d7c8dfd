"""统计快照: numbers and the rows behind them, frozen."""

from django.db import models

from huiyin.clock.said import in_full
from huiyin.people.models import Person
from huiyin.proposals.models import Plenary


class Snapshot(models.Model):
    """One frozen set of figures. It never changes, whatever becomes of the items."""

    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="snapshots", verbose_name="届次")
    as_of = models.DateField("截止日期")
    label = models.CharField("用途", max_length=60)
    figures = models.JSONField("数字")
    rows = models.JSONField("所含各件")
    frozen_at = models.DateTimeField("冻结时间")
    frozen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    lock_with = ("plenary",)

    class Meta:
        verbose_name = verbose_name_plural = "统计快照"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.label}（截至{in_full(self.as_of)}）"

    @property
    def jurisdiction_id(self) -> int:
        return self.plenary.jurisdiction_id
