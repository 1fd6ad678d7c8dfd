"""届次: the plenary meetings that items belong to."""

from django.db import models

from huiyin.people.models import Jurisdiction
from huiyin.words import Assembly, Kind


class Plenary(models.Model):
    """届次: one plenary meeting of an assembly."""

    code = models.SlugField("代码", max_length=40, unique=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="plenaries", verbose_name="地区"
    )
    assembly = models.CharField("会议", max_length=8, choices=Assembly.choices())
    term = models.PositiveSmallIntegerField("届")
    meeting = models.PositiveSmallIntegerField("次")
    label = models.CharField("名称", max_length=60)
    opened_on = models.DateField("开幕日期")
    closed_on = models.DateField("闭幕日期")
    pack_code = models.CharField("规则包", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "届次"
        ordering = ["-opened_on", "code"]
        indexes = [models.Index(fields=["jurisdiction", "opened_on", "code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "assembly", "term", "meeting"],
                name="plenary_once",
                violation_error_message="这个地区的这一届次已经有了。",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__gte=models.F("opened_on")),
                name="plenary_closes_after_it_opens",
                violation_error_message="闭幕日期不能早于开幕日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def kind(self) -> Kind:
        return Kind.PROPOSAL if self.assembly == Assembly.CPPCC else Kind.SUGGESTION
