"""附件: content kept under its hash."""

from django.conf import settings
from django.db import models


class Attachment(models.Model):
    """One file as it was handed in. The content lies in HUIYIN_HOME/files under its SHA-256."""

    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, null=True, related_name="attachments")
    digest = models.CharField(max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
