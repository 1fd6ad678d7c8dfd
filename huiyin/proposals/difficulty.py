"""难易程度: every grade an item was given, so that figures as of a day count the grade of that day."""

from django.db import models


class Grading(models.Model):
    """One grade on the pack's scale; the latest one stands, and is kept on the item as `difficulty` too."""

    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, related_name="gradings")
    grade = models.PositiveSmallIntegerField("难易程度")
    reason = models.TextField("理由", blank=True)
    graded_at = models.DateTimeField("评定时间")

    class Meta:
        verbose_name = verbose_name_plural = "难易程度评定"
        ordering = ["proposal_id", "id"]

    def __str__(self) -> str:
        return str(self.grade)
