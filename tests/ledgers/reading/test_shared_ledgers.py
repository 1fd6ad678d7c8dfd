"""The ledgers of real items handed to the project: exactly the refusals they deserve, and nothing lost."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from huiyin.ledgers.reading import INDIVIDUAL, Ledger
from huiyin.ledgers.reading.sheets import kind_of_file
from tests.ledgers.reading.makers import read, refusals

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "ledgers"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared ledgers are not beside the checkout")


def shared(name: str, opened_on: date | None = None) -> Ledger:
    return read(FOLDER / name, opened_on=opened_on)


def found(ledger: Ledger) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.name) for problem in refusals(ledger)]


def gap_counts(ledger: Ledger) -> dict[str, int]:
    return Counter(problem.name for problem in ledger.problems if problem.kind == "gap")


def test_the_deputies_ledger() -> None:
    ledger = shared("建议办理台账.xlsx", date(2020, 1, 5))
    assert (ledger.total, len(ledger.rows), len(ledger.refused)) == (93, 92, 1)
    assert found(ledger) == [(86, "办理类别", "mark")]
    assert "“解决采纳”" in refusals(ledger)[0].sentence
    assert ledger.ignored == ("序号", "附议人数")
    assert [(skipped.row, skipped.text) for skipped in ledger.skipped] == [(99, "合计 93件")]
    assert gap_counts(ledger) == {
        "proposer": 93,
        "assigned_on": 92,
        "number": 35,
        "unit": 21,
        "before_plenary": 19,
        "reply_without_unit": 5,
        "mark_without_reply_date": 4,
    }
    by_row = {row.row: row for row in ledger.rows}
    assert by_row[9].replied_on == date(2020, 9, 18)
    assert by_row[31].assigned_on == date(2010, 4, 27)
    assert by_row[36].number == "DH0271"
    assert by_row[89].number == "苏溪镇13"
    assert by_row[21].cells["附议人数"] == "15"
    assert (by_row[53].kind, by_row[53].from_motion) == ("suggestion", True)
    assert by_row[27].proposer.kind == "delegation"


def test_the_members_ledger() -> None:
    ledger = shared("提案办理台账.xlsx", date(2020, 1, 5))
    assert (ledger.total, len(ledger.rows), len(ledger.refused)) == (73, 72, 1)
    assert found(ledger) == [(32, "办理类别", "mark")]
    assert "“部分采纳”" in refusals(ledger)[0].sentence
    assert [skipped.row for skipped in ledger.skipped] == [79]
    by_row = {row.row: row for row in ledger.rows}
    assert (by_row[5].number, by_row[7].number, by_row[75].number) == ("0094", "00009", "094")
    assert by_row[6].proposer.name == "民进中央"
    assert by_row[5].units.co == ("发展改革委", "财政部")
    assert by_row[29].reply_number == "B〔2017〕062号"
    assert by_row[29].mark == ""


def test_the_two_ledgers_hold_seventy_four_replies_and_one_assignment_date() -> None:
    replied = assigned = 0
    for name in ("建议办理台账.xlsx", "提案办理台账.xlsx"):
        ledger = shared(name)
        columns = [(row.cells["答复时间"], row.cells["交办日期"]) for row in (*ledger.rows, *ledger.refused)]
        replied += sum(bool(reply) for reply, _ in columns)
        assigned += sum(bool(reply and given) for reply, given in columns)
    assert (replied, replied - assigned) == (74, 73)


def test_the_assignment_list_in_gb18030() -> None:
    ledger = shared("交办清单.csv")
    assert kind_of_file(FOLDER / "交办清单.csv") == "text"
    assert (ledger.total, len(ledger.rows), len(ledger.refused)) == (78, 73, 5)
    assert found(ledger) == [(row, "提案号", "number_twice") for row in (46, 47, 48, 54, 69)]
    assert ledger.ignored == ()
    assert gap_counts(ledger) == {"assigned_on": 78, "proposer": 70, "number": 41, "unit": 22}
    first = ledger.rows[0]
    assert (first.number, first.proposer.kind, first.key_item) == ("0094", INDIVIDUAL, None)
    assert (first.units.leads, first.units.co) == (("环境保护部",), ("发展改革委", "财政部"))
    assert sum(row.key_item is True for row in ledger.rows) == 20


def test_the_ledger_broken_on_purpose() -> None:
    ledger = shared("有错的台账.xlsx")
    assert (ledger.total, len(ledger.rows), len(ledger.refused)) == (7, 1, 6)
    assert found(ledger) == [
        (2, "答复日期", "date"),
        (3, "案由", "title"),
        (4, "答复日期", "reply_before_assignment"),
        (5, "办理结果", "mark"),
        (5, "编号", "number_twice"),
        (6, "案由", "title"),
        (7, "案由", "title_length"),
        (7, "交办日期", "date"),
    ]
    (good,) = ledger.rows
    assert (good.row, good.number, good.mark) == (8, "6", "C")
    assert (good.assigned_on, good.replied_on) == (date(2020, 3, 1), date(2020, 5, 1))


def test_every_cell_of_every_row_is_kept() -> None:
    for name in ("建议办理台账.xlsx", "提案办理台账.xlsx", "交办清单.csv", "有错的台账.xlsx"):
        for row in (*(ledger := shared(name)).rows, *ledger.refused):
            assert any(row.cells.values())
            assert set(row.cells) == set(ledger.rows[0].cells)
