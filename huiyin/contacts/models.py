"""沟通: what was said with the proposer, when and how."""

from django.db import models

from huiyin.handling.models import Assignment
from huiyin.people.models import Proposer
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Proposal
from huiyin.words import ContactPhase, ContactWay, Response


class Contact(OfAnItem, models.Model):
    """One contact of a unit with a proposer; `explained` says what was explained before a negative answer (R3)."""

    lock_with = ("assignment", "assignment__unit", "proposal", "proposal__plenary", "proposal__pack_version")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="contacts", verbose_name="提案")
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name="交办件"
    )
    proposer = models.ForeignKey(
        Proposer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提案者"
    )
    phase = models.CharField("阶段", max_length=8, choices=ContactPhase.choices())
    way = models.CharField("方式", max_length=8, choices=ContactWay.choices())
    at = models.DateTimeField("时间")
    at_known = models.BooleanField(default=True)
    summary = models.TextField("沟通内容", blank=True)
    explained = models.TextField("说明的原因", blank=True)
    response = models.CharField("提案者意见", max_length=12, choices=Response.choices(), blank=True)
    confirmed_at = models.DateTimeField("提案者确认", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "沟通"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{ContactPhase.label_of(self.phase)}{ContactWay.label_of(self.way)}"

    @property
    def way_is_open(self) -> bool:
        """No way was given: other, and no words for it."""
        return self.way == ContactWay.OTHER and not self.summary

    @property
    def unit_id(self) -> int | None:
        return self.assignment.unit_id if self.assignment else None
