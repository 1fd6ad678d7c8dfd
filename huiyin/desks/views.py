"""Pages that show; what changes anything is a step (components.views)."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.clock.now import today
from huiyin.desks.case import case_of
from huiyin.desks.desk import groups_of
from huiyin.desks.ledger import PAGE, CappedPaginator, Filters, lines, with_parts
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Plenary, Proposal
from huiyin.words import PromiseState, Role


def actor_of(request: HttpRequest) -> Actor:
    """The actor; a person without a current post has no desk and is told whom to ask."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        raise PermissionDenied("您还没有任职记录，请联系系统管理员。")
    return actor


def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    groups = groups_of(actor)
    page = {"groups": groups, "total": sum(group.count for group in groups), "today": today()}
    if actor.role == Role.PROPOSER:
        page["items"] = Proposal.objects.visible_to(actor).select_related("plenary").order_by("-received_at")
    return render(request, "desks/desk.html", page)


def ledger(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    filters = Filters(actor, request.GET)
    rows = with_parts(filters.rows().order_by("-plenary__opened_on", "id"))
    page = CappedPaginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desks/ledger.html",
        {"filters": filters, "page": page, "lines": lines(list(page.object_list)), "today": today()},
    )


def case(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    seen = Proposal.objects.visible_to(actor).select_related(
        "plenary", "jurisdiction", "pack_version", "merged_into"
    )
    found = case_of(get_object_or_404(seen, pk=pk), actor)
    return render(
        request, "desks/case.html", {"case": found, "offers": found.offers(), "entries": found.entries()}
    )


def promises(request: HttpRequest) -> HttpResponse:
    """The stock of promises, open ones first, the earliest due first."""
    actor = actor_of(request)
    rows = (
        Promise.objects.visible_to(actor)
        .in_force()
        .select_related("proposal__plenary", "unit", "owner__person")
    )
    wanted = request.GET.get("show", "open")
    if wanted == "open":
        rows = rows.filter(state__in=[PromiseState.ACTIVE, PromiseState.CLAIMED])
    if wanted == "overdue":
        rows = rows.overdue(today())
    page = Paginator(rows.order_by("due_on", "id"), PAGE).get_page(request.GET.get("page"))
    return render(request, "desks/promises.html", {"page": page, "wanted": wanted})


def plenaries_of(actor: Actor) -> list[Plenary]:
    rows = Plenary.objects.filter(jurisdiction=actor.jurisdiction)
    return list(rows.filter(assembly=actor.assembly) if actor.assembly else rows)


def plenary_or_404(actor: Actor, code: str | None) -> Plenary | None:
    found = plenaries_of(actor)
    if code:
        chosen = next((plenary for plenary in found if plenary.code == code), None)
        if chosen is None:
            raise Http404
        return chosen
    return found[0] if found else None
