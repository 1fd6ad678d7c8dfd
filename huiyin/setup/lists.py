"""The lists of a city and what is done with one that somebody brings: kept, compared, taken in, given up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError

from huiyin.clock.now import now
from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary
from huiyin.setup import accounts, members, units
from huiyin.setup.lines import Compared, Line, Outcome
from huiyin.setup.models import BroughtList
from huiyin.setup.reading import Column, read_list

BATCH = 100  # rows a transaction


@dataclass(frozen=True)
class ListKind:
    """What is asked for, how a row is compared and which step it stands for; members belong to a plenary."""

    what: str
    sheet: str
    columns: tuple[Column, ...]
    compare: Callable[[BroughtList], Compared]
    take_in: Callable[[Line, BroughtList, Actor], None]


KINDS = {
    kind.what: kind
    for kind in (
        ListKind(
            "units",
            "承办单位",
            units.COLUMNS,
            lambda brought: units.compare(brought.rows, brought.jurisdiction),
            lambda line, brought, actor: units.take_in(line, brought.jurisdiction, actor),
        ),
        ListKind(
            "members",
            "委员代表名单",
            members.COLUMNS,
            lambda brought: members.compare(brought.rows, _plenary(brought)),
            lambda line, brought, actor: members.take_in(line, _plenary(brought), actor),
        ),
        ListKind(
            "accounts",
            "人员账号",
            accounts.COLUMNS,
            lambda brought: accounts.compare(brought.rows, brought.jurisdiction),
            lambda line, brought, actor: accounts.take_in(line, brought.jurisdiction, actor),
        ),
    )
}


def _plenary(brought: BroughtList) -> Plenary:
    assert brought.plenary is not None, "a list of members is brought for a plenary"
    return brought.plenary


def bring(kind: ListKind, upload: UploadedFile, actor: Actor, plenary: Plenary | None = None) -> BroughtList:
    """Read and kept, in the place of what the same person brought before. Raises LedgerError."""
    name = Path(upload.name or "名单").name
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"名单{Path(name).suffix.lower()}"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        read = read_list(path, kind.columns)
    BroughtList.objects.too_old().delete()
    given = {"rows": read.rows, "ignored": read.ignored, "file_name": name[-200:], "plenary": plenary}
    made, _ = BroughtList.objects.update_or_create(
        jurisdiction=actor.jurisdiction,
        what=kind.what,
        person=actor.person,
        defaults=given | {"brought_at": now()},
    )
    return made


def brought_by(actor: Actor, kind: ListKind) -> BroughtList | None:
    if actor.person is None:
        return None
    return BroughtList.objects.of(actor.jurisdiction, kind.what, actor.person).first()


@dataclass
class Taken:
    """What came of it; `problems` name the row."""

    created: int = 0
    changed: int = 0
    problems: list[str] = field(default_factory=list)


def take_in(kind: ListKind, brought: BroughtList, actor: Actor) -> Taken:
    """Every new and every changed row by its step, in transactions of whole rows. A list of which nothing is left over
    is gone."""
    compared = kind.compare(brought)
    taken = Taken()
    lines = compared.to_take_in
    for start in range(0, len(lines), BATCH):
        with work(batch=True) as running:
            for line in lines[start : start + BATCH]:
                try:
                    with running.row():
                        kind.take_in(line, brought, actor)
                except Refused as refused:
                    taken.problems.append(f"{line.place}（{line.name}）没有收进来：{refused.sentence}")
                except IntegrityError:
                    taken.problems.append(f"{line.place}（{line.name}）与刚刚登记的内容冲突，请再看一遍。")
                else:
                    taken.created += line.outcome == Outcome.NEW
                    taken.changed += line.outcome == Outcome.CHANGED
    if not taken.problems and not compared.of(Outcome.REFUSED):
        brought.delete()
    return taken


def give_up(brought: BroughtList) -> None:
    brought.delete()


def said(taken: Taken) -> str:
    parts = [f"新增{taken.created}条"] if taken.created else []
    parts += [f"修改{taken.changed}条"] if taken.changed else []
    return f"已收进来：{'，'.join(parts)}。" if parts else "没有需要收的内容。"
