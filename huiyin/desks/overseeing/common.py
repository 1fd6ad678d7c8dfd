"""What the pages of supervision share: who opens them, and the plenary at hand."""

from typing import Any

from django.http import Http404, HttpRequest

from huiyin.components.views import actor_of
from huiyin.desks.figures import FIGURES_FOR
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary


def office_of(request: HttpRequest) -> Actor:
    """The offices, the leaders and the auditor; for everybody else there is no such page."""
    actor = actor_of(request)
    if actor.role not in FIGURES_FOR:
        raise Http404
    return actor


def at_hand(request: HttpRequest) -> tuple[Actor, Plenary | None, dict[str, Any]]:
    """The actor, the plenary chosen or the newest, and what the choice of plenaries on the page needs."""
    actor = office_of(request)
    plenaries = plenaries_of(actor)
    plenary = plenary_or_404(actor, request.GET.get("plenary"), plenaries)
    return actor, plenary, {"plenary": plenary, "plenaries": plenaries}
