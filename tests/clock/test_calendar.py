"""The workday calendar: against an independent source, and as it was known in the years of two notices."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.clock.statutory import statutory_days
from huiyin.clock.workdays import DAY, days_after, shipped_calendars

BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared"
SHARED = (
    Path(os.environ.get("HUIYIN_SHARED") or BESIDE_THE_REPOSITORY) / "data" / "cn_holidays_2007_2026.json"
)
CALENDARS = shipped_calendars()
WHOLE = CALENDARS.as_known(date(2026, 11, 20))
DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))


def shared_source() -> dict:
    if not SHARED.exists():
        pytest.skip("the independent list of holidays (../shared/data) is not at hand")
    return json.loads(SHARED.read_text(encoding="utf-8"))


def test_every_day_of_twenty_years_agrees_with_the_independent_source():
    said = {date.fromisoformat(entry["date"]): entry["off"] for entry in shared_source()["days"]}
    days = [date(2007, 1, 1) + timedelta(days=n) for n in range(7305)]
    differing = [day for day in days if WHOLE.is_workday(day) is said.get(day, day.weekday() >= 5)]
    assert days[-1] == date(2026, 12, 31)
    assert differing == []


def test_the_workdays_of_each_year_are_as_many():
    for year, count in shared_source()["workdays_per_year"].items():
        found = WHOLE.workdays_between(date(int(year) - 1, 12, 31), date(int(year), 12, 31))
        assert (year, found) == (year, count)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 1, 25), "春节"),
        (date(2020, 10, 1), "国庆节"),
        (date(2021, 5, 3), "劳动节"),
        (date(2021, 2, 27), "周末"),
        (date(2015, 9, 3), "抗战胜利七十周年纪念日"),
        (date(2021, 2, 20), ""),
        (date(2021, 2, 22), ""),
    ],
)
def test_it_names_why_a_day_is_off(day, why):
    assert WHOLE.why_off(day) == why


def test_it_names_what_a_worked_weekend_makes_up_for():
    assert WHOLE.why_on(date(2021, 2, 20)) == "春节"
    assert WHOLE.why_on(date(2021, 2, 22)) == ""


@pytest.mark.parametrize(
    ("eve", "day", "before", "after"),
    [
        (date(2015, 5, 12), date(2015, 9, 3), True, False),
        (date(2015, 5, 12), date(2015, 9, 4), True, False),
        (date(2015, 5, 12), date(2015, 9, 6), False, True),
        (date(2019, 3, 21), date(2019, 5, 1), False, False),
        (date(2019, 3, 21), date(2019, 5, 2), True, False),
        (date(2019, 3, 21), date(2019, 4, 28), False, True),
        (date(2019, 3, 21), date(2019, 5, 5), False, True),
        (date(2020, 1, 25), date(2020, 1, 30), False, False),
        (date(2020, 1, 25), date(2020, 1, 31), True, False),
        (date(2020, 1, 25), date(2020, 2, 1), True, False),
    ],
)
def test_a_second_notice_in_a_year_changes_the_days_from_its_date_on(eve, day, before, after):
    assert CALENDARS.as_known(eve).is_workday(day) is before
    assert CALENDARS.as_known(eve + DAY).is_workday(day) is after


def test_a_day_rests_on_the_latest_notice_that_names_it():
    assert str(WHOLE.notice_for(date(2020, 2, 1))) == "国办发明电〔2020〕1号"
    assert str(WHOLE.notice_for(date(2020, 10, 1))) == "国办发明电〔2019〕16号"
    assert str(WHOLE.notice_for(date(2018, 12, 31))) == "国办发明电〔2018〕15号"
    assert str(WHOLE.notice_for(date(2008, 5, 1))) == "《国务院办公厅关于2008年部分节假日安排的通知》"


def test_beyond_the_last_notice_only_the_regulation_is_known():
    assert WHOLE.known_until == date(2026, 12, 31)
    assert not WHOLE.covers(date(2027, 1, 1))
    assert WHOLE.why_off(date(2027, 2, 5)) == "春节"
    assert WHOLE.why_off(date(2027, 5, 2)) == "劳动节"
    assert WHOLE.is_workday(date(2027, 2, 10))


def test_the_regulation_gives_thirteen_days_from_2025_and_eleven_before():
    today = date(2026, 11, 20)
    assert [len(statutory_days(year, today)) for year in (2024, 2025, 2027)] == [11, 13, 13]
    # In 2028 Mid-Autumn falls on 3 October, a National Day already.
    assert len(statutory_days(2028, today)) == 12
    assert len(statutory_days(2026, date(2021, 2, 20))) == 11


@pytest.mark.parametrize("year", range(2010, 2027))
def test_every_statutory_day_is_off_in_the_notice_of_its_year(year):
    assert [day for day in statutory_days(year, date(2026, 11, 20)) if WHOLE.is_workday(day)] == []


@given(DAYS, DAYS)
def test_workdays_between_two_days_are_those_that_one_counts(one, other):
    after, until = sorted((one, other))
    count = sum(WHOLE.is_workday(day) for day in days_after(after, until))
    assert WHOLE.workdays_between(after, until) == count
    assert WHOLE.workdays_between(until, after) == -count


@given(DAYS, st.integers(-60, 60))
def test_adding_workdays_ends_on_a_workday_and_counts_them(day, count):
    end = WHOLE.add_workdays(day, count)
    if count > 0:
        assert WHOLE.is_workday(end)
        assert WHOLE.workdays_between(day, end) == count
    elif count < 0:
        assert WHOLE.is_workday(end)
        assert WHOLE.workdays_between(end - DAY, day - DAY) == -count
    else:
        assert end == day


@given(DAYS)
def test_the_next_workday_is_the_first_from_the_day_on(day):
    found = WHOLE.next_workday(day)
    assert WHOLE.is_workday(found)
    assert len(WHOLE.rest_days(day - DAY, found)) == (found - day).days
    assert WHOLE.previous_workday(found) == found
