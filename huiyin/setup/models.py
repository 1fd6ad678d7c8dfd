"""A list that somebody has brought and that is being looked at before it is taken in. Part of no item's life."""

from datetime import timedelta
from typing import Self

from django.db import models

from huiyin.clock.now import now
from huiyin.people.models import Jurisdiction, Person
from huiyin.proposals.models import Plenary

KEPT_FOR = timedelta(days=30)


class BroughtListQuerySet(models.QuerySet["BroughtList"]):
    def of(self, place: Jurisdiction, what: str, person: Person) -> Self:
        """The person's own; nobody else sees a list that is not taken in yet."""
        return self.filter(jurisdiction=place, what=what, person=person).select_related(
            "plenary", "jurisdiction"
        )

    def too_old(self) -> Self:
        """It may hold telephone numbers, which nobody keeps longer than they are needed."""
        return self.filter(brought_at__lt=now() - KEPT_FOR)


class BroughtList(models.Model):
    """带来的名单: the rows of one spreadsheet as they stood; taken in or given up, it is gone."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    what = models.CharField(max_length=12)
    plenary = models.ForeignKey(Plenary, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    file_name = models.CharField("文件", max_length=200)
    rows = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    brought_at = models.DateTimeField()

    objects = BroughtListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "带来的名单"
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "what", "person"], name="one_list_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.file_name
