"""Due dates: the reviewed table, and what holds for every rule and day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.clock.due import (
    OtherDeadlineError,
    add_months,
    due,
    latest,
    next_alert,
    on_workday,
    paused_between,
)
from huiyin.clock.now import moment
from huiyin.clock.sentences import number
from huiyin.rulepacks.schema import NO_SOURCE, Alert, Before, DeadlineRule, FixedDate, Length
from tests.clock import due_table
from tests.clock.made import SOURCE, WHOLE, rule

DAYS = st.dates(date(2007, 1, 1), date(2026, 6, 30))
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 120), st.just("days")),
    st.builds(Length, st.integers(1, 60), st.just("workdays")),
    st.builds(Length, st.integers(1, 24), st.just("months")),
    st.builds(Length, st.integers(1, 4), st.just("years")),
)
RULES = st.builds(
    DeadlineRule,
    name=st.just("reply"),
    starts=st.just("assignment.assign"),
    length=LENGTHS,
    source=st.just(SOURCE),
    count_from=st.sampled_from(["next_day", "same_day"]),
    if_rest_day=st.sampled_from(["next_workday", "previous_workday", "keep"]),
)
REPLY = rule("reply", "assignment.assign", Length(3, "months"), "reply.issue")


def test_the_due_table_is_what_was_reviewed():
    """Changed a date or a reason on purpose? `python -m tests.clock.due_table`, then read the table."""
    assert due_table.TABLE.read_text(encoding="utf-8") == due_table.written()
    assert len(due_table.rows()) >= 60


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_last(start, months, end):
    assert add_months(start, months) == end


@given(DAYS, st.integers(-48, 48))
def test_adding_months_keeps_the_day_or_takes_the_months_last(day, months):
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


@given(RULES, DAYS)
def test_a_due_date_is_never_before_the_start_unless_moved_back(made, start):
    found = due(made, start, WHOLE)
    assert found.due_on >= start or made.if_rest_day == "previous_workday"
    if made.if_rest_day != "keep":
        assert WHOLE.is_workday(found.due_on)


@given(RULES, DAYS, st.integers(1, 300))
def test_a_later_start_is_never_due_earlier(made, start, days):
    assert due(made, start + timedelta(days=days), WHOLE).due_on >= due(made, start, WHOLE).due_on


@given(RULES, DAYS)
def test_counting_from_the_same_day_is_never_later(made, start):
    same, following = replace(made, count_from="same_day"), replace(made, count_from="next_day")
    assert due(same, start, WHOLE).due_on <= due(following, start, WHOLE).due_on


@given(RULES, DAYS, st.integers(0, 40))
def test_a_pause_moves_the_date_by_as_many_workdays(made, start, paused):
    plain, moved = due(made, start, WHOLE), due(made, start, WHOLE, paused_workdays=paused)
    assert WHOLE.workdays_between(plain.due_on, moved.due_on) == paused


@given(RULES, DAYS)
def test_everything_skipped_is_a_rest_day_with_its_name(made, start):
    for day, why in due(made, start, WHOLE).skipped:
        assert why
        assert WHOLE.why_off(day) == why


@given(RULES, DAYS)
def test_every_date_says_why(made, start):
    said = due(made, start, WHOLE).explanation
    assert said.startswith(f"{start.year}年{start.month}月{start.day}日交办，")
    assert "《示例办理办法》（示政发〔2020〕1号）第五条。" in said
    assert not set(said) & set(",;()")


@given(DAYS, st.integers(0, 30))
def test_the_workdays_of_a_pause_are_those_from_its_day_up_to_the_resumption(since, workdays):
    resumed = WHOLE.add_workdays(WHOLE.next_workday(since), workdays)
    assert paused_between(since, resumed, WHOLE) == workdays


def test_a_fixed_date_in_february_is_the_28th_of_a_common_year():
    fixed = rule("reply", "assignment.assign", FixedDate(2, 29), "reply.issue", if_rest_day="keep")
    assert due(fixed, date(2021, 3, 1), WHOLE).due_on == date(2022, 2, 28)
    assert due(fixed, date(2023, 3, 1), WHOLE).due_on == date(2024, 2, 29)


def test_counting_back_needs_the_other_deadline():
    with pytest.raises(OtherDeadlineError):
        due(rule("co_opinion", "x.y", Before(Length(20, "days"), "reply"), "a.b"), date(2020, 2, 24), WHOLE)


def test_the_maximum_is_counted_from_the_start():
    limited = replace(REPLY, maximum=Length(6, "months"))
    assert latest(limited, date(2020, 2, 24), WHOLE) == date(2020, 8, 24)
    assert latest(limited, date(2020, 2, 24), WHOLE, paused_workdays=10) == date(2020, 9, 7)
    assert latest(REPLY, date(2020, 2, 24), WHOLE) is None


def test_an_assumed_rule_says_that_no_document_supports_it():
    said = due(replace(REPLY, assumed=True, source=NO_SOURCE), date(2020, 2, 24), WHOLE).explanation
    assert "此期限暂无文件依据" in said
    assert "依据：" not in said


def test_an_assumed_rule_taken_from_another_place_says_from_where():
    said = due(replace(REPLY, assumed=True), date(2020, 2, 24), WHOLE).explanation
    assert f"本地规定尚未查到，比照《{REPLY.source.document}》" in said


def test_alerts_come_at_nine_on_workdays_and_past_ones_are_skipped():
    alerting = replace(REPLY, alerts=(Alert(-30), Alert(-7), Alert(0), Alert(7), Alert(-3, "workdays")))
    due_on, found, after = date(2020, 5, 25), [], moment(date(2020, 2, 24))
    while (when := next_alert(alerting, due_on, after, WHOLE)) is not None:
        found.append(when)
        after = when
    # 25 April is a Saturday: the alert before the date falls back to the Friday.
    days = [date(2020, 4, 24), date(2020, 5, 18), date(2020, 5, 20), date(2020, 5, 25), date(2020, 6, 1)]
    assert found == [moment(day) for day in days]


@given(DAYS, st.integers(-60, 60), st.sampled_from(["days", "workdays"]))
def test_an_alert_is_always_on_a_workday(due_on, count, unit):
    when = next_alert(replace(REPLY, alerts=(Alert(count, unit),)), due_on, moment(date(2006, 1, 1)), WHOLE)
    if count or unit == "days":
        assert when is not None
        assert WHOLE.is_workday(when.date())


@pytest.mark.parametrize("rest", ["next_workday", "previous_workday", "keep"])
def test_a_workday_stays_whatever_the_rest_day_rule(rest):
    assert on_workday(date(2021, 2, 20), rest, WHOLE) == date(2021, 2, 20)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "一"),
        (2, "两"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (30, "三十"),
        (102, "一百零二"),
        (110, "一百一十"),
    ],
)
def test_numbers_are_said_in_chinese(count, said):
    assert number(count) == said
