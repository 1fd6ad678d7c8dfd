"""A unit that plays with the numbers: whatever it does to look good is what the figures and the page then show."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.promises import steps as promises
from huiyin.reporting.figures import figure_of, rows_of
from tests.pages.world import World
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
LATER = "2022-12-31"


def figure(city, code, day=LATER):
    found = figure_of(city.plenary, code, date.fromisoformat(day))
    return found.count, found.of


@pytest.fixture
def players(city):
    """市教育局 answers on the spot, promises what nobody can check, and moves the date each time it comes; 市公安局
    answers later, promises two junctions and keeps to its date."""
    early = answering.at_work(city, title="关于增加学位的提案")
    game = answering.promised(city, early, what="积极推进学位建设", due_on=date(2020, 12, 31))
    answering.issued(city, early, when="2020-04-04")
    for moved, to in (("2020-12-30", "2021-12-31"), ("2021-12-30", "2022-12-30")):
        promises.move_date(
            game, actor=city.zhou_ning, at=at(moved), due_on=date.fromisoformat(to), reason="仍在推进"
        )
    from tests.stories import handling

    share = handling.assigned(city, title="关于路口的提案", lead=city.police)
    answering.at_work_on(city, share)
    fair = answering.promised(
        city, share, what="改造路口", amount=Decimal(2), measure="处", due_on=date(2021, 6, 30)
    )
    answering.issued(city, share, when="2020-05-20")
    promises.claim_done(
        fair, actor=city.sun_yue, at=at("2021-06-20"), what="已改造", document_number="验收单3号"
    )
    promises.accept(fair, actor=city.lin_lan, at=at("2021-07-05"))
    return city, game, fair


def test_moving_the_date_keeps_it_from_being_overdue_and_not_from_being_late(players):
    city, game, fair = players
    assert figure(city, "promise.overdue", "2022-12-29") == (0, 2)
    assert figure(city, "promise.slipped") == (1, 2)
    assert list(rows_of(city.plenary, "promise.slipped", date(2022, 12, 29))) == [game]
    assert figure(city, "promise.first_date") == (1, 2)
    assert list(rows_of(city.plenary, "promise.first_date", date(2022, 12, 29))) == [fair]
    assert figure(city, "promise.slipped", "2020-12-29") == (0, 2)
    assert figure(city, "promise.first_date", "2020-12-30") == (0, 0)


def test_a_vague_promise_is_counted_and_stays_so_when_something_is_named_afterwards(players):
    city, game, _ = players
    assert list(rows_of(city.plenary, "promise.vague", date(2022, 1, 1))) == [game]
    promises.alter(
        game,
        actor=city.zhou_ning,
        at=at("2022-02-01"),
        what="新建一所",
        amount=Decimal(1),
        measure="所",
        reason="明确",
    )
    before, after = (
        figure_of(city.plenary, "promise.vague", day) for day in (date(2022, 1, 1), date(2022, 2, 1))
    )
    assert (before.count, after.count) == (1, 1)
    assert "后来补写" not in before.note
    assert after.note.endswith("其中1项后来补写")
    assert figure(city, "promise.altered") == (1, 2)


def test_its_page_says_so_to_everybody_who_sees_it(players):
    city, game, _ = players
    with clock_at(date(2022, 3, 1)):
        for name in ("lin_lan", "staff", "chen_yiming", "zhou_ning", "mayor_wang"):
            client = World(city).client(getattr(city, name))
            page = " ".join(client.get(reverse("desks:promise", args=[game.pk])).content.decode().split())
            assert "空泛" in page
            assert '最初期限：<b class="date">2020年12月31日</b>' in page
            assert page.count("市教育局周宁。理由：仍在推进") == 2, name
            listed = client.get(reverse("desks:promises"), {"show": "slipped"}).content.decode()
            assert "积极推进学位建设" in listed
            assert "改造路口" not in listed
        vague = World(city).client(city.lin_lan).get(reverse("desks:promises"), {"show": "vague"})
        assert "积极推进学位建设" in vague.content.decode()


def test_the_unit_that_plays_stands_first_and_its_numbers_open(players):
    city, _, _ = players
    with clock_at(date(2022, 3, 1)):
        client = World(city).client(city.lin_lan)
        page = client.get(reverse("desks:promises_by_unit"), {"plenary": city.plenary.code})
        rows = {row["unit__name"]: dict(counts) for row, counts in page.context["units"]}
        assert list(rows) == ["市教育局", "市公安局"]
        assert rows["市教育局"] == {"open": 1, "overdue": 0, "slipped": 1, "vague": 1, "settled": 0, "all": 1}
        assert rows["市公安局"] == {"open": 0, "overdue": 0, "slipped": 0, "vague": 0, "settled": 1, "all": 1}
        asked = {"plenary": city.plenary.code, "show": "all", "unit": city.police.pk}
        listed = client.get(reverse("desks:promises"), asked).content.decode()
        assert "改造路口" in listed
        assert "积极推进学位建设" not in listed
