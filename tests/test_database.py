"""The run is on the database that was asked for: a PostgreSQL run that quietly used SQLite would prove nothing."""

import os

import pytest
from django.db import connection


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
