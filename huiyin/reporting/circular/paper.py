"""The paper: page, fonts and paragraphs as official documents have them (GB/T 9704-2012).

A4; margins 37, 35, 28 and 26 mm; body 仿宋 three (16 pt) on lines of 28 pt, first line indented by two characters;
title 小标宋 two (22 pt); headings 黑体. Fonts are named, not embedded, each with a substitute for machines without it.
"""

from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, BODY, HEADING, SMALL, DIGITS = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体", "Times New Roman"
SUBSTITUTES = {
    TITLE: ("华文中宋", "roman"),
    BODY: ("FangSong", "roman"),
    HEADING: ("SimHei", "swiss"),
    SMALL: ("SimSun", "roman"),
}
GREY = "808080"


def new_document() -> Any:
    """An empty document with the page, the fonts and the page number in the foot."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    normal = document.styles["Normal"]
    _font(normal, BODY, 16)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(28)
    _no_gaps_beside_digits(normal.element.get_or_add_pPr())
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    _name_substitutes(document)
    _page_number(section.footer.paragraphs[0])
    return document


def _no_gaps_beside_digits(properties: Any) -> None:
    """Digits stand among Chinese signs without a gap, in controls as in plain text."""
    spacing = properties.get_or_add_spacing()
    for name in ("autoSpaceDE", "autoSpaceDN"):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), "0")
        spacing.addprevious(element)


def _font(style: ParagraphStyle, name: str, size: float) -> None:
    style.font.name, style.font.size = DIGITS, Pt(size)
    _east_asian(style.element.get_or_add_rPr(), name)


def _east_asian(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), name)


def put(paragraph: Paragraph, text: str, font: str = BODY, size: float = 16, bold: bool = False) -> Run:
    """Add text in a font; digits and letters stay in the Latin one."""
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.name = DIGITS
    _east_asian(run._r.get_or_add_rPr(), font)
    return run


def body(document: Any) -> Paragraph:
    """A paragraph of running text, indented by two characters."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")
    return paragraph


def widths(table: Any, millimetres: Iterable[float]) -> None:
    """Fixed columns: in the grid for LibreOffice, in every cell for Word."""
    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def borders(table: Any, *, inner: bool = True, size: int = 4) -> None:
    """Thin lines around a table and, if wanted, between its cells."""
    names = ["top", "left", "bottom", "right", *(["insideH", "insideV"] if inner else [])]
    lines = "".join(
        f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{GREY}"/>' for name in names
    )
    made = parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
    # The order inside w:tblPr is fixed by the standard (ISO/IEC 29500): borders come before layout and look.
    after = [found for name in ("tblLayout", "tblLook") for found in table._tbl.tblPr.iter(qn(f"w:{name}"))]
    after[0].addprevious(made)


def mark_row(row: Any, name: str) -> None:
    """Set a property of a row: tblHeader stands again on every page, cantSplit is not broken between pages."""
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _page_number(paragraph: Paragraph) -> None:
    """— 1 —, centred in the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(paragraph, "— ", SMALL, 14)
    run = put(paragraph, "", SMALL, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    put(paragraph, " —", SMALL, 14)


def _name_substitutes(document: Any) -> None:
    """What a machine without the named font uses instead (w:altName)."""
    table = next(
        part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"
    )
    fonts = parse_xml(table.blob)
    for name, (other, family) in SUBSTITUTES.items():
        fonts.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/>'
                f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
            )
        )
    table._blob = _xml(fonts)


def _xml(element: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
