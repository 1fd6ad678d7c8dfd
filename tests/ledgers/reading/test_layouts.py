"""Headings, titles, totals and notes as offices lay them out."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.ledgers.reading import LedgerError, UntitledError
from huiyin.ledgers.reading.columns import STANDARD, standard_of
from tests.ledgers.reading.makers import GOOD, HEADING, gaps, read, text, workbook, xls, xlsx

TWO_LEVELS = [
    ["2020年政协提案办理台账", "", "", "", "", "", ""],
    ["填报单位\uff1a市政府办公室", "", "", "", "", "", ""],
    ["序号", "编 号", "案\n由", "承办单位", "", "答复", ""],
    ["", "", "", "主办", "会办", "日期", "文号"],
    [1, "0094", "关于增设路灯的提案", "市城管局", "市财政局、市公安局", date(2020, 5, 8), "城字1号"],
    ["", "", "", "", "", "", ""],
    [2, 151, "关于加装电梯的提案", "市住建局", "", "2020.6.1", ""],
    ["", "合计", "2件", "", "", "", ""],
    ["填表人\uff1a王五", "", "", "", "", "", ""],
]
TITLE_MERGES = [(0, 0, 0, 6)]
MERGES = [*TITLE_MERGES, (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 6)]


def test_two_level_headings_are_read_in_every_format(tmp_path: Path) -> None:
    files = [
        xlsx(tmp_path / "有合并.xlsx", TWO_LEVELS, MERGES),
        xlsx(tmp_path / "无合并.xlsx", TWO_LEVELS),
        xls(tmp_path / "旧版.xls", TWO_LEVELS, MERGES),
        text(tmp_path / "文本.csv", TWO_LEVELS, encoding="gb18030"),
    ]
    for file in files:
        ledger = read(file)
        first, second = ledger.rows
        assert (first.row, first.number, first.title) == (5, "0094", "关于增设路灯的提案")
        assert (first.units.leads, first.units.co) == (("市城管局",), ("市财政局", "市公安局"))
        assert (first.replied_on, first.reply_number) == (date(2020, 5, 8), "城字1号")
        assert (second.row, second.number, second.replied_on) == (7, "151", date(2020, 6, 1))
        assert ledger.ignored == ("序号",)
        assert [skipped.why for skipped in ledger.skipped] == ["合计", "表下说明"]
        assert first.cells["承办单位>主办"] == "市城管局"


def test_every_standard_heading_is_its_own_synonym() -> None:
    assert len(STANDARD) == 27
    assert [standard_of(heading) for heading in STANDARD] == list(STANDARD)


@pytest.mark.parametrize(
    ("heading", "standard"),
    [
        ("提案编号", "编号"),
        ("建议号", "编号"),
        ("第__号", "编号"),
        ("案 号", "编号"),
        ("提案/建议名称", "案由"),
        ("建议\uff08提案\uff09标题", "案由"),
        ("*题目", "案由"),
        ("会次", "届次"),
        ("协办单位", "会办单位"),
        ("配合\n单位", "会办单位"),
        ("牵头单位", "主办单位"),
        ("办复类别", "办理结果"),
        ("分类标记", "办理结果"),
        ("办理结果(A/B/C)", "办理结果"),
        ("办结日期", "答复日期"),
        ("答复日期(年月日)", "答复日期"),
        ("提案人\uff08领衔代表\uff09", "提案者"),
        ("第一提案人", "提案者"),
        ("附议代表", "联名"),
        ("发文字号", "答复文号"),
        ("是否同意公开", "公开属性"),
        ("对办理工作", "态度评价"),
        ("附议人数", None),
        ("联系方式", None),
        ("办理情况", None),
    ],
)
def test_what_offices_print_is_understood(heading: str, standard: str | None) -> None:
    assert standard_of(heading) == standard


def test_undivided_units_are_one_lead_and_co_units(tmp_path: Path) -> None:
    rows = [["编号", "案由", "承办单位"], ["1", "甲", "市教育局、市财政局、市公安局"]]
    (row,) = read(xlsx(tmp_path / "a.xlsx", rows)).rows
    assert (row.units.leads, row.units.co) == (("市教育局",), ("市财政局", "市公安局"))


def test_beside_a_column_of_co_units_all_are_leads(tmp_path: Path) -> None:
    rows = [["编号", "案由", "承办单位", "协办单位"], ["1", "甲", "市教育局、市财政局", "市公安局"]]
    (row,) = read(xlsx(tmp_path / "a.xlsx", rows)).rows
    assert (row.units.leads, row.units.co) == (("市教育局", "市财政局"), ("市公安局",))


def test_units_beside_an_explicit_lead_column_are_left_out(tmp_path: Path) -> None:
    rows = [["编号", "案由", "承办单位", "主办单位"], ["1", "甲", "市教育局、市财政局", "市公安局"]]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows))
    assert ledger.rows[0].units.leads == ("市公安局",)
    assert ledger.ignored == ("承办单位",)


def test_the_word_for_sort_is_decided_by_its_values(tmp_path: Path) -> None:
    head = ["编号", "案由", "类别"]
    kinds = read(
        xlsx(tmp_path / "a.xlsx", [head, ["1", "甲", "建议"], ["2", "乙", "议案"], ["合计", "", "2件"]])
    )
    assert [(row.kind, row.from_motion, row.category) for row in kinds.rows] == [
        ("suggestion", False, ""),
        ("suggestion", True, ""),
    ]
    classes = read(xlsx(tmp_path / "b.xlsx", [head, ["1", "甲", "建议"], ["2", "乙", "经济建设"]]))
    assert [(row.kind, row.category) for row in classes.rows] == [("", "建议"), ("", "经济建设")]


def test_a_proposer_s_sort_stands_beside_or_for_the_name(tmp_path: Path) -> None:
    beside = [["编号", "案由", "提案人类别", "提案人"], ["1", "甲", "联名", "张三"]]
    (row,) = read(xlsx(tmp_path / "a.xlsx", beside)).rows
    assert (row.proposer.name, row.proposer.kind) == ("张三", "joint")
    alone = [["编号", "案由", "提案人类别"], ["1", "甲", "党派(民盟市委)"]]
    (row,) = read(xlsx(tmp_path / "b.xlsx", alone)).rows
    assert (row.proposer.name, row.proposer.kind) == ("民盟市委", "party")


def test_content_is_the_title_where_there_is_no_other(tmp_path: Path) -> None:
    alone = [["建议号", "提案人", "内容"], ["1", "张三", "修路"]]
    assert read(xlsx(tmp_path / "a.xlsx", alone)).rows[0].title == "修路"
    both = [["建议号", "题目", "内容"], ["1", "修路", "路坏了"]]
    row = read(xlsx(tmp_path / "b.xlsx", both)).rows[0]
    assert (row.title, row.text) == ("修路", "路坏了")


def test_of_two_columns_for_one_heading_the_later_is_reported(tmp_path: Path) -> None:
    rows = [["编号", "案由", "答复日期", "办复日期"], ["1", "甲", "2020-05-01", "2020-06-01"]]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows))
    assert ledger.rows[0].replied_on == date(2020, 5, 1)
    assert ledger.rows[0].cells["办复日期"] == "2020-06-01"
    assert ledger.ignored == ("办复日期",)
    (problem,) = [problem for problem in ledger.problems if problem.name == "doubled_column"]
    assert (problem.row, problem.column) == (1, "办复日期")
    assert "“答复日期”" in problem.sentence


def test_columns_may_be_named_by_hand(tmp_path: Path) -> None:
    rows = [["编号", "事项", "归口", "办复日期"], ["1", "甲", "市教育局", "2020-05-01"]]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows), 事项="案由", 归口="主办单位", 办复日期="备注")
    row = ledger.rows[0]
    assert (row.title, row.units.leads, row.remarks, row.replied_on) == (
        "甲",
        ("市教育局",),
        "2020-05-01",
        None,
    )


def test_a_column_named_by_hand_goes_before_one_that_is_recognised(tmp_path: Path) -> None:
    rows = [["编号", "案由", "旧案由"], ["1", "甲", "乙"]]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows), 旧案由="案由")
    assert ledger.rows[0].title == "乙"
    assert ledger.ignored == ("案由",)


def test_a_column_left_out_by_hand_leaves_the_heading_known(tmp_path: Path) -> None:
    rows = [("题目", "天气", "案号", "谁办"), ("甲事", "晴", "801", "市教育局")]
    ledger = read(xlsx(tmp_path / "台账.xlsx", rows), 案号="")
    assert [(row.title, row.number) for row in ledger.rows] == [("甲事", "")]
    assert "案号" in ledger.ignored


@pytest.mark.parametrize(
    ("above", "heading", "merges"),
    [
        ((), ("甲列", "乙列", "丙列"), ()),
        ((("2020年办理情况", "", ""),), ("甲列", "乙列", "丙列"), [(0, 0, 0, 2)]),
        ((), ("甲列", "乙列", ""), ()),
    ],
    ids=["as it is", "below a merged title", "one column unnamed"],
)
def test_of_a_heading_that_nobody_knows_the_names_are_told(
    tmp_path: Path, above: tuple, heading: tuple, merges: list
) -> None:
    rows = [*above, heading, ("照明不足", "801", "市教育局"), ("道路破损", "802", "市公安局")]
    with pytest.raises(UntitledError) as refused:
        read(xlsx(tmp_path / "台账.xlsx", rows, merges))
    names = tuple(column.name for column in refused.value.columns)
    assert names == tuple(name or "第3列" for name in heading)
    ledger = read(tmp_path / "台账.xlsx", 甲列="案由", 乙列="编号", **{names[2]: "主办单位"})
    assert [row.title for row in ledger.rows] == ["照明不足", "道路破损"]
    assert ledger.rows[0].units.leads == ("市教育局",)


def test_a_mapping_to_nothing_known_is_refused_with_the_choices(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADING, GOOD])
    with pytest.raises(LedgerError, match=r"“题名字”不是标准列名.*案由"):
        read(path, 编号="题名字")
    with pytest.raises(LedgerError, match=r"没有“归口”这一列.*主办单位"):
        read(path, 归口="主办单位")


def test_rows_that_are_no_items_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["序号", "编号", "案由", "主办单位", "备注"],
        ["一、经济类", "", "", "", ""],
        [1, "1", "甲", "市教育局", ""],
        ["小计", "1件", "", "", ""],
        [2, "", "", "", ""],
        ["序号", "编号", "案由", "主办单位", "备注"],
        ["二、社会类(共1件)", "", "", "", ""],
        [3, "2", "乙", "市公安局", "备注:续办"],
        ["", "", "总计", "2件", ""],
        ["备注:本表由督查室汇总", "", "", "", ""],
        ["填表人:赵六  联系电话:123", "", "", "", ""],
    ]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows, [(6, 0, 6, 4), (9, 0, 9, 4)]))
    assert [(row.row, row.title) for row in ledger.rows] == [(3, "甲"), (8, "乙")]
    assert [(skipped.row, skipped.why) for skipped in ledger.skipped] == [
        (2, "分段标题"),
        (4, "合计"),
        (6, "重复的表头"),
        (7, "分段标题"),
        (9, "合计"),
        (10, "表下说明"),
        (11, "表下说明"),
    ]
    assert ledger.refused == ()


def test_a_title_that_begins_like_a_total_is_an_item(tmp_path: Path) -> None:
    rows = [["编号", "案由"], ["1", "合计用电量公示的提案"], ["2", "备注栏规范填写的提案"]]
    assert len(read(xlsx(tmp_path / "a.xlsx", rows)).rows) == 2


def test_merged_cells_count_for_every_row(tmp_path: Path) -> None:
    rows = [
        ["会次", "编号", "案由", "主办单位"],
        ["四次会议", "1", "甲", "市教育局"],
        ["", "2", "乙", "市公安局"],
    ]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows, [(1, 0, 2, 0)]))
    assert [row.term for row in ledger.rows] == ["四次会议", "四次会议"]


def test_an_item_with_a_row_for_each_unit_is_one(tmp_path: Path) -> None:
    rows = [
        ["编号", "案由", "主办单位", "会办单位"],
        ["1", "甲", "市教育局", "市财政局"],
        ["", "", "", "市公安局"],
        ["2", "乙", "市民政局", ""],
    ]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)]))
    assert [(row.row, row.title) for row in ledger.rows] == [(2, "甲"), (4, "乙")]
    assert ledger.rows[0].units.co == ("市财政局", "市公安局")


def test_every_visible_sheet_with_a_heading_is_read(tmp_path: Path) -> None:
    second = (*GOOD[:0], "13", "关于加装电梯的提案", *GOOD[2:])
    sheets = {
        "说明": ([["请如实填写"]], ()),
        "经济": ([HEADING, GOOD], ()),
        "社会": ([["2020年台账"], HEADING, second], ()),
        "旧稿": ([HEADING, GOOD], ()),
    }
    ledger = read(workbook(tmp_path / "a.xlsx", sheets, hidden=["旧稿"]), opened_on=date(2020, 3, 1))
    assert ledger.sheets == ("经济", "社会")
    assert [(row.sheet, row.row, row.number) for row in ledger.rows] == [("经济", 2, "12"), ("社会", 3, "13")]
    assert ledger.ignored == ("工作表“说明”\uff08没有台账表头\uff09", "工作表“旧稿”\uff08隐藏\uff09")
    assert gaps(ledger) == {"before_plenary"}
    assert ledger.problems[1].sentence.startswith("工作表“社会”第3行“交办日期”\uff1a")


def test_a_column_without_a_heading_is_kept_on_the_row(tmp_path: Path) -> None:
    rows = [["编号", "案由", ""], ["1", "甲", "张科长经办"]]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows))
    assert ledger.ignored == ("第3列",)
    assert ledger.rows[0].cells == {"编号": "1", "案由": "甲", "第3列": "张科长经办"}


def test_a_heading_above_ends_in_circumstances(tmp_path: Path) -> None:
    rows = [
        ["编号", "案由", "办理情况", "", "", "沟通情况", ""],
        ["", "", "答复日期", "文号", "类别", "日期", "方式"],
        ["1", "关于增设路灯的提案", "2020.5.8", "城字1号", "A", "2020.4.1", "电话"],
    ]
    (row,) = read(xlsx(tmp_path / "a.xlsx", rows)).rows
    assert (row.replied_on, row.reply_number, row.mark) == (date(2020, 5, 8), "城字1号", "A")
    assert [(contact.on, contact.way_text) for contact in row.contacts] == [(date(2020, 4, 1), "电话")]


def test_a_row_of_totals_is_no_item_and_no_value_of_its_columns(tmp_path: Path) -> None:
    rows = [
        ["类别", "编号", "案由"],
        ["建议", "1", "关于增设路灯的建议"],
        ["合计", "", "1件"],
        ["", "", "共1件"],
    ]
    ledger = read(xlsx(tmp_path / "a.xlsx", rows))
    assert [(row.kind, row.category) for row in ledger.rows] == [("suggestion", "")]
    assert [skipped.why for skipped in ledger.skipped] == ["合计", "合计"]


def test_a_column_is_named_by_hand_by_the_name_it_is_shown_under(tmp_path: Path) -> None:
    """Also one of two of the same words, one without a heading, and one that says only what sort of proposer it is."""
    rows = [("案由", "备注", "备注", "", "性质"), ("甲", "一", "二", "张三", "委员")]
    path = xlsx(tmp_path / "台账.xlsx", rows)
    assert [column.name for column in read(path).columns] == ["案由", "备注", "备注(2)", "第4列", "性质"]
    (row,) = read(path, **{"备注(2)": "正文", "第4列": "提案者", "性质": "提案者类别"}).rows
    assert (row.remarks, row.text, row.proposer.name) == ("一", "二", "张三")
    assert row.proposer.kind


def test_a_sheet_whose_title_nobody_knows_says_what_there_is_to_choose_from(tmp_path: Path) -> None:
    rows = [
        ("二月周报", "", ""),
        ("事情", "提案人", "哪天"),
        ("甲", "张三", "2020-02-01"),
        ("乙", "张三", ""),
    ]
    with pytest.raises(UntitledError) as found:
        read(xlsx(tmp_path / "台账.xlsx", rows))
    assert [(column.name, column.standard, column.examples[:2]) for column in found.value.columns] == [
        ("事情", "", ("甲", "乙")),
        ("提案人", "提案者", ("张三",)),
        ("哪天", "", ("2020-02-01",)),
    ]
