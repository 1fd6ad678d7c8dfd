"""What every page needs: who acts, where one can go, and the calendar by which days are counted."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import today
from huiyin.clock.said import in_full
from huiyin.components.shortcuts import groups
from huiyin.words import UNIT_ROLES, Role

UNITS = {*UNIT_ROLES}
OFFICE = {Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER, Role.AUDITOR}
# Address name, label, who finds it in the navigation.
NAVIGATION = (
    ("desks:desk", "待办", OFFICE | UNITS | {Role.PROPOSER, Role.ADMINISTRATOR}),
    ("proposals:writing", "起草", {Role.PROPOSER}),
    ("desks:assigning", "交办", {Role.REGISTRAR}),
    ("desks:ledger", "台账", OFFICE | UNITS | {Role.PROPOSER}),
    ("desks:promises", "承诺", OFFICE | UNITS | {Role.PROPOSER}),
    ("desks:hard", "难件", OFFICE | UNITS),
    ("desks:supervision", "督办", OFFICE),
    ("desks:topics", "专题", OFFICE | UNITS),
    ("desks:figures", "统计", OFFICE),
    ("desks:scores", "考核", OFFICE | UNITS),
    ("ledgers:imports", "导入", {Role.REGISTRAR, Role.ASSEMBLY_STAFF}),
    ("people:units", "单位", {Role.REGISTRAR, Role.ADMINISTRATOR}),
    ("people:accounts", "人员账号", {Role.ADMINISTRATOR}),
    ("notices:week", "一周", {Role.GOVERNMENT_LEADER, Role.UNIT_LEADER}),
    ("notices:failed", "通知发送", {Role.ADMINISTRATOR}),
    ("setup:start", "开办", {Role.ADMINISTRATOR}),
    ("desks:trace", "办理痕迹", {Role.AUDITOR, Role.ADMINISTRATOR}),
)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_under(path: str, address: str) -> bool:
    return path == address or (address not in ("", "/") and path.startswith(address))


def _navigation(role: Role | None, path: str) -> list[dict[str, Any]]:
    found = [(name, _address(name), label) for name, label, roles in NAVIGATION if role in roles]
    return [
        {"name": name, "address": address, "label": label, "here": _is_under(path, address)}
        for name, address, label in found
        if address
    ]


def _section(path: str) -> str | None:
    """The place that a page belongs to, "" where it belongs to none; None on the desk itself."""
    if path == _address("desks:desk"):
        return None
    return next((label for name, label, _ in NAVIGATION if _is_under(path, _address(name))), "")


@cache
def _shortcuts(role: Role | None) -> SafeString:
    """The sheet of a role, the same on every page."""
    shown = {"shortcuts": groups(_navigation(role, ""))}
    return render_to_string("components/_shortcuts.html", shown)


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    common = {
        "calendar": SimpleLazyObject(calendar_today),
        "navigation": [],
        "find_address": "",
        "find_words": request.GET.get("q", ""),
    }
    if actor is None:
        return common | {"actor": None, "playing": False, "my_posts": [], "demo_today": ""}
    playing = bool(request.session.get("playing"))
    navigation = _navigation(actor.role, request.path)
    return common | {
        "actor": actor,
        "navigation": navigation,
        "section": _section(request.path),
        "shortcuts": _shortcuts(actor.role),
        "find_address": _address("desks:ledger") if actor.role != Role.ADMINISTRATOR else "",
        "my_posts": request.other_posts,
        "playing": playing,
        "demo_today": in_full(today()) if playing else "",
    }
