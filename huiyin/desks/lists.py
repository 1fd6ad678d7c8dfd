"""The ledger's pages: the list, the form of its filters, the file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.exporting import workbook
from huiyin.desks.filters import Filters
from huiyin.desks.following import news
from huiyin.desks.ledger import PAGE, CappedPaginator, lines, totals, with_parts
from huiyin.desks.starting import starts

BEGUN = ("proposal.receive", "proposer.enter", "plenary.open", "item_class.add")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger(request: HttpRequest) -> HttpResponse:
    """One page of rows; filters stand in the address."""
    actor = actor_of(request)
    filters = Filters(actor, request.GET)
    rows = filters.rows()
    page = CappedPaginator(with_parts(rows, actor).annotate(has_news=news(actor)), PAGE, rows).get_page(
        request.GET.get("page")
    )
    shown = lines(list(page.object_list))
    context = {
        "filters": filters,
        "page": page,
        "lines": shown,
        "totals": totals(shown, today()),
        "starts": starts(actor, filters.plenary_chosen or next(iter(filters.plenaries), None), BEGUN),
    }
    return render(request, "desks/ledger.html", context)


def filters(request: HttpRequest) -> HttpResponse:
    """The form by which the ledger is narrowed, on a page of its own; the ledger takes it in where scripts run."""
    found = Filters(actor_of(request), request.GET)
    found.is_valid()
    return render(request, "desks/filters.html", {"filters": found})


def export(request: HttpRequest) -> HttpResponse:
    """All rows of the list as a file."""
    actor = actor_of(request)
    content = workbook(with_parts(Filters(actor, request.GET).rows(), actor))
    name = f"办理台账{today():%Y%m%d}.xlsx"
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
