"""The reply letter as a Word file, laid out after GB/T 9704 (党政机关公文格式): page, type sizes, red heading and line.

A4 with margins of 37, 35, 28 and 26 mm; body 三号 (16 pt) 仿宋 on lines of 28 pt, two characters indented; title
二号 (22 pt) centred; the issuing unit and the separating line in red; copies 四号 (14 pt) between thin lines.
"""

from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from huiyin.clock.said import in_full
from huiyin.replies.letter import ReplyLetter

RED = RGBColor(0xC0, 0x00, 0x00)
BODY, TITLE, HEADING, SMALL = Pt(16), Pt(22), Pt(30), Pt(14)
LINE = Pt(28)
FANGSONG, HEITI, XIAOBIAOSONG, KAITI = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"


def docx_of(letter: ReplyLetter) -> bytes:
    """The file's content."""
    word = Document()
    _page(word)
    _head(word, letter)
    _body(word, letter)
    _foot(word, letter)
    word.core_properties.title = letter.title
    word.core_properties.author = letter.unit
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FANGSONG, BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)


def _line(
    word: Word,
    text: str,
    *,
    align: ALIGN = ALIGN.JUSTIFY,
    size: Pt = BODY,
    font: str = FANGSONG,
    indent: int = 0,
    colour: RGBColor | None = None,
    right: int = 0,
) -> Paragraph:
    """One paragraph; `indent` and `right` in characters."""
    paragraph = word.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, max(LINE, Pt(size.pt * 1.6))
    form.first_line_indent = Pt(size.pt * indent)
    form.right_indent = Pt(size.pt * right)
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _rule(paragraph: Paragraph, side: str, *, colour: str, eighths: int) -> None:
    """A line above or below a paragraph."""
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)


def _head(word: Word, letter: ReplyLetter) -> None:
    """Mark upper right, the unit in red, number and signatory, the red line, the title."""
    if letter.mark:
        _line(word, f"办理结果：{letter.mark}", align=ALIGN.RIGHT, font=HEITI)
    _line(word, letter.unit, align=ALIGN.CENTER, size=HEADING, font=XIAOBIAOSONG, colour=RED)
    signatory = f"签发人：{letter.signatory}" if letter.signatory else ""
    gap = "\u3000" * 6 if letter.number and signatory else ""
    numbers = _line(word, f"{letter.number}{gap}{signatory}", align=ALIGN.CENTER)
    _rule(numbers, "bottom", colour="C00000", eighths=12)
    _line(word, "")
    _line(word, letter.title, align=ALIGN.CENTER, size=TITLE, font=XIAOBIAOSONG)
    _line(word, "")


def _body(word: Word, letter: ReplyLetter) -> None:
    _line(word, f"{letter.addressee}：")
    _line(word, letter.opening, indent=2)
    for text in letter.paragraphs:
        _line(word, text, indent=2)
    if letter.points:
        _line(word, "对您提出的具体建议，逐条答复如下：", indent=2)
    for point in letter.points:
        _line(word, f"{point.number}.{point.asked}", indent=2, font=KAITI)
        _line(
            word, f"{point.disposition}。{point.said}" if point.said else f"{point.disposition}。", indent=2
        )
    _list(word, "办理中，会办单位提出以下意见：", letter.opinions)
    _list(word, "我们承诺：", letter.promises)
    _line(word, "感谢您对我们工作的关心和支持。", indent=2)


def _list(word: Word, heading: str, entries: tuple[str, ...]) -> None:
    if entries:
        _line(word, heading, indent=2)
    for entry in entries:
        _line(word, entry, indent=2)


def _foot(word: Word, letter: ReplyLetter) -> None:
    """Attachments, room for the seal, the date in Arabic figures, contact, copies between thin lines."""
    if letter.attachments:
        _line(word, "附件：" + "、".join(letter.attachments), indent=2)
    _line(word, "")
    _line(word, letter.unit, align=ALIGN.RIGHT, right=2)
    dated = in_full(letter.dated) if letter.dated else "年\u3000月\u3000日"
    _line(word, dated, align=ALIGN.RIGHT, right=4)
    if letter.contact:
        _line(word, f"（{letter.contact}）", indent=2)
    _line(word, "")
    copies = _line(word, "抄送：" + "、".join(letter.copies) + "。", size=SMALL)
    _rule(copies, "top", colour="000000", eighths=6)
    issued = _line(word, f"{letter.unit}\u3000{dated}印发" if letter.dated else letter.unit, size=SMALL)
    _rule(issued, "bottom", colour="000000", eighths=6)
