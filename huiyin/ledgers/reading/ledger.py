"""The entrance: a file becomes rows, problems and what was left aside."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from huiyin.files.marking import classified_marking, marking_sentence
from huiyin.ledgers.reading.checking import RecordReader, Terms
from huiyin.ledgers.reading.columns import CHOICES, FIRST_ROW, FIRST_SHEET, REMARK, plain_heading, standard_of
from huiyin.ledgers.reading.findings import Findings, place
from huiyin.ledgers.reading.headings import Heading, checked_map, find_heading, likely_heading
from huiyin.ledgers.reading.lines import Line, read_lines
from huiyin.ledgers.reading.plain_text import open_text
from huiyin.ledgers.reading.shapes import (
    Column,
    Ledger,
    LedgerError,
    MarkedError,
    Problem,
    ProblemKind,
    RefusedRow,
    Row,
    SkippedRow,
    UntitledError,
    plain_number,
)
from huiyin.ledgers.reading.sheets import Grid, cell_text, kind_of_file, open_workbook
from huiyin.proposals.keys import title_key

_NO_MAP: Mapping[str, str] = {}
EXAMPLES, EXAMPLE = 3, 40  # so many values of a column show what it holds, each cut at so many characters
NOW_AND_THEN = 500  # records between two words of how far the reading has come
OWN = (REMARK, FIRST_SHEET, FIRST_ROW)


def read_ledger(
    path: Path,
    *,
    marks: Mapping[str, str],
    opened_on: date | None,
    column_map: Mapping[str, str] = _NO_MAP,
    met: Callable[[int], object] = int,
) -> Ledger:
    """Read a whole ledger. `marks` maps every word for a mark (code, label) to the pack's code. `met` is told now and
    then how many records have been met: a long file takes minutes.

    Raises LedgerError, a sentence, where the file as a whole is of no use.
    """
    grids, found = _opened(path, column_map)
    reading = _Reading(Terms(marks, opened_on), several=len(found) > 1, file=path.name, met=met)
    unread = _may_be_read(reading, grids, found, column_map)
    ignored = [name for _, heading in found for name in heading.ignored if name not in OWN]
    ignored += [doubled.name for _, heading in found for doubled in heading.doubled]
    ignored += [f"工作表“{grid.name}”（{'隐藏' if grid.hidden else '没有台账表头'}）" for grid in unread]
    for grid, heading in found:
        reading.sheet(grid, heading)
    return Ledger(
        rows=tuple(reading.rows),
        problems=tuple(reading.problems),
        ignored=tuple(dict.fromkeys(ignored)),
        sheets=tuple(grid.name for grid, _ in found),
        refused=tuple(reading.refused),
        skipped=tuple(reading.skipped),
        columns=tuple(column for grid, heading in found for column in _columns(grid, heading, reading.rows)),
    )


def look_through(path: Path) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """What is asked at the door, where a long file may not keep anybody waiting: the columns, and what is marked as
    classified, a sentence each. Raises LedgerError as the reading does.
    """
    grids, found = _opened(path, _NO_MAP)
    looking = _Looking(Terms(_NO_MAP, None), several=len(found) > 1, file=path.name, met=int)
    _may_be_read(looking, grids, found, _NO_MAP)
    for grid, heading in found:
        looking.sheet(grid, heading)
    columns = tuple(column for grid, heading in found for column in _columns(grid, heading, looking.seen))
    return columns, tuple(looking.marked)


def _opened(path: Path, column_map: Mapping[str, str]) -> tuple[list[Grid], list[tuple[Grid, Heading]]]:
    """Every sheet, and those that are ledgers with their headings."""
    overrides = checked_map(column_map)
    grids = [open_text(path)] if kind_of_file(path) == "text" else open_workbook(path)
    seen = (grid for grid in grids if not grid.hidden)
    return grids, [(grid, heading) for grid in seen if (heading := find_heading(grid, overrides))]


def _may_be_read(
    reading: "_Reading",
    grids: list[Grid],
    found: list[tuple[Grid, Heading]],
    column_map: Mapping[str, str],
) -> list[Grid]:
    """The sheets that are no ledgers, looked through for markings; and the ledgers have what they need."""
    unread = [grid for grid in grids if grid.name not in {other.name for other, _ in found}]
    for grid in unread:
        reading.refuse_marked(grid.name, _texts(grid))
    _require_title(reading, grids, found)
    _require_mapped(reading.file, found, column_map)
    return unread


@dataclass(frozen=True)
class _Seen:
    """The cells of a row at the door."""

    sheet: str
    cells: Mapping[str, str]


def _columns(grid: Grid, heading: Heading, rows: Sequence[Row | _Seen]) -> Iterator[Column]:
    """The columns that are read and those that are left aside, in the order of the sheet.

    A value is shown of a row that may go in: what is marked as classified is shown nowhere.
    """
    standard = {index: name for name, index in heading.columns.items()}
    aside = {*heading.ignored, *(doubled.name for doubled in heading.doubled)}
    for index, name in enumerate(heading.names):
        if (index in standard or name in aside) and name not in OWN:
            values = (row.cells.get(name, "") for row in rows if row.sheet == grid.name)
            yield Column(grid.name, name, standard.get(index, ""), _examples(values))


def _unknown_columns(grid: Grid, heading: Heading | None) -> Iterator[Column]:
    """The columns of a sheet whose title column nobody has named yet; it has been looked through for markings."""
    known = {index: name for name, index in heading.columns.items()} if heading else {}
    row, names = (heading.first_data_row - 1, heading.names) if heading else likely_heading(grid)
    for index, name in enumerate(names):
        values = [cell_text(cells[index]) for cells in grid.cells[row + 1 :]]
        if name not in OWN and (any(values) or cell_text(grid.cells[row][index])):
            standard = known.get(index, "" if heading else standard_of(name) or "")
            yield Column(grid.name, name, standard if standard in CHOICES else "", _examples(values))


def _examples(values: Iterable[str]) -> tuple[str, ...]:
    """The first few different values, and no more of a long sheet than that takes."""
    found: dict[str, None] = {}
    for value in filter(None, values):
        found.setdefault(value[:EXAMPLE])
        if len(found) == EXAMPLES:
            break
    return tuple(found)


class _Reading:
    """The running state of one file: rows so far, and which number has met which title."""

    def __init__(self, terms: Terms, *, several: bool, file: str, met: Callable[[int], object]) -> None:
        self.terms, self.several, self.file, self.met = terms, several, file, met
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.refused: list[RefusedRow] = []
        self.skipped: list[SkippedRow] = []
        self.titles: dict[str, tuple[str, str]] = {}

    def sheet(self, grid: Grid, heading: Heading) -> None:
        self.refuse_marked(grid.name, _texts(grid, heading.row))
        self._report_doubled(grid, heading)
        for line in read_lines(grid, heading):
            if isinstance(line, SkippedRow):
                self.refuse_marked(grid.name, ((line.row, word) for word in line.text.split()))
                self.skipped.append(line)
            else:
                self._record(grid, heading, line)

    def _record(self, grid: Grid, heading: Heading, line: Line) -> None:
        findings = Findings(grid.name, line.row, heading, self.several)
        reader = RecordReader(line, heading, findings, self.terms)
        row = reader.row()
        self._meet_number(heading, line, findings)
        self.problems += findings.problems
        if (count := len(self.rows) + len(self.refused)) % NOW_AND_THEN == 0:
            self.met(count)
        if row is not None and not findings.refused:
            self.rows.append(row)
            return
        sentences = [problem.sentence for problem in findings.problems if problem.kind == ProblemKind.REFUSED]
        self.refused.append(RefusedRow(grid.name, line.row, reader.kept_cells(), tuple(sentences)))

    def _meet_number(self, heading: Heading, line: Line, findings: Findings) -> None:
        """A number met before with another title is refused, whatever became of the earlier row."""
        cells = {name: cell_text(line.cells[index]) for name, index in heading.columns.items()}
        number, title = plain_number(cells.get("编号", "")), title_key(cells["案由"])
        if not number or not title or any(problem.name == "classified" for problem in findings.problems):
            return
        where = place(findings.sheet, findings.row, self.several)
        first, first_where = self.titles.setdefault(number, (title, where))
        if first != title:
            what = f"编号“{number}”已用于{first_where}，标题不同，请核对编号"
            findings.refuse("编号", what, "number_twice")

    def _report_doubled(self, grid: Grid, heading: Heading) -> None:
        row = heading.row + 1
        for doubled in heading.doubled:
            where = place(grid.name, row, self.several)
            same = f"与“{doubled.first}”列都对应“{doubled.standard}”，已采用“{doubled.first}”列"
            sentence = f"{where}“{doubled.name}”：{same}，本列没有导入。"
            self.problems.append(
                Problem(grid.name, row, doubled.name, ProblemKind.GAP, sentence, "doubled_column")
            )

    def refuse_marked(self, sheet: str, texts: Iterable[tuple[int, str]]) -> None:
        """A marking outside the items, on the title or below the table, is the whole file's."""
        for row, text in texts:
            if level := classified_marking(text):
                raise MarkedError(f"文件“{self.file}”的工作表“{sheet}”第{row}行{marking_sentence(level)}")


