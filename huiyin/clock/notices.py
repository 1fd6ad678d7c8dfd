"""Notices of the State Council that fix a year's days off and make-up workdays.

The days come from the package `chinesecalendar`; number and date of each notice stand here, where they are certain.
In 2015, 2019 and 2020 a second notice changed the year in its course: it is kept apart, so that a deadline can rest
on what was known when it was computed. A site loads the notice of a coming year from a TOML file:

    year = 2027
    number = "国办发明电〔2026〕1号"
    dated = 2026-11-03
    off = [ { name = "元旦", from = 2027-01-01, to = 2027-01-03 } ]
    work = [ { name = "元旦", on = 2027-01-04 } ]
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from chinese_calendar import constants

from huiyin.clock.now import moment

Days = tuple[tuple[date, str], ...]

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年纪念日",
}

# Year: number (empty where not certain) and date of the notice, or the day it was made public.
FIRST = {
    2004: ("", date(2003, 12, 31)),
    2005: ("", date(2004, 12, 31)),
    2006: ("国办发明电〔2005〕35号", date(2005, 12, 16)),
    2007: ("国办发明电〔2006〕49号", date(2006, 12, 14)),
    2008: ("", date(2007, 12, 18)),
    2009: ("", date(2008, 12, 10)),
    2010: ("国办发明电〔2009〕27号", date(2009, 12, 7)),
    2011: ("国办发明电〔2010〕40号", date(2010, 12, 9)),
    2012: ("国办发明电〔2011〕45号", date(2011, 12, 5)),
    2013: ("国办发明电〔2012〕33号", date(2012, 12, 8)),
    2014: ("国办发明电〔2013〕28号", date(2013, 12, 11)),
    2015: ("国办发明电〔2014〕28号", date(2014, 12, 16)),
    2016: ("国办发明电〔2015〕18号", date(2015, 12, 10)),
    2017: ("国办发明电〔2016〕17号", date(2016, 12, 1)),
    2018: ("国办发明电〔2017〕12号", date(2017, 11, 30)),
    2019: ("国办发明电〔2018〕15号", date(2018, 12, 4)),
    2020: ("国办发明电〔2019〕16号", date(2019, 11, 21)),
    2021: ("国办发明电〔2020〕27号", date(2020, 11, 25)),
    2022: ("国办发明电〔2021〕11号", date(2021, 10, 25)),
    2023: ("国办发明电〔2022〕16号", date(2022, 12, 8)),
    2024: ("国办发明电〔2023〕7号", date(2023, 10, 25)),
    2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)),
    2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
}


@dataclass(frozen=True)
class Notice:
    """One notice: the days off and the make-up workdays it names, and the moment from which this site knows it."""

    year: int
    title: str
    number: str
    dated: date
    off: Days
    work: Days
    known_from: datetime

    def __str__(self) -> str:
        return self.number or f"《{self.title}》"


class NoticeError(ValueError):
    """A notice file that cannot be taken in; the message is the sentence for the person who loads it."""


def _span(name: str, first: date, last: date) -> Days:
    return tuple((first + timedelta(days=n), name) for n in range((last - first).days + 1))


_SECOND_TITLES = {
    2015: "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知",
    2019: "国务院办公厅关于调整2019年劳动节假期安排的通知",
    2020: "国务院办公厅关于延长2020年春节假期的通知",
}
SECOND = (
    Notice(
        year=2015,
        title=_SECOND_TITLES[2015],
        number="国发明电〔2015〕1号",
        dated=date(2015, 5, 13),
        off=_span("抗战胜利七十周年纪念日", date(2015, 9, 3), date(2015, 9, 5)),
        work=((date(2015, 9, 6), "抗战胜利七十周年纪念日"),),
        known_from=moment(date(2015, 5, 13), 0),
    ),
    Notice(
        year=2019,
        title=_SECOND_TITLES[2019],
        number="国办发明电〔2019〕3号",
        dated=date(2019, 3, 22),
        off=_span("劳动节", date(2019, 5, 1), date(2019, 5, 4)),
        work=((date(2019, 4, 28), "劳动节"), (date(2019, 5, 5), "劳动节")),
        known_from=moment(date(2019, 3, 22), 0),
    ),
    Notice(
        year=2020,
        title=_SECOND_TITLES[2020],
        number="国办发明电〔2020〕1号",
        dated=date(2020, 1, 26),
        off=_span("春节", date(2020, 1, 24), date(2020, 2, 2)),
        work=(),
        known_from=moment(date(2020, 1, 26), 0),
    ),
)
# What the first notice of such a year said on the days that the second one changed: off, and worked.
FIRST_SAID: dict[int, tuple[tuple[date, ...], Days]] = {
    2015: ((), ()),
    2019: ((date(2019, 5, 1),), ()),
    2020: (
        tuple(day for day, _ in _span("", date(2020, 1, 24), date(2020, 1, 30))),
        ((date(2020, 2, 1), "春节"),),
    ),
}


def notice_year(day: date, name: str) -> int:
    """The year whose notice names a day: the New Year's days of December belong to the next year's."""
    return day.year + 1 if day.month == 12 and name == "元旦" else day.year


@cache
def shipped_notices() -> tuple[Notice, ...]:
    """Every notice the installed calendar package carries, the second ones of a year kept apart."""
    off = _by_year(constants.holidays)
    work = _by_year(constants.workdays)
    notices = [_first_notice(year, off[year], work.get(year, {})) for year in sorted(off)]
    return tuple(sorted([*notices, *SECOND], key=lambda notice: (notice.known_from, notice.year)))


def _by_year(days: dict[date, str]) -> dict[int, dict[date, str]]:
    years: dict[int, dict[date, str]] = {}
    for day, english in days.items():
        name = NAMES.get(english, english)
        years.setdefault(notice_year(day, name), {})[day] = name
    return years


def _first_notice(year: int, off: dict[date, str], work: dict[date, str]) -> Notice:
    number, dated = FIRST.get(year, ("", date(year - 1, 12, 31)))
    for second in (notice for notice in SECOND if notice.year == year):
        said_off, said_work = FIRST_SAID[year]
        changed = {day for day, _ in (*second.off, *second.work)}
        off = {day: name for day, name in off.items() if day not in changed or day in said_off}
        work = {day: name for day, name in work.items() if day not in changed} | dict(said_work)
    return Notice(
        year=year,
        title=f"国务院办公厅关于{year}年部分节假日安排的通知",
        number=number,
        dated=dated,
        off=tuple(sorted(off.items())),
        work=tuple(sorted(work.items())),
        known_from=moment(dated, 0),
    )


def read_notice(file: Path, known_from: datetime) -> Notice:
    """A notice from a TOML file, strictly: an unknown or missing key is refused with a sentence."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise NoticeError(f"放假通知文件无法读取：{file.name}（{problem}）。请检查文件后重试。") from problem
    unknown = sorted(set(table) - {"year", "number", "title", "dated", "off", "work"})
    missing = sorted({"year", "dated", "off"} - set(table))
    if unknown or missing:
        said = "、".join([*(f"多出“{key}”" for key in unknown), *(f"缺少“{key}”" for key in missing)])
        raise NoticeError(f"放假通知文件{file.name}的项目不对：{said}。请对照说明改正后重试。")
    year = table["year"]
    notice = Notice(
        year=year,
        title=table.get("title", f"国务院办公厅关于{year}年部分节假日安排的通知"),
        number=table.get("number", ""),
        dated=table["dated"],
        off=_read_days(table["off"], file),
        work=_read_days(table.get("work", []), file),
        known_from=known_from,
    )
    _check(notice, file)
    return notice


