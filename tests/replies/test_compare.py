"""Two versions of a Chinese text side by side: what is shown as changed, and that nothing of either text is lost."""

import pytest

from huiyin.replies.compare import Content, Row, compared, parts_compared


def marked(pieces: tuple) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


def shown(rows: list[Row]) -> list[tuple[str, str]]:
    return [(marked(row.old), marked(row.new)) for row in rows]


CASES = (
    ("已在两所小学划定。", "已在三所小学划定。", [("已在[两]所小学划定。", "已在[三]所小学划定。")]),
    (
        "一段。\n二段。",
        "一段。\n新的一段。\n二段。",
        [("一段。", "一段。"), ("", "[新的一段。]"), ("二段。", "二段。")],
    ),
    ("先做，后报。", "先做，再评，后报。", [("先做，后报。", "先做，[再评，]后报。")]),
    ("完全不同的旧文。", "abcdefg", [("[完全不同的旧文。]", ""), ("", "[abcdefg]")]),
    ("", "新写的。", [("", "[新写的。]")]),
    ("  一样 \n\n", "一样", [("一样", "一样")]),
)


@pytest.mark.parametrize(("old", "new", "rows"), CASES)
def test_what_is_new_and_what_is_gone(old: str, new: str, rows: list[tuple[str, str]]) -> None:
    assert shown(compared(old, new)) == rows


LONG = "各位委员提出的提案收悉，现答复如下：\n一、已增设托位86个，年内再增40个。\n二、费用按普惠标准收取；困难家庭减免。"
LATER = "陈一鸣委员提出的提案收悉，现答复如下：\n二、费用按普惠标准收取，困难家庭减免两成。\n三、欢迎监督。"


@pytest.mark.parametrize(("old", "new"), [(LONG, LATER), (LATER, LONG), (LONG, ""), ("，，。", "。，")])
def test_either_text_can_be_read_whole(old: str, new: str) -> None:
    rows = compared(old, new)
    left = "".join(piece.text for row in rows for piece in row.old)
    right = "".join(piece.text for row in rows for piece in row.new)
    assert left == old.replace("\n", "")
    assert right == new.replace("\n", "")


def test_only_the_parts_that_differ_are_set_side_by_side() -> None:
    old = Content("正文。", "已经解决", {1: "采纳", 2: "采纳"})
    new = Content("正文。", "正在解决", {1: "采纳", 2: "部分采纳"})
    names = [name for name, _ in parts_compared(old, new, {1: "第1条建议的回应", 2: "第2条建议的回应"})]
    assert names == ["答复正文", "办理结果", "第2条建议的回应"]
