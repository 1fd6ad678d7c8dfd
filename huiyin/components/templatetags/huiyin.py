"""How dates, spans, lights and events are written on a page."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from huiyin import words
from huiyin.clock.now import day_of, today
from huiyin.clock.said import short
from huiyin.clock.workdays import Calendar
from huiyin.journal.tell import sentence

register = template.Library()
WEEKDAYS = "一二三四五六日"
SOON = 5  # workdays
FAR = 60  # calendar days after which a date says more than a count of workdays


@register.filter
def day(value: date | datetime | None) -> str:
    """5月25日 in this year, 2019年5月25日 otherwise; never broken over two lines (the style sheet sees to it)."""
    if not value:
        return ""
    return short(day_of(value) if isinstance(value, datetime) else value, today())


@register.filter
def weekday(value: date | datetime | None) -> str:
    if not value:
        return ""
    found = day_of(value) if isinstance(value, datetime) else value
    return f"{short(found, today())}（星期{WEEKDAYS[found.weekday()]}）"


@register.filter
def moment(value: datetime | None) -> str:
    return f"{day(value)} {localtime(value):%H:%M}" if value else ""


@register.filter
def cut(text: str, most: int) -> str:
    """The beginning of a long text; Chinese has dots of its own."""
    return text if len(text) <= most else f"{text[:most].rstrip()}……"


@register.filter
def label(value: str, word: str) -> str:
    """{{ state|label:"ProposalState" }}: the Chinese label of a stored code."""
    found: type[words.Word] = getattr(words, word)
    return found.label_of(value) if value else ""


@register.filter
def told(event: Any) -> str:
    """An event as a sentence."""
    return sentence(event)


@register.simple_tag(takes_context=True)
def light(context: dict[str, Any], due_on: date | None, met: Any = None, paused: Any = None) -> SafeString:
    """A dot and words for a deadline, in workdays: never colour alone."""
    if not due_on:
        return SafeString("")
    if met:
        return _dot("ok", f"{day(met)}完成")
    if paused:
        return _dot("none", "中止计时")
    return _dot(*standing(due_on, today(), context["calendar"]))


def standing(due_on: date, on: date, calendar: Calendar) -> tuple[str, str]:
    """The colour of a deadline on a day, and the words beside it."""
    if due_on == on:
        return "soon", "今天到期"
    if due_on < on:
        passed = calendar.workdays_between(due_on, on)
        return "late", f"已超{passed}个工作日" if passed else f"{short(due_on, on)}到期"
    if (due_on - on).days > FAR:
        return "ok", f"{short(due_on, on)}前"
    left = calendar.workdays_between(on, due_on)
    return "soon" if left <= SOON else "ok", f"还剩{left}个工作日" if left else f"{short(due_on, on)}到期"


def _dot(kind: str, said: str) -> SafeString:
    return format_html('<span class="light light-{}">{}</span>', kind, said)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The present address's query with some values changed; an empty value removes one. A new filter starts at page one."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode(safe=',')}"
