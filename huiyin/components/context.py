"""What every page needs: who acts, where one can go."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from huiyin.clock.now import today
from huiyin.people.models import Post
from huiyin.words import Role

OFFICE = {Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER, Role.AUDITOR}
UNITS = {Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER}
# Address name, label, who finds it in the navigation.
NAVIGATION = (
    ("desks:desk", "待办", OFFICE | UNITS | {Role.PROPOSER, Role.ADMINISTRATOR}),
    ("desks:ledger", "台账", OFFICE | UNITS | {Role.PROPOSER}),
    ("desks:promises", "承诺", OFFICE | UNITS | {Role.PROPOSER}),
    ("desks:figures", "统计", OFFICE | UNITS),
    ("ledgers:imports", "导入", {Role.REGISTRAR, Role.ASSEMBLY_STAFF}),
)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "playing": False}
    entries = [(_address(name), label) for name, label, roles in NAVIGATION if actor.role in roles]
    playing = bool(request.session.get("playing"))
    return {
        "actor": actor,
        "navigation": [
            {
                "address": address,
                "label": label,
                "here": request.path == address or (address != "/" and request.path.startswith(address)),
            }
            for address, label in entries
            if address
        ],
        "find_words": request.GET.get("q", ""),
        "find_address": _address("desks:ledger") if actor.role != Role.ADMINISTRATOR else "",
        "my_posts": Post.objects.filter(person=actor.person)
        .exclude(pk=actor.post.pk)
        .select_related("person", "unit")
        if actor.post
        else [],
        "playing": playing,
        "demo_today": f"{today():%Y}年{today().month}月{today().day}日" if playing else "",
    }
