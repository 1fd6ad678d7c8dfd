"""What falls due again and again: a report on each promise, once a period, until the promise has come to its end."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.clock.fold import replay
from huiyin.clock.running import State
from huiyin.clock.runs import codes_heard
from huiyin.rulepacks.schema import Alert, FixedDate, Length
from tests.clock.made import CALENDARS, RULES, happens, rule, terms

REPORTS = rule(
    "promise_report",
    "promise.undertake",
    FixedDate(12, 31),
    "promise.report promise.skip_report",
    alerts=(Alert(-30),),
)
YEARLY = terms((*RULES, REPORTS))
QUARTERLY = terms(
    (*RULES, rule("promise_report", "promise.undertake", Length(3, "months"), "promise.report"))
)


def after(*happenings, by=YEARLY) -> State:
    return replay(happenings, by, CALENDARS)


def dues(state: State, promise: int = 5) -> list[tuple[date, bool]]:
    return [(one.due_on, one.is_open) for one in state if one.promise_id == promise]


def undertaken(day: str = "2020-04-10", promise: int = 5):
    return happens("promise.undertake", day, 1, promise=promise)


def reported(day: str, promise: int = 5, code: str = "promise.report"):
    return happens(code, day, 1, promise=promise)


def test_each_promise_owes_its_own():
    state = after(undertaken(), undertaken("2020-05-06", 6), reported("2020-12-01", 6))
    assert dues(state) == [(date(2020, 12, 31), True)]
    assert dues(state, 6) == [(date(2020, 12, 31), False), (date(2021, 12, 31), True)]


def test_a_second_report_in_the_same_period_meets_nothing_more():
    state = after(undertaken(), reported("2020-11-01"), reported("2020-12-30"))
    assert dues(state) == [(date(2020, 12, 31), False), (date(2021, 12, 31), True)]


def test_a_report_after_its_day_meets_that_period_and_no_other():
    state = after(undertaken(), reported("2022-03-01"))
    assert dues(state) == [
        (date(2020, 12, 31), False),
        (date(2023, 1, 2), True),
    ]  # a Saturday; next year is not known yet


def test_it_comes_every_so_many_months_too():
    state = after(undertaken(), reported("2020-07-01"), by=QUARTERLY)
    assert dues(state) == [(date(2020, 7, 10), False), (date(2020, 10, 12), True)]


@pytest.mark.parametrize("end", ["promise.accept", "promise.drop"])
def test_its_promise_s_end_is_the_end_of_it(end):
    state = after(
        undertaken(), undertaken(promise=6), reported("2020-12-01"), reported("2021-06-01", code=end)
    )
    assert dues(state) == [(date(2020, 12, 31), False), (date(2021, 12, 31), False)]
    assert dues(state, 6) == [(date(2020, 12, 31), True)]


def test_of_what_is_taken_in_later_reports_are_owed_from_then_on():
    """Nobody was asked for them before: a ledger of 2018 does not begin with three years of overdue reports."""
    late = {"promise": 5, "recorded": "2021-03-01", "history": True}
    state = after(happens("promise.undertake", "2018-04-10", 1, **late))
    assert dues(state) == [(date(2021, 12, 31), True)]
    state = after(
        happens("promise.undertake", "2018-04-10", 1, **late),
        happens(
            "promise.report", "2019-12-01", 1, **late
        ),  # it stands in the ledger, and meets no period from before
        happens("promise.report", "2021-12-01", 1, promise=5),
    )
    assert dues(state) == [(date(2021, 12, 31), False), (date(2023, 1, 2), True)]


def test_it_is_reminded_of_each_time():
    state = after(undertaken(), reported("2020-12-15"))
    assert [one.next_alert_at is not None for one in state if one.promise_id] == [False, True]


def test_a_pack_without_the_rule_does_not_listen_to_promises():
    assert "promise.accept" not in codes_heard(terms())
    assert {"promise.accept", "promise.drop", "promise.report"} <= codes_heard(YEARLY)


@given(days=st.lists(st.dates(date(2020, 4, 11), date(2026, 12, 31)), max_size=12))
def test_however_often_one_reports_no_period_is_met_twice_and_one_is_always_open(days):
    state = after(undertaken(), *(reported(day.isoformat()) for day in sorted(days)))
    own = [one for one in state if one.promise_id == 5]
    assert [one.round for one in own] == list(range(1, len(own) + 1))
    assert [one.is_open for one in own] == [False] * (len(own) - 1) + [True]
    assert all(one.met_at.date() >= one.starts_on for one in own[:-1])
    assert all(late.starts_on > early.due_on for early, late in pairwise(own))
