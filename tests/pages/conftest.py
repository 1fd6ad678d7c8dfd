"""The world of the page tests: built once for a module, on its own day; what a test changes is taken back."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.pages.world import World, today, world


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        with today():
            made = world()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def here(built: World, db) -> Iterator[World]:
    with today():
        yield built
