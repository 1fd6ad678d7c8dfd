"""What a form half filled in leaves behind, so that a lost session loses no words. Part of no item's life."""

from datetime import timedelta
from typing import Self

from django.db import models

from huiyin.clock.now import now
from huiyin.people.models import Person

KEPT_FOR = timedelta(days=30)
AT_WORK = timedelta(hours=12)  # somebody who wrote longer ago is not at it any more


class FormDraftQuerySet(models.QuerySet["FormDraft"]):
    def on(self, step: str, subject: int) -> Self:
        """What is kept of one step on one row, by anybody, the earliest begun first."""
        kept = self.filter(step=step, subject=subject, saved_at__gte=now() - KEPT_FOR)
        return kept.select_related("person").order_by("began_at", "id")

    def too_old(self) -> Self:
        return self.filter(saved_at__lt=now() - KEPT_FOR)


class FormDraft(models.Model):
    """填到一半的表单: what one person has typed into the form of a step on one row, seen by nobody else."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="form_drafts")
    step = models.CharField(max_length=40)
    subject = models.BigIntegerField()
    fields = models.JSONField(default=dict)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "填到一半的表单"
        constraints = [models.UniqueConstraint(fields=["step", "subject", "person"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return f"{self.person}: {self.step} {self.subject}"
