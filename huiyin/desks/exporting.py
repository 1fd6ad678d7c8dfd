"""The ledger as it is shown, as a file: the same rows, the same columns, in the same order."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from huiyin.desks.columns import Column
from huiyin.ledgers.reading.writing import write_table
from huiyin.proposals.models import Proposal

CHUNK = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Rows = QuerySet[Proposal]


def cells(rows: Rows, columns: list[Column]) -> Iterator[dict[str, Any]]:
    """Every row of a list, however many pages it has."""
    for item in rows.iterator(chunk_size=CHUNK):
        yield {column.label: column.value(item) for column in columns}


def xlsx(rows: Rows, columns: list[Column]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_table(path, tuple(column.label for column in columns), cells(rows, columns))
        return path.read_bytes()


def csv_text(rows: Rows, columns: list[Column]) -> bytes:
    """In UTF-8 with the mark by which spreadsheets know it."""
    written = StringIO(newline="")
    out = csv.DictWriter(written, [column.label for column in columns])
    out.writeheader()
    for row in cells(rows, columns):
        out.writerow({label: _plain(value) for label, value in row.items()})
    return written.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> str:
    """Never a formula, whatever a text begins with: a spreadsheet would run it."""
    text = value.isoformat() if isinstance(value, date) else str("" if value is None else value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int) else text


# By the ending of the file: its type and how it is written.
FILES: dict[str, tuple[str, Callable[[Rows, list[Column]], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "csv": ("text/csv; charset=utf-8", csv_text),
}
