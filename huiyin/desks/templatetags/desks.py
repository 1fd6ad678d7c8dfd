"""Steps beside the parts they are about, and how marks and moments of events are written."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from huiyin.components.templatetags.huiyin import day, light
from huiyin.desks import said
from huiyin.desks.ledger import Head, Line
from huiyin.desks.models import SavedView
from huiyin.desks.open_steps import may
from huiyin.desks.said import mark_label
from huiyin.journal.step import STEPS
from huiyin.people.steps import CORRECTION

register = template.Library()
NEWS = format_html(' <span class="light light-new">{}</span>', "有新进展")


@register.simple_tag(takes_context=True)
def steps_beside(context: dict[str, Any], row: Any, only: str = "") -> SafeString:
    """Buttons of the steps that may be taken on this part."""
    steps = context["beside"].get((row._meta.label_lower, row.pk), [])
    shown = [step for step in steps if step.code == only] if only else steps
    if not shown:
        return SafeString("")
    buttons = format_html_join(
        " ",
        '<a class="btn small" href="{0}" hx-get="{0}">{1}</a>',
        ((reverse("components:step", args=[step.code, row.pk]), step.label) for step in shown),
    )
    return format_html('<span class="buttons">{}</span>', buttons)


@register.filter
def parted(heading: str) -> SafeString:
    """A heading over a narrow column: it may break before its last word, 落实 or 期限, and nowhere else."""
    return format_html("{}<wbr>{}", heading[:-2], heading[-2:])


@register.simple_tag(takes_context=True)
def step_on(context: dict[str, Any], code: str, row: Any, text: str, about: Any) -> SafeString:
    """The button of one step on a row of a list, for whoever may take it there; `about` tells it from its neighbours."""
    if not may(context["actor"], STEPS[code], row):
        return SafeString("")
    where, back = reverse("components:step", args=[code, row.pk]), quote(context["request"].get_full_path())
    return format_html(
        '<a class="btn small" href="{}?back={}">{}<span class="sr">：{}</span></a>', where, back, text, about
    )


@register.simple_tag(takes_context=True)
def step_for_some(context: dict[str, Any], code: str) -> SafeString:
    """One step on whichever of the shares it may be taken on; with several, the unit is named."""
    step = STEPS[code]
    shares = [
        share
        for share in context["case"].assignments
        if step in context["beside"].get((share._meta.label_lower, share.pk), [])
    ]
    return format_html_join(
        " ",
        '<a class="btn small" href="{0}" hx-get="{0}">{1}{2}</a>',
        (
            (
                reverse("components:step", args=[code, share.pk]),
                step.label,
                f"（{share.unit}）" if len(shares) > 1 else "",
            )
            for share in shares
        ),
    )


def _title(context: dict[str, Any], line: Line, title: str) -> SafeString:
    """The way to the item, and whether others have moved it since (the print and the files say nothing of that)."""
    mark = NEWS if getattr(line.item, "has_news", False) else ""
    return format_html('<a href="{}">{}</a>{}', line.item.get_absolute_url(), title, mark)


def _until(context: dict[str, Any], line: Line, due: date | str | None) -> SafeString:
    """A date with its light, or what is said in its place."""
    if isinstance(due, date):
        return light(context, due)
    return format_html('<span class="light light-none">{}</span>', due) if due else SafeString("")


# How a cell is written, where not as it is. In Python, because a page has seven hundred of them.
WRITTEN: dict[str, Callable[[dict[str, Any], Line, Any], SafeString | str]] = {
    "title": _title,
    "code": lambda context, line, value: value or format_html('<span class="quiet">{}</span>', "未编号"),
    "until": _until,
    "day": lambda context, line, value: day(value),
    "flag": lambda context, line, value: format_html('<span class="tag">{}</span>', value) if value else "",
}


@register.simple_tag(takes_context=True)
def cells(context: dict[str, Any], line: Line) -> SafeString:
    """One row of the ledger."""
    written = ((head.opening, _written(context, line, head, value)) for head, value in line.cells)
    return format_html_join("", "{}{}</td>", written)


def _written(context: dict[str, Any], line: Line, head: Head, value: Any) -> SafeString | str:
    shown = WRITTEN.get(head.column.show)
    if shown is not None:
        return shown(context, line, value)
    return "" if value is None else str(value)


@register.filter
def marked(reply: Any) -> str:
    """The mark of a reply, never a bare letter."""
    return mark_label(reply.proposal, reply.mark)


@register.filter
def happened_on(event: Any) -> str:
    """The day of an event as the last correction says; paper does not always state one."""
    corrections = [one for one in event.corrections.all() if one.code == CORRECTION]
    if corrections:
        return day(datetime.fromisoformat(corrections[-1].facts["new"]))
    return day(event.at) if event.at_known else "日期不详"


@register.filter
def line_of(item: Any) -> str:
    """Who proposed an item, what class it is of, in or between plenaries."""
    return said.of_item(item)


@register.filter
def signed_by(item: Any) -> str:
    return said.signers(item)


@register.filter
def units_in(item: Any, role: str) -> str:
    """The units that share an item in one role, each with its own part."""
    shares = [share for share in item.assignments.all() if share.role == role]
    return "、".join(f"{said.unit_name(one)}{f'（{one.part}）' if one.part else ''}" for one in shares)


@register.filter
def shared_with(view: SavedView, audiences: dict[str, str]) -> str:
    """Who else sees a saved list; those whom its maker no longer belongs to are not named."""
    return audiences.get(view.audience, "别的单位的人")


@register.filter
def in_columns(line: Any, columns: Any) -> list[Any]:
    """The cells of a row of the stock in the order of the columns; None where a row has none."""
    return [line.of(name) for name, _ in columns]
