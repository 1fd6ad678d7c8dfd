"""Files of every sort, and sentences for those that are of no use."""

import zipfile
from pathlib import Path

import pytest

from huiyin.ledgers.reading import LedgerError
from huiyin.ledgers.reading.sheets import cell_text
from tests.ledgers.reading.makers import GOOD, HEADING, read, text, workbook, xls, xlsx


def test_the_same_rows_come_out_of_every_format(tmp_path: Path) -> None:
    rows = [HEADING, GOOD, ("0094", "关于“路灯”,以及\n井盖的提案", "", "市城管局\n市财政局", "", "", "B类")]
    files = [
        xlsx(tmp_path / "甲.xlsx", rows),
        xls(tmp_path / "甲.xls", rows),
        text(tmp_path / "utf8.csv", rows),
        text(tmp_path / "bom.csv", rows, encoding="utf-8-sig"),
        text(tmp_path / "gb.csv", rows, encoding="gb18030"),
        text(tmp_path / "utf16.txt", rows, encoding="utf-16", delimiter="\t"),
        text(tmp_path / "semicolon.csv", rows, delimiter=";"),
        text(tmp_path / "tab.tsv", rows, encoding="gb18030", delimiter="\t"),
        xlsx(tmp_path / "renamed.xlsx", rows).rename(tmp_path / "其实是新版.xls"),
    ]
    seen = {
        tuple((row.row, row.identity, row.title, row.units, row.mark) for row in read(file).rows)
        for file in files
    }
    assert len(seen) == 1
    (rows_read,) = seen
    assert [row[1] for row in rows_read] == [("number", "12"), ("number", "0094")]
    assert rows_read[1][3].leads == ("市城管局", "市财政局")


def test_a_text_file_counts_records_as_a_spreadsheet_would(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编号,案由\n\n1,"甲\n乙"\n2,丙\n', encoding="utf-8")
    assert [(row.row, row.title) for row in read(path).rows] == [(3, "甲\n乙"), (4, "丙")]


def test_a_formula_is_its_stored_value(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "案由"])
        sheet.write_formula(1, 0, "=150+1", None, 151)
        sheet.write_formula(1, 1, '="关于"&"路灯"', None, "关于路灯")
    (row,) = read(path).rows
    assert (row.number, row.title) == ("151", "关于路灯")


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    for name in ("空.csv", "空.xlsx"):
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(LedgerError, match=f"“{name}”是空的"):
            read(tmp_path / name)
    with pytest.raises(LedgerError, match="没有内容"):
        read(xlsx(tmp_path / "空表.xlsx", []))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"“无\.xlsx”打不开"):
        read(tmp_path / "无.xlsx")
    with pytest.raises(LedgerError, match="打不开"):
        read(tmp_path)


def test_an_encrypted_workbook_asks_for_the_password_to_be_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    head = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
    path.write_bytes(head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)
    with pytest.raises(LedgerError, match=r"“加密\.xlsx”加了密码"):
        read(path)


def test_what_is_no_spreadsheet_is_told_so(tmp_path: Path) -> None:
    word = tmp_path / "文档.docx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    page = tmp_path / "网页.xls"
    page.write_text("<html><table><tr><td>编号</td></tr></table></html>", encoding="utf-8")
    picture = tmp_path / "图片.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    old = tmp_path / "坏.xls"
    old.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 2000)
    for path in (word, page, picture, old):
        with pytest.raises(LedgerError, match=f"“{path.name}”不是.*另存为xlsx"):
            read(path)


@pytest.mark.parametrize("kept", [600, 4096, 4200, 5000, 5300])
def test_a_cut_off_workbook_never_crashes(tmp_path: Path, kept: int) -> None:
    whole = xls(tmp_path / "整.xls", [HEADING, GOOD]).read_bytes()
    assert kept < len(whole)
    path = tmp_path / "断.xls"
    path.write_bytes(whole[:kept])
    with pytest.raises(LedgerError, match=r"不是能读的表格|没有内容|没有找到"):
        read(path)


def test_an_open_quote_swallows_no_rows_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编号,案由\n1,"甲\n2,乙\n', encoding="utf-8")
    with pytest.raises(LedgerError, match="引号不成对"):
        read(path)


def test_a_table_of_something_else_has_no_heading(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"没有找到台账表头.*列名=案由"):
        read(xlsx(tmp_path / "工资.xlsx", [["姓名", "部门", "工资"], ["张三", "一科", 100]]))
    with pytest.raises(LedgerError, match="没有“案由”"):
        read(xlsx(tmp_path / "缺.xlsx", [["编号", "主办单位", "答复日期"], ["1", "市教育局", "2020-05-01"]]))


def test_a_marking_outside_the_items_refuses_the_whole_file(tmp_path: Path) -> None:
    above = xlsx(tmp_path / "上.xlsx", [["机密★5年"], HEADING, GOOD])
    below = xlsx(tmp_path / "下.xlsx", [HEADING, GOOD, ["合计", "1件", "", "", "", "", "绝密"]])
    for path in (above, below):
        with pytest.raises(LedgerError, match="纸质涉密渠道"):
            read(path)


def test_a_marking_on_a_sheet_that_is_not_read_refuses_the_whole_file(tmp_path: Path) -> None:
    sheets = {"台账": ([HEADING, GOOD], ()), "附件": ([["秘密★1年"], ["正文"]], ())}
    with pytest.raises(LedgerError, match=r"工作表“附件”.*纸质涉密渠道"):
        read(workbook(tmp_path / "a.xlsx", sheets))


def test_a_nul_is_nobodys_text() -> None:
    assert cell_text("案\0由\0") == "案由"
