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


class Report(models.Model):
    """进展报告: how far a promise has come, or why nothing can be reported this time."""

    promise = models.ForeignKey("promises.Promise", models.CASCADE, related_name="reports")
    due_on = models.DateField("应报告的日期", null=True)
    share_done = models.PositiveSmallIntegerField("完成百分比", null=True)
    text = models.TextField("进展或者原因")
    skipped = models.BooleanField("本期不报告", default=False)
    reported_at = models.DateTimeField("报告时间")

    class Meta:
        verbose_name = verbose_name_plural = "承诺进展报告"
        ordering = ["promise_id", "id"]

    def __str__(self) -> str:
        return f"本期不报告：{self.text}" if self.skipped else f"完成{self.share_done}%：{self.text}"


class Explanation(models.Model):
    """未完成的说明: in writing, when the time set for all promises of a plenary is over and this one is still open."""

    promise = models.ForeignKey("promises.Promise", models.CASCADE, related_name="explanations")
    reason = models.TextField("没有完成的原因")
    next_steps = models.TextField("下一步打算")
    until = models.DateField("预计完成", null=True)
    given_at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = verbose_name_plural = "承诺未完成的说明"
        ordering = ["promise_id", "id"]

    def __str__(self) -> str:
        return self.reason


class Confirmation(models.Model):
    """提案者确认: whether it is done, in the eyes of one who asked for it. The office's word does not stand for it."""

    promise = models.ForeignKey("promises.Promise", models.CASCADE, related_name="confirmations")
    proposer = models.ForeignKey("people.Proposer", models.PROTECT, related_name="+", verbose_name="提案者")
    agrees = models.BooleanField("认可")
    note = models.TextField("意见", blank=True)
    given_at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = verbose_name_plural = "提案者确认"
        ordering = ["promise_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "proposer"], name="confirms_a_promise_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposer.name}{'认可已经办成' if self.agrees else '认为没有办成'}"
