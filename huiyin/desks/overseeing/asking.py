"""Pages of what is asked of many at once: a dispatch with its answers in a table, and a sample with its visits."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.overseeing.common import office_of
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS, offers
from huiyin.ledgers.reading.writing import write_table
from huiyin.people.actor import Actor
from huiyin.supervision.models import DispatchLine, DispatchRound, DispatchSheet, Inspection, Sample
from huiyin.supervision.sampling import drawn
from huiyin.supervision.series import table_of
from huiyin.words import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("单位", "报送", "编号", "案由", "承诺事项", "进展", "具体情况", "下一步完成日期", "提醒")
BESIDE = 12  # rounds of a series
LINES = Prefetch("lines", DispatchLine.objects.select_related("proposal__plenary", "promise"))


def _sheets(found: DispatchRound) -> list[DispatchSheet]:
    """Those that say nothing first, then those of empty words."""
    rows = found.sheets.select_related("unit", "round").prefetch_related(LINES)
    return sorted(rows, key=lambda sheet: (sheet.answered_at is not None, -_hollow(sheet), sheet.unit_id))


def _hollow(sheet: DispatchSheet) -> int:
    return sum(1 for line in sheet.lines.all() if line.hollow)


def _round_or_404(request: HttpRequest, pk: int) -> tuple[Actor, DispatchRound]:
    actor = office_of(request)
    seen = DispatchRound.objects.visible_to(actor).select_related("plenary", "jurisdiction", "series")
    return actor, get_object_or_404(seen, pk=pk)


def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """All answers in one table; the silent ones are named at its head."""
    actor, found = _round_or_404(request, pk)
    sheets = _sheets(found)
    page = {
        "dispatch": found,
        "sheets": sheets,
        "answered": sum(1 for sheet in sheets if sheet.answered_at),
        "silent": [sheet for sheet in sheets if not sheet.answered_at],
        "hollow": sum(map(_hollow, sheets)),
        "over": found.is_over(today()),
        "may_close": any(
            one.step.code == "dispatch.close" and not one.refusal for one in offers(found, actor)
        ),
        "may_send_back": found.closed_at is None and actor.role == Role.REGISTRAR,
        **_series(found, actor),
    }
    return render(request, "desks/dispatch.html", page)


def _series(found: DispatchRound, actor: Actor) -> dict[str, Any]:
    """The rounds of its series beside each other: who stayed silent in how many in a row."""
    series = found.series
    if series is None:
        return {}
    sheets = Prefetch("sheets", DispatchSheet.objects.select_related("unit"))
    rounds = list(series.rounds.order_by("-period").prefetch_related(sheets)[:BESIDE])[::-1]
    return {
        "series": series,
        "rounds": rounds,
        "series_lines": [
            (unit, list(zip((found.opened_at for found in rounds), row, strict=True)), silent)
            for unit, row, silent in table_of(rounds, today())
        ],
        "next_on": series.next_on(today(), calendar_today()),
        "may_end": series.ended_at is None and STEPS["dispatch.end_series"].who(actor, series),
    }


def dispatch_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same table as a spreadsheet."""
    _, found = _round_or_404(request, pk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dispatch.xlsx"
        write_table(path, HEADS, _cells(_sheets(found)))
        content = path.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{found.title}.xlsx")
    return response


def _cells(sheets: list[DispatchSheet]) -> Iterator[dict[str, Any]]:
    for sheet in sheets:
        sent = sheet.sent(sheet.round, today()).label
        for line in sheet.lines.all():
            said = (
                sheet.unit.name,
                sent,
                line.proposal.numbered,
                line.proposal.title,
                line.promise.what if line.promise else "",
                line.get_standing_display(),
                line.text,
                line.next_on,
                line.get_hollow_display(),
            )
            yield dict(zip(HEADS, said, strict=True))


def dispatch_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's sheet: what is asked, what it has said."""
    actor = actor_of(request)
    seen = DispatchSheet.objects.visible_to(actor).select_related("round__plenary", "unit")
    found = get_object_or_404(seen.prefetch_related(LINES), pk=pk)
    owed = found.answered_at is None and found.round.closed_at is None
    page = {
        "sheet": found,
        "sheets": [found],
        "over": found.round.is_over(today()),
        "may_answer": owed and STEPS["dispatch.answer"].who(actor, found),
    }
    return render(request, "desks/dispatch_sheet.html", page)


def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule, the seed, every item drawn with what was found; and whether the draw can be done again."""
    actor = office_of(request)
    seen = Sample.objects.visible_to(actor).select_related("plenary", "unit")
    found = get_object_or_404(seen, pk=pk)
    again = Inspection.objects.prefetch_related("photos")
    items = found.items.select_related("proposal__plenary", "visit").prefetch_related(
        "visit__photos", "visit__tasks__unit", Prefetch("visit__again", again)
    )
    visited = [row for row in items if row.visit]
    page = {
        "sample": found,
        "items": items,
        "visited": len(visited),
        "well": sum(1 for row in visited if row.visit.verdict == "well"),
        "wanting": sum(1 for row in visited if row.visit.verdict == "wanting"),
        "same_again": _same_again(found, [row.proposal_id for row in items]),
        "may_visit": actor.role in (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER),
    }
    return render(request, "desks/sample.html", page)


def _same_again(found: Sample, stored: list[int]) -> bool:
    """Drawn once more from the candidates that the event has kept, with the rule and the seed of the sample."""
    event = Event.objects.get(subject_kind="supervision.sample", subject_id=found.pk, code="look_back.draw")
    kept = event.facts
    return drawn(kept["candidates"], kept["seed"], found.share) == kept["drawn"] == stored
