"""Which cells hold several things, and where they part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledgers.reading.splitting import split_each, split_list, split_points

NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
# no figures among them: a point may not begin with what reads as a number of its own
POINTS = st.text(st.sampled_from("加装电梯增设路灯改造管网"), min_size=1, max_size=20)


@given(st.lists(NAMES, max_size=6, unique=True), st.sampled_from(["、", ";", "\uff1b", "\n", " 、 ", ";\n"]))
def test_a_list_comes_apart_as_it_was_joined(names: list[str], separator: str) -> None:
    assert split_list(separator.join(names)) == tuple(names)


def test_nothing_else_splits_a_list() -> None:
    for text in (
        "市公安局,市教育局",
        "市公安局\uff0c市教育局",
        "市公安局 市教育局",
        "市公安局和市教育局",
        "市公安局/市教育局",
    ):
        assert split_list(text) == (text,)


def test_a_name_comes_once_and_brackets_stay_whole() -> None:
    assert split_list("市公安局、市教育局、市公安局") == ("市公安局", "市教育局")
    assert split_list("市公安局(交警支队、治安支队)、市教育局") == (
        "市公安局(交警支队、治安支队)",
        "市教育局",
    )
    assert split_list("市公安局(交警、市教育局") == ("市公安局(交警", "市教育局")


def test_repeated_words_stay_where_order_pairs_columns() -> None:
    assert split_each("电话、走访、电话") == ["电话", "走访", "电话"]


def numbered(style: str, number: int) -> str:
    chinese = "一二三四五六七八九"[number - 1]
    return {
        "1.": f"{number}.",
        "1. ": f"{number}. ",
        "1、": f"{number}、",
        "(1)": f"\uff08{number}\uff09",
        "一、": f"{chinese}、",
        "(一)": f"({chinese})",
        "①": chr(0x2460 + number - 1),
    }[style]


@given(
    st.lists(POINTS, min_size=1, max_size=9),
    st.sampled_from(["1.", "1. ", "1、", "(1)", "一、", "(一)", "①"]),
    st.sampled_from(["\n", " ", "。", ";"]),
)
def test_numbered_points_come_apart(points: list[str], style: str, between: str) -> None:
    text = between.join(numbered(style, at) + point for at, point in enumerate(points, start=1))
    assert [point.rstrip("。") for point in split_points(text)] == points


@given(st.lists(POINTS, max_size=6))
def test_lines_are_points_where_nothing_is_numbered(points: list[str]) -> None:
    assert split_points("\n".join(points)) == tuple(points)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1.5公里道路硬化", ("1.5公里道路硬化",)),
        ("1、投入2.5亿元。2、在3、4号楼加装电梯", ("投入2.5亿元。", "在3、4号楼加装电梯")),
        ("一、加强宣传\n(说明:见附件)\n二、加大投入", ("加强宣传\n(说明:见附件)", "加大投入")),
        ("建议如下:\n1. 甲\n2. 乙", ("建议如下:\n甲", "乙")),
        ("1.2020年12月31日 2.2021年6月30日", ("2020年12月31日", "2021年6月30日")),
        ("2020.12.31\n2021.6.30", ("2020.12.31", "2021.6.30")),
        ("加强监管、加大投入;提高标准", ("加强监管、加大投入;提高标准",)),
        ("１．甲\n２．乙", ("甲", "乙")),
        ("⑴甲⑵乙", ("甲", "乙")),
        ("1. 甲\n2.\n3. 丙", ("甲", "", "丙")),
        ("1. 甲\n2. 乙\n2. 丙", ("甲", "乙", "2. 丙")),
        ("1. 甲\n3. 乙", ("甲", "3. 乙")),
        ("", ()),
        (
            "一、甲\n二、乙\n三、丙\n四、丁\n五、戊\n六、己\n七、庚\n八、辛\n九、壬\n十、癸\n十一、子",
            tuple("甲乙丙丁戊己庚辛壬癸子"),
        ),
    ],
)
def test_numbers_count_only_as_numbers(text: str, points: tuple[str, ...]) -> None:
    assert split_points(text) == points
