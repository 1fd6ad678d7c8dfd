"""Dates as offices write them; what does not exist or can't be read is never guessed at."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledgers.reading.dates import BadDateError, read_date, read_deadline

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
FULL_WIDTH = {ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789/.-"}
TIMES = ["", " 10:30", " 9:05:07", "T08:00:00", " 上午9:30"]


def spellings(day: date) -> list[str]:
    year, month, date_ = day.year, day.month, day.day
    plain = [
        f"{year}年{month}月{date_}日",
        f"{year}年{month:02}月{date_:02}日",
        f"{year}年{month}月{date_}号",
        f" {year} 年 {month} 月 {date_} 日 ",
        f"{year}.{month}.{date_}",
        f"{year}/{month}/{date_}",
        f"{year}-{month:02}-{date_:02}",
        f"{year}{month:02}{date_:02}",
    ]
    return plain + [text.translate(FULL_WIDTH) for text in plain]


@given(DAYS, st.sampled_from(TIMES))
def test_every_spelling_of_a_day_is_read(day: date, time: str) -> None:
    for text in spellings(day):
        assert read_date(text) == day
    for text in spellings(day)[:7]:
        assert read_date(text.strip() + time) == day


@given(DAYS)
def test_the_spreadsheet_s_own_dates_are_read(day: date) -> None:
    assert read_date(day) == day
    assert read_date(datetime(day.year, day.month, day.day, 14, 30)) == day  # noqa: DTZ001
    assert read_date(float((day - date(1899, 12, 30)).days)) == day
    assert read_date(day.year * 10000 + day.month * 100 + day.day) == day


def test_chinese_figures_are_read() -> None:
    assert read_date("二〇二〇年五月八日") == date(2020, 5, 8)
    assert read_date("二○二一年十二月三十一日") == date(2021, 12, 31)


def test_an_empty_cell_is_no_date() -> None:
    assert read_date("") is None
    assert read_date("  ") is None


@pytest.mark.parametrize(
    "text", ["2008年9月31日", "2021-02-29", "2020.13.1", "20200230", "二〇二一年二月三十日"]
)
def test_a_day_that_does_not_exist_is_said_so(text: str) -> None:
    with pytest.raises(BadDateError, match="不存在"):
        read_date(text)


@pytest.mark.parametrize(
    "value",
    [
        "三月一日",
        "5月8日",
        "2020年5月",
        "5/8/2020",
        "20.5.8",
        "2020.5-8",
        "2020年5月8日至10日",
        "长期",
        "已答复",
        7,
        0.5,
    ],
)
def test_what_can_t_be_read_is_said_so(value: str | float) -> None:
    with pytest.raises(BadDateError, match="认不出"):
        read_date(value)


@pytest.mark.parametrize("value", ["0202-05-08", "2920年5月8日", date(1900, 1, 1)])
def test_a_year_out_of_all_reason_is_refused(value: str | date) -> None:
    with pytest.raises(BadDateError, match="年份"):
        read_date(value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年底", date(2021, 12, 31)),
        ("2021年底前", date(2021, 12, 31)),
        ("2021年6月底前", date(2021, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2021年6月30日前", date(2021, 6, 30)),
        ("2021-06-30", date(2021, 6, 30)),
    ],
)
def test_a_deadline_may_be_a_month_or_a_year(text: str, day: date) -> None:
    assert read_deadline(text) == day


def test_a_deadline_without_a_year_is_refused() -> None:
    for text in ("长期", "三年内", "年底前", "2021年13月"):
        with pytest.raises(BadDateError):
            read_deadline(text)
