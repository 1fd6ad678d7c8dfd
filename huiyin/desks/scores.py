"""考核: what the formula gives each unit, line by line down to the rows and their events; frozen sheets and appeals."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.clock.models import Deadline
from huiyin.components.forms import DateInput
from huiyin.components.views import actor_of
from huiyin.desks.figures import as_of_asked
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.desks.ledger import PAGE
from huiyin.desks.naming import with_names
from huiyin.desks.ratings import QUALITY_FOR, RATINGS_FOR
from huiyin.desks.starting import starts
from huiyin.desks.story import events_for
from huiyin.journal.models import Event
from huiyin.journal.step import Offer, offers
from huiyin.people.actor import Actor, standing_in
from huiyin.proposals.models import Plenary
from huiyin.rulepacks.models import PackVersion
from huiyin.scores.formula import WHOLE, Line
from huiyin.scores.measures import ROWS, Rows
from huiyin.scores.models import OFFICES, ScoreSheet, UnitScore, rows_behind
from huiyin.scores.sheets import Scored, sheet_of, versions_of
from huiyin.words import UNIT_ROLES

EVENTS = 4
BEGUN = ("score_sheet.freeze",)
DEADLINE = "clock.deadline"
OF_A_PROMISE = {
    "promises.duedate",
    DEADLINE,
}  # what is measured by these is told by the events of their promise


def _office(request: HttpRequest, code: str | None) -> tuple[Actor, Plenary | None]:
    actor = actor_of(request)
    if actor.role not in OFFICES:
        raise Http404
    return actor, plenary_or_404(actor, code)


def _version(request: HttpRequest, plenary: Plenary) -> PackVersion | None:
    """The version asked for; none: that of the day."""
    wanted = request.GET.get("version", "")
    return next((one for one in versions_of(plenary) if one.version == wanted), None)


def scores(request: HttpRequest) -> HttpResponse:
    """Offices: a dry run of every unit's points. A unit: its own frozen scores, and by what formula."""
    actor = actor_of(request)
    if actor.role in UNIT_ROLES:
        own = UnitScore.objects.visible_to(actor).select_related("sheet__plenary", "sheet__pack_version")
        own = own.defer("sheet__pack_version__text").prefetch_related("appeals").order_by("-sheet")
        plenary = plenary_or_404(actor, None)
        version = versions_of(plenary)[:1] if plenary else []
        formula = version[0].pack.scoring_for(plenary.kind) if plenary and version else ()
        return render(request, "desks/own_scores.html", {"own": own, "formula": formula})
    _, plenary = _office(request, request.GET.get("plenary"))
    if plenary is None:
        return render(request, "desks/scores.html", {"plenary": None})
    as_of, version = as_of_asked(request), _version(request, plenary)
    page = {
        "plenary": plenary,
        "plenaries": plenaries_of(actor),
        "as_of": as_of,
        "day": DateInput().render("as_of", as_of),
        "sheet": sheet_of(plenary, as_of, version),
        "versions": versions_of(plenary),
        "chosen": version,
        "frozen": ScoreSheet.objects.visible_to(actor).filter(plenary=plenary),
        "starts": starts(actor, plenary, BEGUN),
        "sees_ratings": actor.role in RATINGS_FOR,
        "sees_quality": actor.role in QUALITY_FOR,
    }
    return render(request, "desks/scores.html", page)


def _dry_run(request: HttpRequest, plenary: str, unit: int) -> tuple[dict[str, Any], Scored]:
    _, found = _office(request, plenary)
    if found is None:
        raise Http404
    sheet = sheet_of(found, as_of_asked(request), _version(request, found), unit)
    if not sheet.units:
        raise Http404
    page = {
        "plenary": found,
        "as_of": sheet.as_of,
        "version": sheet.version,
        "query": request.GET.urlencode(),
    }
    return page, sheet.units[0]


def score_unit(request: HttpRequest, plenary: str, unit: int) -> HttpResponse:
    """One unit in the dry run, line by line."""
    page, scored = _dry_run(request, plenary, unit)
    return render(request, "desks/score_unit.html", page | {"unit": scored.unit, "result": scored.result})


def score_rows(request: HttpRequest, plenary: str, unit: int, measure: str) -> HttpResponse:
    """The rows behind one line of the dry run."""
    page, scored = _dry_run(request, plenary, unit)
    line = next((line for line in scored.result.lines if line.measure == measure), None)
    if line is None:
        raise Http404
    return _rows_page(request, line, page | {"unit": scored.unit})


