"""The figures' pages: every number opens its list, and the circular comes as a Word file."""

from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import DateField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.desks.ledger import PAGE
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary, Proposal
from huiyin.reporting.figures import Figure, UnknownFigure, figures_of, rows_of
from huiyin.words import Role

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
    "contact": "沟通",
    "satisfaction": "评价",
    "second_handling": "重新办理",
    "answer_closed": "答复办结",
    "promise": "承诺与落实",
    "fulfilment": "承诺与落实",
    "gap": "资料缺项",
}


def _as_of(request: HttpRequest) -> date:
    """The day asked for, else today; an unreadable one is today."""
    try:
        return DateField(required=False).clean(request.GET.get("as_of")) or today()
    except ValidationError:
        return today()


def _plenary(request: HttpRequest, code: str | None) -> tuple[Actor, Plenary | None]:
    actor = actor_of(request)
    if actor.role not in FIGURES_FOR:
        raise Http404
    return actor, plenary_or_404(actor, code)


def _grouped(figures: list[Figure]) -> list[tuple[str, list[Figure]]]:
    """Figures under the heading of their family, in the order of the life."""
    found: dict[str, list[Figure]] = {}
    for prefix, group in groupby(figures, key=lambda figure: figure.code.split(".")[0]):
        found.setdefault(HEADINGS.get(prefix, "督办"), []).extend(group)
    return list(found.items())


def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one plenary; every count opens its list."""
    actor, plenary = _plenary(request, request.GET.get("plenary"))
    if plenary is None:
        return render(request, "desks/figures.html", {"plenary": None})
    as_of = _as_of(request)
    page = {
        "plenary": plenary,
        "plenaries": plenaries_of(actor),
        "as_of": as_of,
        "groups": _grouped(figures_of(plenary, as_of=as_of)),
    }
    return render(request, "desks/figures.html", page)


def figure_rows(request: HttpRequest, plenary: str, code: str) -> HttpResponse:
    """The rows behind one figure: as many as it says."""
    _actor, found = _plenary(request, plenary)
    if found is None:
        raise Http404
    as_of = _as_of(request)
    try:
        rows = rows_of(found, code, as_of)
    except UnknownFigure as unknown:
        raise Http404 from unknown
    figure = next((one for one in figures_of(found, as_of=as_of) if one.code == code), None)
    own = rows.model is Proposal
    if not own and "proposal" in {field.name for field in rows.model._meta.get_fields()}:
        rows = rows.select_related("proposal__plenary")
    page = Paginator(rows.order_by("pk"), PAGE).get_page(request.GET.get("page"))
    lines = [(row, row if own else getattr(row, "proposal", None)) for row in page.object_list]
    context = {"figure": figure, "plenary": found, "page": page, "lines": lines, "as_of": as_of}
    return render(request, "desks/figure_rows.html", context)
