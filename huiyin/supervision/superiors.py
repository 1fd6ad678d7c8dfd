"""报请上级: what only a superior authority can decide, with its own state beside the clock that may stand for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.handling.models import Assignment, Pause
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Proposal, seen_by
from huiyin.supervision.words import SuperiorState
from huiyin.words import Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

WAITING = (SuperiorState.SENT, SuperiorState.ACKNOWLEDGED)


class MatterQuerySet(models.QuerySet["SuperiorMatter"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Between offices; a proposer is told of the pause itself."""
        if actor.role == Role.PROPOSER:
            return self.none()
        return self.filter(seen_by(actor, "assignment__proposal__"))

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)


class SuperiorMatter(OfAnItem, models.Model):
    """报请事项"""

    lock_with = (
        "assignment",
        "assignment__unit",
        "assignment__proposal",
        "assignment__proposal__plenary",
        "assignment__proposal__pack_version",
    )

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="superior_matters", verbose_name="交办件"
    )
    to = models.CharField("报请的上级单位", max_length=100)
    what = models.TextField("报请事项")
    document_number = models.CharField("报请文号", max_length=80)
    state = models.CharField(max_length=14, choices=SuperiorState.choices(), default=SuperiorState.SENT)
    sent_at = models.DateTimeField("报请时间")
    acknowledged_at = models.DateTimeField("上级收到", null=True)
    answered_at = models.DateTimeField("上级答复", null=True)
    withdrawn_at = models.DateTimeField("撤回", null=True)
    answer = models.TextField("上级的答复", blank=True)
    answer_number = models.CharField("答复文号", max_length=80, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报请事项"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"报请{self.to}：{self.what}"

    @property
    def proposal(self) -> Proposal:
        return self.assignment.proposal

    @property
    def unit_id(self) -> int:
        return self.assignment.unit_id

    @property
    def ended_at(self) -> datetime | None:
        return self.answered_at or self.withdrawn_at

    def pauses(self) -> list[Pause]:
        """The stops of the share's clock that began while this waited, or run now."""
        return [
            pause
            for pause in self.assignment.pauses.all()
            if self.ended_at is None or pause.from_at <= self.ended_at
        ]
