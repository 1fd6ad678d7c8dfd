"""What single cells mean."""

import pytest

from huiyin.ledgers.reading import INDIVIDUAL, Proposer
from huiyin.ledgers.reading.meanings import (
    read_grade,
    read_key_item,
    read_kind,
    read_mark,
    read_proposer,
    read_publicity,
    read_way,
)
from huiyin.ledgers.reading.shapes import plain_number
from huiyin.proposals.keys import title_key
from huiyin.words import ContactWay, Grade, Kind, Publicity
from tests.ledgers.reading.makers import MARKS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A", "A"),
        ("a", "A"),
        (" A ", "A"),
        ("A类", "A"),
        ("A 类", "A"),
        ("(A类)", "A"),
        ("\uff08\uff22类\uff09", "B"),
        ("\uff23", "C"),
        ("\uff08C\uff09类", "C"),
        ("【B】", "B"),
        ("类别:C", "C"),
        ("办理结果\uff1aB", "B"),
        ("甲", "A"),
        ("乙类", "B"),
        ("丙", "C"),
        ("解决或基本解决", "A"),
        ("A类(解决或基本解决)", "A"),
    ],
)
def test_a_mark_is_known_in_every_dress(text: str, code: str) -> None:
    assert read_mark(text, MARKS) == code


@pytest.mark.parametrize(
    "text", ["Z", "D", "丁", "A1类", "解决采纳", "部分采纳", "类", "AB", "A类(列入计划)", "√"]
)
def test_a_mark_that_the_pack_lacks_is_unknown(text: str) -> None:
    assert read_mark(text, MARKS) is None


def test_a_pack_may_have_marks_of_its_own_kind() -> None:
    assert read_mark("A1类", {"A1": "A1"}) == "A1"
    assert read_mark("甲", {"甲": "jia", "A": "A"}) == "jia"
    assert read_mark("解决采纳", {"adopted": "adopted", "解决采纳": "adopted"}) == "adopted"


@pytest.mark.parametrize(
    ("text", "proposer"),
    [
        ("张三", Proposer("张三")),
        ("委员", Proposer("", "member")),
        ("代表", Proposer("", "deputy")),
        ("代表联名", Proposer("", "joint")),
        ("联名", Proposer("", "joint")),
        ("代表团", Proposer("", "delegation")),
        ("专委会", Proposer("", "committee")),
        ("集体", Proposer("", "collective")),
        ("个人", Proposer("", INDIVIDUAL)),
        ("市人大代表", Proposer("", "deputy")),
        ("区政协委员", Proposer("", "member")),
        ("党派(民进中央)", Proposer("民进中央", "party")),
        ("党派\uff08民盟市委\uff09", Proposer("民盟市委", "party")),
        ("界别(工商界)", Proposer("工商界", "sector")),
        ("欧阳明(市直)", Proposer("欧阳明(市直)")),
        ("第三代表团", Proposer("第三代表团", "delegation")),
        ("九三学社市委会", Proposer("九三学社市委会", "party")),
        ("市工商联", Proposer("市工商联", "body")),
        ("张三、李四", Proposer("张三、李四")),
        ("", Proposer()),
        ("—", Proposer()),
    ],
)
def test_a_proposer_cell_is_a_name_or_only_a_kind(text: str, proposer: Proposer) -> None:
    assert read_proposer(text) == proposer


def test_a_kind_in_a_column_of_its_own_stands_beside_the_name() -> None:
    assert read_proposer("张三", "联名") == Proposer("张三", "joint")
    assert read_proposer("", "集体") == Proposer("", "collective")


def test_kinds_of_item() -> None:
    assert read_kind("提案") == (Kind.PROPOSAL, False)
    assert read_kind("代表建议") == (Kind.SUGGESTION, False)
    assert read_kind("议案") == (Kind.SUGGESTION, True)
    assert read_kind("来信") is None


def test_grades_between_the_three_are_not_guessed_at() -> None:
    assert read_grade("满意") == Grade.SATISFIED
    assert read_grade("很满意") == Grade.SATISFIED
    assert read_grade("基本 满意") == Grade.BASIC
    assert read_grade("不满意。") == Grade.DISSATISFIED
    for text in ("较满意", "一般", "理解", "好"):
        assert read_grade(text) is None


def test_key_items() -> None:
    for text in ("是", "√", "重点", "重点督办", "市长领办", "1"):
        assert read_key_item(text) is True
    for text in ("否", "", "非重点", "×", "0", "—"):
        assert read_key_item(text) is False
    assert read_key_item("待定") is None


def test_publicity_and_ways_of_contact() -> None:
    assert read_publicity("此件公开发布") == Publicity.FULL
    assert read_publicity("(主动公开)") == Publicity.FULL
    assert read_publicity("依申请公开") == Publicity.ON_REQUEST
    assert read_publicity("不予公开") == Publicity.CLOSED
    assert read_publicity("待定") is None
    assert read_way("电话沟通") == ContactWay.PHONE
    assert read_way("上门走访") == ContactWay.VISIT
    assert read_way("面商") == ContactWay.TALK
    assert read_way("现场办理") == ContactWay.ON_SITE
    assert read_way("来函") == ContactWay.OTHER


def test_a_number_is_text_and_a_title_is_compared_bare() -> None:
    assert plain_number("0094") == "0094"
    assert plain_number("151.0") == "151"
    assert plain_number("00.0") == "00.0"
    assert plain_number(" D-013 ") == "D-013"
    assert title_key("关于《路灯》、 “井盖”的提案\uff01") == title_key("关于路灯井盖的提案")
    assert title_key("关于路灯的提案") != title_key("关于路灯的建议")
