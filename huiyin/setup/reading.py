"""A list of units or members as a spreadsheet: the heading is found, the rows below it are kept as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.files.marking import classified_marking, marking_sentence
from huiyin.ledgers.reading import LedgerError
from huiyin.ledgers.reading.columns import is_total, plain_heading
from huiyin.ledgers.reading.lines import filled_down, is_note
from huiyin.ledgers.reading.plain_text import open_text
from huiyin.ledgers.reading.sheets import Grid, cell_text, kind_of_file, open_workbook

SEARCHED_ROWS = 20
MOST_ROWS = 5000
EXAMPLE = "（示例）"


@dataclass(frozen=True)
class Column:
    """One heading: what else it is called, what is to be written under it, and an example."""

    name: str
    help: str
    example: str
    called: tuple[str, ...] = ()
    required: bool = False
    width: int = 16


@dataclass(frozen=True)
class Read:
    """Rows as {"place": 第5行, "cells": {heading: text}}, and what of the file was left aside."""

    rows: list[dict[str, Any]]
    ignored: list[str]


def read_list(path: Path, columns: tuple[Column, ...]) -> Read:
    """Every visible sheet that has such a heading. Raises LedgerError where the file as a whole is of no use."""
    grids = [open_text(path)] if kind_of_file(path) == "text" else open_workbook(path)
    _refuse_marked(path.name, grids)
    found = [
        (grid, top) for grid in grids if not grid.hidden and (top := _heading(grid, columns)) is not None
    ]
    if not found:
        wanted = next(column.name for column in columns if column.required)
        raise LedgerError(f"没有找到写着“{wanted}”的表头，请下载模板，把名单粘贴到模板里再上传")
    rows, ignored = [], []
    for grid, top in found:
        names = _columns_of(grid.cells[top], columns)
        ignored += [cell_text(cell) for place, cell in enumerate(grid.cells[top]) if place not in names]
        sheet = f"工作表“{grid.name}”" if len(found) > 1 else ""
        rows += list(_rows(grid, top, names, sheet))
    if len(rows) > MOST_ROWS:
        raise LedgerError(f"名单有{len(rows)}行，一次最多{MOST_ROWS}行，请分成几个文件上传")
    return Read(rows, [name for name in dict.fromkeys(ignored) if name])


def _rows(grid: Grid, top: int, names: dict[int, str], sheet: str) -> Iterator[dict[str, Any]]:
    cells = filled_down(grid, top + 1)
    for number in range(top + 1, len(cells)):
        texts = {name: cell_text(cells[number][place]) for place, name in names.items()}
        first = next(filter(None, texts.values()), "")
        if first and not _is_beside(first) and cells[number] != cells[top]:
            yield {"place": f"{sheet}第{number + 1}行", "cells": texts}


def _is_beside(first: str) -> bool:
    """The example, a total, a note below the table."""
    return first.lstrip("（(").startswith("示例") or is_total(first) or is_note(first)


def _heading(grid: Grid, columns: tuple[Column, ...]) -> int | None:
    """The row that names the required column and, where the sheet has more than one column, another one."""
    required = {column.name for column in columns if column.required}
    for number, row in enumerate(grid.cells[:SEARCHED_ROWS]):
        names = set(_columns_of(row, columns).values())
        if required <= names and len(names) >= min(2, sum(bool(cell_text(cell)) for cell in row)):
            return number
    return None


def _columns_of(row: list[Any], columns: tuple[Column, ...]) -> dict[int, str]:
    """Place -> heading; of two columns of one heading the first counts."""
    known = {plain_heading(word): column.name for column in columns for word in (column.name, *column.called)}
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        plain = plain_heading(cell_text(cell))
        name = known.get(plain) or known.get(plain.split("(")[0])
        if name and name not in found.values():
            found[place] = name
    return found


def _refuse_marked(name: str, grids: list[Grid]) -> None:
    for grid in grids:
        for row in grid.cells:
            for cell in row:
                if level := classified_marking(cell_text(cell)):
                    raise LedgerError(f"文件“{name}”{marking_sentence(level)}")
