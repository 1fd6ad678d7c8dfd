"""Desks with three hundred things of a kind: all are counted, and it stays a page that one can read."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from tests.pages.world import World, today
from tests.people import City
from tests.people import city as new_city
from tests.stories import answering, evaluating, handling, intake

MANY = 300
LONGEST = 150_000  # bytes of a page


@pytest.fixture(scope="module")
def crowded(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Three hundred items that wait for each of five people, a hundred answered ones that wait for two more."""
    with django_db_blocker.unblock(), transaction.atomic():
        with today():
            city = new_city()
            for number in range(MANY):
                crowd(city, number)
        yield World(city)
        transaction.set_rollback(True)


def crowd(city: City, number: int) -> None:
    intake.received(city, title=f"关于第{number}处路灯的提案")
    intake.classified(city, title=f"关于第{number}处站点的提案")
    share = handling.assigned(city, title=f"关于第{number}所学校的提案")
    if number % 3 == 0:
        reply = answering.submitted(city, answering.drafted(city, handling_of(city, number)))
        assert reply.state == "in_review"
    if number % 30 == 0:
        evaluating.form_of(answering.issued(city, answering.at_work_on(city, share)), city.lead_proposer)


def handling_of(city: City, number: int) -> Any:
    return answering.at_work_on(city, handling.assigned(city, title=f"关于第{number}座桥梁的提案"))


def desk(here: World, name: str) -> BeautifulSoup:
    answer = here.client(here.actors[name]).get("/")
    assert answer.status_code == 200
    assert len(answer.content) < LONGEST, f"{name}: {len(answer.content)} bytes"
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize(
    ("name", "group", "waiting"),
    [
        ("lin_lan", "待交办", MANY),
        ("staff", "待审查", MANY),
        ("chen_jing", "待签收", MANY - MANY // 30),
        ("gao_yuan", "等您签发", MANY // 3),
        ("chen_yiming", "等您评价", MANY // 30),
    ],
)
def test_a_crowded_desk_counts_all_and_shows_the_first_few(
    crowded: World, db: None, name: str, group: str, waiting: int
) -> None:
    with today():
        page = desk(crowded, name)
    (card,) = [one for one in page.select("section.card") if one.h2 and one.h2.get_text(strip=True) == group]
    assert f"{waiting} 件" in card.header.get_text()
    assert len(card.select("[data-row]")) == 5
    assert len(page.select("main section.card.item")) <= 20
