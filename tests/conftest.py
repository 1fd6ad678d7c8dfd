"""What every test shares. The database and the home are laid out in tests/settings.py."""

import os
import random
from collections.abc import Iterator
from functools import cache
from inspect import signature
from typing import Any

import pytest
from django.db.models.query import MAX_GET_RESULTS, QuerySet

from tests import (
    depth as depth,  # before a test module is read: its properties take their settings from there
)

# A command started by a test reads the real settings, in the home that the test gives it.
os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings"


@pytest.fixture
def city(db):
    """The named people of tests/people.py in a fresh city."""
    from tests.people import city

    return city()


@pytest.fixture(autouse=True)
def rows_in_no_order_are_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database promises no order to whoever asks for none; code that counts on one fails here, not on a site."""
    as_they_come, one_by_one = QuerySet._fetch_all, QuerySet._iterator

    def fetch(rows: QuerySet) -> None:
        fresh = rows._result_cache is None
        as_they_come(rows)
        if fresh and in_no_order(rows):
            random.shuffle(rows._result_cache)

    def iterate(rows: QuerySet, *arguments: object) -> Iterator[object]:
        found = list(one_by_one(rows, *arguments))
        if in_no_order(rows):
            random.shuffle(found)
        yield from found

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch)
    monkeypatch.setattr(QuerySet, "_iterator", iterate)


@pytest.fixture(autouse=True)
def no_step_is_given_what_it_does_not_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some bodies take all their fields at once: a name misspelt in a story would pass there for something said."""
    from huiyin.journal.step import Step

    take = Step.__call__

    @cache
    def asked_for(step: Step) -> set[str]:
        return {spec.name for spec in step.fields} | set(signature(step.body).parameters)

    def refusing(step: Step, obj: object, **given: Any) -> Any:
        if strange := set(given) - asked_for(step) - {"at_known"}:
            raise TypeError(f"{step.code} does not ask for {', '.join(sorted(strange))}")
        return take(step, obj, **given)

    monkeypatch.setattr(Step, "__call__", refusing)


def in_no_order(rows: QuerySet) -> bool:
    """Whether it may come in any order. The first so many of no order are no rows in particular: that is a fault."""
    if rows.ordered:
        return False
    query = rows.query
    if query.is_sliced and query.high_mark != MAX_GET_RESULTS:  # `get` looks at the first few, to say so
        raise AssertionError(f"A part of rows that are in no order: {query}")
    return True


@pytest.fixture(scope="module")
def protected_again(django_db_setup, django_db_blocker):
    """Emptying the tables needs the triggers gone; they are back when the module is through."""
    yield
    from django.db import connection

    from huiyin.journal import triggers

    with django_db_blocker.unblock():
        triggers.install(connection)


@pytest.fixture
def shared_city(protected_again, transactional_db):
    """A city that other connections see: other writers, and the pages' own server."""
    from django.db import connection

    from huiyin.journal import triggers
    from tests.people import city

    triggers.install(connection)
    yield city()
    triggers.remove(connection)
