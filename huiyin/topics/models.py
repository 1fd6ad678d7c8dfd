"""由点及面: topics that group items across units and years, what came of them, and items that are raised again."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from huiyin.clock.now import day_of
from huiyin.handling.models import Assignment
from huiyin.people.models import Jurisdiction, Post, Unit
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal, seen_by
from huiyin.topics.repeats import Repeat
from huiyin.topics.words import OutcomeKind, TopicKind, TopicState
from huiyin.words import Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

__all__ = ["Outcome", "Repeat", "Topic", "TopicItem", "TopicPromise", "plain"]

QUARTER = 90  # days after which the owner of a topic is asked how it stands
OFFICES = (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER, Role.AUDITOR)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Offices see all of the place; a unit what it answers for, and everybody what an item of theirs belongs to."""
        here = self.filter(jurisdiction=actor.jurisdiction)
        if actor.role in OFFICES:
            return here
        joined = TopicItem.objects.standing().filter(seen_by(actor, "proposal__")).order_by()
        seen = models.Q(pk__in=joined.values("topic"))
        if actor.unit is not None:
            seen |= models.Q(unit=actor.unit)
        return here.filter(seen)

    def unsettled(self) -> Self:
        return self.exclude(state=TopicState.SETTLED)

    def waiting_for_a_report(self, at: datetime) -> Self:
        """Being carried out, past their day or without a word for a quarter."""
        since = at - timedelta(days=QUARTER)
        silent = models.Q(begun_at__lt=since) & (models.Q(reported_at=None) | models.Q(reported_at__lt=since))
        late = models.Q(due_on__lt=day_of(at)) & (
            models.Q(reported_at=None) | models.Q(reported_at__date__lte=models.F("due_on"))
        )
        return self.filter(silent | late, state=TopicState.CARRIED_OUT)

    def ready_to_settle(self) -> Self:
        """Being carried out, with promises of their own, each of which has been settled."""
        bound = TopicPromise.objects.standing().filter(topic=models.OuterRef("pk"))
        still_open = bound.filter(promise__in=Promise.objects.open())
        carried = self.filter(state=TopicState.CARRIED_OUT)
        return carried.filter(models.Exists(bound)).exclude(models.Exists(still_open))


class Topic(models.Model):
    """同类问题、专项行动: one owner, the items that belong to it, the promises that serve it."""

    lock_with = ("jurisdiction", "unit")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="topics", verbose_name="地区")
    kind = models.CharField("类别", max_length=12, choices=TopicKind.choices())
    title = models.CharField("名称", max_length=100)
    description = models.TextField("说明")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="topics", verbose_name="牵头单位")
    owner = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name="责任人"
    )
    state = models.CharField(max_length=12, choices=TopicState.choices(), default=TopicState.OPEN)
    plan = models.TextField("推进办法", blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    result = models.TextField("解决情况", blank=True)
    opened_at = models.DateTimeField("提出")
    begun_at = models.DateTimeField("开始推进", null=True)
    reported_at = models.DateTimeField("报告进展", null=True)
    settled_at = models.DateTimeField("解决", null=True)

    objects = TopicQuerySet.as_manager()
    picked_by = ("title",)

    class Meta:
        verbose_name = verbose_name_plural = "同类问题、专项行动"
        ordering = ["-id"]
        indexes = [models.Index(fields=["jurisdiction", "state"]), models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desks:topic", args=[self.pk])


class _LinkQuerySet(models.QuerySet["_Link"]):
    def visible_to(self, actor: "Actor") -> Self:
        path = "proposal__" if self.model is TopicItem else "promise__proposal__"
        return self.filter(seen_by(actor, path))

    def standing(self) -> Self:
        return self.filter(left_at=None)


class _Link(models.Model):
    """What belongs to a topic from one day to another."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="%(class)ss", verbose_name="专题")
    joined_at = models.DateTimeField("列入")
    left_at = models.DateTimeField("移出", null=True)

    objects = _LinkQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def jurisdiction_id(self) -> int:
        return self.topic.jurisdiction_id

    @property
    def unit_id(self) -> int:
        """Who answers for the topic."""
        return self.topic.unit_id

    @property
    def unit(self) -> Unit:
        return self.topic.unit


class TopicItem(_Link):
    """An item of a topic."""

    lock_with = ("topic__unit", "proposal", "proposal__plenary", "proposal__pack_version")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="topicitems", verbose_name="提案")

    class Meta:
        verbose_name = verbose_name_plural = "列入专题的件"
        ordering = ["topic_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "proposal"],
                condition=models.Q(left_at=None),
                name="in_a_topic_once",
                violation_error_message="这一件已经列入这个专题。",
            )
        ]

    def __str__(self) -> str:
        return f"列入“{self.topic}”"


class TopicPromise(_Link):
    """A promise that serves a topic; it stays the promise of its item, with its own dates and evidence."""

    lock_with = ("topic__unit", "promise__proposal__plenary", "promise__proposal__pack_version")

    promise = models.ForeignKey(
        Promise, models.PROTECT, related_name="topicpromises", verbose_name="承诺事项"
    )

    class Meta:
        verbose_name = verbose_name_plural = "列入专题的承诺"
        ordering = ["topic_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "promise"],
                condition=models.Q(left_at=None),
                name="serves_a_topic_once",
                violation_error_message="这项承诺已经列入这个专题。",
            )
        ]

    def __str__(self) -> str:
        return f"承诺列入“{self.topic}”：{self.promise}"

    @property
    def proposal(self) -> Proposal:
        return self.promise.proposal

    @property
    def assignment(self) -> Assignment | None:
        return self.promise.assignment


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(topic__in=Topic.objects.visible_to(actor).order_by().values("pk"))

    def standing(self) -> Self:
        return self.filter(replaced_at=None)


class Outcome(models.Model):
    """成效: a number with its unit of measure, its period and its source. A corrected one stays beside the new one."""

    lock_with = ("topic", "topic__unit")

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="outcomes", verbose_name="专题")
    kind = models.CharField("内容", max_length=10, choices=OutcomeKind.choices())
    what = models.CharField("指标", max_length=100)
    before = models.DecimalField("推进前", max_digits=16, decimal_places=4, null=True, blank=True)
    after = models.DecimalField("推进后", max_digits=16, decimal_places=4)
    measure = models.CharField("计量单位", max_length=20)
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    source = models.CharField("来源", max_length=200)
    recorded_at = models.DateTimeField("登记时间")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="更正前"
    )
    reason = models.TextField("更正理由", blank=True)
    replaced_at = models.DateTimeField("被更正", null=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "成效"
        ordering = ["topic_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_on__lte=models.F("to_on")), name="outcomes_have_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}{self.change}（{self.source}）"

    @property
    def change(self) -> str:
        """由1200个增加到3500个; only the later value where nothing was counted before."""
        after = f"{plain(self.after)}{self.measure}"
        if self.before is None:
            return after
        return f"由{plain(self.before)}{self.measure}{self.way}{after}"

    @property
    def way(self) -> str:
        before = self.before if self.before is not None else self.after
        return "增加到" if self.after > before else "减少到" if self.after < before else "保持在"

    @property
    def jurisdiction_id(self) -> int:
        return self.topic.jurisdiction_id

    @property
    def unit_id(self) -> int:
        return self.topic.unit_id

    @property
    def unit(self) -> Unit:
        return self.topic.unit


def plain(number: object) -> str:
    """3500 and not 3500.0000."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
