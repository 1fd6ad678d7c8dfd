"""The pages: a ledger is brought, its report read, refused rows taken away, the whole taken back."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from huiyin.ledgers.models import LedgerImport
from tests.ledgers.importing.makers import bare, ledger, row, take_in
from tests.ledgers.reading.makers import xlsx


@pytest.fixture
def as_(client):
    """The client as one of the named people."""

    def log_in(actor):
        client.force_login(actor.person)
        return client

    return log_in


def upload(path):
    return SimpleUploadedFile(path.name, path.read_bytes())


def rows_of(answer):
    """The rows of a downloaded ledger, by heading."""
    book = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue()))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(heading, cells, strict=True)) for cells in rows]


def bring(client, city, path, **more):
    given = {"plenary": city.plenary.pk, "file": upload(path), "new_units": "on"} | more
    return client.post("/imports/", given)


def test_a_ledger_is_brought_and_its_report_shown(city, tmp_path, as_):
    client = as_(city.lin_lan)
    assert client.get("/imports/").status_code == 200
    path = ledger(
        tmp_path / "台账.xlsx", row(), row(编号="13", 案由=""), bare(案由="乙", 答复日期="2020-05-08")
    )
    answer = bring(client, city, path)
    found = LedgerImport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/imports/{found.pk}/")
    assert (found.by, found.file_name) == (city.lin_lan.person, "台账.xlsx")
    page = client.get(answer["Location"]).content.decode()
    assert "第3行“案由”：没有填写" in page
    assert "第12号 关于增设路灯的提案" in page
    assert "没有填写" not in client.get(answer["Location"] + "?show=created").content.decode()
    assert "台账.xlsx" in client.get("/imports/").content.decode()


def test_what_could_not_be_attributed_is_shown_on_the_case(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", bare(答复文号="教函〔2020〕8号")))
    page = as_(city.lin_lan).get(city.plenary.proposals.get().get_absolute_url()).content.decode()
    assert "无法归属" in page
    assert "教函〔2020〕8号" in page
    take_in(city, ledger(tmp_path / "二.xlsx", bare(答复文号="教函〔2020〕8号", 主办单位="市教育局")))
    page = as_(city.lin_lan).get(city.plenary.proposals.get().get_absolute_url()).content.decode()
    assert "无法归属" not in page


def test_a_check_shows_what_each_column_is_taken_for(city, tmp_path, as_):
    path = xlsx(tmp_path / "台账.xlsx", [("题目", "天气", "案号"), ("机密 乙", "阴", "2"), ("甲", "晴", "1")])
    page = bring(as_(city.lin_lan), city, path, dry_run="on").content.decode()
    cells = [
        [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in BeautifulSoup(page, "html.parser").select("tbody tr")
    ]
    assert cells == [["题目", "案由", "甲"], ["天气", "不采用", "晴"], ["案号", "编号", "1"]]


def test_a_check_brings_nothing(city, tmp_path, as_):
    answer = bring(as_(city.lin_lan), city, ledger(tmp_path / "台账.xlsx", row()), dry_run="on")
    assert (answer.status_code, "没有导入任何内容" in answer.content.decode()) == (200, True)
    assert not LedgerImport.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"file": SimpleUploadedFile("台账.docx", b"x")}, "请上传 xlsx"),
        ({"file": SimpleUploadedFile("台账.csv", b"a,b\n1,2\n")}, "没有找到台账表头"),
        ({"column_map": "没有等号"}, "请写成“列名=标准列名”"),
        ({"plenary": "0"}, "选"),
    ],
)
def test_what_can_not_be_read_is_told_beside_the_form(city, tmp_path, as_, more, said):
    answer = bring(as_(city.lin_lan), city, ledger(tmp_path / "台账.xlsx", row()), **more)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not LedgerImport.objects.exists()


def test_refused_rows_are_taken_away_as_they_stood(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row(答复日期="2020年9月31日"), row(编号="13", 案由="乙")))
    answer = as_(city.lin_lan).get(f"/imports/{LedgerImport.objects.get().pk}/refused.xlsx")
    (cells,) = rows_of(answer)
    assert (cells["答复日期"], cells["原行号"]) == ("2020年9月31日", "2")
    assert "不存在" in cells["导入备注"]


def test_the_ledger_of_a_plenary_is_taken_away(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    answer = as_(city.lin_lan).get(f"/ledgers/{city.plenary.code}.xlsx")
    (cells,) = rows_of(answer)
    assert cells["答复文号"] == "教函〔2020〕8号"


def test_an_import_is_undone_by_its_button(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    address = f"/imports/{LedgerImport.objects.get().pk}/"
    client = as_(city.staff)
    assert client.get(address + "undo/").status_code == 405
    assert "作废1件" in client.post(address + "undo/", follow=True).content.decode()
    assert "已经撤销" in client.post(address + "undo/", follow=True).content.decode()
    assert "撤销这次导入</button>" not in client.get(address).content.decode()


def test_only_the_office_and_the_plenarys_own_staff_come_here(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    own = f"/imports/{LedgerImport.objects.get().pk}/"
    addresses = [own, own + "refused.xlsx", f"/ledgers/{city.plenary.code}.xlsx"]
    for actor in (city.lin_lan, city.staff):
        assert [as_(actor).get(address).status_code for address in ["/imports/", *addresses]] == [200] * 4
    for actor in (city.stranger, city.congress_staff):
        assert [as_(actor).get(address).status_code for address in addresses] == [404] * 3
        assert as_(actor).post(own + "undo/").status_code == 404
    for actor in (city.chen_jing, city.chen_yiming, city.mayor_wang, city.auditor, city.administrator):
        assert [as_(actor).get(address).status_code for address in ["/imports/", *addresses]] == [404] * 4


def test_staff_bring_ledgers_of_their_own_assembly_only(city, tmp_path, as_):
    path = ledger(tmp_path / "台账.xlsx", row())
    assert bring(as_(city.congress_staff), city, path).status_code == 422
    assert bring(as_(city.staff), city, path).status_code == 302


def test_an_import_that_was_cut_off_is_shown_as_such(city, as_):
    from huiyin.ledgers import steps
    from huiyin.people.actor import Actor

    steps.start(city.plenary, actor=Actor.system(city.here), file_name="半途.xlsx", digest="0")
    client = as_(city.lin_lan)
    assert "没有完成" in client.get("/imports/").content.decode()
    assert "没有完成" in client.get(f"/imports/{LedgerImport.objects.get().pk}/").content.decode()
