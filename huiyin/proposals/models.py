"""提案与建议: proposals with their points; plenaries, classes and signatures stand beside them."""

from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from huiyin.people.models import Jurisdiction, Person, Proposer
from huiyin.proposals.classes import Classification, ItemClass
from huiyin.proposals.difficulty import Grading
from huiyin.proposals.drafts import Draft, Invitation
from huiyin.proposals.grams import Grams
from huiyin.proposals.keys import likeness, number_key
from huiyin.proposals.plenaries import Plenary
from huiyin.proposals.signatures import Proposership, ProposershipQuerySet
from huiyin.words import (
    AnswerStage,
    FulfilmentStage,
    Kind,
    Period,
    ProposalState,
    ProposerKind,
    Publicity,
    Role,
)

if TYPE_CHECKING:
    from huiyin.people.actor import Actor
    from huiyin.rulepacks.schema import Pack

__all__ = [
    "Classification",
    "Draft",
    "Grading",
    "Grams",
    "Invitation",
    "ItemClass",
    "Plenary",
    "Point",
    "Proposal",
    "Proposership",
    "seen_by",
]

IN_HAND = (
    ProposalState.RECEIVED,
    ProposalState.REVIEWED,
    ProposalState.FILED,
    ProposalState.HANDED_OVER,
    ProposalState.REGISTERED,
)
LOOKED_AT = 500  # titles compared with an item's
ALIKE = 0.4  # likeness from which two titles may be about the same matter
NOT_COUNTED = (ProposalState.NOT_FILED, ProposalState.VOID, ProposalState.ELSEWHERE)


def seen_by(actor: "Actor", to_item: str = "") -> models.Q:
    """The one rule of who sees an item; every list and every look-up of it and of its parts goes through it.

    `to_item` leads from a part to the item, e.g. "proposal__". Offices are asked by a join, proposers and units by
    the list of what is theirs: neither looks through the table of all items.
    """
    if actor.role in (Role.REGISTRAR, Role.GOVERNMENT_LEADER, Role.AUDITOR):
        return models.Q(**{f"{to_item}jurisdiction": actor.jurisdiction})
    if actor.role == Role.ASSEMBLY_STAFF:
        here = {f"{to_item}jurisdiction": actor.jurisdiction}
        return models.Q(**here, **{f"{to_item}plenary__assembly": actor.assembly})
    own: models.QuerySet | list[int] = []
    if actor.role == Role.PROPOSER and actor.person is not None:
        own = Proposership.objects.filter(proposer__person=actor.person).order_by().values("proposal")
    elif actor.unit is not None:
        own = actor.unit.assignments.order_by().values("proposal")
    return models.Q(**{f"{to_item or 'pk__'}in": own})


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(seen_by(actor))

    def in_plenary(self, plenary: Plenary) -> Self:
        return self.filter(plenary=plenary)

    def together(self, head: int) -> Self:
        """R1: an item and those merged into it."""
        return self.filter(models.Q(pk=head) | models.Q(merged_into=head, state=ProposalState.MERGED))

    def received(self) -> Self:
        """Items handed over to this government, heads and singles (design §7)."""
        return self.filter(handed_over_at__isnull=False).exclude(
            state__in=[*NOT_COUNTED, ProposalState.MERGED]
        )

    def of_same_proposer(self, item: "Proposal") -> Self:
        """What else an item's standing lead proposer has signed first."""
        lead = item.signers().first()
        signed = Proposership.objects.standing().filter(proposer=lead.proposer_id if lead else None, order=0)
        return self.filter(pk__in=signed.order_by().values("proposal")).exclude(pk=item.pk)

    def similar_to(self, item: "Proposal") -> Self:
        """Whose titles are much like an item's, among the latest of its classes."""
        classes = Classification.objects.filter(proposal=item).values("item_class")
        near = Classification.objects.filter(item_class__in=classes).exclude(proposal=item).order_by("-pk")
        titles = near.values_list("proposal", "proposal__title_key")[:LOOKED_AT]
        found = {pk for pk, key in titles if likeness(item.title_key, key) >= ALIKE}
        return self.filter(pk__in=found)


