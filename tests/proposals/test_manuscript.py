"""A member's own text, read into its parts: what is recognised, and that nothing else is lost."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from huiyin.proposals.manuscript import LISTED, heading_of, number_of, read
from huiyin.proposals.word_file import UnreadableError, paragraphs_of

USUAL = """关于改造老旧小区供水管网的提案
提案人：陈一鸣
一、基本情况
我市现有老旧小区312个，管网老化。
二、存在的问题及原因分析
1.漏损率高。
2.责任不清。
三、对策建议
（一）摸清底数。由市水利局牵头。
1.逐小区检测；
2.公布结果。
（二）安排资金。
四、其他
附照片两张。"""


def test_the_usual_manuscript() -> None:
    parts = read(USUAL.split("\n"))
    assert parts.title == "关于改造老旧小区供水管网的提案"
    assert parts.situation == ["我市现有老旧小区312个，管网老化。"]
    assert parts.analysis == ["1.漏损率高。", "2.责任不清。"]
    assert parts.points == ["摸清底数。由市水利局牵头。\n1.逐小区检测；\n2.公布结果。", "安排资金。"]
    assert parts.rest == ["提案人：陈一鸣", "四、其他", "附照片两张。"]
    assert parts.headings == ["一、基本情况", "二、存在的问题及原因分析", "三、对策建议"]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("一、基本情况", "situation"),
        ("现状", "situation"),
        ("【背景情况】", "situation"),
        ("（二）原因分析：", "analysis"),
        ("存在的问题", "analysis"),
        ("存在的问题及建议", "suggestions"),
        ("三、具体建议", "suggestions"),
        ("工作建议如下", "suggestions"),
        ("我市的建议工作开展得怎么样", ""),
        ("情况复杂，困难很多。", ""),
        ("四、其他", ""),
        ("这一段话虽然提到情况但是它很长并不是一个小标题情况", ""),
    ],
)
def test_what_is_a_heading(line: str, part: str) -> None:
    assert heading_of(line)[0] == part


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("一、抓紧", "抓紧"),
        ("（一）抓紧", "抓紧"),
        ("1.抓紧", "抓紧"),
        ("1、抓紧", "抓紧"),
        ("(1) 抓紧", "抓紧"),
        ("①抓紧", "抓紧"),
        ("第一，抓紧", "抓紧"),
        ("一是抓紧", "抓紧"),
        ("建议一：抓紧", "抓紧"),
        (f"{LISTED}抓紧", "抓紧"),
        ("1.5亿元已经到位", "1.5亿元已经到位"),
        ("2020年完成", "2020年完成"),
        ("十分紧张", "十分紧张"),
    ],
)
def test_what_is_a_number(line: str, text: str) -> None:
    assert number_of(line)[1] == text


def test_headings_with_their_text_on_the_same_line() -> None:
    parts = read(["情况：水压不足。", "分析：管网老化。", "建议：", "1、改造管网。", "2、公布进度。"])
    assert (parts.situation, parts.analysis) == (["水压不足。"], ["管网老化。"])
    assert parts.points == ["改造管网。", "公布进度。"]


def test_suggestions_that_only_a_sentence_leads_in() -> None:
    parts = read(["一、情况", "水压不足。", "为此，提出以下建议：", "一、改造。", "二、公布。"])
    assert parts.situation == ["水压不足。", "为此，提出以下建议："]
    assert parts.points == ["改造。", "公布。"]


def test_suggestions_without_numbers_are_one_each() -> None:
    assert read(["建议", "改造管网。", "公布进度。"]).points == ["改造管网。", "公布进度。"]


def test_a_number_below_a_suggestion_does_not_open_another_part() -> None:
    parts = read(["三、建议", "（一）完善机制", "1.摸清情况", "2.查明问题", "（二）保障措施"])
    assert parts.points == ["完善机制\n1.摸清情况\n2.查明问题", "保障措施"]


def test_a_heading_that_says_more_than_its_part_stays_in_the_text() -> None:
    parts = read(
        ["二、存在问题", "（一）资金不足", "缺口两亿元。", "三、加快管网改造的建议", "1.改造。", "2.公示。"]
    )
    assert parts.analysis == ["（一）资金不足", "缺口两亿元。"]
    assert parts.points == ["改造。", "公示。"]
    assert parts.rest == ["三、加快管网改造的建议"]


def test_the_title_may_be_stated() -> None:
    parts = read(["淄博市政协提案", "案由：建设口袋公园", "情况", "公园少。"])
    assert parts.title == "建设口袋公园"
    assert parts.rest == ["淄博市政协提案"]


def test_what_has_no_headings_stands_whole_in_the_rest() -> None:
    parts = read(["随便写的一段。", "又一段。"])
    assert parts.rest == ["随便写的一段。", "又一段。"]
    assert not parts.points


LINES = st.sampled_from(
    [
        *USUAL.split("\n"),
        "建议如下：",
        "情况：漏水严重。",
        "一是检修。",
        f"{LISTED}公示。",
        "为此建议：",
        "案由：甲乙丙",
        "关于丁的建议",
        "随手记下的一句",
        "2020年已投入1.5亿元",
        "五、问题",
    ]
)


def letters(text: str) -> list[str]:
    return sorted(re.findall(r"\w", text))


@given(st.lists(LINES, max_size=14))
def test_nothing_is_lost_and_nothing_is_made_up(lines: list[str]) -> None:
    """Every line comes out, but for headings that were recognised and numbers before suggestions."""
    parts = read(lines)
    out = [parts.title, *parts.situation, *parts.analysis, *parts.points, *parts.rest, *parts.headings]
    kept = letters("".join(out))
    given_in = letters("".join(lines).replace("案由：", ""))
    missing = list(given_in)
    for letter in kept:
        if letter in missing:
            missing.remove(letter)
        else:
            assert letter in letters("案由"), f"{letter} was made up"
    assert set(missing) <= set("一二三四五第是12由案"), missing


def docx(build) -> io.BytesIO:
    document = Document()
    build(document)
    content = io.BytesIO()
    document.save(content)
    content.seek(0)
    return content


def test_a_word_file_with_its_own_numbers_and_a_table() -> None:
    def build(document) -> None:
        document.add_heading("关于建设口袋公园的提案", 0)
        document.add_heading("情况", 1)
        document.add_paragraph("公园少。\n孩子多。")
        document.add_table(1, 2).rows[0].cells[1].text = "2019年：3个"
        document.add_heading("建议", 1)
        document.add_paragraph("选址。", style="List Number")
        document.add_paragraph("建设。", style="List Number")

    parts = read(paragraphs_of(docx(build)))
    assert parts.title == "关于建设口袋公园的提案"
    assert parts.situation == ["公园少。", "孩子多。", "2019年：3个"]
    assert parts.points == ["选址。", "建设。"]


def test_a_text_box_is_read_once() -> None:
    box = (
        f"<w:p {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:r>"
        "<w:t>框外</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    content = docx(lambda document: document.element.body.insert(0, parse_xml(box)))
    assert paragraphs_of(content) == ["框外", "框内"]


@pytest.mark.parametrize("content", [b"", b"not a file", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        paragraphs_of(io.BytesIO(content))


def test_a_file_that_unpacks_beyond_measure_is_not_read() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (41 * 1024 * 1024))
    content.seek(0)
    with pytest.raises(UnreadableError):
        paragraphs_of(content)
