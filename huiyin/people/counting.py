"""Counting several sets of rows of a place in one query."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from huiyin.people.models import Jurisdiction


def counts_of(here: Jurisdiction, groups: list[QuerySet[Any]]) -> list[int]:
    """How many rows there are in each group, in one query."""
    if not groups:
        return []
    counted = [Coalesce(_count(rows), 0) for rows in groups]
    return list(Jurisdiction.objects.filter(pk=here.pk).values_list(*counted).get())


def _count(rows: QuerySet[Any]) -> Subquery:
    one_group = rows.order_by().annotate(every=Value(1)).values("every")
    return Subquery(
        one_group.annotate(count=Count("pk", distinct=True)).values("count"), output_field=IntegerField()
    )
