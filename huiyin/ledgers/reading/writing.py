"""Ledgers as xlsx files in the standard headings, and the list of refused rows to correct and bring again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huiyin.ledgers.reading.columns import FIRST_ROW, FIRST_SHEET, REMARK, STANDARD
from huiyin.ledgers.reading.shapes import LedgerError, RefusedRow
from huiyin.words import Word

CELL_LIMIT = 32_767
"""The most characters that a cell of an xlsx file holds."""
CUT = "……（超过单元格字数上限，全文见系统）"
_WIDTHS = {
    "届次": 24,
    "编号": 14,
    "案由": 48,
    "正文": 48,
    "具体建议": 40,
    "提案者": 18,
    "联名": 24,
    "主办单位": 24,
    "会办单位": 28,
    "分办单位": 24,
    "答复文号": 24,
    "承诺事项": 40,
    "备注": 30,
}
_NUMBERED = {"具体建议", "承诺事项", "承诺期限"}


def write_ledger(path: Path, rows: Iterable[Mapping[str, object]], *, sheet: str = "台账") -> int:
    """Write rows, each a mapping of standard headings, and return how many. A heading that is none is a mistake of the
    caller's. Dates are real dates, everything else text: `0094` keeps its zeros. Lists are joined as §8 splits them.
    """
    return write_table(path, STANDARD, map(_in_standard_headings, rows), sheet=sheet)


def _in_standard_headings(row: Mapping[str, object]) -> Mapping[str, object]:
    if unknown := set(row) - set(STANDARD):
        raise ValueError(f"not standard headings: {sorted(unknown)}")
    return row


def write_table(
    path: Path, headings: tuple[str, ...], rows: Iterable[Mapping[str, object]], *, sheet: str = "台账"
) -> int:
    """Write rows under any headings, in the same manner, and return how many: a list as a page shows it."""
    written = 0
    with _workbook(path) as book:
        page = _Page(book, sheet, headings)
        for written, row in enumerate(rows, start=1):
            page.write(written, row)
    return written


def write_refused(path: Path, rows: Sequence[RefusedRow]) -> int:
    """Refused rows as they stood, each with its sentences in a column of its own, and return how many."""
    about = (REMARK, FIRST_SHEET, FIRST_ROW)
    names = list(dict.fromkeys(name for row in rows for name in row.cells if name not in about))
    with _workbook(path) as book:
        page = _Page(book, "未导入", (*about, *names))
        for index, row in enumerate(rows, start=1):
            said = ("\n".join(row.sentences), row.sheet, str(row.row))
            page.write(index, {**row.cells, **dict(zip(about, said, strict=True))})
    return len(rows)


class _Page:
    """One sheet with a frozen heading."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, headings: tuple[str, ...]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.headings = headings
        self.text: Format = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True})
        for column, heading in enumerate(headings):
            width = 50 if heading == REMARK else _WIDTHS.get(heading, 12)
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, heading, bold)
        self.sheet.freeze_panes(1, 0)

    def write(self, row: int, values: Mapping[str, object]) -> None:
        for column, heading in enumerate(self.headings):
            value = values.get(heading)
            if isinstance(value, datetime):
                value = value.date()
            if isinstance(value, date):
                self.sheet.write_datetime(row, column, value, self.day)
            elif text := _text(heading, value):
                self.sheet.write_string(row, column, text, self.text)


def _text(heading: str, value: object) -> str:
    """A value as the ledger shows it; never a formula, whatever it begins with."""
    if value is None:
        return ""
    if isinstance(value, bool):
        text = "是" if value else "否"
    elif isinstance(value, Word):
        text = value.label
    elif isinstance(value, list | tuple):
        text = _listed(heading, [_text(heading, each) for each in value])
    elif isinstance(value, date):
        text = value.isoformat()
    else:
        text = str(value)
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT


def _listed(heading: str, parts: list[str]) -> str:
    if heading in _NUMBERED:
        if not any(parts):
            return ""
        return "\n".join(f"{number}. {part}" for number, part in enumerate(parts, start=1))
    return "、".join(part for part in parts if part)


@contextmanager
def _workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """Written row by row; the file itself is made at the end."""
    if path.suffix.lower() != ".xlsx":
        raise LedgerError(f"台账只能存为xlsx文件，请把“{path.name}”改为以.xlsx结尾的文件名")
    try:
        with xlsxwriter.Workbook(
            path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        ) as book:
            yield book
    except FileCreateError as error:
        raise LedgerError(f"“{path}”写不进去，请确认文件夹存在、可以写入，且文件没有在别处打开") from error
