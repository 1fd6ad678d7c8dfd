"""定期调度: a round asks all units for the state of given items by a day; what they say stands in one table."""

import re
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import TruncDate
from django.urls import reverse

from huiyin.clock.now import day_of
from huiyin.people.models import Jurisdiction, Unit
from huiyin.promises.models import Promise
from huiyin.proposals.models import Plenary, Proposal
from huiyin.supervision.series import DispatchSeries
from huiyin.supervision.words import Hollow, Progress, Sent
from huiyin.words import UNIT_ROLES, Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

OFFICES = (Role.REGISTRAR, Role.GOVERNMENT_LEADER, Role.AUDITOR)
# What a sentence with substance names: a number or a day, a document, a place, a person or body that did something.
SUBSTANCE = re.compile(
    r"\d|[一二三四五六七八九十百千万两]+[个项条处所座家户件次名人月日公米亩台份万]|《|〔|完工|开工|竣工|通车|招标|验收|印发|签订|拨付"
)
PUNCTUATION = re.compile(r"[\s，。、；：！？,.;:!?“”\"'（）()]+")


def hollow(text: str, before: str | None) -> str:
    """Why an answer says nothing, "" where it says something. `before`: what was said of it in the round before."""
    if before and PUNCTUATION.sub("", text) == PUNCTUATION.sub("", before):
        return Hollow.SAME
    return "" if SUBSTANCE.search(text) else Hollow.NOTHING


class RoundQuerySet(models.QuerySet["DispatchRound"]):
    def visible_to(self, actor: "Actor") -> Self:
        here = self.filter(jurisdiction=actor.jurisdiction)
        if actor.role in OFFICES:
            return here
        if actor.role == Role.ASSEMBLY_STAFF:
            return here.filter(plenary__assembly=actor.assembly)
        return self.none()

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def to_close(self, on: date) -> Self:
        """Their day has passed."""
        return self.open().filter(due_on__lt=on)


class DispatchRound(models.Model):
    """调度: what is asked of whom until when."""

    lock_with = ("plenary", "jurisdiction")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="dispatches")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="dispatches", verbose_name="届次")
    title = models.CharField("名称", max_length=100)
    asks = models.TextField("要报什么")
    due_on = models.DateField("报送期限")
    opened_at = models.DateTimeField("发出时间")
    closed_at = models.DateTimeField("结束时间", null=True)
    summary = models.TextField("调度小结", blank=True)
    series = models.ForeignKey(
        DispatchSeries, models.PROTECT, null=True, related_name="rounds", verbose_name="定期调度"
    )
    # The day of the series for which it stands, its own or one that fell on a rest day.
    period = models.DateField("第几期", null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调度"
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period"],
                name="one_round_a_period",
                violation_error_message="这一期已经发出。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desks:dispatch", args=[self.pk])

    @property
    def assembly(self) -> str:
        return self.plenary.assembly

    def is_over(self, on: date) -> bool:
        """Closed, or past its day: who has said nothing by then is named."""
        return self.closed_at is not None or self.due_on < on


class SheetQuerySet(models.QuerySet["DispatchSheet"]):
    def visible_to(self, actor: "Actor") -> Self:
        seen = models.Q(round__in=DispatchRound.objects.visible_to(actor))
        if actor.role in UNIT_ROLES:
            seen |= models.Q(unit=actor.unit)
        return self.filter(seen)

    def owed(self) -> Self:
        """Not answered, or sent back, in a round that is still open."""
        return self.filter(answered_at=None, round__closed_at=None)

    def silent(self) -> Self:
        return self.filter(answered_at=None)

    def late(self) -> Self:
        return self.alias(sent_on=TruncDate("answered_at")).filter(sent_on__gt=models.F("round__due_on"))


class DispatchSheet(models.Model):
    """调度单: the lines of one unit in a round, sent in one go."""

    lock_with = ("round", "round__plenary", "unit")

    round = models.ForeignKey(DispatchRound, models.CASCADE, related_name="sheets", verbose_name="调度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dispatch_sheets", verbose_name="单位")
    answered_at = models.DateTimeField("报送时间", null=True)
    sent_back = models.PositiveSmallIntegerField("退回次数", default=0)
    reason = models.TextField("退回原因", blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调度单"
        ordering = ["round_id", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="one_sheet_a_unit")]

    def __str__(self) -> str:
        return f"{self.round.title}：{self.unit.name}"

    def get_absolute_url(self) -> str:
        return reverse("desks:dispatch_sheet", args=[self.pk])

    @property
    def late(self) -> bool:
        """Of the moment that holds: a sending time that is corrected takes it away or brings it."""
        return self.answered_at is not None and day_of(self.answered_at) > self.round.due_on

    def sent(self, dispatch: DispatchRound, on: date) -> Sent:
        """What became of it, in its round as it stands on a day."""
        if self.answered_at:
            return Sent.LATE if day_of(self.answered_at) > dispatch.due_on else Sent.ON_TIME
        return Sent.SILENT if dispatch.is_over(on) else Sent.WAITING

    @property
    def jurisdiction_id(self) -> int:
        return self.round.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.round.plenary.assembly


class LineQuerySet(models.QuerySet["DispatchLine"]):
    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def hollow(self) -> Self:
        return self.answered().exclude(hollow="")


class DispatchLine(models.Model):
    """调度事项: one item, or one promise of it, on a unit's sheet, with what the unit says."""

    sheet = models.ForeignKey(DispatchSheet, models.CASCADE, related_name="lines")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="dispatch_lines", verbose_name="提案")
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, related_name="dispatch_lines", verbose_name="承诺事项"
    )
    standing = models.CharField("进展", max_length=10, choices=Progress.choices(), blank=True)
    text = models.TextField("具体情况", blank=True)
    next_on = models.DateField("下一步完成日期", null=True)
    hollow = models.CharField("空话", max_length=8, choices=Hollow.choices(), blank=True)
    answered_at = models.DateTimeField("报送时间", null=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调度事项"
        ordering = ["sheet_id", "id"]

    def __str__(self) -> str:
        about = f"：{self.promise.what}" if self.promise else ""
        return f"{self.proposal.numbered} {self.proposal.title}{about}"


class DispatchSaid(models.Model):
    """What was said of a line each time the sheet was sent: the words stand in the event, here whether they say anything."""

    line = models.ForeignKey(DispatchLine, models.CASCADE, related_name="said")
    hollow = models.CharField("空话", max_length=8, choices=Hollow.choices(), blank=True)
    said_at = models.DateTimeField("报送时间")
    sent_back_at = models.DateTimeField("退回时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "历次报送"
        ordering = ["line_id", "id"]

    def __str__(self) -> str:
        return f"{self.line}：{self.said_at:%Y-%m-%d}"