class _Looking(_Reading):
    """At the door nothing is made of a record: its markings are told, its first values shown."""

    def __init__(self, terms: Terms, *, several: bool, file: str, met: Callable[[int], object]) -> None:
        super().__init__(terms, several=several, file=file, met=met)
        self.seen: list[_Seen] = []
        self.marked: list[str] = []

    def _record(self, grid: Grid, heading: Heading, line: Line) -> None:
        cells = dict(zip(heading.names, map(cell_text, line.cells), strict=True))
        where = place(grid.name, line.row, self.several)
        marked = [(name, level) for name, text in cells.items() if (level := classified_marking(text))]
        self.marked += [f"{where}“{name}”：{marking_sentence(level)}。" for name, level in marked]
        if not marked:
            self.seen.append(_Seen(grid.name, cells))


def _texts(grid: Grid, until: int | None = None) -> Iterator[tuple[int, str]]:
    """The cells of a sheet, of its first rows alone where that is asked for, each with its row."""
    return ((row, cell_text(cell)) for row, cells in enumerate(grid.cells[:until], start=1) for cell in cells)


def _require_title(reading: _Reading, grids: list[Grid], found: list[tuple[Grid, Heading]]) -> None:
    """Where no title is known nobody can tell an item from what is no item: every word is looked at for markings."""
    file = reading.file
    untitled = [(grid, heading) for grid, heading in found if "案由" not in heading.columns]
    if found and not untitled:
        return
    shown: list[tuple[Grid, Heading | None]] = [*untitled] or [
        (grid, None) for grid in grids if not grid.hidden
    ]
    for grid, _ in shown:
        reading.refuse_marked(grid.name, ((row, word) for row, text in _texts(grid) for word in text.split()))
    columns = tuple(column for grid, heading in shown for column in _unknown_columns(grid, heading))
    if not found:
        raise UntitledError(
            f"文件“{file}”中没有找到台账表头：表头要有“案由”（或标题、题目、名称）以及编号、承办单位等列；列名特殊的，请用“列名=案由”指定对应关系",
            columns,
        )
    raise UntitledError(
        f"文件“{file}”的工作表“{untitled[0][0].name}”没有“案由”（或标题、题目、名称）列，请补上，或用“列名=案由”指定对应关系",
        columns,
    )


def _require_mapped(file: str, found: list[tuple[Grid, Heading]], column_map: Mapping[str, str]) -> None:
    parts = {part for _, heading in found for names in heading.parts for part in names}
    parts |= {plain_heading(name) for _, heading in found for name in heading.names}
    for name, standard in column_map.items():
        if plain_heading(name) not in parts:
            known = "、".join(dict.fromkeys(each for _, heading in found for each in heading.names))
            raise LedgerError(
                f"文件“{file}”中没有“{name}”这一列，无法对应到“{standard}”；表中的列有：{known}"
            )
