"""The figures' pages: every number opens its list, and the circular comes as a Word file."""

from datetime import date
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import DateField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from huiyin.clock.now import day_of, today
from huiyin.components.forms import DateInput
from huiyin.components.views import actor_of
from huiyin.desks.downloads import DOCX
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.desks.ledger import PAGE
from huiyin.desks.naming import with_names
from huiyin.desks.starting import starts
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary, Proposal
from huiyin.reporting.circular import circular_of, frozen_circular_of
from huiyin.reporting.circular.annexes import STOCK_NOTE
from huiyin.reporting.families import stock
from huiyin.reporting.figures import Figure, UnknownFigure, figure_of, figures_of, rows_of, scope_of
from huiyin.reporting.models import Snapshot
from huiyin.reporting.snapshot import frozen_figures, frozen_rows
from huiyin.words import Role

BEGUN = ("meeting.record", "snapshot.freeze")

FIGURES_FOR = {
    Role.REGISTRAR,
    Role.ASSEMBLY_STAFF,
    Role.GOVERNMENT_LEADER,
    Role.AUDITOR,
}
HEADINGS = {
    "received": "收案",
    "filed": "收案",
    "merged": "收案",
    "class": "分类",
    "mark": "办理结果",
    "reply": "答复",
    "point": "具体建议",
    "handling": "承办",
    "difficulty": "难件",
    "contact": "沟通",
    "satisfaction": "评价",
    "second_handling": "重新办理",
    "answer_closed": "答复办结",
    "promise": "承诺与落实",
    "fulfilment": "承诺与落实",
    "report": "承诺与落实",
    "topic": "由点及面",
    "repeat": "由点及面",
    "gap": "资料缺项",
}
LAST_YEAR = 2200


def as_of_asked(request: HttpRequest) -> date:
    """The day asked for, else today; one that is unreadable or beyond all calendars is today."""
    try:
        asked = DateField(required=False).clean(request.GET.get("as_of")) or today()
    except ValidationError:
        return today()
    return asked if asked.year <= LAST_YEAR else today()


def _plenary(request: HttpRequest, code: str | None) -> tuple[Actor, Plenary | None]:
    actor = actor_of(request)
    if actor.role not in FIGURES_FOR:
        raise Http404
    return actor, plenary_or_404(actor, code)


def _grouped(figures: list[Figure]) -> list[tuple[str, str, list[Figure]]]:
    """Figures under the heading of their family, in the order of the life; a note that all share is said once.

    The stock has a table of its own.
    """
    found: dict[str, list[Figure]] = {}
    listed = (figure for figure in figures if not figure.code.startswith("stock."))
    for prefix, group in groupby(listed, key=lambda figure: figure.code.split(".")[0]):
        found.setdefault(HEADINGS.get(prefix, "督办"), []).extend(group)
    return [(heading, _shared_note(group), group) for heading, group in found.items()]


def _shared_note(figures: list[Figure]) -> str:
    notes = {figure.note for figure in figures}
    return notes.pop() if len(figures) > 1 and len(notes) == 1 else ""


