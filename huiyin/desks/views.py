"""Pages that show; what changes anything is a step (components.views)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.acts import acts_of
from huiyin.desks.beside import followed_of, last_events, news_of, progress_of, silent_units, tracks_of
from huiyin.desks.case import Case, case_of, seen_for_case
from huiyin.desks.desk import Group, groups_of, ordered, row_of
from huiyin.desks.filters import OTHERS, plenaries_of, plenary_or_404
from huiyin.desks.following import changed
from huiyin.desks.holder import holder_of
from huiyin.desks.ledger import PAGE
from huiyin.desks.models import follow, look
from huiyin.desks.open_steps import all_steps, beside, due_now, on_paper
from huiyin.desks.story import story_of
from huiyin.people.actor import Actor
from huiyin.proposals.models import Invitation, Proposal
from huiyin.proposals.writing import places_of
from huiyin.words import Role

WITH_FIGURES = {
    Role.REGISTRAR,
    Role.ASSEMBLY_STAFF,
    Role.GOVERNMENT_LEADER,
    Role.AUDITOR,
    Role.LIAISON,
    Role.HANDLER,
    Role.UNIT_LEADER,
}
FOLLOWED = "已关注这一件。它有新进展时，待办页会告诉您。"
UNFOLLOWED = "不再关注这一件。"
WITH_SILENT_UNITS = {Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER}


def desk(request: HttpRequest) -> HttpResponse:
    """What is due for me, how far it is, what is new."""
    actor = actor_of(request)
    groups = groups_of(actor)
    calendar = calendar_today()
    page: dict[str, Any] = {
        "calendar": calendar,
        "groups": groups,
        "total": sum(group.count for group in groups),
        "late": [group for group in groups if group.is_late(today())],
        "today": today(),
        "progress": None,
        "silent": [],
        "tracks": [],
        "invitations": [],
        "places": [],
    }
    plenaries = plenaries_of(actor) if actor.role in WITH_FIGURES else []
    plenary = plenary_or_404(actor, request.GET.get("plenary"), plenaries)
    if plenary is not None:
        page["others"] = [other for other in plenaries if other != plenary][:OTHERS]
        page["progress"] = progress_of(actor, plenary)
        page["silent"] = silent_units(plenary) if actor.role in WITH_SILENT_UNITS else []
    if actor.role == Role.PROPOSER:
        page["tracks"] = tracks_of(actor, calendar)
        page["places"] = places_of(actor)
        page["invitations"] = Invitation.objects.waiting_for(actor, today())
        page["total"] += len(page["invitations"])
    if actor.role == Role.GOVERNMENT_LEADER:
        _with_last_events(actor, groups)
    page |= followed_of(actor)
    shown = [row.proposal for group in groups for row in group.rows if row.proposal]
    shown += [item for item, _ in [*page["tracks"], *page["followed"]]]
    page["changed"] = changed(actor, shown)
    return render(request, "desks/desk.html", page | news_of(actor))


def _with_last_events(actor: Actor, groups: list[Group]) -> None:
    """A leader sees under each item the last three things that happened to it."""
    rows = [row for group in groups for row in group.rows if row.proposal]
    events = last_events(actor, [row.proposal for row in rows])
    for row in rows:
        row.events.extend(events[row.proposal.pk])


def group(request: HttpRequest, code: str) -> HttpResponse:
    """The whole list of one group of the desk."""
    actor = actor_of(request)
    act = next((act for act in acts_of(actor) if act.step == code), None)
    if act is None:
        raise Http404
    page = Paginator(ordered(act, actor), PAGE).get_page(request.GET.get("page"))
    rows = [row_of(act, obj) for obj in page.object_list]
    found = Group(act, rows, page.paginator.count)
    news = changed(actor, [row.proposal for row in rows if row.proposal])
    return render(request, "desks/group.html", {"group": found, "page": page, "changed": news})


def _case_or_404(request: HttpRequest, pk: int) -> Case:
    actor = actor_of(request)
    found = seen_for_case(actor, pk)
    if not found:
        raise Http404
    return case_of(found[0], actor)


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: where it stands, what was asked and answered, what is due for me."""
    found = _case_or_404(request, pk)
    person = found.actor.person
    seen = look(person, found.proposal) if person else None
    due = due_now(found)
    calendar = calendar_today()
    page = {
        "case": found,
        "due": due,
        "beside": beside(found),
        "track": found.track(calendar),
        "calendar": calendar,
        "look": seen,
        "story": story_of(
            found.events, request.GET.get("story", ""), found.actor, seen.since if seen else None
        ),
        "holder": holder_of(found),
    }
    return render(request, "desks/case.html", page)


@require_POST
def follow_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow an item or no longer: the person's own wish, so no step."""
    actor = actor_of(request)
    item = get_object_or_404(Proposal.objects.visible_to(actor), pk=pk)
    wanted = request.POST.get("follow") == "1"
    if actor.person is not None:
        follow(actor.person, item, wanted=wanted)
    messages.success(request, FOLLOWED if wanted else UNFOLLOWED)
    return redirect(item)


def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Every step open to me on an item and its parts, in the order of the procedure."""
    found = _case_or_404(request, pk)
    page = {"case": found, "sections": all_steps(found, found.actor), "entries": on_paper(found)}
    return render(request, "desks/steps.html", page)
