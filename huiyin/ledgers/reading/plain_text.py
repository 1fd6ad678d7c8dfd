"""Comma-, tab- or semicolon-separated text in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030."""

import codecs
import csv
import io
from pathlib import Path

from huiyin.ledgers.reading.shapes import LedgerError
from huiyin.ledgers.reading.sheets import Grid, grid_of

_DELIMITERS = (",", "\t", ";")
_FIELD_LIMIT = 16 * 1024 * 1024
_MARKUP = ("<html", "<!doctype", "<table", "<?xml", "%pdf", "{\\rtf")


def open_text(path: Path) -> Grid:
    """The file as one grid; a record is a row, as a spreadsheet would number it. Fields stay text: `0094` is `0094`."""
    text = _decoded(path)
    if not text.strip():
        raise LedgerError(f"文件“{path.name}”是空的，请选择填好的台账")
    if text.lstrip().lower().startswith(_MARKUP):
        raise LedgerError(
            f"文件“{path.name}”不是表格（是网页或其他文档），请用表格软件打开后另存为xlsx再导入"
        )
    return grid_of(path.stem, [list(record) for record in _records(text, _delimiter(text), path.name)])


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise LedgerError(
        f"文件“{path.name}”不是能读的表格：文字不是UTF-8，也不是GB18030（GBK），请用表格软件打开后另存为xlsx再导入"
    )


def _delimiter(text: str) -> str:
    """The separator that stands most often in the one line of the first thirty that has most of any, outside quotes."""
    best, most = ",", 0
    for line in text.splitlines()[:30]:
        bare = "".join(line.split('"')[::2])
        for delimiter in _DELIMITERS:
            if (count := bare.count(delimiter)) > most:
                best, most = delimiter, count
    return best


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise LedgerError(
            f"文件“{name}”第{reader.line_num}行附近的引号不成对，读不出各列，请用表格软件打开后另存为xlsx再导入"
        ) from error
