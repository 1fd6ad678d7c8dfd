"""Printed numbers as content controls (w:sdt): how a program finds each figure in the Word file, and reads it.

The tag of a control is the figure's code for its count, `code:percent` for its share and `code:of` for its base. Word
allows 64 characters in a tag; a longer one is cut and ends in a digest. The same figure may stand in several places:
its controls share the tag, and `numbers_of` refuses a file in which they differ.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from huiyin.reporting.circular.prose import BASE, COUNT, SHARE, Number

LONGEST = 64
SUFFIXES = {COUNT: "", SHARE: ":percent", BASE: ":of"}


def tag_of(code: str, part: str = COUNT) -> str:
    tag = code + SUFFIXES[part]
    if len(tag) <= LONGEST:
        return tag
    digest = hashlib.sha256(tag.encode()).hexdigest()[:12]
    return f"{tag[: LONGEST - 13]}~{digest}"


def enclose(run: Run, number: Number, serial: int) -> None:
    """Put a run into a content control that carries the figure's tag; the text can't be changed by typing."""
    named = (("alias", number.code), ("tag", tag_of(number.code, number.part)))
    _wrap(run, [*named, ("id", str(serial)), ("lock", "sdtContentLocked")])


def enclose_bare(run: Run, serial: int) -> None:
    """Digits and letters of plain text in a control without a tag.

    LibreOffice sets a gap between them and Chinese signs, but none at a control, and knows no setting against it:
    so that all digits of a line stand alike.
    """
    _wrap(run, [("id", str(serial))])


def _wrap(run: Run, settings: list[tuple[str, str]]) -> None:
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    for name, value in settings:
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), value[:LONGEST])
        properties.append(element)
    element = run._r
    element.addprevious(control)
    content.append(element)
    control.append(properties)
    control.append(content)


class Contradiction(ValueError):
    """Two controls of one figure print different numbers."""


def numbers_of(file: str | Path | IO[bytes]) -> dict[str, str]:
    """Tag -> printed text of every figure in a circular."""
    found: dict[str, str] = {}
    for tag, text in _controls(Document(str(file) if isinstance(file, Path) else file)):
        if found.setdefault(tag, text) != text:
            raise Contradiction(f"“{tag}”在文中印成了“{found[tag]}”和“{text}”。")
    return found


def _controls(document: Any) -> Iterator[tuple[str, str]]:
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None:
            yield tag.get(qn("w:val")), "".join(node.text or "" for node in control.iter(qn("w:t")))
