"""The clock under the real runner: assign, return, pause, extend by their steps, and a replay finds what is stored."""

from datetime import date

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.hear import mismatches
from huiyin.clock.now import at, moment
from huiyin.handling import steps as handling
from tests.clock.told import deadline
from tests.stories.intake import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(city):
    return registered(city)


def when(day: str):
    return moment(date.fromisoformat(day), 10)


def test_an_item_goes_through_a_year_and_a_replay_agrees(city, item):
    with at(when("2020-01-20")) as clock:
        given = handling.assign(item, actor=city.lin_lan, unit=city.education, role="lead")
        lead = given.subject
        handling.assign(item, actor=city.lin_lan, unit=city.police, role="co")
        assert deadline(lead, "return_window").due_on == date(2020, 2, 1)
        clock.move(when("2020-01-28"))
        run_once()
        assert deadline(lead, "return_window").due_on == date(2020, 2, 4)
        clock.move(when("2020-02-03"))
        handling.sign(lead, actor=city.chen_jing)
        clock.move(when("2020-03-16"))
        handling.pause(lead, actor=city.lin_lan, reason="报省厅", superior="省教育厅")
        clock.move(when("2020-03-30"))
        handling.resume(lead, actor=city.lin_lan)
        assert deadline(lead, "reply").due_on == date(2020, 5, 6)
        clock.move(when("2020-04-20"))
        handling.ask_extension(lead, actor=city.chen_jing, until=date(2020, 6, 30), reason="需要论证")
        handling.rule_extension(lead, actor=city.lin_lan, ruling="granted")
    assert deadline(lead, "reply").due_on == date(2020, 6, 30)
    assert mismatches(item) == []
