"""承诺事项: what a reply undertakes, until it is carried out."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from huiyin.contacts.models import Contact
from huiyin.files.models import Attachment
from huiyin.handling.models import Assignment, working_papers
from huiyin.people.models import Post, Unit
from huiyin.promises.tracking import Alteration, Confirmation, Explanation, Report
from huiyin.promises.using import Use
from huiyin.promises.vague import is_vague, not_named
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Point, Proposal, seen_by
from huiyin.words import UNIT_ROLES, PromiseState, Role

__all__ = [
    "OPEN",
    "SETTLED",
    "SLIPPED",
    "VAGUE",
    "Alteration",
    "Confirmation",
    "DueDate",
    "Evidence",
    "Explanation",
    "Milestone",
    "Promise",
    "Report",
    "Use",
]

OPEN = (PromiseState.ACTIVE, PromiseState.CLAIMED)
SLIPPED = models.Q(due_on__gt=models.F("first_due_on"))
VAGUE = models.Q(named_at=None, on_paper=False)
SETTLED = (PromiseState.KEPT, PromiseState.DROPPED)

if TYPE_CHECKING:
    from huiyin.people.actor import Actor


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, actor: "Actor") -> Self:
        """With the item; a unit also sees what it is responsible for in an item that it has no share of. What stands in a
        draft is seen by those who may read the draft."""
        seen = seen_by(actor, "proposal__")
        if actor.role in UNIT_ROLES and actor.unit is not None:
            seen |= models.Q(unit=actor.unit, undertaken_at__isnull=False)
        if actor.role in (Role.ASSEMBLY_STAFF, Role.PROPOSER, *UNIT_ROLES):
            seen |= models.Q(pk__in=Use.objects.visible_to(actor).standing().order_by().values("promise"))
        given = models.Q(undertaken_at__isnull=False)
        return self.filter(seen, given | working_papers(actor, "assignment__"))

    def serving(self, item: Proposal | int) -> Self:
        """Given in answer to this item, or to another one and used for it."""
        used = Use.objects.standing().filter(proposal=item).order_by().values("promise")
        return self.filter(models.Q(proposal=item) | models.Q(pk__in=used))

    def live(self) -> Self:
        return self.exclude(state=PromiseState.VOID)

    def in_force(self) -> Self:
        """Undertaken by a reply that has been issued."""
        return self.live().filter(undertaken_at__isnull=False)

    def drafted(self) -> Self:
        """Written into a draft, undertaken when its reply is issued."""
        return self.filter(state=PromiseState.ACTIVE, undertaken_at=None)

    def open(self) -> Self:
        """In force and not settled: the office has accepted no evidence yet, nor has it been dropped."""
        return self.in_force().filter(state__in=OPEN, kept_at=None, dropped_at=None)

    def settled(self) -> Self:
        """Carried out, or dropped with the proposer told (R6)."""
        return self.filter(state__in=SETTLED)

    def claimed(self) -> Self:
        return self.filter(state=PromiseState.CLAIMED)

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def slipped(self) -> Self:
        """Whose date is later now than the first one."""
        return self.in_force().filter(SLIPPED)

    def vague(self) -> Self:
        """That name neither an amount, nor a milestone, nor a proof."""
        return self.in_force().filter(VAGUE)


class Promise(OfAnItem, models.Model):
    """承诺: what, who, by when. The date is agreed, not computed; `first_due_on` never changes.

    named_at: since when it names something by which it can be held: an amount, a milestone or a proof. on_paper: taken
    in from a ledger, which need not say all that the letter said; its words are not judged.
    """

    lock_with = (
        "assignment",
        "assignment__unit",
        "proposal",
        "proposal__plenary",
        "proposal__pack_version",
        "unit",
    )

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="promises", verbose_name="提案")
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="promises", verbose_name="交办件"
    )
    points = models.ManyToManyField(Point, related_name="promises", blank=True, verbose_name="具体建议")
    what = models.TextField("承诺事项")
    amount = models.DecimalField("数量", max_digits=14, decimal_places=2, null=True)
    measure = models.CharField("计量单位", max_length=20, blank=True)
    proof = models.TextField("完成的凭证", blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="promises", verbose_name="责任单位"
    )
    owner = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="promises", verbose_name="责任人"
    )
    state = models.CharField(max_length=8, choices=PromiseState.choices(), default=PromiseState.ACTIVE)
    first_due_on = models.DateField("最初期限", null=True)
    due_on = models.DateField("期限", null=True)
    share_done = models.PositiveSmallIntegerField("最近报告的完成百分比", null=True)
    made_at = models.DateTimeField("写入")
    on_paper = models.BooleanField("从纸面补录", default=False)
    named_at = models.DateTimeField("写明可核实的内容", null=True)
    undertaken_at = models.DateTimeField("承诺生效", null=True)
    claimed_at = models.DateTimeField("报请确认", null=True)
    kept_at = models.DateTimeField("落实", null=True)
    dropped_at = models.DateTimeField("终止", null=True)
    told_in = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="说明的沟通"
    )
    told_how = models.TextField("说明的方式", blank=True)
    told_on = models.DateField("说明的日期", null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承诺事项"
        ordering = ["proposal_id", "id"]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["unit", "state"]),
            models.Index(
                fields=["due_on"],
                condition=models.Q(undertaken_at__isnull=False, kept_at=None, dropped_at=None),
                name="promises_open",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def unit_ids(self) -> set[int]:
        """The unit that carries it out, and the one that has promised it to the proposer."""
        units = {self.unit_id, self.assignment.unit_id if self.assignment else None}
        return {unit for unit in units if unit is not None}

    @property
    def is_draft(self) -> bool:
        return self.undertaken_at is None

    @property
    def has_slipped(self) -> bool:
        return bool(self.first_due_on and self.due_on and self.due_on > self.first_due_on)

    @property
    def named(self) -> dict[str, Any]:
        """What `vague` looks at."""
        return {"amount": self.amount, "milestones": self.milestones.all(), "proof": self.proof}

    @property
    def is_vague(self) -> bool:
        return not self.on_paper and is_vague(**self.named)

    @property
    def not_named(self) -> str:
        return "、".join(not_named(**self.named))

    @property
    def quantity(self) -> str:
        """2所; without needless decimals."""
        return f"{self.amount.normalize():f}{self.measure}" if self.amount is not None else ""


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(promise__in=Promise.objects.visible_to(actor))

    def overdue(self, on: date) -> Self:
        return self.filter(reached_at=None, due_on__lt=on, promise__in=Promise.objects.open())


class Milestone(models.Model):
    """节点: a step on the way, with its own date."""

    lock_with = (
        "promise",
        "promise__assignment",
        "promise__proposal",
        "promise__proposal__plenary",
        "promise__proposal__pack_version",
    )

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="milestones")
    what = models.TextField("节点")
    due_on = models.DateField("时限", null=True)
    reached_at = models.DateTimeField("完成", null=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        ordering = ["promise_id", "id"]

    def __str__(self) -> str:
        return self.what

    @property
    def proposal(self) -> Proposal:
        return self.promise.proposal

    @property
    def assignment(self) -> Assignment | None:
        return self.promise.assignment

    @property
    def jurisdiction_id(self) -> int:
        return self.promise.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.promise.assembly

    @property
    def unit_ids(self) -> set[int]:
        return self.promise.unit_ids


class DueDate(models.Model):
    """Every date a promise has had since the first one, with the reason for moving it."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="due_dates")
    was = models.DateField("原期限", null=True)
    due_on = models.DateField("改为")
    reason = models.TextField("理由")
    moved_at = models.DateTimeField("变更时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限变更"
        ordering = ["promise_id", "id"]

    def __str__(self) -> str:
        return f"{self.was}→{self.due_on}"


class Evidence(models.Model):
    """佐证: what shows that a promise is carried out."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="evidence")
    what = models.TextField("说明")
    document_number = models.CharField("文号", max_length=80, blank=True)
    link = models.URLField("链接", blank=True)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="附件"
    )
    given_at = models.DateTimeField("提交时间")
    accepted_at = models.DateTimeField("认可时间", null=True)
    refused_at = models.DateTimeField("退回时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证"
        ordering = ["promise_id", "id"]

    def __str__(self) -> str:
        return self.what
