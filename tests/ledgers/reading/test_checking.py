"""Refusals and gaps that a row shows by itself, each with a sentence naming row and column."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.ledgers.reading import Contact, Promise
from tests.ledgers.reading.makers import GOOD, HEADING, gaps, read, read_one, refusals, xlsx


def test_a_good_row_has_no_problems(tmp_path: Path) -> None:
    ledger = read_one(tmp_path)
    assert ledger.problems == ()
    assert ledger.total == 1
    assert ledger.rows[0].cells == dict(zip(HEADING, GOOD, strict=True))


@pytest.mark.parametrize(
    ("cells", "column", "name", "words"),
    [
        ({"案由": ""}, "案由", "title", "没有填写"),
        ({"案由": "——"}, "案由", "title", "没有填写"),
        ({"案由": "题" * 501}, "案由", "title_length", "501字"),
        ({"答复日期": "2008年9月31日"}, "答复日期", "date", "“2008年9月31日”这一天不存在"),
        ({"交办日期": "三月一日"}, "交办日期", "date", "“三月一日”认不出"),
        ({"签收日期": "近日"}, "签收日期", "date", "“近日”认不出"),
        ({"沟通日期": "2020-03-01、三月"}, "沟通日期", "date", "“三月”认不出"),
        ({"承诺事项": "甲", "承诺期限": "长期"}, "承诺期限", "date", "“长期”认不出"),
        ({"提出时间": "2020-02-30"}, "提出时间", "date", "不存在"),
        ({"答复日期": "2020-01-31"}, "答复日期", "reply_before_assignment", "早于交办日期2020年2月1日"),
        ({"办理结果": "Z"}, "办理结果", "mark", "A、B、C"),
        ({"备注": "机密★5年"}, "备注", "classified", "纸质涉密渠道"),
        ({"案由": "(秘密)关于人防工程的提案"}, "案由", "classified", "“秘密”"),
        ({"密级": "绝密"}, "密级", "classified", "“绝密”"),
    ],
)
def test_a_row_is_refused(tmp_path: Path, cells: dict[str, str], column: str, name: str, words: str) -> None:
    ledger = read_one(tmp_path, **cells)
    assert ledger.rows == ()
    (problem,) = refusals(ledger)
    assert (problem.row, problem.column, problem.name) == (2, column, name)
    assert problem.sentence.startswith(f"第2行“{column}”\uff1a")
    assert words in problem.sentence
    assert ledger.refused[0].sentences == (problem.sentence,)


def test_a_title_of_five_hundred_characters_goes_in(tmp_path: Path) -> None:
    assert len(read_one(tmp_path, 案由="题" * 500).rows) == 1


def test_a_reply_on_the_day_of_assignment_goes_in(tmp_path: Path) -> None:
    assert len(read_one(tmp_path, 答复日期="2020-02-01").rows) == 1


def test_of_a_classified_row_only_number_dates_and_units_are_kept(tmp_path: Path) -> None:
    ledger = read_one(tmp_path, 密级="机密", 正文="不得留下")
    assert dict(ledger.refused[0].cells) == {
        "编号": "12",
        "主办单位": "市城市管理局",
        "交办日期": "2020-02-01",
        "答复日期": "2020-05-08",
    }
    assert "不得留下" not in repr(ledger)


@pytest.mark.parametrize(
    ("cells", "name", "column"),
    [
        ({"编号": ""}, "number", "编号"),
        ({"提案者": ""}, "proposer", "提案者"),
        ({"提案者": "委员"}, "proposer", "提案者"),
        ({"交办日期": ""}, "assigned_on", "交办日期"),
        ({"答复日期": ""}, "mark_without_reply_date", "答复日期"),
        ({"承诺事项": "甲"}, "promise_without_date", "承诺期限"),
        ({"承诺事项": "1. 甲 2. 乙", "承诺期限": "2021-06-30"}, "promise_without_date", "承诺期限"),
        ({"承诺期限": "2021-06-30"}, "deadline_without_promise", "承诺事项"),
        ({"沟通日期": "2020-03-01"}, "contact_way", "沟通方式"),
        ({"沟通方式": "电话"}, "contact_date", "沟通日期"),
        ({"结果评价": "较满意"}, "unknown_word", "结果评价"),
        ({"公开属性": "待定"}, "unknown_word", "公开属性"),
        ({"重点": "待定"}, "unknown_word", "重点"),
        ({"类型": "来信"}, "unknown_word", "类型"),
        ({"联名": "等7人"}, "cosigners", "联名"),
    ],
)
def test_a_gap_goes_in_with_its_name(tmp_path: Path, cells: dict[str, str], name: str, column: str) -> None:
    ledger = read_one(tmp_path, **cells)
    assert len(ledger.rows) == 1
    (problem,) = ledger.problems
    assert (problem.kind, problem.name, problem.column) == ("gap", name, column)
    assert ledger.rows[0].problems == (problem,)
    assert problem.as_dict() == {
        "sheet": "台账",
        "row": 2,
        "column": column,
        "kind": "gap",
        "sentence": problem.sentence,
    }


def test_a_reply_without_a_unit_is_a_gap_of_its_own(tmp_path: Path) -> None:
    ledger = read_one(tmp_path, 主办单位="", 会办单位="市财政局")
    assert gaps(ledger) == {"unit", "reply_without_unit"}
    assert ledger.rows[0].replied_on == date(2020, 5, 8)
    assert gaps(read_one(tmp_path, 主办单位="", 分办单位="市财政局")) == set()


def test_a_date_before_the_plenary_is_a_gap(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADING, GOOD])
    assert gaps(read(path, opened_on=date(2020, 2, 1))) == set()
    ledger = read(path, opened_on=date(2020, 6, 1))
    assert [problem.column for problem in ledger.problems] == ["交办日期", "答复日期"]
    assert "早于本次会议开幕日2020年6月1日" in ledger.problems[0].sentence


def test_contacts_and_promises_are_paired_by_order(tmp_path: Path) -> None:
    ledger = read_one(
        tmp_path,
        沟通日期="2020-03-01、2020年4月2日;2020.5.3",
        沟通方式="电话、上门走访、来函",
        承诺事项="1. 装路灯\n2. 修井盖",
        承诺期限="2020年12月31日\n2021年6月底",
    )
    (row,) = ledger.rows
    assert row.contacts == (
        Contact(date(2020, 3, 1), "phone", "电话"),
        Contact(date(2020, 4, 2), "visit", "上门走访"),
        Contact(date(2020, 5, 3), "other", "来函"),
    )
    assert row.promises == (
        Promise("装路灯", date(2020, 12, 31)),
        Promise("修井盖", date(2021, 6, 30)),
    )
    assert ledger.problems == ()


def test_one_way_of_contact_stands_for_every_date(tmp_path: Path) -> None:
    (row,) = read_one(tmp_path, 沟通日期="2020-03-01\n2020-04-02", 沟通方式="面商").rows
    assert [contact.way for contact in row.contacts] == ["talk", "talk"]


def test_a_date_cell_of_the_spreadsheet_is_one_contact(tmp_path: Path) -> None:
    (row,) = read_one(
        tmp_path, 沟通日期=date(2020, 3, 1), 沟通方式="电话", 承诺事项="甲", 承诺期限=date(2021, 1, 1)
    ).rows
    assert row.contacts == (Contact(date(2020, 3, 1), "phone", "电话"),)
    assert row.promises == (Promise("甲", date(2021, 1, 1)),)


def test_every_cell_is_read(tmp_path: Path) -> None:
    (row,) = read_one(
        tmp_path,
        届次="十二届四次",
        类型="提案",
        正文="路太黑",
        具体建议="一、装灯。二、查井盖。",
        联名="李四、王五",
        提出时间="2020-01-05",
        分类="城市建设",
        重点="是",
        会办单位="市财政局、市公安局",
        签收日期="2020-02-02",
        答复文号="城字〔2020〕1号",
        态度评价="满意",
        结果评价="基本满意",
        公开属性="主动公开",
        备注="续办",
    ).rows
    assert (row.term, row.kind, row.text, row.points) == (
        "十二届四次",
        "proposal",
        "路太黑",
        ("装灯。", "查井盖。"),
    )
    assert (row.cosigners, row.handed_in_on, row.category) == (("李四", "王五"), date(2020, 1, 5), "城市建设")
    assert (row.key_item, row.units.named) == (True, ("市城市管理局", "市财政局", "市公安局"))
    assert (row.signed_on, row.reply_number) == (date(2020, 2, 2), "城字〔2020〕1号")
    assert (row.attitude, row.result, row.publicity, row.remarks) == ("satisfied", "basic", "full", "续办")


def test_a_number_met_before_with_another_title_is_refused(tmp_path: Path) -> None:
    rows = [
        ["编号", "案由"],
        ["1", "关于路灯的提案"],
        ["1", "关于 路灯、的提案"],
        ["1.0", "关于电梯的提案"],
        ["01", "关于电梯的提案"],
        ["", "关于电梯的提案"],
    ]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows))
    assert [row.row for row in ledger.rows] == [2, 3, 5, 6]
    (problem,) = refusals(ledger)
    assert (problem.row, problem.column, problem.name) == (4, "编号", "number_twice")
    assert "已用于第2行" in problem.sentence
    assert ledger.rows[0].identity == ledger.rows[1].identity
    assert ledger.rows[3].identity == ("title", "关于电梯的提案", "")


def test_dashes_and_no_s_are_empty_cells(tmp_path: Path) -> None:
    ledger = read_one(tmp_path, 会办单位="无", 联名="/", 签收日期="—", 答复文号="-", 沟通日期="无")
    (row,) = ledger.rows
    assert (row.units.co, row.cosigners, row.signed_on, row.reply_number, row.contacts) == (
        (),
        (),
        None,
        "",
        (),
    )
    assert row.cells["会办单位"] == "无"
    assert ledger.problems == ()


def test_promises_and_their_dates_are_paired_by_order_whatever_is_missing(tmp_path: Path) -> None:
    cells = {"承诺事项": "1. 甲\n2. 乙\n3. 丙", "承诺期限": "1.\n2. 2021年底\n3. 无"}
    ledger = read_one(tmp_path, **cells)
    assert ledger.rows[0].promises == (Promise("甲"), Promise("乙", date(2021, 12, 31)), Promise("丙"))
    assert gaps(ledger) == {"promise_without_date"}
    assert ledger.rows[0].problems[0].sentence.endswith("写了3项承诺，只有1个期限。")


def test_co_signers_and_kinds_that_name_nobody(tmp_path: Path) -> None:
    ledger = read_one(tmp_path, 联名="李四、委员", 提案人类别="热心市民")
    assert ledger.rows[0].cosigners == ("李四",)
    assert gaps(ledger) == {"cosigners", "unknown_word"}
