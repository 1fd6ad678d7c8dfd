"""Notices read from a file: taken in whole, or refused with a sentence."""

from datetime import date

import pytest

from huiyin.clock.notices import NoticeError, read_notice, shipped_notices
from huiyin.clock.now import moment
from huiyin.clock.workdays import Calendars

FOR_2027 = """
year = 2027
number = "示例〔2026〕1号"
dated = 2026-11-25
off = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-03 },
  { name = "春节", from = 2027-02-05, to = 2027-02-11 },
]
work = [ { name = "春节", on = 2027-02-13 } ]
"""
KNOWN = moment(date(2026, 11, 26))


def write(folder, text):
    file = folder / "notice.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_notice_is_read_with_every_day(tmp_path):
    notice = read_notice(write(tmp_path, FOR_2027), KNOWN)
    assert len(notice.off) == 10
    assert notice.work == ((date(2027, 2, 13), "春节"),)
    assert (str(notice), notice.known_from) == ("示例〔2026〕1号", KNOWN)


def test_its_year_is_known_from_the_day_it_was_loaded(tmp_path):
    notice = read_notice(write(tmp_path, FOR_2027), KNOWN)
    calendars = Calendars([*shipped_notices(), notice])
    before, after = calendars.as_known(date(2026, 11, 25)), calendars.as_known(KNOWN)
    assert not before.covers(date(2027, 2, 13))
    assert not before.is_workday(date(2027, 2, 13))
    assert after.covers(date(2027, 2, 13))
    assert after.is_workday(date(2027, 2, 13))
    assert calendars.turn(moment(date(2026, 12, 1))) == KNOWN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("year = 2027", "yaer = 2027"), "多出“yaer”、缺少“year”"),
        (("dated = 2026-11-25", ""), "缺少“dated”"),
        (("year = 2027", 'year = "2027"'), "年份或成文日期写法不对"),
        (("on = 2027-02-13", "on = 2027-02-06"), "既列为放假又列为上班"),
        (("on = 2027-02-13", "on = 2028-02-13"), "不属于2027年"),
        (("to = 2027-01-03", "to = 2026-12-03"), "日期写法不对"),
        (('name = "元旦", ', ""), "日期写法不对"),
        (("to = 2027-01-03", "to = 2027-01-03, note = 1"), "日期写法不对"),
        (("on = 2027-02-13", "on = 2027-02-13T00:00:00"), "日期写法不对"),
        (('[ { name = "春节", on = 2027-02-13 } ]', '"春节"'), "日期写法不对"),
        (("year = 2027", "year = = 2027"), "无法读取"),
    ],
)
def test_a_notice_that_is_not_whole_is_refused_with_a_sentence(tmp_path, change, said):
    file = write(tmp_path, FOR_2027.replace(*change))
    with pytest.raises(NoticeError, match=said):
        read_notice(file, KNOWN)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NoticeError, match="无法读取"):
        read_notice(tmp_path / "none.toml", KNOWN)


def test_the_days_of_december_belong_to_the_next_years_notice():
    of_2019 = next(notice for notice in shipped_notices() if notice.year == 2019)
    assert (date(2018, 12, 31), "元旦") in of_2019.off
    assert (date(2018, 12, 29), "元旦") in of_2019.work


@pytest.mark.parametrize("year", [2015, 2019, 2020])
def test_a_year_of_two_notices_has_both(year):
    found = [notice for notice in shipped_notices() if notice.year == year]
    assert len(found) == 2
    assert found[0].known_from < found[1].known_from
    assert len({notice.number for notice in found}) == 2
