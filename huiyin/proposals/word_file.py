"""The paragraphs of a Word file, in the order of the page: those of tables and text boxes too, and its footnotes."""

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from huiyin.proposals.manuscript import LISTED

UNPACKED_LIMIT = 40 * 1024 * 1024
BREAKS = {qn("w:br"), qn("w:cr")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


class UnreadableError(Exception):
    """It is no Word file, or a broken one."""


def paragraphs_of(content: IO[bytes]) -> list[str]:
    """Every paragraph with text; LISTED before those that Word numbers itself."""
    try:
        with zipfile.ZipFile(content) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_LIMIT:
                raise UnreadableError
        content.seek(0)
        document = Document(content)
    except (zipfile.BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError) as error:
        raise UnreadableError from error
    found = [line for paragraph in _paragraphs(document.element.body) for line in _lines(paragraph, document)]
    return found + _footnotes(document)


def _paragraphs(root: Any) -> Iterator[Any]:
    """Word keeps a text box twice; the second copy is for old readers."""
    for paragraph in root.iter(qn("w:p")):
        if not any(above.tag == FALLBACK for above in paragraph.iterancestors()):
            yield paragraph


def _lines(paragraph: Any, document: Any) -> list[str]:
    """The text of the paragraph itself, not that of a text box inside; a line break begins a new line."""
    read = []
    for part in paragraph.iter():
        if part.tag == qn("w:t"):
            said = part.text or ""
        elif part.tag == qn("w:tab"):
            said = "\t" if part.getparent().tag == qn("w:r") else ""
        else:
            said = "\n" if part.tag in BREAKS else ""
        if said and next(part.iterancestors(qn("w:p")), None) is paragraph:
            read.append(said)
    lines = [line for line in "".join(read).split("\n") if line.strip()]
    if lines and _is_listed(paragraph, document):
        lines[0] = LISTED + lines[0]
    return lines


def _is_listed(paragraph: Any, document: Any) -> bool:
    """Numbered by Word: by the paragraph itself or by its style. Number 0 takes a number away."""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if own is not None:
        return bool(own.get(qn("w:val")) != "0")
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = document.styles.element.get_by_id(named.get(qn("w:val"))) if named is not None else None
    return style is not None and style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None


def _footnotes(document: Any) -> list[str]:
    found = []
    for relation in document.part.rels.values():
        if relation.reltype == FOOTNOTES and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            found += [line for paragraph in _paragraphs(root) for line in _lines(paragraph, document)]
    return found
