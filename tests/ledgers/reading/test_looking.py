"""At the door a file is only looked through: it must find what the reading would find there."""

from pathlib import Path

import pytest

from huiyin.ledgers.reading import MarkedError, UntitledError, look_through
from tests.ledgers.reading.makers import GOOD, HEADING, read, refusals, workbook, xlsx

TWO = ("13", "关于增设座椅的提案", "李四", "市园林中心", "2020-02-01", "2020-05-09", "B")


def test_its_columns_are_those_that_will_be_read(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "台账.xlsx", [("填报单位：市政府办公室",), (*HEADING, "天气"), (*GOOD, "晴"), (*TWO, "雨")]
    )
    columns, marked = look_through(path)
    assert (columns, marked) == (read(path).columns, ())
    assert [column.standard for column in columns][-2:] == ["办理结果", ""]


def test_what_is_marked_is_told_in_the_same_words_and_shown_nowhere(tmp_path: Path) -> None:
    secret = ("14", "(秘密)关于人防工程的提案", "王五", "市国动办", "2020-02-01", "", "机密★5年")
    sheets = {"一": ([HEADING, GOOD, secret], ()), "二": ([HEADING, TWO], ())}
    path = workbook(tmp_path / "台账.xlsx", sheets)
    columns, marked = look_through(path)
    assert list(marked) == [
        problem.sentence for problem in refusals(read(path)) if problem.name == "classified"
    ]
    assert len(marked) == 2
    assert "人防" not in str(columns)


@pytest.mark.parametrize("below", [("合计", "", "1件"), ("注：本表 机密 不得外传",)])
def test_outside_the_items_a_marking_is_the_whole_files(tmp_path: Path, below: tuple[str, ...]) -> None:
    path = xlsx(tmp_path / "台账.xlsx", [HEADING, GOOD, below])
    for looks in (look_through, read):
        if "机密" in below[0]:
            with pytest.raises(MarkedError, match="第3行标有“机密”"):
                looks(path)
        else:
            looks(path)


def test_without_a_title_the_columns_are_asked_for(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "周报.xlsx", [("事情", "谁来办"), ("关于增设路灯的提案", "市教育局")])
    with pytest.raises(UntitledError) as asked:
        look_through(path)
    assert [column.name for column in asked.value.columns] == ["事情", "谁来办"]
