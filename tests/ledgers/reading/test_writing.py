"""What is written in the standard headings is read back the same."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from huiyin.files.marking import classified_marking
from huiyin.ledgers.reading import STANDARD, LedgerError, Promise, write_ledger, write_refused
from huiyin.ledgers.reading.meanings import proposer_kind, says_nothing
from huiyin.ledgers.reading.writing import CELL_LIMIT
from huiyin.words import Grade, Kind
from tests.depth import DEPTH
from tests.ledgers.reading.makers import GOOD, HEADING, read, refusals, xlsx

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def stands_as_it_is(text: str) -> bool:
    """Not a word with a meaning of its own: a kind of proposer (代表), "there is none" (暂无), a marking (秘密)."""
    return not (proposer_kind(text) or says_nothing(text) or classified_marking(text))


NAMES = st.text(HAN, min_size=2, max_size=8).filter(stands_as_it_is)
CLAUSES = (
    st.text(HAN | st.sampled_from("（），。《》“”0123456789ABab+=@-"), min_size=2, max_size=60)
    .map(lambda text: f"关于{text}的提案")
    .filter(stands_as_it_is)
)
DAYS = st.dates(date(2020, 1, 5), date(2030, 12, 31))
MAYBE_DAYS = st.none() | DAYS
LISTS = st.lists(NAMES, max_size=3, unique=True)


@st.composite
def ledgers(draw: st.DrawFn) -> list[dict[str, object]]:
    numbers = draw(
        st.lists(st.from_regex(r"[A-Z]?0?[1-9]\d{0,5}(-\d{1,2})?", fullmatch=True), unique=True, max_size=5)
    )
    return [
        {
            "编号": number,
            "案由": draw(CLAUSES),
            "类型": draw(st.sampled_from(list(Kind))),
            "提案者": draw(NAMES),
            "联名": draw(LISTS),
            "主办单位": draw(LISTS),
            "会办单位": draw(LISTS),
            "具体建议": draw(LISTS),
            "重点": draw(st.booleans()),
            "交办日期": draw(MAYBE_DAYS),
            "沟通日期": draw(st.lists(DAYS, max_size=3)),
            "承诺事项": draw(LISTS),
            "态度评价": draw(st.sampled_from(list(Grade))),
        }
        for number in numbers
    ]


@settings(max_examples=60 * DEPTH)
@given(rows=ledgers())
def test_a_ledger_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "台账.xlsx"
    assert write_ledger(path, rows) == len(rows)
    ledger = read(path)
    assert refusals(ledger) == []
    assert ledger.ignored == ()
    back = [
        {
            "编号": row.number,
            "案由": row.title,
            "类型": row.kind,
            "提案者": row.proposer.name,
            "联名": list(row.cosigners),
            "主办单位": list(row.units.leads),
            "会办单位": list(row.units.co),
            "具体建议": list(row.points),
            "重点": row.key_item,
            "交办日期": row.assigned_on,
            "沟通日期": [contact.on for contact in row.contacts],
            "承诺事项": [promise.what for promise in row.promises],
            "态度评价": row.attitude,
        }
        for row in ledger.rows
    ]
    assert back == rows


def test_promises_keep_their_order_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    row = {
        "编号": "1",
        "案由": "甲",
        "承诺事项": ["装灯\n两盏", "修路"],
        "承诺期限": [date(2021, 6, 30), date(2022, 1, 1)],
    }
    write_ledger(path, [row])
    assert read(path).rows[0].promises == (
        Promise("装灯\n两盏", date(2021, 6, 30)),
        Promise("修路", date(2022, 1, 1)),
    )


def test_dates_are_dates_and_numbers_are_text(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger(path, [{"编号": "0094", "案由": "=1+1", "交办日期": date(2020, 2, 1)}])
    heading, cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert tuple(heading) == STANDARD
    shown = dict(zip(heading, cells, strict=False))
    assert (shown["编号"], shown["案由"], shown["交办日期"]) == ("0094", "=1+1", date(2020, 2, 1))


def test_an_empty_ledger_has_its_heading(tmp_path: Path) -> None:
    assert write_ledger(tmp_path / "空.xlsx", []) == 0
    assert read(tmp_path / "空.xlsx").total == 0


def test_a_text_beyond_the_limit_of_a_cell_says_so(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger(path, [{"编号": "1", "案由": "甲", "正文": "字" * (CELL_LIMIT + 1)}])
    text = read(path).rows[0].text
    assert len(text) == CELL_LIMIT
    assert text.endswith("全文见系统\uff09")


def test_an_unknown_heading_and_another_format_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="标题"):
        write_ledger(tmp_path / "台账.xlsx", [{"标题": "甲"}])
    with pytest.raises(LedgerError, match=r"\.xlsx"):
        write_ledger(tmp_path / "台账.csv", [])


def test_refused_rows_come_out_with_their_reasons_and_go_in_once_corrected(tmp_path: Path) -> None:
    rows = [
        ["编号", "案由", "承办单位", "", "答复日期"],
        ["", "", "主办", "会办", ""],
        ["0094", "甲", "市教育局", "市财政局", "2008年9月31日"],
        ["2", "乙", "市公安局", "", "2020-05-01"],
        ["3", "丙", "市公安局", "", "机密★5年"],
    ]
    ledger = read(xlsx(tmp_path / "台账.xlsx", rows, [(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1)]))
    out = tmp_path / "未导入.xlsx"
    assert write_refused(out, ledger.refused) == 2
    heading, first, second = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert heading[:3] == ["导入备注", "原工作表", "原行号"]
    assert first[:3] == [ledger.refused[0].sentences[0], "台账", "3"]
    assert second[heading.index("案由")] == ""
    corrected = [heading, ["" if value == "2008年9月31日" else value for value in first]]
    (row,) = read(xlsx(tmp_path / "改正.xlsx", corrected)).rows
    assert (row.number, row.units.leads, row.units.co) == ("0094", ("市教育局",), ("市财政局",))


def test_reading_needs_no_django() -> None:
    code = "import huiyin.ledgers.reading, sys; sys.exit('django' in sys.modules)"
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_ten_thousand_rows_are_read_in_one_go(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    base = dict(zip(HEADING, GOOD, strict=True))
    write_ledger(path, ({**base, "编号": f"{number:05}"} for number in range(10_000)))
    assert read(path).total == 10_000
