"""The text that can be read out of a file without foreign programs: plain text, and the XML in office documents.

It is read for one purpose: a classified marking is refused at the entrance. Scans and PDF files carry no text that
the standard library could read; for them the uploader answers, as on paper.
"""

import re
import zipfile
from typing import IO

READ_LIMIT = 4 * 1024 * 1024
PLAIN = frozenset({".txt", ".csv"})
OFFICE = frozenset({".docx", ".xlsx", ".pptx", ".ofd"})
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
# Where one paragraph, cell or line ends: a marking stands on a line of its own.
BREAKS = re.compile(r"</(?:w:p|a:p|si|t|is|row|ofd:TextCode)>|<w:br[^>]*/>")
TAGS = re.compile(r"<[^>]*>")


def text_of(kind: str, content: IO[bytes]) -> str:
    """The text of a file of this kind (its suffix), as far as it can be read; empty otherwise."""
    if kind in PLAIN:
        return decoded(content.read(READ_LIMIT))
    return _of_office(content) if kind in OFFICE else ""


def decoded(raw: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with a mark, else GB 18030."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _of_office(content: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(content) as packed:
            names = [name for name in packed.namelist() if name.endswith(".xml") and "theme" not in name]
            left, read = READ_LIMIT, []
            for name in names:
                with packed.open(name) as part:
                    raw = part.read(left)
                left -= len(raw)
                read.append(_plain(raw.decode("utf-8", "replace")))
                if left <= 0:
                    break
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ""
    return "\n".join(read)


def _plain(xml: str) -> str:
    text = TAGS.sub("", BREAKS.sub("\n", xml))
    for entity, sign in ENTITIES.items():
        text = text.replace(entity, sign)
    return text
