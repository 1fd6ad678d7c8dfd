"""引用承诺: one promise that serves several items stays one promise, with one date and one proof."""

from typing import TYPE_CHECKING, Self

from django.db import models

from huiyin.handling.models import Assignment, working_papers
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Point, Proposal, seen_by

if TYPE_CHECKING:
    from huiyin.people.actor import Actor


class UseQuerySet(models.QuerySet["Use"]):
    def visible_to(self, actor: "Actor") -> Self:
        """With the item; before the answer is out, by those who may read its draft."""
        given = models.Q(assignment__answered_at__isnull=False)
        return self.filter(seen_by(actor, "proposal__"), given | working_papers(actor, "assignment__"))

    def standing(self) -> Self:
        return self.filter(ended_at=None)


class Use(OfAnItem, models.Model):
    """What was promised in answer to one item answers this one as well."""

    lock_with = (
        "promise",
        "promise__unit",
        "proposal",
        "proposal__plenary",
        "proposal__pack_version",
        "assignment",
        "assignment__unit",
    )

    promise = models.ForeignKey(
        "promises.Promise", models.PROTECT, related_name="uses", verbose_name="承诺事项"
    )
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="promise_uses", verbose_name="提案")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="promise_uses")
    points = models.ManyToManyField(Point, related_name="promise_uses", blank=True, verbose_name="具体建议")
    used_at = models.DateTimeField("引用时间")
    ended_at = models.DateTimeField("撤销时间", null=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "引用的承诺"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "proposal"],
                condition=models.Q(ended_at=None),
                name="a_promise_serves_an_item_once",
                violation_error_message="这一件已经引用了这项承诺。",
            )
        ]

    def __str__(self) -> str:
        return str(self.promise)

    @property
    def unit_id(self) -> int:
        return self.assignment.unit_id
