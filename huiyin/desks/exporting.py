"""The ledger as it is shown, as a file: the same rows, the same columns, in the same order."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.models import QuerySet

from huiyin.desks.ledger import Line, line_of
from huiyin.ledgers.reading.writing import write_table
from huiyin.proposals.models import Proposal

COLUMNS = (
    "届次", "编号", "案由", "提案者", "分类", "重点", "主办单位", "会办单位", "办理阶段", "期限", "沟通次数",
    "办理结果", "承诺项数", "结果评价", "落实阶段",
)  # fmt: skip
CHUNK = 500


def cells(line: Line) -> dict[str, object]:
    item = line.item
    values = (
        str(item.plenary), item.number, item.title, line.signers, line.classes, item.is_key, line.leads,
        line.others, line.stage, line.due_on, line.contacts, line.mark, line.promises, line.grade,
        line.fulfilment,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def workbook(rows: QuerySet[Proposal]) -> bytes:
    """An xlsx file of all rows of a list, however many pages it has."""

    def every() -> Iterator[dict[str, object]]:
        yield from (cells(line_of(item)) for item in rows.iterator(chunk_size=CHUNK))

    return _written(COLUMNS, every())


def _written(columns: tuple[str, ...], rows: Iterable[dict[str, object]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_table(path, columns, rows)
        return path.read_bytes()
