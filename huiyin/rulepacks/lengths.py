"""How a pack writes spans and dates, and how people say them: `3 months`, `5 workdays`, `08-31`, `20 days before reply`."""

import re

from huiyin.rulepacks.periods import Alert, Before, FixedDate, Length
from huiyin.words import DeadlineName

UNITS = {"days": "日", "workdays": "个工作日", "months": "个月", "years": "年"}
_SPAN = re.compile(r"([1-9][0-9]{0,3}) (days?|workdays?|months?|years?)")
_DATE = re.compile(r"([0-9]{2})-([0-9]{2})")
_ALERT = re.compile(r"([+-]?[0-9]{1,4})(d|w|m)")
_ALERT_UNITS = {"d": "days", "w": "workdays", "m": "months"}
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_span(text: str) -> Length | None:
    if not (found := _SPAN.fullmatch(text)):
        return None
    return Length(int(found[1]), found[2].removesuffix("s") + "s")


def read_date(text: str) -> FixedDate | None:
    found = _DATE.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 12:
        return None
    fixed = FixedDate(int(found[1]), int(found[2]))
    return fixed if 1 <= fixed.day <= _DAYS_IN_MONTH[fixed.month - 1] else None


def read_span_or_date(text: str) -> Length | FixedDate | None:
    return read_span(text) or read_date(text)


def read_length(text: str) -> Length | FixedDate | Before | None:
    """None for what is none of the three ways of writing it."""
    span, _, deadline = text.partition(" before ")
    if deadline:
        length = read_span(span)
        return Before(length, deadline) if length else None
    return read_span_or_date(text)


def read_alert(text: str) -> Alert | None:
    """-30d, 0d, +7d; w for workdays, m for months."""
    found = _ALERT.fullmatch(text)
    return Alert(int(found[1]), _ALERT_UNITS[found[2]]) if found else None


def write_length(length: Length | FixedDate | Before) -> str:
    if isinstance(length, FixedDate):
        return f"{length.month:02}-{length.day:02}"
    if isinstance(length, Before):
        return f"{write_length(length.length)} before {length.deadline}"
    return f"{length.count} {length.unit if length.count > 1 else length.unit.removesuffix('s')}"


def write_alert(alert: Alert) -> str:
    letter = next(letter for letter, unit in _ALERT_UNITS.items() if unit == alert.unit)
    return f"{alert.count:+d}{letter}" if alert.count else f"0{letter}"


def say_length(length: Length | FixedDate | Before) -> str:
    """3个月； 每年8月31日； 答复期限届满前20日."""
    if isinstance(length, FixedDate):
        return f"每年{length.month}月{length.day}日"
    if isinstance(length, Before):
        return f"{DeadlineName.label_of(length.deadline)}期限届满前{say_length(length.length)}"
    return f"{length.count}{UNITS[length.unit]}"


def say_alert(alert: Alert) -> str:
    if not alert.count:
        return "到期当日"
    span = f"{abs(alert.count)}{UNITS[alert.unit]}"
    return f"到期前{span}" if alert.count < 0 else f"超期{span}"


def rough_days(length: Length) -> int:
    """About how many days a span has, to see that a maximum is not shorter than what it is the maximum of."""
    return round(length.count * {"days": 1, "workdays": 1.4, "months": 30.4, "years": 365.25}[length.unit])
