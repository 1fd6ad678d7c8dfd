"""What every test shares. The database and the home are laid out in tests/settings.py."""

import os

import pytest

# A command started by a test reads the real settings, in the home that the test gives it.
os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings"


@pytest.fixture
def city(db):
    """The named people of tests/people.py in a fresh city."""
    from tests.people import city

    return city()


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
