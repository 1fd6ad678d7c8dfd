"""规则包的版本: published texts, kept as they were. A published row is never changed nor deleted (database triggers)."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from huiyin.rulepacks.schema import Pack


class PackVersion(models.Model):
    """One version of one pack. An item keeps the version it was registered under until a step moves it."""

    code = models.CharField("代码", max_length=40)
    version = models.CharField("版本", max_length=20)
    jurisdiction = models.CharField("行政区划代码", max_length=6, blank=True)
    label = models.CharField("名称", max_length=60)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    text = models.TextField("内容")
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField("发布时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "规则包版本"
        ordering = ["code", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="pack_version_once")]

    def __str__(self) -> str:
        return f"{self.label}（{self.version}）"

    @cached_property
    def pack(self) -> "Pack":
        from huiyin.rulepacks.store import parsed

        return parsed(self)
