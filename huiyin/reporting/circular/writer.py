"""Writing on the paper of `paper.py`: text and figures, every figure in a control that carries its code."""

import re
from itertools import count
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from huiyin.reporting.circular import paper
from huiyin.reporting.circular.controls import enclose, enclose_bare
from huiyin.reporting.circular.prose import Number

WESTERN = re.compile(r"([0-9A-Za-z]+(?:[./%-][0-9A-Za-z]+)*%?)")


class Writer:
    """One document being written."""

    def __init__(self) -> None:
        self.document: Any = paper.new_document()
        self.serials = count(1)

    def number(self, paragraph: WordParagraph, number: Number, size: float = 16) -> None:
        enclose(paper.put(paragraph, number.text, size=size), number, next(self.serials))

    def running(self, paragraph: WordParagraph, text: str) -> None:
        """Plain text among figures: its own digits and letters stand like those of the figures."""
        for place, piece in enumerate(WESTERN.split(text)):
            if piece:
                run = paper.put(paragraph, piece)
                if place % 2:
                    enclose_bare(run, next(self.serials))

    def centred(self, text: str, font: str, size: float, line: float) -> WordParagraph:
        """A title in the middle."""
        paragraph: WordParagraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(line)
        self.lines(paragraph, text, font, size)
        return paragraph

    def lines(self, paragraph: WordParagraph, text: str, font: str, size: float) -> None:
        """Text that is broken where it has a line's end."""
        for place, line in enumerate(text.split("\n")):
            if place:
                paragraph.add_run().add_break()
            paper.put(paragraph, line, font, size)

    def annex(self, name: str, title: str, note: str) -> None:
        """附件 on a page of its own: its name at the upper left, its title, what it holds."""
        self.document.add_section(WD_SECTION.NEW_PAGE)
        paper.put(compact(self.document.add_paragraph(), 28), name, paper.HEADING)
        heading = self.centred(title, paper.TITLE, 18, 34)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(4)
        below = self.centred(note, paper.BODY, 12, 20)
        below.paragraph_format.space_after = Pt(8)

    def table(self, columns: tuple[tuple[str, int], ...], numeric: tuple[int, ...] = ()) -> Any:
        """A table with its heading, which stands again on every page."""
        made = self.document.add_table(rows=1, cols=len(columns))
        paper.borders(made)
        paper.mark_row(made.rows[0], "tblHeader")
        for place, (label, _) in enumerate(columns):
            heading = compact(made.cell(0, place).paragraphs[0])
            heading.alignment = WD_ALIGN_PARAGRAPH.RIGHT if place in numeric else WD_ALIGN_PARAGRAPH.LEFT
            paper.put(heading, label, paper.HEADING, 10.5)
        return made

    def row(self, table: Any) -> list[WordParagraph]:
        """A new row that is not broken between pages, as its paragraphs."""
        made = table.add_row()
        paper.mark_row(made, "cantSplit")
        return [compact(cell.paragraphs[0]) for cell in made.cells]


def compact(paragraph: WordParagraph, line: float = 16) -> WordParagraph:
    """A paragraph in a table: no indent, small lines."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(line)
    return paragraph
