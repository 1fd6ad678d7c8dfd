"""Counting several sets of rows of a place in one query."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from huiyin.people.models import Jurisdiction


def counts_of(here: Jurisdiction, groups: list[QuerySet[Any]]) -> list[int]:
    """How many rows there are in each group, in one query."""
    return list(counted(here, groups).get()) if groups else []


def counted(here: Jurisdiction, groups: list[QuerySet[Any]]) -> QuerySet[Any, Any]:
    """One row with the number of rows in each of the groups, of which there is at least one."""
    return Jurisdiction.objects.filter(pk=here.pk).values_list(
        *(Coalesce(_count(rows), 0) for rows in groups)
    )


def _count(rows: QuerySet[Any]) -> Subquery:
    one_group = rows.order_by().annotate(every=Value(1)).values("every")
    return Subquery(
        one_group.annotate(count=Count("pk", distinct=True)).values("count"), output_field=IntegerField()
    )
