"""评价: forms, one for each evaluator and round, and second handling."""

from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.handling.models import Assignment
from huiyin.journal.models import EventQuerySet
from huiyin.people.models import Proposer
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Proposal, seen_by
from huiyin.replies.models import Reply
from huiyin.words import (
    UNIT_ROLES,
    Channel,
    Dimension,
    EvaluationState,
    Grade,
    Role,
    SecondHandlingState,
)

if TYPE_CHECKING:
    from huiyin.people.actor import Actor


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """R4: a unit sees an evaluation only when it counts; a proposer sees the own forms, a link its one form."""
        if actor.by_link is not None:
            return self.filter(pk=actor.by_link)
        if actor.role == Role.PROPOSER:
            return self.filter(evaluator__person=actor.person, evaluator__person__isnull=False)
        return self.filter(seen_by(actor, "proposal__")).shown_beside_item(actor)

    def shown_beside_item(self, actor: "Actor") -> Self:
        """R4, of an item that the actor sees anyhow."""
        if actor.role == Role.PROPOSER:
            return self.filter(evaluator__person=actor.person, evaluator__person__isnull=False)
        return self.counted() if actor.role in UNIT_ROLES else self

    def live(self) -> Self:
        return self.exclude(state=EvaluationState.REVOKED)

    def waiting(self) -> Self:
        """Invited and not given yet."""
        return self.filter(state=EvaluationState.INVITED)

    def still_to_come(self) -> Self:
        """Not given yet; on paper it may be, even after its time was over."""
        return self.filter(state__in=[EvaluationState.INVITED, EvaluationState.LAPSED])

    def returned(self) -> Self:
        return self.filter(state=EvaluationState.SUBMITTED)

    def counted(self) -> Self:
        return self.filter(counted_at__isnull=False)

    def uncounted(self) -> Self:
        """Given, and not yet seen by the unit."""
        return self.returned().filter(counted_at=None)

    def of_reply(self, reply: Reply | int, *, later: bool = False) -> Self:
        return self.filter(reply=reply, later=later)

    def dissatisfied(self, dimension: str | None = None) -> Self:
        """With the lowest grade on that dimension, or on any."""
        ratings = Rating.objects.filter(grade=Grade.DISSATISFIED)
        if dimension:
            ratings = ratings.filter(dimension=dimension)
        return self.filter(pk__in=ratings.values("evaluation"))


def events_visible_to(actor: "Actor", events: EventQuerySet) -> EventQuerySet:
    """R4 in the story of an item: what a form says reaches a unit when it counts, another proposer never."""
    forms = Evaluation.objects.all()
    if actor.role in UNIT_ROLES:
        hidden = forms.filter(counted_at=None)
    elif actor.role == Role.PROPOSER:
        hidden = forms.exclude(pk__in=Evaluation.objects.visible_to(actor).values("pk"))
    else:
        return events
    this_form = models.Exists(hidden.order_by().filter(pk=models.OuterRef("subject_id")))
    return events.exclude(this_form, subject_kind=Evaluation._meta.label_lower)


class Evaluation(OfAnItem, models.Model):
    """征询意见表: one form of one evaluator on one reply. `later` asks about fulfilment, after carrying out."""

    lock_with = (
        "proposal",
        "proposal__plenary",
        "proposal__pack_version",
        "evaluator",
        "reply",
        "reply__assignment",
        "reply__assignment__unit",
    )

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="evaluations", verbose_name="提案")
    reply = models.ForeignKey(
        Reply, models.PROTECT, null=True, blank=True, related_name="evaluations", verbose_name="答复"
    )
    evaluator = models.ForeignKey(
        Proposer, models.PROTECT, null=True, blank=True, related_name="evaluations", verbose_name="评价人"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    later = models.BooleanField("落实评价", default=False)
    item = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="forms", verbose_name="评价人所提的一件"
    )
    state = models.CharField(
        max_length=10, choices=EvaluationState.choices(), default=EvaluationState.INVITED
    )
    channel = models.CharField("方式", max_length=8, choices=Channel.choices(), blank=True)
    nonce = models.CharField(max_length=32, blank=True)
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
        ordering = ["proposal_id", "round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "evaluator", "round", "later"],
                condition=~models.Q(state=EvaluationState.REVOKED),
                name="one_form_each_a_round",
                violation_error_message="这位提案者在这一轮已经有一张意见表。",
            )
        ]
        indexes = [
            models.Index(fields=["proposal", "round", "state"]),
            models.Index(fields=["state", "reply"]),
            models.Index(
                fields=["evaluator"],
                condition=models.Q(state=EvaluationState.INVITED),
                name="forms_not_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator.name if self.evaluator else '提案者'}的评价"

    @property
    def assignment(self) -> Assignment | None:
        return self.reply.assignment if self.reply else None

    def may_be_given_by(self, actor: "Actor") -> bool:
        """The invited proposer, logged in; the one-time link carries an actor of its own."""
        if actor.by_link is not None:
            return actor.by_link == self.pk
        return (
            actor.role == Role.PROPOSER
            and self.evaluator is not None
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


class SecondHandlingQuerySet(models.QuerySet["SecondHandling"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(seen_by(actor, "proposal__"))

    def to_be_decided(self) -> Self:
        return self.filter(state=SecondHandlingState.PROPOSED)

    def were_ordered(self) -> Self:
        """Every one that was ordered, done or not; declined ones were never."""
        return self.filter(ordered_at__isnull=False)


class SecondHandling(OfAnItem, models.Model):
    """重办: proposed, ordered by whom the pack says, done with a second reply; the first stays.

    `share` is the one whose reply was found wanting. It is not called assignment: a common reply has several.
    """

    lock_with = (
        "proposal",
        "proposal__plenary",
        "proposal__pack_version",
        "share",
        "share__unit",
        "evaluation",
    )

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
    share = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="second_handlings", verbose_name="交办件"
    )
    reason = models.TextField("原因", blank=True)
    decision = models.TextField("决定", blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    proposed_at = models.DateTimeField("提出", null=True)
    ordered_at = models.DateTimeField("决定", null=True)
    declined_at = models.DateTimeField("不再重办", null=True)
    done_at = models.DateTimeField("重新答复", null=True)

    objects = SecondHandlingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重办"
        ordering = ["proposal_id", "round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["share", "round"],
                name="one_second_handling_a_round",
                violation_error_message="这一轮已经提出重办。",
            )
        ]
        indexes = [
            models.Index(
                fields=["proposal"],
                condition=models.Q(state=SecondHandlingState.PROPOSED),
                name="second_handlings_to_decide",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal}第{self.round}轮办理"
