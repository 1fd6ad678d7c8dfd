"""The ledger's pages: the list, its print, its file, the forms of its filters and of its columns."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.columns import ALWAYS, COLUMNS, chosen
from huiyin.desks.exporting import FILES
from huiyin.desks.filters import QUICK, Filters
from huiyin.desks.ledger import (
    PAGE,
    CappedPaginator,
    foot_of_lines,
    foot_of_list,
    heads_of,
    items_of,
    line_of,
    lines_of,
)
from huiyin.desks.saved import views_of
from huiyin.desks.starting import starts
from huiyin.desks.together import MOST, bulk_steps

BEGUN = ("proposal.receive", "proposer.enter", "plenary.open", "item_class.add")
PRINTED = 1000


def ledger(request: HttpRequest) -> HttpResponse:
    """One page of rows; filters, order and columns stand in the address."""
    actor = actor_of(request)
    filters = Filters(actor, request.GET)
    views = views_of(filters)
    if not request.GET and (first := next((view for view in views if view.first), None)):
        return HttpResponseRedirect(f"{reverse('desks:ledger')}{first.address}")
    view = next((view for view in views if str(view.pk) == filters.given.get("view")), None)
    rows, heads = filters.rows(), heads_of(filters)
    whole = foot_of_list(rows, heads, actor) if "totals" in request.GET else None
    page = CappedPaginator(rows, PAGE, whole and whole.items).get_page(request.GET.get("page"))
    lines = lines_of(page, filters, heads)
    context = {
        "filters": filters,
        "quick": QUICK,
        "views": views,
        "view": view,
        "changed": view is not None and view.query != filters.query,
        "page": page,
        "heads": heads,
        "lines": lines,
        "bulk": bulk_steps([line.item for line in lines], actor),
        "page_keys": ",".join(str(line.item.pk) for line in lines),
        "most": MOST,
        "whole": whole is not None,
        "foot": whole or foot_of_lines(lines, heads, "本页合计"),
        "starts": starts(actor, filters.plenary_chosen or next(iter(filters.plenaries), None), BEGUN),
    }
    return render(request, "desks/ledger.html", context)


def printed(request: HttpRequest) -> HttpResponse:
    """The list without pages, for paper."""
    actor = actor_of(request)
    filters = Filters(actor, request.GET)
    rows, heads = filters.rows(), heads_of(filters)
    items = list(items_of(rows, filters.columns, actor)[: PRINTED + 1])
    lines = [line_of(item, heads) for item in items[:PRINTED]]
    context = {
        "filters": filters,
        "heads": heads,
        "lines": lines,
        "foot": foot_of_lines(lines, heads, "合计"),
        "most": PRINTED if len(items) > PRINTED else 0,
        "today": today(),
    }
    return render(request, "desks/ledger_print.html", context)


def filters(request: HttpRequest) -> HttpResponse:
    """The form by which the ledger is narrowed, on a page of its own; the ledger takes it in where scripts run."""
    found = Filters(actor_of(request), request.GET)
    found.is_valid()
    return render(request, "desks/filters.html", {"filters": found})


def columns(request: HttpRequest) -> HttpResponse:
    """Which columns stand in the ledger, and in what order: ticked, moved up and down, then looked at."""
    actor = actor_of(request)
    ticked = request.GET.getlist("col")
    rest = request.GET.copy()
    for name in ("col", "up", "down", "use", "page"):
        rest.pop(name, None)
    if "use" in request.GET:
        rest["cols"] = ",".join(column.key for column in chosen(ticked))
        return HttpResponseRedirect(f"{reverse('desks:ledger')}?{rest.urlencode(safe=',')}")
    shown = chosen(ticked) if ticked else Filters(actor, request.GET).columns
    _move(shown, request.GET.get("up", ""), -1)
    _move(shown, request.GET.get("down", ""), 1)
    back = rest.urlencode(safe=",")
    rest.pop("cols", None)
    context = {
        "back": f"{reverse('desks:ledger')}?{back}",
        "lines": [(column, True) for column in shown]
        + [(column, False) for column in COLUMNS if column not in shown],
        "always": ALWAYS,
        "kept": [(name, value) for name, values in rest.lists() for value in values],
        "moved": request.GET.get("up") or request.GET.get("down") or "",
        "standard": f"{reverse('desks:ledger')}?{rest.urlencode()}",
    }
    return render(request, "desks/columns.html", context)


def _move(shown: list[Any], key: str, by: int) -> None:
    """One place up or down, where there is one."""
    place = next((place for place, column in enumerate(shown) if column.key == key), None)
    if place is not None and 0 <= place + by < len(shown):
        shown[place], shown[place + by] = shown[place + by], shown[place]


def export(request: HttpRequest) -> HttpResponse:
    """All rows of the list as a file, in the columns and the order in which they are shown."""
    actor = actor_of(request)
    ending = request.GET.get("as", "xlsx")
    if ending not in FILES:
        raise Http404
    content_type, written = FILES[ending]
    filters = Filters(actor, request.GET)
    content = written(items_of(filters.rows(), filters.columns, actor), filters.columns)
    response = HttpResponse(content, content_type=content_type)
    name = f"办理台账{today():%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
