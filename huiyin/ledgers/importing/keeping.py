"""What is kept of each row: its cells as they stood, what became of it and why; told to whoever watches."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError

from huiyin.ledgers.importing.filling import Filling
from huiyin.ledgers.importing.notes import RowRefused
from huiyin.ledgers.importing.report import REFUSED, Report, Told
from huiyin.ledgers.models import ImportRow, LedgerImport
from huiyin.ledgers.reading import Ledger, Problem

Shown = Callable[[list[ImportRow]], object]
"""A check shows the rows that it has looked at; none of them is stored."""

SHEET_LENGTH = 60


def unseen(rows: list[ImportRow]) -> None:
    """Where nobody looks at the rows of a check."""


def place_of(sheet: str, row: int) -> tuple[str, int]:
    """What tells a row from the others of its import, as it is stored."""
    return sheet[:SHEET_LENGTH], row


class Keeping:
    """The rows of one import or one check that are done and not yet stored."""

    def __init__(self, report: Report, advanced: Told, shown: Shown | None) -> None:
        self.report, self.advanced, self.shown = report, advanced, shown
        self.record: LedgerImport
        self.waiting: list[ImportRow] = []

    def keep(
        self, sheet: str, row: int, cells: dict[str, str], problems: Iterable[Problem], outcome: str
    ) -> ImportRow:
        self.report.count(outcome)
        told: list[dict[str, Any]] = [problem.as_dict() | {"name": problem.name} for problem in problems]
        place = place_of(sheet, row)
        kept = ImportRow(
            ledger_import=self.record,
            sheet=place[0],
            row=row,
            cells=cells,
            problems=told,
            outcome=outcome,
        )
        self.waiting.append(kept)
        return kept

    def refuse(self, filling: Filling, refusal: RowRefused | IntegrityError) -> None:
        row = filling.row
        if isinstance(refusal, IntegrityError):
            refusal = RowRefused("案由", "与已登记的内容冲突，没有导入，请核对本行", "conflict")
        problem = filling.notes.refused(refusal)
        self.report.problems.append(problem)
        self.keep(row.sheet, row.row, dict(row.cells), [*row.problems, problem], REFUSED)

    def refused_when_read(self, ledger: Ledger) -> None:
        """Rows that the reading has refused, with what was wrong."""
        of_row: dict[tuple[str, int], list[Problem]] = {}
        for problem in ledger.problems:
            of_row.setdefault((problem.sheet, problem.row), []).append(problem)
        for row in ledger.refused:
            self.keep(row.sheet, row.row, dict(row.cells), of_row[row.sheet, row.row], REFUSED)

    def settle(self) -> None:
        """Store what is waiting, in the transaction that has done it, so that a row and what it says stand or fall
        together; a check shows it, after it has been taken back.
        """
        done, self.waiting = self.waiting, []
        if not done:
            return
        if self.shown is not None:
            self.shown(done)
        else:
            ImportRow.objects.bulk_create(done)
        self.advanced(len(done))
