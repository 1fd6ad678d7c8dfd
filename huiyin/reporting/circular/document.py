"""Writes the circular: head, text, annexes. Every printed figure stands in a content control that carries its code."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from huiyin.clock.now import today
from huiyin.clock.said import in_full
from huiyin.proposals.models import Plenary
from huiyin.reporting.circular import paper
from huiyin.reporting.circular.annexes import annexes, write_annexes
from huiyin.reporting.circular.head import Head, Terms
from huiyin.reporting.circular.outcomes import CARRIED_OUT, COUNTED, Outcome, Widened, chosen, widened
from huiyin.reporting.circular.prose import Figures, Heading, Number, Paragraph
from huiyin.reporting.circular.text import compose
from huiyin.reporting.circular.writer import Writer, compact
from huiyin.reporting.figures import figures_of, rows_of
from huiyin.reporting.models import Snapshot
from huiyin.reporting.scope import Figure
from huiyin.reporting.snapshot import frozen_figures, frozen_rows


def circular_of(plenary: Plenary, as_of: date | None = None, decimals: int = 1, number: str = "") -> bytes:
    """The circular of a plenary as a Word file, counted now."""
    day_ = as_of or today()
    figures = figures_of(plenary, day_, decimals)
    outcomes = chosen(rows_of(plenary, CARRIED_OUT, day_), figures)
    counted = widened(rows_of(plenary, COUNTED, day_))
    return write_circular(plenary, day_, figures, Head.of(plenary, today(), number), outcomes, counted)


def frozen_circular_of(snapshot: Snapshot, issued_on: date, number: str = "") -> bytes:
    """The circular from frozen figures: printed again it says the same."""
    plenary, figures = snapshot.plenary, frozen_figures(snapshot)
    outcomes = chosen(frozen_rows(snapshot, CARRIED_OUT), figures)
    # Figures frozen before there were topics know none.
    counted = widened(frozen_rows(snapshot, COUNTED)) if COUNTED in snapshot.rows else []
    head = Head.of(plenary, issued_on, number)
    return write_circular(plenary, snapshot.as_of, figures, head, outcomes, counted)


def write_circular(
    plenary: Plenary,
    as_of: date,
    figures: Iterable[Figure],
    head: Head,
    outcomes: Sequence[Outcome] = (),
    topics: Sequence[Widened] = (),
) -> bytes:
    """The circular from given figures, counted or frozen."""
    counted, terms = Figures(figures), Terms.of(plenary)
    writer = Writer()
    _head(writer, terms, head)
    for part in compose(counted, terms, plenary.opened_on.year, as_of, outcomes, topics):
        if isinstance(part, Heading):
            paper.put(paper.body(writer.document), part.text, paper.HEADING)
        else:
            _text(writer, part)
    _foot(writer, head, annexes(counted, outcomes))
    write_annexes(writer, counted, outcomes, terms, as_of)
    properties = writer.document.core_properties
    properties.title, properties.author, properties.language = terms.title, head.issuer, "zh-CN"
    properties.comments = ""
    made = BytesIO()
    writer.document.save(made)
    return made.getvalue()


def _head(writer: Writer, terms: Terms, head: Head) -> None:
    """索引号、文号、发文日期、发布机构, then the title."""
    table = writer.document.add_table(rows=2, cols=4)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    paper.borders(table, size=2)
    cells = (("索引号", head.index), ("文号", head.number))
    cells += (("发文日期", in_full(head.issued_on)), ("发布机构", head.issuer))
    for place, text in enumerate(text for pair in cells for text in pair):
        paragraph = compact(table.cell(place // 4, place % 4).paragraphs[0], 20)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if place % 2 == 0 else WD_ALIGN_PARAGRAPH.LEFT
        paper.put(paragraph, text, paper.HEADING if place % 2 == 0 else paper.BODY, 10.5)
    paper.widths(table, (20, 66, 20, 50))
    title = writer.centred(terms.title_lines, paper.TITLE, 22, 34)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(28), Pt(24)


def _text(writer: Writer, paragraph: Paragraph) -> None:
    made = paper.body(writer.document)
    for piece in paragraph.pieces:
        if isinstance(piece, Number):
            writer.number(made, piece)
        else:
            writer.running(made, piece)


def _foot(writer: Writer, head: Head, listed: Sequence[tuple[str, str]]) -> None:
    """The list of annexes a line below the text, then issuer and date, at the right."""
    for place, (_, title) in enumerate(listed):
        number = f"{place + 1}．" if len(listed) > 1 else ""
        line = paper.body(writer.document)
        line.paragraph_format.space_before = Pt(0 if place else 28)
        paper.put(line, f"{'　　　' if place else '附件：'}{number}{title}")
    for text, gap in ((head.issuer, 56), (in_full(head.issued_on), 0)):
        paragraph = writer.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Mm(11)
        paragraph.paragraph_format.space_before = Pt(gap)
        paragraph.paragraph_format.keep_together = True
        paper.put(paragraph, text)
