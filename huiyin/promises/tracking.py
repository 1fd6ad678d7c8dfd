"""What becomes of a promise on the way: altered openly, reported on, confirmed by those who asked for it."""

from django.db import models


class Alteration(models.Model):
    """承诺变更: what it was before, so that nothing that has been promised to somebody disappears."""

    promise = models.ForeignKey("promises.Promise", models.CASCADE, related_name="alterations")
    was_what = models.TextField("原承诺事项")
    was_amount = models.DecimalField("原数量", max_digits=14, decimal_places=2, null=True)
    was_measure = models.CharField("原计量单位", max_length=20, blank=True)
    was_proof = models.TextField("原凭证", blank=True)
    reason = models.TextField("理由")
    altered_at = models.DateTimeField("变更时间")

    class Meta:
        verbose_name = verbose_name_plural = "承诺变更"
        ordering = ["promise_id", "id"]

    def __str__(self) -> str:
        return self.was_what