def _read_days(entries: object, file: Path) -> Days:
    days: list[tuple[date, str]] = []
    for entry in entries if isinstance(entries, list) else [entries]:
        if not isinstance(entry, dict) or set(entry) not in ({"name", "on"}, {"name", "from", "to"}):
            raise _day_wrong(file, entry)
        name, first, last = (
            entry["name"],
            entry.get("on", entry.get("from")),
            entry.get("on", entry.get("to")),
        )
        if not (type(first) is type(last) is date and isinstance(name, str)) or last < first:
            raise _day_wrong(file, entry)
        days.extend(_span(name, first, last))
    return tuple(sorted(days))


def _day_wrong(file: Path, entry: object) -> NoticeError:
    return NoticeError(f"放假通知文件{file.name}中有一段日期写法不对：{entry}。请写明名称和起止日期。")


def _check(notice: Notice, file: Path) -> None:
    if type(notice.year) is not int or type(notice.dated) is not date:
        raise NoticeError(f"放假通知文件{file.name}的年份或成文日期写法不对，请改正后重试。")
    both = {day for day, _ in notice.off} & {day for day, _ in notice.work}
    if both:
        raise NoticeError(f"放假通知文件{file.name}把{min(both)}既列为放假又列为上班，请核对通知原文。")
    strays = [day for day, name in (*notice.off, *notice.work) if notice_year(day, name) != notice.year]
    if strays:
        raise NoticeError(f"放假通知文件{file.name}中的{min(strays)}不属于{notice.year}年，请核对通知原文。")
