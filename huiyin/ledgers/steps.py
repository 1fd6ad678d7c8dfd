"""Steps of an import as a whole: it begins, it ends, it is taken back while nothing has been done on its items."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.ledgers.models import LedgerImport
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary


@step(
    "import.start",
    label="导入台账",
    on="proposals.Plenary",
    creates="ledgers.LedgerImport",
    who=who.imports_ledgers,
    stamps="started_at",
    fields=[Field("file_name", "文件", "line"), Field("digest", "校验值", "code")],
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
    sentence="台账导入完成:新建{created}件,补充{updated}件,未变{unchanged}件,未导入{refused}行",
)
def finish(
    ledger_import: LedgerImport, *, actor: Actor, at: datetime, outcome: dict[str, Any]
) -> dict[str, Any]:
    """Every row has been taken in or refused."""
    ledger_import.report = outcome
    ledger_import.save(update_fields=["report"])
    return {name: count for name, count in outcome.items() if isinstance(count, int)}
