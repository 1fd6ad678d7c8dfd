"""Writes the circular: head, text, annex. Every printed figure stands in a content control that carries its code."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from huiyin.clock.now import today
from huiyin.proposals.models import Plenary
from huiyin.reporting.circular import paper
from huiyin.reporting.circular.controls import enclose
from huiyin.reporting.circular.head import Head, Terms, day
from huiyin.reporting.circular.prose import BASE, COUNT, SHARE, Figures, Number, Paragraph
from huiyin.reporting.circular.text import compose
from huiyin.reporting.figures import figures_of
from huiyin.reporting.scope import Figure

COLUMNS = (("代码", 58), ("项目", 66), ("数", 15), ("基数", 15), ("百分比", 18), ("基数和口径", 65))
NUMERIC = (2, 3, 4)


def circular_of(plenary: Plenary, as_of: date | None = None, decimals: int = 1, number: str = "") -> bytes:
    """The circular of a plenary as a Word file, counted now."""
    day_ = as_of or today()
    return write_circular(
        plenary, day_, figures_of(plenary, day_, decimals), Head.of(plenary, today(), number)
    )


def write_circular(plenary: Plenary, as_of: date, figures: Iterable[Figure], head: Head) -> bytes:
    """The circular from given figures, counted or frozen."""
    counted, terms = Figures(figures), Terms.of(plenary)
    writer = Writer()
    writer.head(terms, head)
    for paragraph in compose(counted, terms, plenary.opened_on.year, as_of):
        writer.text(paragraph)
    writer.foot(head)
    writer.annex(counted, terms, as_of)
    return writer.finished(terms, head)


class Writer:
    """One document being written."""

    def __init__(self) -> None:
        self.document: Any = paper.new_document()
        self.serials = count(1)

    def number(self, paragraph: WordParagraph, number: Number, size: float = 16) -> None:
        enclose(paper.put(paragraph, number.text, size=size), number, next(self.serials))

    def head(self, terms: Terms, head: Head) -> None:
        """索引号、文号、发文日期、发布机构, then the title."""
        table = self.document.add_table(rows=2, cols=4)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        paper.borders(table, size=2)
        cells = (("索引号", head.index), ("文号", head.number))
        cells += (("发文日期", day(head.issued_on)), ("发布机构", head.issuer))
        flat = [text for pair in cells for text in pair]
        for place, text in enumerate(flat):
            cell = table.cell(place // 4, place % 4)
            font = paper.HEADING if place % 2 == 0 else paper.BODY
            paragraph = _compact(cell.paragraphs[0])
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if place % 2 == 0 else WD_ALIGN_PARAGRAPH.LEFT
            paper.put(paragraph, text, font, 10.5)
        paper.widths(table, (20, 64, 20, 52))
        title = paper.centred(self.document, terms.title_lines, paper.TITLE, 22, 34)
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(28), Pt(24)

    def text(self, paragraph: Paragraph) -> None:
        made = paper.body(self.document)
        if paragraph.lead:
            paper.put(made, paragraph.lead, paper.HEADING)
        for piece in paragraph.pieces:
            if isinstance(piece, Number):
                self.number(made, piece)
            else:
                paper.put(made, piece)

    def foot(self, head: Head) -> None:
        """Issuer and date, at the right, then the note of the annex."""
        paper.put(paper.body(self.document), "附件：统计数字一览表")
        for text, gap in ((head.issuer, 56), (day(head.issued_on), 0)):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Mm(11)
            paragraph.paragraph_format.space_before = Pt(gap)
            paper.put(paragraph, text)

    def annex(self, figures: Figures, terms: Terms, as_of: date) -> None:
        """Every figure with its code, base and note, on pages turned sideways."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(26)
        section.left_margin = section.right_margin = Mm(30)
        section.footer_distance = Mm(16)
        paper.put(_compact(self.document.add_paragraph(), 20), "附件", paper.HEADING)
        title = paper.centred(self.document, "统计数字一览表", paper.TITLE, 18, 30)
        title.paragraph_format.space_after = Pt(6)
        note = f"{terms.meeting}以来{terms.item}，截至{day(as_of)}。百分比按件数四舍五入。"
        below = paper.centred(self.document, note, paper.BODY, 12, 20)
        below.paragraph_format.space_after = Pt(8)
        self._table(list(figures), figures)

    def _table(self, listed: list[Figure], figures: Figures) -> None:
        table = self.document.add_table(rows=1, cols=len(COLUMNS))
        paper.borders(table)
        _repeat(table.rows[0])
        for place, (label, _) in enumerate(COLUMNS):
            heading = _compact(table.cell(0, place).paragraphs[0])
            if place in NUMERIC:
                heading.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paper.put(heading, label, paper.HEADING, 10.5)
        for figure in listed:
            self._row(table.add_row(), figure, figures)
        paper.widths(table, [width for _, width in COLUMNS])

    def _row(self, row: Any, figure: Figure, figures: Figures) -> None:
        cells = [_compact(cell.paragraphs[0]) for cell in row.cells]
        _whole(row)
        paper.put(cells[0], figure.code, paper.SMALL, 9)
        paper.put(cells[1], figure.label, paper.SMALL, 10.5)
        parts = [COUNT, *([BASE] if figure.of is not None else []), *([SHARE] if figure.percent else [])]
        for cell, part in ((cells[2], COUNT), (cells[3], BASE), (cells[4], SHARE)):
            cell.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if part in parts:
                self.number(cell, figures.number(figure.code, part), 10.5)
        said = "；".join(text for text in (figure.base, figure.note) if text)
        paper.put(cells[5], said, paper.SMALL, 9)

    def finished(self, terms: Terms, head: Head) -> bytes:
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = terms.title, head.issuer, "zh-CN"
        properties.comments = ""
        made = BytesIO()
        self.document.save(made)
        return made.getvalue()


def _compact(paragraph: WordParagraph, line: float = 16) -> WordParagraph:
    """A paragraph in a table: no indent, small lines."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(line)
    return paragraph


def _repeat(row: Any) -> None:
    """The heading of a table stands again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(paper.OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """A row is not broken between pages."""
    row._tr.get_or_add_trPr().append(paper.OxmlElement("w:cantSplit"))
