"""草稿: what a proposer writes before it is handed in, the proposer's own; and who has been asked to sign it.

The text is no life-cycle data: it is kept as often as it is changed, and leaves no event. What others are asked and
answer is: inviting, signing and handing in are steps (steps/writing.py).
"""

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from huiyin.people.models import Proposer
from huiyin.proposals.plenaries import Plenary
from huiyin.words import DraftState, InvitationState, Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

TEXTS = ("title", "situation", "analysis", "text")


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The writer's own; and, while it is written, to those who have been asked to sign it."""
        if actor.role != Role.PROPOSER or actor.person is None:
            return self.none()
        asked = Invitation.objects.filter(proposer__person=actor.person).order_by().values("draft")
        invited = models.Q(pk__in=asked, state=DraftState.WRITING)
        return self.filter(models.Q(proposer__person=actor.person) | invited)

    def of_actor(self, actor: "Actor") -> Self:
        return self.filter(proposer__person=actor.person, proposer__jurisdiction=actor.jurisdiction)


class Draft(models.Model):
    """草稿: one text on the way to a proposal. `revision` counts how often it was kept; `page` is the opened form that
    keeps it by itself as it is written, until a button is pressed there."""

    lock_with = ("plenary", "plenary__jurisdiction", "proposer", "proposal")

    proposer = models.ForeignKey(Proposer, models.PROTECT, related_name="drafts", verbose_name="起草人")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="drafts", verbose_name="届次")
    title = models.CharField("案由", max_length=500, blank=True)
    situation = models.TextField("情况", blank=True)
    analysis = models.TextField("分析", blank=True)
    points = models.JSONField("具体建议", default=list, blank=True)
    text = models.TextField("其他内容", blank=True)
    wish_confidential = models.BooleanField("要求不公开", default=False)
    closes_on = models.DateField("联名截止", null=True, blank=True)
    state = models.CharField(max_length=12, choices=DraftState.choices(), default=DraftState.WRITING)
    proposal = models.OneToOneField(
        "Proposal", models.PROTECT, null=True, blank=True, related_name="draft", verbose_name="提交后的件"
    )
    changed_at = models.DateTimeField("修改", null=True)
    revision = models.PositiveIntegerField(default=0)
    page = models.CharField(max_length=16, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title or "还没有案由的草稿"

    def get_absolute_url(self) -> str:
        return reverse("proposals:draft", args=[self.pk])

    @property
    def jurisdiction_id(self) -> int:
        return self.plenary.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.plenary.assembly

    @property
    def digest(self) -> str:
        """What a signature stands under: the text as it was when it was given."""
        said = [getattr(self, name) for name in TEXTS] + list(self.points)
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def is_open(self, day: date) -> bool:
        """Whether co-signers may still answer on that day."""
        return self.state == DraftState.WRITING and self.closes_on is not None and day <= self.closes_on


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever is asked, and whoever asks."""
        if actor.role != Role.PROPOSER or actor.person is None:
            return self.none()
        asks = models.Q(draft__proposer__person=actor.person)
        return self.filter(models.Q(proposer__person=actor.person) | asks)

    def waiting_for(self, actor: "Actor", day: date) -> list["Invitation"]:
        """Those that this person has still to answer, or to answer anew, while that is possible."""
        own = self.filter(proposer__person=actor.person, proposer__jurisdiction=actor.jurisdiction)
        open_ones = own.filter(draft__state=DraftState.WRITING, draft__closes_on__gte=day)
        found = open_ones.exclude(state=InvitationState.DECLINED).select_related(*Invitation.lock_with)
        return [one for one in found if one.waits]


class Invitation(models.Model):
    """联名邀请: one proposer asked to sign one draft. `signed_text` is the text that the signature stands under."""

    lock_with = ("draft", "draft__plenary", "draft__proposer", "proposer")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="invitations", verbose_name="草稿")
    proposer = models.ForeignKey(Proposer, models.PROTECT, related_name="invitations", verbose_name="受邀人")
    state = models.CharField(
        max_length=10, choices=InvitationState.choices(), default=InvitationState.INVITED
    )
    signed_text = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField("邀请", null=True)
    signed_at = models.DateTimeField("联名", null=True)
    declined_at = models.DateTimeField("谢绝", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联名邀请"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "proposer"],
                name="asked_once_to_sign",
                violation_error_message="这位提案者已经受到邀请。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposer.name}联名“{self.draft}”"

    def get_absolute_url(self) -> str:
        return self.draft.get_absolute_url()

    @property
    def jurisdiction_id(self) -> int:
        return self.draft.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.draft.assembly

    @property
    def stands(self) -> bool:
        """Signed, and the text has not been changed since."""
        return self.state == InvitationState.SIGNED and self.signed_text == self.draft.digest

    @property
    def waits(self) -> bool:
        """Not answered, or signed under a text that has been changed since."""
        return self.state == InvitationState.INVITED or (
            self.state == InvitationState.SIGNED and not self.stands
        )
