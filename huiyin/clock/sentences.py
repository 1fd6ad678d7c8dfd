"""The sentences that say why a date is what it is (design promise 4). Pure; polite Chinese, full-width punctuation."""

from dataclasses import dataclass
from datetime import date

from huiyin.clock.said import in_full, short
from huiyin.clock.workdays import WEEKEND, Calendar
from huiyin.rulepacks.events import EVENTS
from huiyin.rulepacks.schema import NO_SOURCE, Before, DeadlineRule, FixedDate, Length
from huiyin.words import DeadlineName

DIGITS = "零一二三四五六七八九"
WEEKDAYS = "一二三四五六日"
UNITS = {"days": "日", "workdays": "个工作日", "months": "个月", "years": "年"}


@dataclass(frozen=True)
class Told:
    """What the sentences are made of: each stage of one counted date."""

    rule: DeadlineRule
    start: date
    raw: date
    settled: date
    due_on: date
    calendar: Calendar
    other_name: str
    other_due: date | None
    paused_workdays: int
    extended_to: date | None
    provisional: bool


def explain(told: Told) -> str:
    parts = [_counted(told), _moved(told), _paused(told)]
    sentence = "，".join(part for part in parts if part) + "。"
    if told.provisional:
        sentence += f"{told.due_on.year}年放假安排尚未公布，该日期为暂定日期，公布后重新核定。"
    return sentence + basis(told.rule)


def basis(rule: DeadlineRule) -> str:
    """What a rule rests on; a value that no rule of the place supports says so, and what it was taken from."""
    if rule.assumed and rule.source != NO_SOURCE:
        return f"本地规定尚未查到，比照{rule.source}设定。"
    if rule.assumed:
        return "此期限暂无文件依据，按惯例设定。"
    return f"依据：{rule.source}。"


def _counted(told: Told) -> str:
    """From the start to the last day as counted, before any rest day moves it."""
    began = f"{in_full(told.start)}{EVENTS.get(told.rule.starts, '起算')}"
    last = day_with_weekday(told.raw, told.start, told.calendar)
    if told.extended_to:
        return f"{began}，经延期，期限为{last}"
    length = told.rule.length
    if isinstance(length, FixedDate):
        return f"{began}，规定期限为{last}"
    if isinstance(length, Before):
        other = DeadlineName.label_of(told.other_name)
        other_due = short(told.other_due, told.start) if told.other_due else ""
        return f"{began}，{other}期限为{other_due}，提前{span(length.length)}为{last}"
    since = "自当日起" if told.rule.count_from == "same_day" else ""
    return f"{began}，{since}{span(length)}届满为{last}{_not_counted(told, length)}"


def _not_counted(told: Told, length: Length) -> str:
    """For a span of workdays: the holidays on its way, by name."""
    if length.unit != "workdays":
        return ""
    rests = told.calendar.rest_days(told.start, told.raw)
    names = list(dict.fromkeys(name for _, name in rests))
    return f"，其间{'、'.join(names)}共{len(rests)}天不计" if rests else ""


def _moved(told: Told) -> str:
    if told.settled == told.raw:
        return ""
    verb = "顺延至下一个工作日" if told.settled > told.raw else "提前至上一个工作日"
    return verb + short(told.settled, told.raw) + _made_up(told.settled, told.calendar)


def _paused(told: Told) -> str:
    if not told.paused_workdays:
        return ""
    paused = f"另中止计时{number(told.paused_workdays)}个工作日"
    if told.extended_to:
        return f"{paused}（已计入延期后的期限）"
    return f"{paused}，相应顺延至{day_with_weekday(told.due_on, told.settled, told.calendar)}"


def span(length: Length) -> str:
    return number(length.count, measure=length.unit in ("months", "workdays", "years")) + UNITS[length.unit]


def day_with_weekday(day: date, beside: date, calendar: Calendar) -> str:
    """A day with its weekday, and the holiday it falls in or makes up for."""
    return f"{short(day, beside)}（星期{WEEKDAYS[day.weekday()]}{_why(day, calendar)}）"


def _why(day: date, calendar: Calendar) -> str:
    off = calendar.why_off(day)
    if off and off != WEEKEND:
        return f"，{off}假期"
    return "，调休上班" if calendar.why_on(day) else ""


def _made_up(day: date, calendar: Calendar) -> str:
    return f"（星期{WEEKDAYS[day.weekday()]}，调休上班）" if calendar.why_on(day) else ""


def number(count: int, measure: bool = True) -> str:
    """A whole number up to 999 in Chinese; two is 两 before a measure word."""
    if count == 2 and measure:
        return "两"
    if count > 999 or count < 0:
        return str(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones or not count else "")
