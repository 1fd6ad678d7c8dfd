"""署名: who has put a name under an item."""

from typing import Self

from django.apps import apps
from django.db import models

from huiyin.people.models import Proposer
from huiyin.proposals.belonging import OfAnItem


class ProposershipQuerySet(models.QuerySet["Proposership"]):
    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)

    def of_all(self, head: int) -> Self:
        """Under an item or one merged into it (R1); asked by the items, which are few, not through the whole table."""
        items = apps.get_model("proposals.Proposal").objects.together(head)
        return self.filter(proposal__in=items.order_by().values("pk"))


class Proposership(OfAnItem, models.Model):
    """One signature under a proposal: the lead proposer (第一提案人、领衔代表) has order 0."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version", "proposer")

    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="proposerships")
    proposer = models.ForeignKey(
        Proposer, models.PROTECT, related_name="proposerships", verbose_name="提案者"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    withdrawn_at = models.DateTimeField("撤回联名", null=True, blank=True)

    objects = ProposershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "署名"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "proposer"],
                name="one_signature_each",
                violation_error_message="同一提案者只署名一次。",
            )
        ]

    def __str__(self) -> str:
        return self.proposer.name
