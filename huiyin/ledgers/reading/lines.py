"""From the rows below a heading to records: what is an item, and what is a total, a note or a repeated heading.

A cell merged over several rows counts for each of them; where the title itself is merged over several rows (one item,
a row for each unit) they are one record, the differing cells standing below each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.ledgers.reading.columns import is_total, plain_heading
from huiyin.ledgers.reading.headings import Heading
from huiyin.ledgers.reading.shapes import SkippedRow
from huiyin.ledgers.reading.sheets import Cell, Grid, cell_text, is_blank

_NOTE = re.compile(
    r"(?:注|附注|备注|说明|填表说明|填报说明)\d*[:.]|注\d*$|"
    r"(?:填表人?|制表人?|填报人?|审核人?|复核人?|经办人?|联系人|负责人|单位负责人|分管领导|联系电话|电话|填报单位|报送单位|填表单位|单位"
    r"|制表单位|填报日期|填表日期|填报时间|填表时间|制表日期|制表时间|打印日期|打印时间|报送时间)(?:\((?:签字|签名|盖章|公章|签章)\))?[:]"
)
_COUNT = re.compile(r"共?\d+(?:\.\d+)?[件个]?")
_SECTION = re.compile(r"\(?[一二三四五六七八九十]+[)、.]")
_SERIAL = {"序号", "序", "顺序号", "no", "no.", "顺号", "项次"}


@dataclass(frozen=True)
class Line:
    """One record: the sheet's own row number (from 1) and a cell for every column."""

    row: int
    cells: list[Cell]


def read_lines(grid: Grid, heading: Heading) -> Iterator[Line | SkippedRow]:
    """Every row below the heading in order: a record, or why it is none. Blank rows are passed over."""
    titles = _title_groups(grid, heading)
    filled = filled_down(grid, heading.first_data_row)
    numbers = {index for index, name in enumerate(heading.names) if plain_heading(name).lower() in _SERIAL}
    row = heading.first_data_row
    while row < len(grid.cells):
        last = titles.get(row, row)
        cells = filled[row] if last == row else _as_one([filled[each] for each in range(row, last + 1)])
        why = _no_record(grid, heading, row, cells, numbers)
        if why is None:
            yield Line(row + 1, cells)
        elif why:
            text = " ".join(filter(None, map(cell_text, cells)))
            yield SkippedRow(grid.name, row + 1, why, text)
        row = last + 1


def _title_groups(grid: Grid, heading: Heading) -> dict[int, int]:
    """First and last row of every title merged over several rows."""
    title = heading.columns["案由"]
    return {
        top: bottom
        for (top, left), (bottom, right) in grid.merged
        if left <= title <= right and bottom > top >= heading.first_data_row
    }


def filled_down(grid: Grid, start: int) -> list[list[Cell]]:
    """The cells, those merged over several rows standing in each of them."""
    cells = [list(row) for row in grid.cells]
    for (top, left), (bottom, _) in grid.merged:
        if top >= start:
            for row in range(top + 1, min(bottom + 1, len(cells))):
                cells[row][left] = cells[top][left]
    return cells


def _as_one(rows: list[list[Cell]]) -> list[Cell]:
    one: list[Cell] = []
    for column in zip(*rows, strict=True):
        distinct = list({cell_text(cell): cell for cell in column if not is_blank(cell)}.values())
        one.append(distinct[0] if len(distinct) == 1 else "\n".join(map(cell_text, distinct)))
    return one


def _no_record(grid: Grid, heading: Heading, row: int, cells: list[Cell], numbers: set[int]) -> str | None:
    """Why a row is no record: empty for a blank one, None where it is one. numbers: the columns of mere row numbers."""
    texts = {index: cell_text(cell) for index, cell in enumerate(cells) if not is_blank(cell)}
    serials = numbers & texts.keys()
    if all(index in serials and text.isdigit() for index, text in texts.items()):
        return ""
    if all(plain_heading(text) in heading.parts[index] for index, text in texts.items()):
        return "重复的表头"
    title = texts.get(heading.columns["案由"], "")
    untitled = not title or is_total(title) or _COUNT.fullmatch(plain_heading(title))
    if untitled and any(map(is_total, list(texts.values())[:4])):
        return "合计"
    if is_note(next(iter(texts.values()))) and (not title or len(texts) <= 2):
        return "表下说明"
    if len(set(texts.values())) == 1 and _is_section(grid, heading, row, texts, serials):
        return "分段标题"
    return None


def is_note(text: str) -> bool:
    """注：…, 填表人：…: what stands below a table."""
    return bool(_NOTE.match(_punctuated(text)))


def _punctuated(text: str) -> str:
    """A text without spaces and with half-width punctuation, its colon kept."""
    table = {0xFF1A: ":", 0xFF08: "(", 0xFF09: ")", 0xFF0E: "."}
    return "".join(text.split()).translate(table)


def _is_section(grid: Grid, heading: Heading, row: int, texts: dict[int, str], serials: set[int]) -> bool:
    index, text = next(iter(texts.items()))
    wide = any(
        top <= row <= bottom and left <= index <= right and right - left >= 2
        for (top, left), (bottom, right) in grid.merged
    )
    apart = index != heading.columns["案由"] and (bool(_SECTION.match(text)) or index in serials)
    return wide or apart
