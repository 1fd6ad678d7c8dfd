"""督办: what leaders and the office do about an item, each with target, due date and outcome."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from huiyin.files.models import Attachment
from huiyin.handling.models import ANSWERING, Assignment
from huiyin.people.models import Jurisdiction, Post, Unit
from huiyin.promises.models import Promise
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Plenary, Proposal, seen_by
from huiyin.supervision.dispatching import DispatchLine, DispatchRound, DispatchSaid, DispatchSheet
from huiyin.supervision.divisions import Division
from huiyin.supervision.sampling import Sample, SampledItem
from huiyin.supervision.series import DispatchSeries
from huiyin.supervision.superiors import SuperiorMatter
from huiyin.supervision.tasks import Task, TaskDate, TaskReport
from huiyin.supervision.words import MeetingKind, Verdict
from huiyin.words import LeadershipKind, Role, UrgingWay

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

__all__ = [
    "DispatchLine",
    "DispatchRound",
    "DispatchSaid",
    "DispatchSeries",
    "DispatchSheet",
    "Division",
    "Inspection",
    "Instruction",
    "Leadership",
    "Meeting",
    "Sample",
    "SampledItem",
    "SuperiorMatter",
    "Task",
    "TaskDate",
    "TaskReport",
    "Urging",
]


class _InternalQuerySet(models.QuerySet["_OnProposal"]):
    """Acts between offices: seen with the item, but not by its proposers."""

    def visible_to(self, actor: "Actor") -> Self:
        if actor.role == Role.PROPOSER:
            return self.none()
        return self.filter(seen_by(actor, "proposal__"))


class LeadershipQuerySet(models.QuerySet["Leadership"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(seen_by(actor, "proposal__"))

    def current(self) -> Self:
        return self.filter(until=None)


class UrgingQuerySet(_InternalQuerySet):
    def unanswered(self) -> Self:
        return self.filter(receipt_at=None)

    def slips(self) -> Self:
        return self.exclude(colour="")

    def overdue(self, on: date) -> Self:
        """The unit has not answered by the day it was given."""
        return self.unanswered().filter(due_on__lt=on)


class InspectionQuerySet(_InternalQuerySet):
    def look_backs(self) -> Self:
        return self.filter(look_back=True)

    def wanting(self) -> Self:
        return self.filter(verdict=Verdict.WANTING)

    def made_good(self) -> Self:
        """Something was wanting, and the office has accepted every redress that was asked for; where all of it was
        cancelled, nothing has been made good."""
        redressed = self.wanting().filter(tasks__in=Task.objects.accepted())
        return redressed.exclude(tasks__in=Task.objects.open()).distinct()

    def to_go_again(self) -> Self:
        """Made good on paper, and nobody has gone to see."""
        return self.made_good().filter(again=None)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The office and the assembly see every meeting of theirs, units and proposers those about their items; an
        interview is between the offices and the unit that it is held with."""
        if actor.role in (Role.REGISTRAR, Role.GOVERNMENT_LEADER, Role.AUDITOR):
            return self.filter(jurisdiction=actor.jurisdiction)
        if actor.role == Role.ASSEMBLY_STAFF:
            return self.filter(jurisdiction=actor.jurisdiction, plenary__assembly=actor.assembly)
        about_items = models.Q(proposals__in=Proposal.objects.visible_to(actor))
        about_items &= ~models.Q(kind=MeetingKind.INTERVIEW)
        if actor.role == Role.PROPOSER:
            return self.filter(about_items).distinct()
        return self.filter(about_items | models.Q(unit=actor.unit, unit__isnull=False)).distinct()


