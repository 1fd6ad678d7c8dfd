"""难件: a unit that picks the easy ones, writes empty entries and asks on the last day is seen on the page, by name."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.contacts import steps as contacts
from huiyin.desks.overseeing.measures import MEASURES
from huiyin.handling import steps as handling_steps
from huiyin.proposals.steps import grade_difficulty
from huiyin.reporting.figures import figure_of, rows_of
from tests.pages.world import World, title
from tests.people import City
from tests.stories import handling
from tests.stories.moments import at

LATER = "2020-04-07"
EASY, HARD = (1, 1, 2, 2), (5, 5, 4)


def given(city: City, difficulty: int, number: int, unit: Any) -> Any:
    share = handling.signed(city, title=title(f"第{number}件（{difficulty}）"), lead=unit)
    grade_difficulty(share.proposal, actor=city.lin_lan, at=at("2020-03-02T11:00"), difficulty=difficulty)
    return share


@pytest.fixture
def gamed(city: City) -> City:
    """市教育局 talks about the easy ones within two days and enters the hard ones without a word; 市公安局 works fairly."""
    for number, difficulty in enumerate(EASY + HARD):
        share = given(city, difficulty, number, city.education)
        text = "与委员面谈，商定四月底前完成" if difficulty < 4 else ""
        contacts.log(
            share, actor=city.chen_jing, at=at(f"2020-03-{4 + number:02}"), phase="before", way="phone",
            proposer=city.lead_proposer, summary=text,
        )  # fmt: skip
    for number, difficulty in enumerate(EASY + HARD):
        share = given(city, difficulty, 20 + number, city.police)
        day = 12 - difficulty
        handling_steps.plan(
            share, actor=city.sun_yue, at=at(f"2020-03-{day:02}"), person=city.sun_yue.post, measures="现场勘查后定方案"
        )  # fmt: skip
    asked = handling.assigned(city, title=title("推给别家"), lead=city.education)
    grade_difficulty(asked.proposal, actor=city.lin_lan, at=at("2020-03-02T11:00"), difficulty=5)
    handling_steps.ask_return(
        asked, actor=city.chen_jing, at=at("2020-03-09T17:00"), reason="不属于本单位", proposed=city.land
    )
    return city


def shown(city: City, who: Any, **query: str) -> BeautifulSoup:
    with clock_at(at(LATER)):
        answer = World(city).client(who).get(reverse("desks:hard"), query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def line_of(page: BeautifulSoup, unit: str) -> dict[str, str]:
    row = next(row for row in page.select("#by-unit")[0].find_parent("section").select("tbody tr")
               if row.th.get_text(strip=True) == unit)  # fmt: skip
    return {cell["data-label"]: cell.get_text(strip=True) for cell in row.select("td[data-label]")}


def test_the_unit_that_picks_the_easy_ones_is_named(gamed: City) -> None:
    page = shown(gamed, gamed.lin_lan)
    own, fair = line_of(page, "市教育局"), line_of(page, "市公安局")
    assert own["动手的先后"].startswith("先易后难：20对中难的等得更久的占100")
    assert fair["动手的先后"].startswith("先难后易")
    assert (own["插到前头"], fair["插到前头"]) == ("4", "")
    assert own["没有动静"] == "4", (
        "an entry without a word, a signature and a request to return are no movement"
    )
    assert own["最后一天才提"] == "1"


def test_every_number_is_a_figure_with_its_list(gamed: City) -> None:
    with clock_at(at(LATER)):
        for code, many in (("hard_started", 3), ("passed_over", 4), ("quiet", 4 + 3)):
            figure = figure_of(gamed.plenary, f"difficulty.{code}")
            listed = rows_of(gamed.plenary, f"difficulty.{code}")
            assert figure.count == listed.count() == many, code
        assert figure_of(gamed.plenary, "handling.returns_last_day").count == 1
        assert {share.unit.name for share in rows_of(gamed.plenary, "difficulty.passed_over")} == {"市教育局"}


def test_a_window_that_opens_later_says_nothing_about_a_return(gamed: City) -> None:
    """On the circular and on the page of the units alike."""
    [late] = rows_of(gamed.plenary, "handling.returns_last_day")
    later = late.assignment.deadlines.get(name="return_window")
    later.pk, later.round, later.starts_on, later.due_on = None, 2, date(2020, 5, 6), date(2020, 5, 13)
    later.save()
    measure = next(one for one in MEASURES if one.code == "last_day")
    for found in (rows_of(gamed.plenary, "handling.returns_last_day"), measure.rows(gamed.plenary)):
        assert list(found) == [late]


def test_figures_as_of_a_day_know_what_was_done_by_then(gamed: City) -> None:
    before = at("2020-03-03").date()
    assert figure_of(gamed.plenary, "difficulty.hard_started", before).count == 0
    assert figure_of(gamed.plenary, "difficulty.passed_over", before).count == 0
    assert figure_of(gamed.plenary, "difficulty.graded", at("2020-03-01").date()).count == 0


def test_a_unit_sees_its_own_and_what_to_take_up_first(gamed: City) -> None:
    page = shown(gamed, gamed.chen_jing)
    assert page.find(id="by-unit") is None
    assert "市公安局" not in page.get_text()
    heading = next(head for head in page.select("h2") if head.get_text(strip=True).startswith("先办什么"))
    tags = [tag.get_text(strip=True) for tag in heading.find_parent("section").select(".tag")]
    assert tags == sorted(tags, key=lambda tag: tag[-2], reverse=True), (
        "the hardest first, all given on one day"
    )


def test_before_anything_is_graded_it_says_what_to_do(city: City) -> None:
    handling.signed(city)
    assert "待定难易程度" in shown(city, city.lin_lan).get_text()
    assert "由市政府办公室评定" in shown(city, city.chen_jing).get_text()
