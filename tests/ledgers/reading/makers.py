"""Ledger files of every sort, made for a test."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt

from huiyin.ledgers.reading import Ledger, Problem, read_ledger

MARKS = {"A": "A", "B": "B", "C": "C", "解决或基本解决": "A", "列入计划": "B", "留作参考": "C"}
Sheet = Sequence[Sequence[object]]
Merge = tuple[int, int, int, int]
HEADING = ("编号", "案由", "提案者", "主办单位", "交办日期", "答复日期", "办理结果")
GOOD = ("12", "关于增设路灯的提案", "张三", "市城市管理局", "2020-02-01", "2020-05-08", "A")


def xlsx(path: Path, rows: Sheet, merges: Iterable[Merge] = (), name: str = "台账") -> Path:
    return workbook(path, {name: (rows, merges)})


def workbook(
    path: Path, sheets: dict[str, tuple[Sheet, Iterable[Merge]]], hidden: Sequence[str] = ()
) -> Path:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for name, (rows, merges) in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for merge in merges:
                sheet.merge_range(*merge, "")
            for index, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(index, column, value, day)
                    elif isinstance(value, int | float):
                        sheet.write_number(index, column, value)
                    elif value:
                        sheet.write_string(index, column, str(value))
    return path


def xls(path: Path, rows: Sheet, merges: Iterable[Merge] = ()) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账", cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    for top, left, bottom, right in merges:
        sheet.merge(top, bottom, left, right)
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(index, column, value, day)
            elif value != "":
                sheet.write(index, column, value)
    book.save(str(path))
    return path


def text(path: Path, rows: Sheet, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def read(path: Path, *, opened_on: date | None = None, **column_map: str) -> Ledger:
    return read_ledger(path, marks=MARKS, opened_on=opened_on, column_map=column_map)


def read_one(tmp_path: Path, **cells: object) -> Ledger:
    """A ledger of one good row with some cells changed, or columns added."""
    row = dict(zip(HEADING, GOOD, strict=True)) | cells
    return read(xlsx(tmp_path / "一行.xlsx", [tuple(row), tuple(row.values())]))


def refusals(ledger: Ledger) -> list[Problem]:
    return [problem for problem in ledger.problems if problem.kind == "refused"]


def gaps(ledger: Ledger) -> set[str]:
    return {problem.name for problem in ledger.problems if problem.kind == "gap"}