class _OnProposal(OfAnItem, models.Model):
    """A row about one proposal."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="%(class)ss", verbose_name="提案")

    class Meta:
        abstract = True

    @property
    def unit_ids(self) -> set[int]:
        """The units that answer for what is asked here: those of the item, unless the row names one."""
        return set(
            Assignment.objects.standing().filter(proposal=self.proposal).values_list("unit", flat=True)
        )


class Leadership(_OnProposal):
    """领办、督办 of a key item by a government leader."""

    leader = models.ForeignKey(Post, models.PROTECT, related_name="leaderships", verbose_name="市领导")
    kind = models.CharField("方式", max_length=10, choices=LeadershipKind.choices())
    since = models.DateTimeField("起")
    until = models.DateTimeField("止", null=True)

    objects = LeadershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领办督办"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "leader", "kind"],
                condition=models.Q(until=None),
                name="leads_once",
                violation_error_message="这位市领导已经在领办或督办这一件。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.leader.person.name}{LeadershipKind.label_of(self.kind)}"


class Urging(_OnProposal):
    """催办, with the unit's receipt."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="urgings", verbose_name="交办件"
    )
    way = models.CharField("方式", max_length=10, choices=UrgingWay.choices())
    text = models.TextField("催办内容")
    due_on = models.DateField("回复期限", null=True, blank=True)
    sent_at = models.DateTimeField("催办时间")
    # 亮灯督办: a slip in a colour of the pack; plain urgings have none.
    colour = models.CharField("颜色", max_length=10, blank=True)
    receipt = models.TextField("单位回复", blank=True)
    receipt_at = models.DateTimeField("回复时间", null=True)

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.colour}色督办单：{self.text}" if self.colour else self.text

    @property
    def unit_id(self) -> int | None:
        return self.assignment.unit_id if self.assignment else None


class Inspection(_OnProposal):
    """督查、回头看: `look_back` marks the second inspection after the reply."""

    look_back = models.BooleanField("回头看", default=False)
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, blank=True, related_name="inspections", verbose_name="承诺事项"
    )
    place = models.CharField("地点", max_length=100, blank=True)
    position = models.CharField("位置", max_length=60, blank=True)
    verdict = models.CharField("结论", max_length=8, choices=Verdict.choices(), default=Verdict.WELL)
    finding = models.TextField("发现的情况")
    redress = models.TextField("整改要求", blank=True)
    redress_due_on = models.DateField("整改期限", null=True, blank=True)
    at = models.DateTimeField("时间")
    again_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="again", verbose_name="二次核查的原督查"
    )
    photos = models.ManyToManyField(Attachment, related_name="inspections", blank=True, verbose_name="照片")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.finding

    @property
    def where(self) -> str:
        """In words and by coordinates, as far as either was written down."""
        return " ".join(filter(None, (self.place, self.position)))

    @property
    def unit_ids(self) -> set[int]:
        """Those of the promise; else the units that answer for the item."""
        if self.promise:
            return self.promise.unit_ids
        standing = Assignment.objects.standing().filter(proposal=self.proposal, role__in=ANSWERING)
        return set(standing.values_list("unit", flat=True))


class Instruction(_OnProposal):
    """批示: a leader's line, and what came of it."""

    leader = models.ForeignKey(Post, models.PROTECT, related_name="instructions", verbose_name="市领导")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="instructions", verbose_name="落实单位"
    )
    text = models.TextField("批示内容")
    due_on = models.DateField("报告期限", null=True, blank=True)
    given_at = models.DateTimeField("批示时间")
    objects = _InternalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批示"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text

    @property
    def unit_ids(self) -> set[int]:
        return {self.unit_id} if self.unit_id else super().unit_ids


class Meeting(models.Model):
    """会议: of a plenary's work or of single items; feeds the circular's figures."""

    lock_with = ("plenary", "jurisdiction")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="meetings")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="meetings", verbose_name="届次")
    kind = models.CharField("类别", max_length=14, choices=MeetingKind.choices())
    title = models.CharField("名称", max_length=100)
    at = models.DateTimeField("时间")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="interviews", verbose_name="被约谈单位"
    )
    place = models.CharField("地点", max_length=100, blank=True)
    attendance = models.TextField("参加人员", blank=True)
    record = models.TextField("会议记录", blank=True)
    outcome = models.TextField("议定事项", blank=True)
    proposals = models.ManyToManyField(Proposal, related_name="meetings", blank=True, verbose_name="涉及提案")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desks:meeting", args=[self.pk])

    @property
    def assembly(self) -> str:
        return self.plenary.assembly