def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one plenary; every count opens its list."""
    actor, plenary = _plenary(request, request.GET.get("plenary"))
    if plenary is None:
        return render(request, "desks/figures.html", {"plenary": None, "starts": starts(actor, None, BEGUN)})
    as_of = as_of_asked(request)
    counted = figures_of(plenary, as_of=as_of)
    page = {
        "plenary": plenary,
        "plenaries": plenaries_of(actor),
        "as_of": as_of,
        "day": DateInput().render("as_of", as_of),
        "groups": _grouped(counted),
        "stock": stock.lines(counted),
        "columns": stock.COLUMNS,
        "snapshots": plenary.snapshots.all(),
        "snapshot": None,
        "starts": starts(actor, plenary, BEGUN),
    }
    return render(request, "desks/figures.html", page)


def stock_table(request: HttpRequest) -> HttpResponse:
    """承诺存量: what became of what each plenary was promised, year by year; every number opens its list."""
    actor = actor_of(request)
    if actor.role not in FIGURES_FOR:
        raise Http404
    plenaries = plenaries_of(actor)
    plenary = plenary_or_404(actor, request.GET.get("plenary"), plenaries)
    if plenary is None:
        return render(request, "desks/stock.html", {"plenary": None})
    as_of = as_of_asked(request)
    scope = scope_of(plenary, as_of)
    page = {
        "plenary": plenary,
        "plenaries": plenaries,
        "as_of": as_of,
        "day": DateInput().render("as_of", as_of),
        "stock": stock.lines([*stock.item_figures(scope), *stock.promise_figures(scope)]),
        "columns": stock.COLUMNS,
        "note": STOCK_NOTE,
        "snapshot": None,
    }
    return render(request, "desks/stock.html", page)


def figure_rows(request: HttpRequest, plenary: str, code: str) -> HttpResponse:
    """The rows behind one figure: as many as it says."""
    _, found = _plenary(request, plenary)
    if found is None:
        raise Http404
    as_of = as_of_asked(request)
    try:
        rows, figure = rows_of(found, code, as_of), figure_of(found, code, as_of)
    except UnknownFigure as unknown:
        raise Http404 from unknown
    return rows_page(request, rows, {"figure": figure, "plenary": found, "as_of": as_of, "snapshot": None})


def _snapshot_or_404(request: HttpRequest, pk: int) -> Snapshot:
    actor = actor_of(request)
    if actor.role not in FIGURES_FOR:
        raise Http404
    seen = Snapshot.objects.filter(plenary__in=[plenary.pk for plenary in plenaries_of(actor)])
    return get_object_or_404(seen.select_related("plenary"), pk=pk)


def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures as they were frozen, whatever has become of the items since."""
    found = _snapshot_or_404(request, pk)
    counted = frozen_figures(found)
    page = {
        "plenary": found.plenary,
        "plenaries": [],
        "as_of": found.as_of,
        "groups": _grouped(counted),
        "stock": stock.lines(counted),
        "columns": stock.COLUMNS,
        "snapshots": [],
        "snapshot": found,
        "starts": [],
    }
    return render(request, "desks/figures.html", page)


def snapshot_rows(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The rows that were counted when the figure was frozen."""
    found = _snapshot_or_404(request, pk)
    try:
        rows = frozen_rows(found, code)
    except UnknownFigure as unknown:
        raise Http404 from unknown
    figure = next((one for one in frozen_figures(found) if one.code == code), None)
    page = {"figure": figure, "plenary": found.plenary, "as_of": found.as_of, "snapshot": found}
    return rows_page(request, rows, page)


def circular(request: HttpRequest, plenary: str) -> HttpResponse:
    """The annual circular as a Word file, counted as of the day asked for."""
    _, found = _plenary(request, plenary)
    if found is None:
        raise Http404
    return _word(found, circular_of(found, as_of_asked(request)))


def frozen_circular(request: HttpRequest, pk: int) -> HttpResponse:
    """The circular from frozen figures: printed again it says the same."""
    found = _snapshot_or_404(request, pk)
    return _word(found.plenary, frozen_circular_of(found, day_of(found.frozen_at)))


def _word(plenary: Plenary, content: bytes) -> HttpResponse:
    name = f"{plenary}办理情况通报.docx"
    return HttpResponse(
        content,
        content_type=DOCX,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def rows_page(request: HttpRequest, rows: QuerySet[Any], page: dict[str, Any]) -> HttpResponse:
    """A list of rows of any kind, each with the item that it belongs to."""
    own = rows.model is Proposal
    shown = Paginator(with_names(rows).order_by("pk"), PAGE).get_page(request.GET.get("page"))
    lines = [(row, row if own else getattr(row, "proposal", None)) for row in shown.object_list]
    return render(request, "desks/figure_rows.html", page | {"page": shown, "lines": lines})
