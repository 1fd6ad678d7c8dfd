"""Pages of the ledgers: imports and their reports, refused rows to correct, a plenary's ledger to take away."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.components.views import actor_of
from huiyin.journal.step import Refused
from huiyin.ledgers.exporting import export_ledger
from huiyin.ledgers.forms import ImportForm
from huiyin.ledgers.importing import Report, import_ledger, undo_import
from huiyin.ledgers.models import LedgerImport
from huiyin.ledgers.reading import LedgerError, RefusedRow, write_refused
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary
from huiyin.words import Role

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORTING = {Role.REGISTRAR, Role.ASSEMBLY_STAFF}


def _importer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor.role not in IMPORTING:
        raise Http404
    return actor


def _plenaries(actor: Actor) -> Any:
    found = Plenary.objects.filter(jurisdiction=actor.jurisdiction).select_related("jurisdiction")
    return found.filter(assembly=actor.assembly) if actor.role == Role.ASSEMBLY_STAFF else found


def _import_or_404(request: HttpRequest, pk: int) -> tuple[Actor, LedgerImport]:
    actor = _importer(request)
    mine = LedgerImport.objects.filter(plenary__in=_plenaries(actor))
    return actor, get_object_or_404(mine.select_related("plenary", "jurisdiction", "by"), pk=pk)


def imports(request: HttpRequest) -> HttpResponse:
    """The imports so far, and the form to bring a ledger."""
    actor = _importer(request)
    plenaries = _plenaries(actor)
    form = ImportForm(request.POST or None, request.FILES or None, plenaries=plenaries)
    if request.method == "POST" and form.is_valid():
        try:
            report = _take_in(form, actor)
        except LedgerError as error:
            form.add_error("file", f"{error}。")
        else:
            if report.import_id:
                return redirect("ledgers:import", report.import_id)
            return render(request, "ledgers/checked.html", {"report": report, "form": form})
    rows = LedgerImport.objects.filter(plenary__in=plenaries).select_related("plenary", "by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ledgers/imports.html", {"form": form, "page": page}, status=status)


def _take_in(form: ImportForm, actor: Actor) -> Report:
    upload: UploadedFile = form.cleaned_data["file"]
    name = Path(upload.name or "台账").name
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"台账{Path(name).suffix.lower()}"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        return import_ledger(
            path, form.cleaned_data["plenary"], actor=actor, options=form.options(), name=name
        )


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import has come to: every row with its outcome and what there is to say of it."""
    _, found = _import_or_404(request, pk)
    wanted = request.GET.get("show", "")
    rows = found.rows.select_related("proposal").order_by("sheet", "row")
    if wanted in ("created", "updated", "unchanged", "refused"):
        rows = rows.filter(outcome=wanted)
    elif wanted == "problems":
        rows = rows.exclude(problems=[])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "ledgers/import.html", {"import": found, "page": page, "wanted": wanted})


def refused(request: HttpRequest, pk: int) -> FileResponse:
    """The refused rows as they stood, each with its sentences, to correct and bring again."""
    _, found = _import_or_404(request, pk)
    rows = tuple(
        RefusedRow(
            row.sheet,
            row.row,
            row.cells,
            tuple(problem["sentence"] for problem in row.problems if problem["kind"] == "refused"),
        )
        for row in found.rows.filter(outcome="refused").order_by("sheet", "row")
    )
    return _download(f"未导入-{Path(found.file_name).stem}.xlsx", lambda path: write_refused(path, rows))


def export(request: HttpRequest, code: str) -> FileResponse:
    """A plenary's ledger in the standard headings."""
    plenary = get_object_or_404(_plenaries(_importer(request)), code=code)
    return _download(f"{plenary.label}台账.xlsx", lambda path: export_ledger(plenary, path))


def _download(name: str, write: Callable[[Path], int]) -> FileResponse:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "下载.xlsx"
        write(path)
        content = BytesIO(path.read_bytes())
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Take the whole import back, while nothing has been done on it."""
    actor, found = _import_or_404(request, pk)
    try:
        voided = undo_import(found, actor=actor)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已撤销这次导入，作废{voided}件。")
    return redirect("ledgers:import", pk)
