"""Pages of the ledgers: a file is brought, looked through, taken in and reported; a plenary's ledger to take away."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from huiyin.clock.now import now
from huiyin.components.views import actor_of
from huiyin.journal.step import Call, Refused
from huiyin.ledgers import drafts, steps
from huiyin.ledgers.exporting import export_ledger
from huiyin.ledgers.forms import ColumnsForm, ImportForm
from huiyin.ledgers.models import CHECKED, OUTCOMES, DraftRow, ImportDraft, ImportRow, Job, LedgerImport
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


def _draft_or_404(request: HttpRequest, pk: int) -> tuple[Actor, ImportDraft]:
    actor = _importer(request)
    mine = ImportDraft.objects.filter(plenary__in=_plenaries(actor)).without_file()
    return actor, get_object_or_404(mine.select_related("plenary", "post__person", "ledger_import"), pk=pk)


def imports(request: HttpRequest) -> HttpResponse:
    """The form to bring a ledger, the files on their way in, and the imports so far."""
    actor = _importer(request)
    plenaries = _plenaries(actor)
    form = ImportForm(request.POST or None, request.FILES or None, plenaries=plenaries)
    if request.method == "POST" and form.is_valid():
        try:
            draft = _bring(form, actor)
        except LedgerError as error:
            form.add_error("file", f"{str(error).removesuffix('。')}。")
        else:
            return redirect(draft)
    waiting = ImportDraft.objects.filter(plenary__in=plenaries).not_taken_in().without_file()
    rows = LedgerImport.objects.filter(plenary__in=plenaries).not_under_way().select_related("plenary", "by")
    shown = {
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "waiting": waiting.select_related("plenary", "post__person")[:PAGE],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ledgers/imports.html", shown, status=status)


def _bring(form: ImportForm, actor: Actor) -> ImportDraft:
    given = form.cleaned_data
    name = Path(given["file"].name or "台账").name
    return drafts.bring(given["file"].read(), name, given["plenary"], actor=actor, options=form.options())


def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One file on its way in: what its columns are, what would become of each row, how far the work has come."""
    actor, found = _draft_or_404(request, pk)
    form = ColumnsForm(request.POST if request.POST.get("act") == "check" else None, draft=found)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            return _act(request, found, form, actor)
        except Refused as refused:
            if not form.is_bound:
                messages.error(request, refused.sentence)
                return redirect(found)
            form.add_error(None, refused.sentence)
    if found.is_taken_in or found.job == Job.UNDO:
        report = redirect("ledgers:import", found.ledger_import_id)
        return HttpResponseClientRedirect(report.url) if request.htmx else report
    wanted = request.GET.get("show", "")
    used = sum(bool(column["now"]) for column in form.columns)
    shown = {
        "draft": found,
        "used": used,
        "unused": len(form.columns) - used,
        "form": form,
        "page": _rows(DraftRow.objects.filter(draft=found), request),
        "wanted": wanted,
        "kinds": [(name, label, found.outcome.get(name, 0)) for name, label in CHECKED.items()],
    }
    return render(request, "ledgers/draft.html", shown, status=422 if form.errors else 200)


def _act(request: HttpRequest, found: ImportDraft, form: ColumnsForm, actor: Actor) -> HttpResponse:
    match request.POST.get("act"):
        case "check":
            drafts.name_columns(found, form.chosen(), actor=actor, options=form.options())
        case "import":
            drafts.take_in(found, actor=actor)
        case "drop":
            drafts.drop(found)
            messages.success(request, f"已删去“{found.file_name}”，没有导入任何内容。")
            return redirect("ledgers:imports")
        case _:
            raise Http404
    return redirect(found)


def _rows(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """The rows of a check or an import, of one outcome where that is asked for."""
    wanted = request.GET.get("show", "")
    rows = rows.select_related("proposal").order_by("sheet", "row")
    if wanted in OUTCOMES:
        rows = rows.filter(outcome=wanted)
    elif wanted == "problems":
        rows = rows.exclude(problems=[])
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import has come to: every row with its outcome and what there is to say of it."""
    actor, found = _import_or_404(request, pk)
    draft = ImportDraft.objects.filter(ledger_import=found).without_file().first()
    if request.htmx and not (draft and draft.is_undoing):
        return HttpResponseClientRefresh()  # whoever watched the undoing sees what has come of it
    undone = draft is not None and draft.job == Job.UNDO
    shown = {
        "import": found,
        "page": _rows(found.rows.all(), request),
        "wanted": request.GET.get("show", ""),
        "kinds": [(name, label, found.outcome[name]) for name, label in OUTCOMES.items()],
        "draft": None if undone or (draft and draft.is_taken_in) else draft,
        "undoing": draft if undone else None,
        "stays": steps.undo.refusal(Call(steps.undo, found, actor, now(), {}), steps.UNDOABLE),
    }
    return render(request, "ledgers/import.html", shown)


def refused(request: HttpRequest, pk: int) -> FileResponse:
    """The refused rows of an import, to correct and bring again."""
    _, found = _import_or_404(request, pk)
    return _refused_rows(found.file_name, found.rows.filter(outcome="refused"))


def draft_refused(request: HttpRequest, pk: int) -> FileResponse:
    """The rows that would be refused, to correct and bring again."""
    _, found = _draft_or_404(request, pk)
    return _refused_rows(found.file_name, DraftRow.objects.filter(draft=found, outcome="refused"))


def _refused_rows(name: str, found: "QuerySet[ImportRow] | QuerySet[DraftRow]") -> FileResponse:
    rows = [
        RefusedRow(
            row.sheet,
            row.row,
            row.cells,
            tuple(problem["sentence"] for problem in row.problems if problem["kind"] == "refused"),
        )
        for row in found.order_by("sheet", "row")
    ]
    return _download(f"未导入-{Path(name).stem}.xlsx", lambda path: write_refused(path, rows))


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
        drafts.take_back(found, actor=actor)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("ledgers:import", pk)