def score_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A frozen sheet: as it was published, and beside it what rulings have given back."""
    actor = actor_of(request)
    sheets = ScoreSheet.objects.visible_to(actor).select_related("plenary", "pack_version")
    found = get_object_or_404(sheets.defer("pack_version__text"), pk=pk)
    own = UnitScore.objects.visible_to(actor).filter(sheet=found).select_related("unit", "sheet")
    page = {"sheet": found, "rows": own.prefetch_related("appeals"), "plenary": found.plenary}
    return render(request, "desks/score_sheet.html", page)


def _unit_score(request: HttpRequest, pk: int, unit: int) -> tuple[Actor, UnitScore]:
    actor = actor_of(request)
    seen = UnitScore.objects.visible_to(actor).select_related("sheet__plenary", "sheet__pack_version", "unit")
    rows = seen.defer("sheet__pack_version__text").prefetch_related("appeals")
    return actor, get_object_or_404(rows, sheet=pk, unit=unit)


def unit_score(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """A unit's frozen lines, its appeals and what was ruled on them."""
    actor, found = _unit_score(request, pk, unit)
    appeals = list(found.appeals.all())
    for one in appeals:
        one.score = found
    page = {
        "score": found,
        "plenary": found.sheet.plenary,
        "as_of": found.sheet.as_of,
        "version": found.sheet.pack_version,
        "unit": found.unit,
        "result": found.result,
        "open": _open(found, actor),
        "appeals": [(one, _open(one, actor)) for one in appeals],
    }
    return render(request, "desks/score_unit.html", page)


def _open(row: Any, actor: Actor) -> list[Offer]:
    """What the actor may do on it, for a unit from paper too."""
    found = offers(row, actor)
    unit = standing_in(actor, row)
    return found + ([one for one in offers(row, unit) if not one.refusal] if unit else [])


def unit_score_rows(request: HttpRequest, pk: int, unit: int, measure: str) -> HttpResponse:
    """The rows that were counted when the sheet was frozen."""
    _, found = _unit_score(request, pk, unit)
    line = next((line for line in found.result.lines if line.measure == measure), None)
    if line is None:
        raise Http404
    sheet = found.sheet
    page = {"score": found, "plenary": sheet.plenary, "as_of": sheet.as_of, "version": sheet.pack_version}
    return _rows_page(request, line, page | {"unit": found.unit})


@dataclass
class Traced:
    """A row behind a line: its item, what it is worth, and the events that say so."""

    row: Any
    item: Any
    worth: int
    about: Any
    events: list[Event] = field(default_factory=list)
    due_on: date | None = None


def _rows_page(request: HttpRequest, line: Line, page: dict[str, Any]) -> HttpResponse:
    shown = Paginator(line.rows, PAGE).get_page(request.GET.get("page"))
    model = ROWS[line.measure].model
    rows = with_names(rows_behind(model, tuple(shown.object_list)))
    of_a_promise = model in OF_A_PROMISE
    if of_a_promise:
        rows = rows.select_related("promise__proposal__plenary")
    found = {row.pk: row for row in rows}
    traced = []
    for line_row in shown.object_list:
        if row := found.get(line_row.pk):
            about = row.promise if of_a_promise else row
            due_on = row.due_on if model == DEADLINE else None
            traced.append(Traced(row, about.proposal, line_row.worth, about, due_on=due_on))
    _with_what_shows_it(traced, ROWS[line.measure], actor_of(request))
    return render(
        request, "desks/score_rows.html", page | {"line": line, "page": shown, "rows": traced, "whole": WHOLE}
    )


def _with_what_shows_it(traced: list[Traced], rows: Rows, actor: Actor) -> None:
    """The latest events of each row, and of a share its deadline: one query each."""
    if not traced:
        return
    keys = {one.about.pk for one in traced}
    told = events_for(actor).told().order_by("-at", "-pk")
    if rows.codes:
        found = [
            (event.assignment_id, event) for event in told.filter(assignment__in=keys, code__in=rows.codes)
        ]
    else:
        kind = traced[0].about._meta.label_lower
        found = [(event.subject_id, event) for event in told.filter(subject_kind=kind, subject_id__in=keys)]
    events: dict[int, list[Event]] = defaultdict(list)
    for pk, event in found:
        if len(events[pk]) < EVENTS:
            events[pk].append(event)
    clocks = Deadline.objects.filter(assignment__in=keys, name=rows.deadline, round=1)
    due = dict(clocks.values_list("assignment", "due_on")) if rows.deadline else {}
    for one in traced:
        one.events, one.due_on = events[one.about.pk], one.due_on or due.get(one.about.pk)
