"""分类: the classes of a jurisdiction's taxonomies, and which of them an item stands in."""

from django.db import models

from huiyin.people.models import Jurisdiction


class ItemClass(models.Model):
    """类别: one class of a taxonomy, as this jurisdiction uses it."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="item_classes")
    taxonomy = models.CharField("分类法", max_length=40)
    name = models.CharField("类别", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "类别"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "taxonomy", "name"], name="class_once")
        ]

    def __str__(self) -> str:
        return self.name


class Classification(models.Model):
    """分类: (taxonomy, class); an item stands in several taxonomies at once, in each of them once."""

    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="classifications")
    taxonomy = models.CharField("分类法", max_length=40)
    item_class = models.ForeignKey(
        ItemClass, models.PROTECT, related_name="classifications", verbose_name="类别"
    )

    class Meta:
        verbose_name = verbose_name_plural = "分类"
        constraints = [models.UniqueConstraint(fields=["proposal", "taxonomy"], name="one_class_a_taxonomy")]

    def __str__(self) -> str:
        return str(self.item_class)
