"""A file on its way in: looked through at the door, its columns named, its work asked for. Nothing here is a step."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from huiyin.clock.now import now
from huiyin.files.marking import refuse_classified
from huiyin.journal.step import Call, Refused
from huiyin.ledgers import steps
from huiyin.ledgers.importing import Options
from huiyin.ledgers.models import ImportDraft, Job, LedgerImport
from huiyin.ledgers.reading import Column, LedgerError, UntitledError, look_through
from huiyin.ledgers.reading.columns import plain_heading
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary

TOLD = 5  # rows marked as classified that a refusal names
REMEMBERED = 50  # drafts that are looked through for one of the same form


@contextmanager
def as_file(content: bytes | memoryview, name: str) -> Iterator[Path]:
    """The content as a file of its name, which the sentences about it give; a name no longer than a disk takes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(name).stem[:60]}{Path(name).suffix.lower()}"
        path.write_bytes(content)
        yield path


def bring(content: bytes, name: str, plenary: Plenary, *, actor: Actor, options: Options) -> ImportDraft:
    """Keep a file to be checked. Raises LedgerError where it is of no use or marked as classified: then nothing is kept."""
    ImportDraft.objects.forgotten(now()).delete()
    columns, titled = _looked_through(content, name)
    headings = _forms_of(columns)
    found = _remembered(plenary, headings)
    names = {column.name for column in columns}
    column_map = {name: to for name, to in found.column_map.items() if name in names} if found else {}
    known = titled or "案由" in column_map.values()
    return ImportDraft.objects.create(
        plenary=plenary,
        post=actor.post,
        file_name=name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        headings=headings,
        columns=[vars(column) for column in columns],
        column_map=column_map,
        mapped_like=found.file_name if found and column_map else "",
        new_units=options.new_units,
        new_classes=options.new_classes,
        made_at=now(),
        **(_asked(Job.CHECK) if known else {}),
    )


def _looked_through(content: bytes, name: str) -> tuple[tuple[Column, ...], bool]:
    """The columns of a file that may come in, and whether one of them is known to be the title."""
    if said := refuse_classified(Path(name).stem):
        raise LedgerError(f"文件名{said.removesuffix('。')}。文件没有保存")
    with as_file(content, name) as path:
        try:
            columns, marked = look_through(path)
        except UntitledError as error:
            if not error.columns:
                raise
            return error.columns, False
    if marked:
        more = f"还有{len(marked) - TOLD}处。" if len(marked) > TOLD else ""
        raise LedgerError(f"{''.join(marked[:TOLD])}{more}文件没有保存，请删去这些行后再上传")
    return columns, True


def _forms_of(columns: Iterable[Column]) -> list[str]:
    """What tells the form of each sheet from others: its column names, in whatever order."""
    sheets: dict[str, set[str]] = {}
    for column in columns:
        sheets.setdefault(column.sheet, set()).add(plain_heading(column.name))
    forms = {hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest() for names in sheets.values()}
    return sorted(forms)


def _remembered(plenary: Plenary, headings: list[str]) -> ImportDraft | None:
    """The last file of the same form, each sheet of which had one of its headings."""
    earlier = ImportDraft.objects.filter(plenary__jurisdiction=plenary.jurisdiction).without_file()
    lately = earlier.order_by("-pk")[:REMEMBERED]
    return next((draft for draft in lately if headings and set(headings) <= set(draft.headings)), None)


def columns_of(draft: ImportDraft) -> list[dict[str, Any]]:
    """One entry for each name of a column: what it is taken for of itself, and what it is taken for now."""
    found: dict[str, dict[str, Any]] = {}
    for column in draft.columns:
        entry = found.setdefault(column["name"], {"name": column["name"], "standard": "", "examples": []})
        entry["standard"] = entry["standard"] or column["standard"]
        entry["examples"] = entry["examples"] or list(column["examples"])
    for entry in found.values():
        entry["now"] = draft.column_map.get(entry["name"], entry["standard"])
        entry["by_hand"] = entry["name"] in draft.column_map
    return list(found.values())


def name_columns(draft: ImportDraft, chosen: Mapping[str, str], *, actor: Actor, options: Options) -> None:
    """Keep what a person has said that the columns are, as far as it differs, and check the file anew."""
    given = {column["name"]: column["standard"] for column in columns_of(draft)}
    differing = {name: to for name, to in chosen.items() if to != given.get(name, "")}
    if "案由" not in (given | differing).values():
        raise Refused("还没有哪一列是“案由”（标题），请先指明。")
    _ask(draft, Job.CHECK, actor, {
        "column_map": differing,
        "mapped_like": draft.mapped_like if differing == draft.column_map else "",
        "new_units": options.new_units,
        "new_classes": options.new_classes,
    })  # fmt: skip


def options_of(draft: ImportDraft, *, dry_run: bool) -> Options:
    return Options(draft.new_units, draft.new_classes, draft.column_map, dry_run)


def take_in(draft: ImportDraft, *, actor: Actor) -> None:
    """Ask for the import of what has been checked, or for the rest of one that has failed."""
    if draft.job == Job.IMPORT and not draft.failure:
        return
    if draft.ledger_import and draft.ledger_import.undone_at:
        raise Refused("这次导入已经撤销，请重新上传文件。")
    if not (draft.is_checked or (draft.job == Job.IMPORT and draft.content)):
        raise Refused("这份台账还没有检查完，请看过检查结果再导入。")
    _ask(draft, Job.IMPORT, actor, {})


def drop(draft: ImportDraft) -> None:
    """Leave a file aside for good; an import that has begun stays."""
    kept, _ = ImportDraft.objects.filter(pk=draft.pk, ledger_import=None).exclude(job=Job.IMPORT).delete()
    if not kept:
        raise Refused("这份台账已经开始导入，不能删去；要撤回的，请在导入以后撤销这次导入。")


def take_back(ledger_import: LedgerImport, *, actor: Actor) -> None:
    """Ask for the undoing of a whole import: one by command has no file of its own here and gets its place now."""
    call = Call(steps.undo, ledger_import, actor, now(), {})
    if refused := steps.undo.refusal(call, steps.UNDOABLE):
        raise refused
    standing = {
        "plenary": ledger_import.plenary,
        "post": actor.post,
        "file_name": ledger_import.file_name,
        "digest": ledger_import.digest,
        "content": b"",
        "made_at": now(),
    }
    draft, _ = ImportDraft.objects.without_file().get_or_create(
        ledger_import=ledger_import, defaults=standing
    )
    if not draft.is_undoing:
        _ask(draft, Job.UNDO, actor, {})


def _ask(draft: ImportDraft, job: Job, actor: Actor, changed: dict[str, Any]) -> None:
    """By one conditional write: whoever was at work on it finds that the work is not theirs any more."""
    free = ImportDraft.objects.filter(pk=draft.pk).exclude(job=Job.IMPORT, finished_at=None)
    if job == Job.CHECK:
        free = free.filter(ledger_import=None)
    if not free.update(**changed, **_asked(job), post=actor.post):
        raise Refused("这份台账已经开始导入，不能再改。")


def _asked(job: Job) -> dict[str, Any]:
    """What a draft says when work on it is asked for and nobody has begun."""
    begun = {"worker": "", "beat_at": None, "tries": 0, "rows": 0, "done": 0}
    return {"job": job, "asked_at": now(), "finished_at": None, "failure": "", **begun}
