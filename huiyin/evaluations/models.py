"""评价: forms, one for each evaluator and round, and second handling."""

from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.people.models import Proposer
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.words import (
    Channel,
    Dimension,
    EvaluationState,
    Grade,
    Role,
    SecondHandlingState,
)

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

UNIT_ROLES = (Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """R4: a unit sees an evaluation only when it counts; a proposer sees the own forms."""
        seen = self.filter(proposal__in=Proposal.objects.visible_to(actor))
        if actor.role in UNIT_ROLES:
            return seen.filter(counted_at__isnull=False)
        if actor.role == Role.PROPOSER:
            return seen.filter(evaluator__person=actor.person)
        return seen

    def counted(self) -> Self:
        return self.filter(counted_at__isnull=False)


class Evaluation(models.Model):
    """征询意见表: one form of one evaluator on one reply. `later` asks about fulfilment, after carrying out."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version", "evaluator")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="evaluations", verbose_name="提案")
    reply = models.ForeignKey(
        Reply, models.PROTECT, null=True, blank=True, related_name="evaluations", verbose_name="答复"
    )
    evaluator = models.ForeignKey(
        Proposer, models.PROTECT, null=True, blank=True, related_name="evaluations", verbose_name="评价人"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    later = models.BooleanField("落实评价", default=False)
    state = models.CharField(
        max_length=10, choices=EvaluationState.choices(), default=EvaluationState.INVITED
    )
    channel = models.CharField("方式", max_length=8, choices=Channel.choices(), blank=True)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    expires_at = models.DateTimeField("链接失效", null=True)
    reason = models.TextField("意见", blank=True)
    invited_at = models.DateTimeField("邀请", null=True)
    submitted_at = models.DateTimeField("评价", null=True)
    submitted_known = models.BooleanField(default=True)
    counted_at = models.DateTimeField("计入", null=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        ordering = ["proposal", "round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "evaluator", "round", "later"],
                condition=~models.Q(state=EvaluationState.REVOKED),
                name="one_form_each_a_round",
                violation_error_message="这位提案者在这一轮已经有一张意见表。",
            )
        ]
        indexes = [models.Index(fields=["proposal", "round", "state"])]

    def __str__(self) -> str:
        return f"{self.evaluator.name if self.evaluator else '提案者'}的评价"

    @property
    def jurisdiction_id(self) -> int:
        return self.proposal.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.proposal.assembly

    def may_be_given_by(self, actor: "Actor") -> bool:
        """The invited proposer, logged in; the one-time link carries an actor of its own."""
        return (
            self.evaluator is not None
            and actor.person is not None
            and self.evaluator.person_id == actor.person.pk
        )


class Rating(models.Model):
    """One grade on one dimension."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="ratings")
    dimension = models.CharField("方面", max_length=12, choices=Dimension.choices())
    grade = models.CharField("等次", max_length=14, choices=Grade.choices())

    class Meta:
        verbose_name = verbose_name_plural = "等次"
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "dimension"], name="one_grade_a_dimension")
        ]

    def __str__(self) -> str:
        return f"{Dimension.label_of(self.dimension)}{Grade.label_of(self.grade)}"


class SecondHandling(models.Model):
    """重办: proposed, ordered by whom the pack says, done with a second reply; the first stays."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version")

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="second_handlings", verbose_name="提案"
    )
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, null=True, related_name="+", verbose_name="起因评价"
    )
    round = models.PositiveSmallIntegerField("轮次", default=2)
    state = models.CharField(
        max_length=10, choices=SecondHandlingState.choices(), default=SecondHandlingState.PROPOSED
    )
    reason = models.TextField("原因", blank=True)
    proposed_at = models.DateTimeField("提出", null=True)
    ordered_at = models.DateTimeField("决定", null=True)
    done_at = models.DateTimeField("重新答复", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "重办"
        ordering = ["proposal", "round", "id"]

    def __str__(self) -> str:
        return f"{self.proposal}第{self.round}轮办理"

    @property
    def jurisdiction_id(self) -> int:
        return self.proposal.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.proposal.assembly
