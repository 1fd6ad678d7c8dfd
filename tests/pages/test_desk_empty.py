"""Each desk with nothing to do: it says so, and what comes next."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.pages.world import World, today
from tests.people import city as new_city

DESKS = (
    "lin_lan", "staff", "chen_jing", "zhou_ning", "gao_yuan", "mayor_wang", "chen_yiming", "administrator"
)  # fmt: skip


@pytest.fixture
def empty(db: None) -> Iterator[World]:
    with today():
        yield World(new_city())


@pytest.mark.parametrize("name", DESKS)
def test_an_empty_desk_says_what_comes_next(empty: World, name: str) -> None:
    answer = empty.client(empty.actors[name]).get("/")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.h1 is not None
    assert "今天没有等您办的事" in page.h1.get_text()
    assert page.select_one("main .message") is not None
