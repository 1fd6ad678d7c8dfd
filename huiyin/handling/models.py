"""承办: a unit's share of an item, and what is asked and decided about it."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.clock.said import in_full
from huiyin.people.models import Post, Proposer, Unit
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Proposal, seen_by
from huiyin.words import UNIT_ROLES, AssignmentState, Role, Ruling, UnitRole

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

OUT = (AssignmentState.RETURNED, AssignmentState.CANCELLED)
ANSWERING = (UnitRole.LEAD, UnitRole.SEPARATE)
IN_HAND = (
    AssignmentState.OFFERED,
    AssignmentState.RETURN_ASKED,
    AssignmentState.SIGNED,
    AssignmentState.PLANNED,
    AssignmentState.REHANDLING,
    AssignmentState.OPINION_GIVEN,
)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(seen_by(actor, "proposal__"))

    def in_state(self, *states: str) -> Self:
        """Of several; written with OR, so that SQLite finds the few in hand by their own index, however many are closed."""
        return self.filter(reduce(or_, (models.Q(state=state) for state in sorted(states))))

    def standing(self) -> Self:
        """Not returned and not cancelled."""
        return self.exclude(state__in=OUT)

    def answering(self) -> Self:
        """Lead and separate units: those who owe the proposer an answer."""
        return self.filter(role__in=ANSWERING)


class Assignment(OfAnItem, models.Model):
    """交办件: one unit's share of one proposal."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version", "unit")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments", verbose_name="提案")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="承办单位")
    role = models.CharField("承办方式", max_length=10, choices=UnitRole.choices())
    part = models.TextField("承办内容", blank=True)
    state = models.CharField(
        max_length=16, choices=AssignmentState.choices(), default=AssignmentState.OFFERED
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    handler = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="承办人"
    )
    division = models.CharField("承办科室", max_length=60, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="接替"
    )
    offered_at = models.DateTimeField("交办", null=True)
    offered_known = models.BooleanField(default=True)
    signed_at = models.DateTimeField("签收", null=True)
    answered_at = models.DateTimeField("答复", null=True)
    answered_known = models.BooleanField(default=True)
    returned_at = models.DateTimeField("退办", null=True)
    cancelled_at = models.DateTimeField("撤销", null=True)
    closed_at = models.DateTimeField("办结", null=True)

    objects = AssignmentQuerySet.as_manager()
    worked: int | None = (
        None  # workdays since it was given, and those of them that were stopped: where a page counts
    )
    stopped = 0

    class Meta:
        verbose_name = verbose_name_plural = "交办件"
        ordering = ["proposal_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "unit"],
                condition=~models.Q(state__in=OUT),
                name="one_share_a_unit",
                violation_error_message="这个单位已经在承办这件提案。",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["unit", "proposal"]),
            # As long as the work of today, however many are closed; written with OR for SQLite, as with items.
            models.Index(
                fields=["state"],
                condition=reduce(or_, (models.Q(state=state) for state in IN_HAND)),
                name="shares_in_hand",
            ),
            models.Index(fields=["state"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}（{UnitRole.label_of(self.role)}）"

    @property
    def assignment(self) -> "Assignment":
        return self

    @property
    def is_answering(self) -> bool:
        return self.role in ANSWERING


def working_papers(actor: "Actor", to_share: str) -> models.Q:
    """Whose drafts, and the promises in them, the actor may read before they go out: the office and the auditor everybody's,
    a unit its own and those of the other leads with whom it agrees on one answer; nobody else any. `to_share` leads to the
    share that they belong to."""
    if actor.role in (Role.AUDITOR, Role.REGISTRAR):
        return models.Q(pk__isnull=False)
    if actor.unit is None or actor.role not in UNIT_ROLES:
        return models.Q(pk__in=[])
    leading = Assignment.objects.standing().filter(unit=actor.unit, role=UnitRole.LEAD).order_by()
    together = {f"{to_share}role": UnitRole.LEAD, f"{to_share}proposal__in": leading.values("proposal")}
    return models.Q(**{f"{to_share}unit": actor.unit}) | models.Q(**together)


class _Part(OfAnItem, models.Model):
    """A row that belongs to one assignment."""

    lock_with = (
        "assignment",
        "assignment__unit",
        "assignment__proposal",
        "assignment__proposal__plenary",
        "assignment__proposal__pack_version",
    )

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="%(class)ss", verbose_name="交办件"
    )

    class Meta:
        abstract = True

    @property
    def proposal(self) -> Proposal:
        return self.assignment.proposal

    @property
    def unit_id(self) -> int:
        return self.assignment.unit_id


class ReturnRequest(_Part):
    """退办申请 of the unit, or an objection of the proposer (异议) to it; with the registrar's ruling."""

    reason = models.TextField("理由")
    proposed = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议改由"
    )
    objected_by = models.ForeignKey(
        Proposer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出异议的提案者"
    )
    came_from = models.CharField(max_length=16, choices=AssignmentState.choices())
    asked_at = models.DateTimeField("申请")
    late = models.BooleanField("超过退办期限", default=False)
    ruling = models.CharField("裁定", max_length=8, choices=Ruling.choices(), blank=True)
    ruling_reason = models.TextField("裁定理由", blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "退办申请"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment} {'收到异议' if self.objected_by_id else '申请退办'}"


class GradeObjection(_Part):
    """难易程度异议: a unit holds that its item is harder or easier than graded; it may say so once."""

    grade = models.PositiveSmallIntegerField("建议的难易程度")
    reason = models.TextField("理由")
    asked_at = models.DateTimeField("提出时间")
    ruling = models.CharField("裁定", max_length=8, choices=Ruling.choices(), blank=True)
    ruling_reason = models.TextField("裁定理由", blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "难易程度异议"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                name="objects_to_grade_once",
                violation_error_message="这一件的难易程度已经提过异议。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment}：难易程度应为{self.grade}"


class HandlingPlan(_Part):
    """定人、定案、定时"""

    person = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    measures = models.TextField("措施")
    until = models.DateField("完成时限", null=True, blank=True)
    made_at = models.DateTimeField("制定时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理方案"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.measures


class CoOpinion(_Part):
    """会办意见: a co-handler's written opinion to the lead."""

    round = models.PositiveSmallIntegerField("轮次", default=1)
    text = models.TextField("会办意见")
    given_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "会办意见"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "round"],
                name="one_opinion_a_round",
                violation_error_message="这一轮已经交过会办意见，可以修改原意见。",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Extension(_Part):
    """延期: asked for and ruled on, or explained where the pack knows no approval."""

    reason = models.TextField("理由")
    until = models.DateField("延至")
    asked_at = models.DateTimeField("申请时间")
    ruling = models.CharField("裁定", max_length=8, choices=Ruling.choices(), blank=True)
    ruling_reason = models.TextField("裁定理由", blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"延至{in_full(self.until)}"


class Pause(_Part):
    """中止计时: matters put to a superior authority, with reason."""

    reason = models.TextField("理由")
    superior = models.CharField("报请单位", max_length=100, blank=True)
    from_at = models.DateTimeField("起")
    to_at = models.DateTimeField("止", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "中止计时"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