class Proposal(models.Model):
    """提案 or 建议: identity, text, class and the two stored stages; the parts own the rest of the life."""

    lock_with = ("plenary", "jurisdiction", "pack_version")

    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="proposals", verbose_name="届次")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="proposals", verbose_name="地区"
    )
    pack_version = models.ForeignKey(
        "rulepacks.PackVersion", models.PROTECT, related_name="proposals", verbose_name="规则版本"
    )
    kind = models.CharField("类型", max_length=12, choices=Kind.choices())
    origin = models.CharField("来源", max_length=20, blank=True)
    period = models.CharField("提出时段", max_length=12, choices=Period.choices(), default=Period.IN_PLENARY)
    number = models.CharField("编号", max_length=60, blank=True)
    number_key = models.CharField(max_length=300, default=number_key(""))
    title = models.CharField("案由", max_length=500)
    title_key = models.CharField(max_length=500)
    situation = models.TextField("情况", blank=True)
    analysis = models.TextField("分析", blank=True)
    text = models.TextField("正文", blank=True)
    proposer_kind = models.CharField("提案者类别", max_length=12, choices=ProposerKind.choices(), blank=True)
    proposed_on = models.DateField("提出时间", null=True, blank=True)
    publicity = models.CharField("公开属性", max_length=12, choices=Publicity.choices(), blank=True)
    wish_confidential = models.BooleanField("提案者要求不公开", default=False)
    is_key = models.BooleanField("重点", default=False)
    difficulty = models.PositiveSmallIntegerField("难易程度", null=True, blank=True)
    remarks = models.TextField("备注", blank=True)

    state = models.CharField(max_length=16, choices=ProposalState.choices(), default=ProposalState.RECEIVED)
    answer_stage = models.CharField(
        "办理阶段", max_length=20, choices=AnswerStage.choices(), default=AnswerStage.INTAKE
    )
    fulfilment_stage = models.CharField(
        "落实阶段", max_length=20, choices=FulfilmentStage.choices(), default=FulfilmentStage.NOT_ANSWERED
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="merged",
        verbose_name="并入",
    )
    ground = models.CharField("不予立案理由", max_length=40, blank=True)
    route = models.CharField("去向", max_length=40, blank=True)
    handled_by = models.CharField("另行办理单位", max_length=100, blank=True)

    received_at = models.DateTimeField("收到", null=True)
    reviewed_at = models.DateTimeField("审查", null=True)
    filed_at = models.DateTimeField("立案", null=True)
    refused_at = models.DateTimeField("不予立案", null=True)
    merged_at = models.DateTimeField("并案", null=True)
    withdrawn_at = models.DateTimeField("撤案", null=True)
    handed_over_at = models.DateTimeField("移交", null=True)
    elsewhere_at = models.DateTimeField("转出", null=True)
    registered_at = models.DateTimeField("登记", null=True)
    answer_closed_at = models.DateTimeField("答复办结", null=True)
    reopened_at = models.DateTimeField("恢复办理", null=True)
    settled_at = models.DateTimeField("销号", null=True)
    voided_at = models.DateTimeField("作废", null=True)

    proposers = models.ManyToManyField(Proposer, through="Proposership", related_name="proposals")

    objects = ProposalQuerySet.as_manager()
    picked_by = ("number", "title")

    class Meta:
        verbose_name = verbose_name_plural = "提案、建议"
        ordering = ["plenary_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plenary", "number"],
                condition=~models.Q(number="") & ~models.Q(state=ProposalState.VOID),
                name="number_once_in_a_plenary",
                violation_error_message="这个编号在本届次已经用过了。",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(merged_at__isnull=False),
                name="merged_items_have_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["plenary", "title_key"]),
            # With what every list asks of an item besides, so that rows passed over and counted are not fetched.
            models.Index(fields=["plenary", "number_key", "id", "state", "jurisdiction"]),
            models.Index(fields=["plenary", "answer_stage"]),
            models.Index(fields=["plenary", "handed_over_at"]),
            models.Index(fields=["plenary", "received_at"]),
            models.Index(fields=["jurisdiction", "received_at", "id", "state"]),
            models.Index(fields=["jurisdiction", "answer_stage"]),
            models.Index(fields=["jurisdiction", "state", "fulfilment_stage"]),
            # Few are merged; an index that held all the others too would look useless to SQLite.
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="items_merged",
            ),
            # What a desk asks for: as long as the work of today, however long the archive. Written with OR, because
            # SQLite does not see that one state is IN a list.
            models.Index(
                fields=["jurisdiction", "state", "answer_stage"],
                condition=reduce(or_, (models.Q(state=state) for state in IN_HAND)),
                name="items_in_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numbered} {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("desks:case", args=[self.pk])

    @property
    def proposal(self) -> "Proposal":
        return self

    @property
    def assembly(self) -> str:
        return self.plenary.assembly

    @property
    def numbered(self) -> str:
        """第127号; numbers that are words already (闭字1号) stay as they are."""
        if not self.number:
            return "未编号"
        return (
            f"第{self.number}号"
            if self.number[0].isdigit()
            else self.number + ("" if self.number.endswith("号") else "号")
        )

    @cached_property
    def pack(self) -> "Pack":
        return self.pack_version.pack

    def option(self, name: str) -> str | int:
        """A behaviour that this item's pack chooses."""
        return self.pack.option(name, self.kind)

    def is_proposed_by(self, person: Person) -> bool:
        fetched = getattr(self, "_prefetched_objects_cache", {}).get("proposerships")
        if fetched is not None:
            return any(one.proposer.person_id == person.pk and one.withdrawn_at is None for one in fetched)
        return Proposership.objects.filter(proposal=self, proposer__person=person, withdrawn_at=None).exists()

    def signers(self) -> ProposershipQuerySet:
        """Who still signs this item, the lead proposer first; where that one has left, the next takes the place."""
        return self.proposerships.standing().select_related("proposer").order_by("order", "id")

    def everybody_answered(self) -> ProposershipQuerySet:
        """R1: each proposer of this item and of those merged into it gets a letter and a form of the own."""
        signed = Proposership.objects.standing().of_all(self.pk)
        return signed.select_related("proposal", "proposer").order_by("proposal", "order", "id")

    def state_by_dates(self) -> ProposalState:
        """How far it had come before it was merged: the latest of its dated steps."""
        steps = (
            (self.registered_at, ProposalState.REGISTERED),
            (self.handed_over_at, ProposalState.HANDED_OVER),
            (self.filed_at, ProposalState.FILED),
            (self.reviewed_at, ProposalState.REVIEWED),
        )
        return next((state for moment, state in steps if moment is not None), ProposalState.RECEIVED)

    def head(self) -> "Proposal":
        """The item it is handled with (R1)."""
        return self.merged_into or self


class Point(models.Model):
    """具体建议: one concrete ask, answered one by one."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("建议")

    class Meta:
        verbose_name = verbose_name_plural = "具体建议"
        ordering = ["proposal_id", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="point_numbers_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
