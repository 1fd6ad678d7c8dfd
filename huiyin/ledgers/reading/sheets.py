"""Opening a file: xlsx, xls or csv becomes named grids of cells, with merged cells resolved.

A grid keeps the sheet's own row numbers (the first row is 1). A formula is its stored value, an Excel date a date.
Hidden sheets are marked: they are looked through for classified markings, no items are taken from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from huiyin.ledgers.reading.shapes import LedgerError

Cell = str | int | float | bool | date | datetime | time | timedelta
Range = tuple[tuple[int, int], tuple[int, int]]

MAX_BYTES = 200 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")


@dataclass(frozen=True)
class Grid:
    """One sheet: `cells[r][c]` from zero, every row of the same width, and its merged ranges (inclusive)."""

    name: str
    cells: list[list[Cell]]
    merged: tuple[Range, ...] = field(default=())
    hidden: bool = False

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0


def grid_of(
    name: str, rows: Iterable[list[Cell]], merged: Iterable[Range] = (), *, hidden: bool = False
) -> Grid:
    """A grid of equal rows."""
    listed = list(rows)
    width = max((len(row) for row in listed), default=0)
    return Grid(name, [row + [""] * (width - len(row)) for row in listed], tuple(merged), hidden)


def cell_text(cell: Cell) -> str:
    """A cell as people read it: 151.0 is 151, a date is ISO, line ends are \\n; text is left alone otherwise.

    A NUL, which old programs leave behind a text, nobody reads and PostgreSQL does not take.
    """
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def kind_of_file(path: Path) -> str:
    """ "workbook" or "text", by content: offices rename files."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise LedgerError(f"文件“{path.name}”打不开，请确认文件存在且有权读取") from error
    if size == 0:
        raise LedgerError(f"文件“{path.name}”是空的，请选择填好的台账")
    if size > MAX_BYTES:
        raise LedgerError(f"文件“{path.name}”超过200MB，请分成几个文件后导入")
    return "workbook" if head.startswith((_ZIP, _OLE)) else "text"


def open_workbook(path: Path) -> list[Grid]:
    """The worksheets that hold anything, hidden ones too."""
    with _NoPanic(path.name):
        try:
            with _workbook(path) as book:
                found = [
                    _grid(book.get_sheet_by_name(sheet.name), sheet.visible != SheetVisibleEnum.Visible)
                    for sheet in book.sheets_metadata
                    if sheet.typ == SheetTypeEnum.WorkSheet
                ]
        except PasswordError as error:
            raise LedgerError(_encrypted(path.name)) from error
        except CalamineError as error:
            raise LedgerError(
                _encrypted(path.name) if _is_encrypted(path) else _unreadable(path.name)
            ) from error
    grids = [grid for grid in found if grid.cells]
    if all(grid.hidden for grid in grids):
        raise LedgerError(f"文件“{path.name}”里没有内容，请选择填好的台账")
    return grids


def _workbook(path: Path) -> CalamineWorkbook:
    """By suffix where it fits the content, because only then does the reader say what is wrong with the file."""
    with path.open("rb") as file:
        fits = ".xlsx .xlsm" if file.read(4) == _ZIP else ".xls"
        if path.suffix.lower() in fits.split():
            return CalamineWorkbook.from_path(path)
        file.seek(0)
        return CalamineWorkbook.from_filelike(file)


def _grid(sheet: CalamineSheet, hidden: bool) -> Grid:
    cells = sheet.to_python(skip_empty_area=False)
    return grid_of(sheet.name, cells, sheet.merged_cell_ranges or (), hidden=hidden)


def _is_encrypted(path: Path) -> bool:
    """An encrypted xlsx is a compound file with a stream of this name."""
    content = path.read_bytes()
    return content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content


def _encrypted(name: str) -> str:
    return f"文件“{name}”加了密码，请在表格软件中取消密码后另存，再导入"


def _unreadable(name: str) -> str:
    return (
        f"文件“{name}”不是能读的表格（可能已损坏，或不是xlsx、xls、csv），请用表格软件打开后另存为xlsx再导入"
    )


class _NoPanic:
    """Some broken xls files end the native reader with a panic, which is no Exception: it becomes a sentence."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and kind.__module__ == "pyo3_runtime":
            raise LedgerError(_unreadable(self.name)) from error
