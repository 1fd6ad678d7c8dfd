"""重复提出: an item and the earlier one that it raises again, supposed by the system or said by the office."""

from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Proposal, seen_by
from huiyin.topics.words import Likeness, RepeatState
from huiyin.words import Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor


class RepeatQuerySet(models.QuerySet["Repeat"]):
    def visible_to(self, actor: "Actor") -> Self:
        """What is only supposed concerns the office alone."""
        seen = self.filter(seen_by(actor, "proposal__"))
        return seen if actor.role in (Role.REGISTRAR, Role.AUDITOR) else seen.confirmed()

    def standing(self) -> Self:
        return self.exclude(state=RepeatState.DISMISSED)

    def proposed(self) -> Self:
        return self.filter(state=RepeatState.PROPOSED)

    def confirmed(self) -> Self:
        return self.filter(state=RepeatState.CONFIRMED)


class Repeat(OfAnItem, models.Model):
    """重复提出: an item that was raised in an earlier plenary already."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version", "earlier", "earlier__plenary")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="repeats", verbose_name="提案")
    earlier = models.ForeignKey(
        Proposal, models.PROTECT, related_name="raised_again", verbose_name="往年的件"
    )
    why = models.CharField("依据", max_length=10, choices=Likeness.choices())
    state = models.CharField(max_length=10, choices=RepeatState.choices(), default=RepeatState.PROPOSED)
    proposed_at = models.DateTimeField("发现", null=True)
    confirmed_at = models.DateTimeField("认定", null=True)
    dismissed_at = models.DateTimeField("否定", null=True)

    objects = RepeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重复提出"
        ordering = ["proposal_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "earlier"],
                condition=~models.Q(state=RepeatState.DISMISSED),
                name="raised_again_once",
                violation_error_message="这两件已经放在一起了。",
            )
        ]
        indexes = [
            models.Index(
                fields=["proposal"],
                condition=models.Q(state=RepeatState.PROPOSED),
                name="repeats_to_confirm",
            )
        ]

    def __str__(self) -> str:
        return f"{self.earlier.plenary.opened_on.year}年{self.earlier}"
