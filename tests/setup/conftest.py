"""An empty home with the shipped packs, and a browser in front of it."""

from collections.abc import Iterator
from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.rulepacks.store import load_shipped
from huiyin.setup import code
from tests.setup.sitting import Sitting


@pytest.fixture
def empty(db) -> Iterator[Sitting]:
    """Somebody before an empty home, in February 2027."""
    with clock_at(date(2027, 2, 1)):
        load_shipped()
        code.forget()
        yield Sitting()
        code.forget()


@pytest.fixture
def begun(empty: Sitting) -> Sitting:
    """The place, its pack and the administrator are there; the administrator sits at the pages."""
    empty.passes_code()
    empty.answers_place()
    empty.chooses_pack()
    empty.becomes_administrator()
    return empty
