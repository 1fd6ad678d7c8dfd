"""答复: one reply a round for each lead or separate unit, with versions, an answer per point and a mark."""

from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.files.models import Attachment
from huiyin.handling.models import Assignment, working_papers
from huiyin.people.models import Post, Unit
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Point, Proposal, seen_by
from huiyin.words import Disposition, Meaning, Publicity, ReplyState, UnitRole

if TYPE_CHECKING:
    from huiyin.people.actor import Actor


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, actor: "Actor") -> Self:
        """With the item. A draft is seen by the unit, by the other leads who are to agree to it, and by the office;
        proposers, leaders, co-units and the assembly see what has been issued."""
        issued = models.Q(state=ReplyState.ISSUED)
        return self.filter(
            seen_by(actor, "assignment__proposal__"), issued | working_papers(actor, "assignment__")
        )

    def issued(self) -> Self:
        return self.filter(state=ReplyState.ISSUED)

    def live(self) -> Self:
        return self.exclude(state=ReplyState.VOID)

    def in_hand(self) -> Self:
        """Begun and not issued yet."""
        return self.filter(issued_at=None).exclude(state=ReplyState.VOID)

    def to_be_checked(self) -> Self:
        """Before they are issued; where the pack checks afterwards, see `unchecked`."""
        return self.filter(state=ReplyState.IN_CHECK)

    def unchecked(self) -> Self:
        return self.issued().filter(passed_at=None, failed_at=None)


class Reply(OfAnItem, models.Model):
    """答复件. `mark` is a code in `scheme`, never a bare letter; `meaning` says which of its meanings it has (R3)."""

    lock_with = (
        "assignment",
        "assignment__unit",
        "assignment__proposal",
        "assignment__proposal__plenary",
        "assignment__proposal__pack_version",
    )

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="replies", verbose_name="交办件")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    state = models.CharField(max_length=12, choices=ReplyState.choices(), default=ReplyState.DRAFT)
    text = models.TextField("答复正文", blank=True)
    mark = models.CharField("办理结果", max_length=12, blank=True)
    scheme = models.CharField("结果类别方案", max_length=60, blank=True)
    meaning = models.CharField("含义", max_length=16, choices=Meaning.choices(), blank=True)
    meaning_note = models.TextField("依据或原因", blank=True)
    completed_on = models.DateField("办结日期", null=True, blank=True)
    publicity = models.CharField("公开属性", max_length=12, choices=Publicity.choices(), blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    signatory = models.CharField("签发人", max_length=40, blank=True)
    contact_person = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    went_without = models.TextField("未等会办意见的原因", blank=True)
    evidence = models.ManyToManyField(
        Attachment, related_name="shown_in_replies", blank=True, verbose_name="佐证"
    )
    lead_consents = models.BooleanField("联名人同意只答复第一提案人", default=False)
    agreed = models.ManyToManyField(
        Assignment, through="Agreement", related_name="agreed_replies", verbose_name="会签"
    )
    drafted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草", null=True)
    submitted_at = models.DateTimeField("送审", null=True)
    signed_at = models.DateTimeField("签发", null=True)
    passed_at = models.DateTimeField("审核通过", null=True)
    failed_at = models.DateTimeField("审核退回", null=True)
    issued_at = models.DateTimeField("答复", null=True)
    issued_known = models.BooleanField(default=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ["assignment_id", "round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "round"],
                condition=~models.Q(state=ReplyState.VOID),
                name="one_reply_a_round",
                violation_error_message="这一轮已经有一份答复了。",
            )
        ]
        indexes = [
            models.Index(fields=["state", "issued_at"]),
            models.Index(fields=["state"], condition=models.Q(issued_at=None), name="replies_not_gone_out"),
            models.Index(
                fields=["state"],
                condition=models.Q(state=ReplyState.IN_CHECK)
                | models.Q(state=ReplyState.ISSUED, passed_at=None, failed_at=None),
                name="replies_to_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment.unit.name}的答复"

    @property
    def proposal(self) -> Proposal:
        return self.assignment.proposal

    @property
    def unit_id(self) -> int:
        return self.assignment.unit_id

    def may_be_agreed_by(self, unit: Unit | None) -> bool:
        """Another lead unit of the same item."""
        return unit is not None and other_leads(self).filter(unit=unit).exists()


def other_leads(reply: Reply) -> models.QuerySet[Assignment]:
    """Lead units of the item beside the one whose reply it is."""
    leads = Assignment.objects.standing().filter(proposal=reply.assignment.proposal_id, role=UnitRole.LEAD)
    return (
        leads.exclude(pk=reply.assignment_id) if reply.assignment.role == UnitRole.LEAD else leads.none()
    ).select_related("unit")


class Agreement(models.Model):
    """会签: another lead unit agrees to a common reply (several_leads = one_agreed_reply)."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="agreements")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="agreements")
    at = models.DateTimeField("会签时间")

    class Meta:
        verbose_name = verbose_name_plural = "会签"
        ordering = ["reply_id", "id"]
        constraints = [models.UniqueConstraint(fields=["reply", "assignment"], name="agrees_once")]

    def __str__(self) -> str:
        return f"{self.assignment.unit.name}会签"


class ReplyVersion(models.Model):
    """One version of a draft, kept as it was."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    text = models.TextField("正文", blank=True)
    mark = models.CharField("办理结果", max_length=12, blank=True)
    meaning = models.CharField("含义", max_length=16, choices=Meaning.choices(), blank=True)
    answers = models.JSONField("逐条回应", default=list)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="修改人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复版本"
        ordering = ["reply_id", "number"]
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="version_numbers_once")]

    def __str__(self) -> str:
        return f"第{self.number}稿"


class Answer(models.Model):
    """逐条回应: what the reply says to one point."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers")
    point = models.ForeignKey(Point, models.PROTECT, related_name="answers")
    disposition = models.CharField("处理", max_length=10, choices=Disposition.choices())
    text = models.TextField("回应", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "逐条回应"
        ordering = ["reply_id", "point__number"]
        constraints = [models.UniqueConstraint(fields=["reply", "point"], name="one_answer_a_point")]

    def __str__(self) -> str:
        return Disposition.label_of(self.disposition)


class MarkHistory(models.Model):
    """办理结果的变化: one row each time a unit's result was set, raised with evidence or openly lowered (R5)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="marks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="marks")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="marks")
    scheme = models.CharField("方案", max_length=60)
    mark = models.CharField("办理结果", max_length=12)
    order = models.PositiveSmallIntegerField("次序")
    meaning = models.CharField("含义", max_length=16, choices=Meaning.choices(), blank=True)
    since = models.DateTimeField("起")
    since_known = models.BooleanField(default=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理结果变化"
        ordering = ["assignment_id", "id"]
        indexes = [models.Index(fields=["proposal", "assignment", "since"])]

    def __str__(self) -> str:
        return self.mark
