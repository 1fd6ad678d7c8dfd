"""What the other tests rest on: the database that was asked for, and rows that keep no order unless asked to.

A PostgreSQL run that quietly used SQLite would prove nothing.
"""

import os

import pytest
from django.db import connection

from huiyin.people.models import Unit


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    asked = os.environ.get("HUIYIN_TEST_DB", "sqlite")
    assert connection.vendor == {"postgres": "postgresql", "sqlite": "sqlite"}[asked]


@pytest.mark.django_db
def test_postgresql_is_new_enough() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000


@pytest.mark.django_db
def test_rows_come_in_any_order_unless_one_is_asked_for(city) -> None:
    units = Unit.objects.order_by()
    kept = list(units.order_by("pk"))
    assert len(kept) > 3
    for read in (
        list,
        lambda rows: list(rows.iterator()),
        lambda rows: list(rows.values_list("pk", flat=True)),
    ):
        assert len({tuple(map(str, read(units.all()))) for _ in range(30)}) > 1
    assert all(list(units.order_by("pk")) == kept for _ in range(30))


@pytest.mark.django_db
def test_a_part_of_rows_in_no_order_is_refused(city) -> None:
    units = Unit.objects.order_by()
    with pytest.raises(AssertionError, match="in no order"):
        list(units[:2])
    with pytest.raises(AssertionError, match="in no order"):
        units[0]
    assert units.order_by("pk")[0] == units.first() == units.get(pk=units.first().pk)
