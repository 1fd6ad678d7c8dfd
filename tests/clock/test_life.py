"""The clock under the real runner: assign, return, pause, extend by their steps, and a replay finds what is stored."""

from datetime import date

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.hear import mismatches
from huiyin.clock.now import at, moment
from huiyin.handling import steps as handling
from tests.clock.told import deadline
from tests.packs_for_tests import pack_version
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


@pytest.mark.parametrize(("restart", "due_on"), [(True, date(2020, 6, 5)), (False, date(2020, 5, 25))])
def test_a_reassignment_starts_anew_or_goes_on_as_the_pack_says(city, restart, due_on):
    city.plenary.pack_code = "city-that-chooses"
    city.plenary.save()
    pack_version("city-that-chooses", restart=restart)
    item = registered(city)
    with at(when("2020-02-24")) as clock:
        lead = handling.assign(item, actor=city.lin_lan, unit=city.education, role="lead").subject
        clock.move(when("2020-02-26"))
        handling.ask_return(lead, actor=city.chen_jing, reason="不属本单位职责", proposed=city.land)
        clock.move(when("2020-03-05"))
        handling.rule_return(lead, actor=city.lin_lan, ruling="granted", to=city.land)
    other = item.assignments.get(unit=city.land)
    assert deadline(lead, "reply").cancelled_at == when("2020-03-05")
    assert deadline(other, "reply").due_on == due_on
    assert mismatches(item) == []
