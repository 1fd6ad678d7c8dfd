"""A notice becomes known: deadlines move by a step for each item, and a replay still gives what is stored."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.hear import mismatches
from huiyin.clock.holidays import calendar_today, calendars_in_force, sync_shipped_notices
from huiyin.clock.models import HolidayNotice
from huiyin.clock.notices import Notice, shipped_notices
from huiyin.clock.now import at, moment
from huiyin.clock.settling import settle_notices
from huiyin.clock.steps import load_notice
from huiyin.journal.models import Event
from huiyin.journal.step import Refused
from huiyin.people.actor import Actor
from tests.clock.told import deadline, laid_out, share, tell

OF_2027 = Notice(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="示例〔2026〕1号",
    dated=date(2026, 11, 25),
    off=((date(2027, 2, 24), "春节"), (date(2027, 2, 25), "春节")),
    work=((date(2027, 2, 27), "春节"),),
    known_from=moment(date(2026, 11, 26)),
)


@pytest.fixture
def item(city):
    return laid_out(city)


def assigned(city, item, day: str, unit=None):
    made = share(item, unit or city.education)
    tell("assignment.assign", day, made)
    return made


def moves() -> list[Event]:
    return list(Event.objects.filter(code="deadline.move"))


def test_the_extension_of_the_holiday_in_2020_moves_the_deadlines_that_rest_on_it(city, item):
    lead = assigned(city, item, "2020-01-22")
    with at(date(2020, 1, 25)):
        assert settle_notices() == 0
    assert deadline(lead, "return_window").due_on == date(2020, 2, 4)
    with at(date(2020, 1, 27)):
        assert settle_notices() == 1
        assert settle_notices() == 0
    moved = deadline(lead, "return_window")
    assert (moved.first_due_on, moved.due_on) == (date(2020, 2, 4), date(2020, 2, 6))
    assert moved.notice == "国办发明电〔2020〕1号"
    [event] = moves()
    assert event.facts["notice"] == "国办发明电〔2020〕1号"
    assert {(move["name"], move["from"], move["to"]) for move in event.facts["moves"]} == {
        ("return_window", "2020-02-04", "2020-02-06"),
        ("first_contact", "2020-02-25", "2020-02-27"),
    }
    assert mismatches(item) == []


@pytest.mark.parametrize(
    ("start", "notice_known", "before", "after"),
    [
        ("2015-03-03", date(2015, 5, 13), date(2015, 6, 3), date(2015, 6, 3)),
        ("2019-02-02", date(2019, 3, 22), date(2019, 5, 2), date(2019, 5, 5)),
    ],
)
def test_a_second_notice_moves_a_reply_only_where_it_names_its_day(
    city, item, start, notice_known, before, after
):
    lead = assigned(city, item, start)
    assert deadline(lead, "reply").due_on == before
    with at(notice_known):
        settle_notices()
    assert deadline(lead, "reply").due_on == after
    assert len(moves()) == (before != after)
    assert mismatches(item) == []


def test_the_commemoration_of_2015_moves_what_was_due_on_the_day(city, item):
    lead = share(item, city.education)
    tell("assignment.assign", "2015-06-03", lead, recorded="2015-05-05")
    assert deadline(lead, "reply").due_on == date(2015, 9, 3)
    with at(date(2015, 5, 13)):
        settle_notices()
    assert deadline(lead, "reply").due_on == date(2015, 9, 6)


def test_a_provisional_date_is_settled_when_the_year_is_loaded(city, item):
    lead = assigned(city, item, "2026-11-24")
    assert deadline(lead, "reply").provisional
    assert deadline(lead, "reply").due_on == date(2027, 2, 24)
    with at(date(2026, 11, 26)):
        load_notice(city.here, actor=Actor.system(city.here), notice=OF_2027)
        assert settle_notices() == 1
    settled = deadline(lead, "reply")
    assert not settled.provisional
    assert settled.due_on == date(2027, 2, 26)
    assert settled.notice == "示例〔2026〕1号"
    assert mismatches(item) == []


def test_a_date_that_stays_is_settled_by_the_step_as_well(city, item):
    lead = assigned(city, item, "2026-12-03")
    with at(date(2026, 12, 4)):
        load_notice(city.here, actor=Actor.system(city.here), notice=OF_2027)
        assert settle_notices() == 1
    assert deadline(lead, "reply").due_on == date(2027, 3, 3)
    assert not deadline(lead, "reply").provisional
    assert mismatches(item) == []


def test_what_is_met_or_cancelled_is_left_as_it_was(city, item):
    lead = assigned(city, item, "2020-01-22")
    tell("assignment.ask_return", "2020-01-23", lead)
    with at(date(2020, 1, 27)):
        settle_notices()
    assert deadline(lead, "return_window").due_on == date(2020, 2, 4)
    assert mismatches(item) == []


def test_a_loaded_notice_is_an_event_and_is_not_loaded_twice(city):
    with at(date(2026, 11, 26)):
        event = load_notice(city.here, actor=Actor.system(city.here), notice=OF_2027)
        assert event.facts == {"year": 2027, "number": "示例〔2026〕1号", "dated": "2026-11-25"}
        assert calendar_today().why_off(date(2027, 2, 24)) == "春节"
        with pytest.raises(Refused, match="已经录入"):
            load_notice(city.here, actor=Actor.system(city.here), notice=OF_2027)


def test_only_the_system_loads_a_notice(city):
    with pytest.raises(Refused):
        load_notice(city.here, actor=city.lin_lan, notice=OF_2027)


def test_the_shipped_notices_count_from_their_own_date(db):
    sync_shipped_notices()
    sync_shipped_notices()
    assert HolidayNotice.objects.count() == len(shipped_notices())
    assert not calendars_in_force().as_known(date(2020, 11, 24)).covers(date(2021, 2, 20))
    assert calendars_in_force().as_known(date(2020, 11, 25)).covers(date(2021, 2, 20))


def test_a_notice_that_an_update_brings_counts_from_the_day_it_was_first_seen(db, monkeypatch):
    sync_shipped_notices()
    carried = (*shipped_notices(), replace(OF_2027, number=""))
    monkeypatch.setattr("huiyin.clock.holidays.shipped_notices", lambda: carried)
    with at(date(2027, 1, 11)):
        sync_shipped_notices()
        assert not calendars_in_force().as_known(date(2027, 1, 10)).covers(date(2027, 1, 1))
        assert calendar_today().covers(date(2027, 1, 1))


def test_the_running_clock_settles_by_itself(city, item):
    lead = assigned(city, item, "2020-01-22")
    with at(date(2020, 1, 28)):
        run_once()
    assert deadline(lead, "return_window").due_on == date(2020, 2, 6)


def test_a_loaded_notice_does_not_outlive_its_transaction(db):
    """The calendar is read from the rows each time, so that nothing of another test or a rollback stays."""
    assert not calendars_in_force().as_known(date(2026, 12, 1)).covers(date(2027, 1, 1))
