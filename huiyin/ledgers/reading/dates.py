"""Dates as offices write them: 2020年5月8日, 2020.5.8, 2020/5/8, 2020-05-08, 20200508, 二〇二〇年五月八日, Excel's own.

A date that does not exist (a city's rules print 2008年9月31日) or leaves the year open is not guessed at: it is
`BadDateError`, with the reason as a sentence.
"""

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta

from huiyin.clock.said import in_full
from huiyin.ledgers.reading.sheets import Cell

FIRST_YEAR, LAST_YEAR = 1949, 2100
_EXCEL_EPOCH = date(1899, 12, 30)
_TIME = r"(?:(?:[上下]午|[AaPp][Mm])?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?(?:[AaPp][Mm])?Z?)?"
_WEEKDAY = r"(?:\(?(?:星期|周)[一二三四五六日天]\)?)?"
_WRITTEN = (
    re.compile(rf"(\d{{4}})年(\d{{1,2}})月(\d{{1,2}})[日号]?{_WEEKDAY}T?{_TIME}"),
    re.compile(rf"(\d{{4}})([./\-—–])(\d{{1,2}})\2(\d{{1,2}})[日号.]?{_WEEKDAY}T?{_TIME}"),
    re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:T?{_TIME})?"),
)
_BEFORE = r"(?:之?前|以前|止)?"
_MONTH_END = re.compile(rf"(\d{{4}})(?:年|[./\-])(\d{{1,2}})月?[份底末]?{_BEFORE}")
_YEAR_END = re.compile(rf"(\d{{4}})年(?:年?[底末内]|全年)?{_BEFORE}")
_DIGITS = {
    ord(char): str(value) for value, chars in enumerate(("〇○零", *"一二三四五六七八九")) for char in chars
}


class BadDateError(ValueError):
    """A date that does not exist or can't be read; the text says which, without naming the cell."""


def read_date(cell: Cell) -> date | None:
    """The day a cell names, None for an empty cell; `BadDateError` for anything else."""
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    text = _plain(str(cell))
    if not text:
        return None
    return _from_text(text, str(cell).strip())


def read_deadline(cell: Cell) -> date | None:
    """As `read_date`, and a month or a year as its last day: 2021年6月底前 is 2021-06-30, 2021年底 is 2021-12-31."""
    text = _plain(str(cell)) if isinstance(cell, str) else ""
    if match := _MONTH_END.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, calendar.monthrange(year, month)[1])
    if match := _YEAR_END.fullmatch(text):
        return _exact(int(match[1]), 12, 31, str(cell))
    if isinstance(cell, str) and (shorter := re.sub(r"(?:之前|以前|前|止)$", "", text)) != text:
        return _from_text(shorter, cell.strip())
    return read_date(cell)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    # a space between two digits parts the day from the time: without it 5-8 10:30 would read 5-81 0:30
    return re.sub(r"[\s\u200b-\u200f\ufeff]+", "", re.sub(r"(?<=\d)\s+(?=\d)", "T", folded))


def _from_text(text: str, shown: str) -> date:
    for pattern in _WRITTEN:
        if match := pattern.fullmatch(text):
            year, month, day = (int(part) for part in match.groups() if part.isdigit())
            return _exact(year, month, day, shown)
    if match := re.fullmatch(r"([〇○零一二三四五六七八九]{4})年(\w{1,3})月(\w{1,3})[日号]", text):
        month, day = _chinese_number(match[2]), _chinese_number(match[3])
        if month and day:
            return _exact(int(match[1].translate(_DIGITS)), month, day, shown)
    raise BadDateError(f"“{_shorten(shown)}”认不出是哪一天，请写成“2020年5月8日”或“2020-05-08”")


def _chinese_number(text: str) -> int:
    """二十一, 十二, 三十, 五: up to 99; 0 where it is not such a number."""
    match = re.fullmatch(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)", text)
    if not match or not text:
        return 0
    tens, ten, ones = match.groups()
    if not ten:
        return 0 if tens and ones else int((tens or ones).translate(_DIGITS))
    return int((tens or "一").translate(_DIGITS)) * 10 + int((ones or "零").translate(_DIGITS))


def _from_number(number: float) -> date:
    """A number in a date column: 20200508, or the spreadsheet's count of days left without a date format."""
    if number == int(number) and FIRST_YEAR * 10000 < number < (LAST_YEAR + 1) * 10000:
        return _from_text(str(int(number)), str(int(number)))
    days = int(number)
    if (date(FIRST_YEAR, 1, 1) - _EXCEL_EPOCH).days <= days <= (date(LAST_YEAR, 12, 31) - _EXCEL_EPOCH).days:
        return _EXCEL_EPOCH + timedelta(days=days)
    raise BadDateError(f"“{number:g}”认不出是哪一天，请写成“2020年5月8日”或“2020-05-08”")


def _exact(year: int, month: int, day: int, shown: str) -> date:
    try:
        return _in_range(date(year, month, day))
    except ValueError as error:
        if isinstance(error, BadDateError):
            raise
        raise BadDateError(f"“{_shorten(shown)}”这一天不存在，请核对后改正") from error


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDateError(f"“{in_full(day)}”的年份不合常理，请核对后改正")
    return day


def _shorten(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
