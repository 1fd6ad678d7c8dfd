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
