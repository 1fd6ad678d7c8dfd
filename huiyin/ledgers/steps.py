"""Steps of an import as a whole: it begins, it ends, it is taken back while nothing has been done on its items."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Max

from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.ledgers.models import ImportDraft, Job, LedgerImport
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary, Proposal
from huiyin.words import ProposalState

# What happens of itself: nobody has done anything on the item.
BY_ITSELF = ("clock.alert", "deadline.move")


@step(
    "import.start",
    label="导入台账",
    on="proposals.Plenary",
    creates="ledgers.LedgerImport",
    who=who.imports_ledgers,
    stamps="started_at",
    fields=[Field("file_name", "文件", "line", most=200), Field("digest", "校验值", "code", most=64)],
    automatic=True,
    sentence="开始导入台账{file_name}",
)
def start(
    plenary: Plenary, *, actor: Actor, at: datetime, file_name: str, digest: str
) -> tuple[LedgerImport, None]:
    """The file is known by its digest; its rows follow, each with the steps that it stands for."""
    made = LedgerImport.objects.create(
        jurisdiction=plenary.jurisdiction,
        plenary=plenary,
        file_name=file_name[-200:],
        digest=digest,
        by=actor.person,
        started_at=at,
    )
    return made, None


@requirement()
def not_finished_yet(call: Call) -> str | None:
    return "这次导入已经完成。" if call.obj.finished_at else None


@step(
    "import.finish",
    label="完成导入",
    on="ledgers.LedgerImport",
    who=who.imports_ledgers,
    stamps="finished_at",
    requires=[not_finished_yet],
    automatic=True,
    sentence="台账导入完成：新建{created}件，补充{updated}件，未变{unchanged}件，未导入{refused}行",
)
def finish(
    ledger_import: LedgerImport, *, actor: Actor, at: datetime, outcome: dict[str, Any]
) -> dict[str, Any]:
    """Every row has been taken in or refused."""
    ledger_import.report = outcome
    ledger_import.save(update_fields=["report"])
    return {name: count for name, count in outcome.items() if isinstance(count, int)}


def made_by(ledger_import: LedgerImport) -> models.QuerySet[Proposal]:
    """The items that an import has made and that still stand."""
    made = ledger_import.rows.filter(created=True).values("proposal")
    return Proposal.objects.filter(pk__in=made).exclude(state=ProposalState.VOID)


@requirement()
def not_undone_yet(call: Call) -> str | None:
    return "这次导入已经撤销。" if call.obj.undone_at else None


@requirement()
def not_under_way(call: Call) -> str | None:
    going_on = ImportDraft.objects.filter(ledger_import=call.obj, finished_at=None).exclude(job=Job.UNDO)
    return "这次导入还没有做完，请等它做完再撤销。" if going_on.exists() else None


@requirement()
def nothing_added_elsewhere(call: Call) -> str | None:
    """What was added to an item that stood before can't be told from the life of that item any more."""
    own = call.obj.rows.filter(created=True).values("proposal")
    row = call.obj.rows.filter(outcome="updated").exclude(proposal__in=own).select_related("proposal").first()
    if row is None:
        return None
    return f"这次导入第{row.row}行补充了原有的“{row.proposal}”，不能整批撤销；请在办件页面逐件更正。"


@requirement()
def nothing_done_since(call: Call) -> str | None:
    """The first item on which somebody has done something since its row was taken in."""
    made = made_by(call.obj)
    rows = call.obj.rows.filter(proposal__in=made).exclude(last_event=None).order_by("pk")
    own = dict(rows.values_list("proposal", "last_event"))
    events = Event.objects.filter(proposal__in=made).exclude(code__in=BY_ITSELF).order_by()
    last = dict(events.values_list("proposal").annotate(Max("pk")))
    touched = sorted(pk for pk, event in last.items() if event > own.get(pk, 0))
    if not touched:
        return None
    item = Proposal.objects.get(pk=touched[0])
    return f"“{item}”在导入以后又有办理，不能整批撤销；误录的请在办件页面逐件作废。"


UNDOABLE = (not_undone_yet, not_under_way, nothing_added_elsewhere, nothing_done_since)


@requirement()
def everything_is_void(call: Call) -> str | None:
    left = made_by(call.obj).count()
    return f"还有{left}件没有作废，请重新撤销这次导入。" if left else None


@step(
    "import.undo",
    label="撤销导入",
    on="ledgers.LedgerImport",
    who=who.imports_ledgers,
    stamps="undone_at",
    requires=[*UNDOABLE, everything_is_void],
    automatic=True,
    sentence="撤销台账导入，作废{voided}件",
)
def undo(ledger_import: LedgerImport, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """撤销: everything that the import has made is void; its rows stay, as they stood."""
    return {"voided": ledger_import.rows.filter(created=True).count()}
