"""How dates, spans, lights and events are written on a page."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from huiyin import words
from huiyin.clock.now import today
from huiyin.journal.tell import sentence

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.filter
def day(value: date | datetime | None) -> str:
    """5月25日 in this year, 2019年5月25日 otherwise; never broken over two lines (the style sheet sees to it)."""
    if value is None:
        return ""
    found = localtime(value).date() if isinstance(value, datetime) else value
    year = "" if found.year == today().year else f"{found.year}年"
    return f"{year}{found.month}月{found.day}日"


@register.filter
def weekday(value: date | None) -> str:
    return f"{day(value)}（星期{WEEKDAYS[value.weekday()]}）" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return f"{day(value)} {localtime(value):%H:%M}" if value else ""


@register.filter
def label(value: str, word: str) -> str:
    """{{ state|label:"ProposalState" }}: the Chinese label of a stored code."""
    found: type[words.Word] = getattr(words, word)
    return found.label_of(value) if value else ""


@register.filter
def told(event: Any) -> str:
    """An event as a sentence."""
    return sentence(event)


@register.simple_tag
def light(due_on: date | None, met: Any = None, workdays: int | None = None) -> SafeString:
    """A dot and words for a deadline: never colour alone."""
    if due_on is None:
        return format_html("")
    if met:
        return format_html('<span class="light light-ok">{}</span>', f"{day(met)}完成")
    left = (due_on - today()).days if workdays is None else workdays
    unit = "天" if workdays is None else "个工作日"
    if left < 0:
        return format_html('<span class="light light-late">已超{}{}</span>', -left, unit)
    if left == 0:
        return format_html('<span class="light light-soon">今天到期</span>')
    kind = "light-soon" if due_on - today() <= timedelta(days=7) else "light-ok"
    return format_html('<span class="light {}">还剩{}{}</span>', kind, left, unit)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The present address's query with some values changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None) if value in (None, "") else query.__setitem__(name, value)
    return f"?{query.urlencode()}"
