"""The pages: a ledger is brought, its report read, refused rows taken away, the whole taken back."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import now
from huiyin.contacts import steps as contacts
from huiyin.ledgers import forms, working
from huiyin.ledgers.models import LATE, STALE, ImportDraft, LedgerImport
from huiyin.ledgers.working import work_off
from tests.ledgers.importing.makers import bare, ledger, many, row, take_in
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


def brought(client, city, path, **more):
    """Uploaded and checked: the address of its page."""
    answer = bring(client, city, path, **more)
    assert answer.status_code == 302, errors(answer)
    work_off()
    return answer["Location"]


def errors(answer):
    return [one.get_text(" ", strip=True) for one in soup(answer).select(".error, .refusal")]


def soup(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser")


def columns(answer):
    """What the page says each column is: its name, the choice that stands, its first values."""
    found = []
    for line in soup(answer).select(".of-file tbody tr"):
        chosen = line.select_one("option[selected]")
        found.append((line.th.get_text(strip=True), chosen["value"], line.find_all("td")[1].get_text()))
    return found


def as_shown(answer, **chosen):
    """The form of the columns as a browser sends it, with some of them set to something else."""
    sent = {"act": "check", "new_units": "on"}
    for line in soup(answer).select(".of-file tbody tr"):
        name, select = line.th.get_text(strip=True), line.select_one("select")
        sent[select["name"]] = chosen.get(name, select.select_one("option[selected]")["value"])
    return sent


def rows(answer):
    """Row number, outcome and what is said."""
    found = soup(answer).select(".brought tbody tr")
    return [tuple(line.find_all("td")[at].get_text(strip=True) for at in (0, 1, 3)) for line in found]


def test_a_ledger_is_brought_checked_taken_in_and_its_report_shown(city, tmp_path, as_):
    client = as_(city.lin_lan)
    path = ledger(
        tmp_path / "台账.xlsx", row(), row(编号="13", 案由=""), bare(案由="乙", 答复日期="2020-05-08")
    )
    address = brought(client, city, path)
    page = client.get(address)
    assert [(number, outcome) for number, outcome, _ in rows(page)] == [
        ("2", "可新建"),
        ("3", "不能导入"),
        ("4", "可新建"),
    ]
    assert "“案由”：没有填写" in rows(page)[1][2]
    assert len(rows(client.get(address + "?show=refused"))) == 1
    assert len(rows(client.get(address + "?show=problems"))) == 3
    assert not city.plenary.proposals.exists()
    assert "检查完了，可以导入2行。" in client.get("/imports/").content.decode()
    assert "导入2行</button>" in page.content.decode()
    client.post(address, {"act": "import"})
    assert "等候导入" in client.get(address).content.decode()
    work_off()
    found = LedgerImport.objects.get()
    assert client.get(address)["Location"] == f"/imports/{found.pk}/"
    assert (found.by, found.file_name) == (city.lin_lan.person, "台账.xlsx")
    page = client.get(f"/imports/{found.pk}/").content.decode()
    assert "“案由”：没有填写" in page
    assert "第12号 关于增设路灯的提案" in page
    assert "没有填写" not in client.get(f"/imports/{found.pk}/?show=created").content.decode()
    listed = soup(client.get("/imports/"))
    assert "新建2，补充0，未变0，未导入1" in listed.get_text()
    assert "还没有导入完的文件" not in listed.get_text()


def test_while_it_is_worked_on_the_page_asks_again_and_then_goes_on(city, tmp_path, as_):
    client = as_(city.lin_lan)
    address = bring(client, city, ledger(tmp_path / "台账.xlsx", row()))["Location"]
    waiting = soup(client.get(address))
    assert waiting.select_one("#work")["hx-get"] == address
    assert waiting.select_one("noscript a")["href"] == address
    assert "等候检查" in waiting.select_one("#work").get_text()
    working.claim()
    ImportDraft.objects.update(rows=400, done=100)
    bar = soup(client.get(address)).select_one("#work progress")
    assert (bar["max"], bar["value"]) == ("400", "100")
    assert "已处理100行，共400行" in client.get("/imports/").content.decode()
    with clock_at(now() + STALE * 2):
        assert "稍后会接着做" in client.get(address).content.decode()
        work_off()
    done = soup(client.get(address, headers={"HX-Request": "true"})).select_one("#work")
    assert done.get("hx-get") is None
    assert "检查结果" in done.get_text()
    client.post(address, {"act": "import"})
    work_off()
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == f"/imports/{LedgerImport.objects.get().pk}/"


def test_a_file_nobody_works_on_says_whom_to_tell(city, tmp_path, as_):
    client = as_(city.lin_lan)
    address = bring(client, city, ledger(tmp_path / "台账.xlsx", row()))["Location"]
    with clock_at(now() + LATE * 2):
        assert "请告诉系统管理员" in client.get(address).content.decode()


def test_the_mapping_is_shown_and_corrected_by_hand(city, tmp_path, as_):
    client = as_(city.lin_lan)
    path = xlsx(tmp_path / "台账.xlsx", [("题目", "天气", "案号"), ("甲", "阴", "2"), ("乙", "晴", "1")])
    address = brought(client, city, path)
    page = client.get(address)
    assert columns(page) == [("题目", "案由", "甲；乙"), ("天气", "", "阴；晴"), ("案号", "编号", "2；1")]
    refused = client.post(address, as_shown(page, 天气="编号"))
    assert refused.status_code == 422
    assert "“天气”也选了“编号”，只能有一列" in " ".join(errors(refused))
    client.post(address, as_shown(page, 天气="备注", 案号=""))
    work_off()
    assert ImportDraft.objects.get().column_map == {"天气": "备注", "案号": ""}
    assert "没有采用：案号。" in client.get(address).content.decode()
    client.post(address, {"act": "import"})
    work_off()
    assert set(city.plenary.proposals.values_list("title", "number")) == {("甲", ""), ("乙", "")}
    second = brought(client, city, xlsx(tmp_path / "二.xlsx", [("题目", "天气", "案号"), ("丙", "雪", "3")]))
    page = client.get(second)
    assert [(name, standard) for name, standard, _ in columns(page)] == [
        ("题目", "案由"),
        ("天气", "备注"),
        ("案号", ""),
    ]
    assert "2列采用，1列不采用；沿用了“台账.xlsx”的对应" in page.content.decode()


def test_a_sheet_whose_title_nobody_knows_asks_which_column_it_is(city, tmp_path, as_):
    client = as_(city.lin_lan)
    address = brought(client, city, xlsx(tmp_path / "台账.xlsx", [("事情", "局"), ("甲", "市教育局")]))
    page = client.get(address)
    assert "没有认出哪一列是“案由”" in page.content.decode()
    told = client.post(address, as_shown(page, 局="主办单位"))
    assert (told.status_code, errors(told)) == (422, ["还没有哪一列是“案由”（标题），请先指明。"])
    assert columns(told)[1][1] == "主办单位"  # what was chosen stays chosen
    client.post(address, as_shown(page, 事情="案由", 局="主办单位"))
    work_off()
    assert rows(client.get(address))[0][:2] == ("2", "可新建")


def test_refused_rows_are_downloaded_corrected_and_brought_again(city, tmp_path, as_):
    client = as_(city.lin_lan)
    path = ledger(tmp_path / "台账.xlsx", row(答复日期="2020年9月31日"), row(编号="13", 案由="乙"))
    address = brought(client, city, path)
    before = rows_of(client.get(address + "refused.xlsx"))
    client.post(address, {"act": "import"})
    work_off()
    report = LedgerImport.objects.get()
    (cells,) = rows_of(client.get(f"/imports/{report.pk}/refused.xlsx"))
    assert before == [cells]
    assert (cells["答复日期"], cells["原行号"]) == ("2020年9月31日", "2")
    assert "不存在" in cells["导入备注"]
    right = cells | {"答复日期": "2020-09-30"}
    again = brought(client, city, xlsx(tmp_path / "改好.xlsx", [tuple(right), tuple(right.values())]))
    page = client.get(again)
    assert rows(page)[0][:2] == ("2", "可新建")
    assert "导入备注" not in page.content.decode()
    client.post(again, {"act": "import"})
    work_off()
    assert set(city.plenary.proposals.values_list("number", flat=True)) == {"12", "13"}
    assert city.plenary.proposals.get(number="12").points.count() == 2


def test_a_file_with_nothing_new_is_not_imported_but_left_aside(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    client = as_(city.lin_lan)
    address = brought(client, city, tmp_path / "台账.xlsx")
    page = client.get(address)
    assert rows(page)[0][1] == "已有"
    assert "没有可以导入的新内容。" in page.content.decode()
    assert "已删去“台账.xlsx”" in client.post(address, {"act": "drop"}, follow=True).content.decode()
    assert client.get(address).status_code == 404


def test_a_failure_is_told_and_the_file_checked_anew(city, tmp_path, as_, monkeypatch):
    client = as_(city.lin_lan)
    answer = bring(client, city, ledger(tmp_path / "台账.xlsx", row()))
    with monkeypatch.context() as broken:
        broken.setattr(working._Working, "_check", lambda self: 1 / 0)
        for _ in range(working.TRIES):
            with pytest.raises(ZeroDivisionError):
                work_off()
        work_off()
    page = client.get(answer["Location"])
    assert "请告诉系统管理员查看" in page.content.decode()
    client.post(answer["Location"], as_shown(page))
    work_off()
    assert rows(client.get(answer["Location"]))[0][1] == "可新建"


def test_what_could_not_be_attributed_is_shown_on_the_case(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", bare(答复文号="教函〔2020〕8号")))
    page = as_(city.lin_lan).get(city.plenary.proposals.get().get_absolute_url()).content.decode()
    assert "无法归属" in page
    assert "教函〔2020〕8号" in page
    take_in(city, ledger(tmp_path / "二.xlsx", bare(答复文号="教函〔2020〕8号", 主办单位="市教育局")))
    page = as_(city.lin_lan).get(city.plenary.proposals.get().get_absolute_url()).content.decode()
    assert "无法归属" not in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"file": SimpleUploadedFile("台账.docx", b"x")}, "请上传 xlsx"),
        ({"file": SimpleUploadedFile("台账.xlsx", b"PK\x03\x04")}, "不是能读的表格"),
        (
            {"file": SimpleUploadedFile("台账.csv", "编号,案由\n1,【机密】甲\n".encode())},
            "第2行“案由”：标有“机密”",
        ),
        ({"new_classes": "没有的分类法"}, "没有的分类法"),
        ({"plenary": "0"}, "选"),
    ],
)
def test_what_can_not_be_read_is_told_beside_the_form(city, tmp_path, as_, more, said):
    answer = bring(as_(city.lin_lan), city, ledger(tmp_path / "台账.xlsx", row()), **more)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not ImportDraft.objects.exists()


def test_a_file_too_large_is_told_its_size(city, tmp_path, as_, monkeypatch):
    monkeypatch.setattr(forms, "SIZE_LIMIT", 1024)
    answer = bring(as_(city.lin_lan), city, ledger(tmp_path / "台账.xlsx", *many(50)))
    assert answer.status_code == 422
    assert "请拆分后分次导入" in " ".join(errors(answer))
    assert not ImportDraft.objects.exists()


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
    page = client.post(address + "undo/", follow=True).content.decode()
    assert "等候撤销" in page
    assert "撤销这次导入</button>" not in page
    assert client.get(address, headers={"HX-Request": "true"}).headers.get("HX-Refresh") is None
    work_off()
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert "已撤销这次导入，作废1件" in page
    assert "撤销这次导入</button>" not in page
    assert "已经撤销" in client.post(address + "undo/", follow=True).content.decode()


def test_an_undoing_that_finds_something_done_meanwhile_says_so_and_leaves_the_rest(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    client, address = as_(city.lin_lan), f"/imports/{LedgerImport.objects.get().pk}/"
    client.post(address + "undo/")
    share = city.plenary.proposals.get().assignments.get(role="lead")
    contacts.log(share, actor=city.zhou_ning, phase="after", way="visit")
    work_off()
    page = client.get(address).content.decode()
    assert "在导入以后又有办理" in page
    assert "还没有导入完的文件" not in client.get("/imports/").content.decode()
    assert city.plenary.proposals.get().state != "void"


def test_what_can_not_be_undone_says_why(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    client, address = as_(city.lin_lan), f"/imports/{LedgerImport.objects.get().pk}/"
    assert "撤销这次导入</button>" in client.get(address).content.decode()
    share = city.plenary.proposals.get().assignments.get(role="lead")
    contacts.log(share, actor=city.zhou_ning, phase="after", way="visit")
    page = client.get(address).content.decode()
    assert "在导入以后又有办理" in page
    assert "撤销这次导入</button>" not in page


def test_a_file_of_many_rows_takes_as_many_queries_as_one_of_few(city, tmp_path, as_):
    client = as_(city.lin_lan)

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert not [one for one in captured if '"content"' in one["sql"]]
        return len(captured)

    counted = []
    for count, name in ((2, "少.xlsx"), (40, "多.xlsx")):
        path = ledger(tmp_path / name, *(bare(编号=f"{count}{at}", 案由=f"第{at}件") for at in range(count)))
        address = brought(client, city, path)
        take_in(city, path)  # the check of the next one points to what stands
        again = brought(client, city, path)
        counted.append((queries(address), queries(again), queries("/imports/")))
    assert counted[0] == counted[1]
    assert max(counted[1]) <= 12


def test_only_the_office_and_the_plenarys_own_staff_come_here(city, tmp_path, as_):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    draft = bring(as_(city.lin_lan), city, tmp_path / "台账.xlsx")["Location"]
    own = f"/imports/{LedgerImport.objects.get().pk}/"
    addresses = [
        draft,
        draft + "refused.xlsx",
        own,
        own + "refused.xlsx",
        f"/ledgers/{city.plenary.code}.xlsx",
    ]
    for actor in (city.lin_lan, city.staff):
        assert [as_(actor).get(address).status_code for address in ["/imports/", *addresses]] == [200] * 6
    for actor in (city.stranger, city.congress_staff):
        assert [as_(actor).get(address).status_code for address in addresses] == [404] * 5
        assert as_(actor).post(own + "undo/").status_code == 404
        assert as_(actor).post(draft, {"act": "drop"}).status_code == 404
    for actor in (city.chen_jing, city.chen_yiming, city.mayor_wang, city.auditor, city.administrator):
        assert [as_(actor).get(address).status_code for address in ["/imports/", *addresses]] == [404] * 6


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


def test_new_classes_go_into_a_taxonomy_that_there_is(city, tmp_path, as_):
    client = as_(city.lin_lan)
    choices = soup(client.get("/imports/")).select("#id_new_classes option")
    assert choices[0]["value"] == ""
    assert "category" in {one["value"] for one in choices}
    path = ledger(tmp_path / "台账.xlsx", row(分类="冰雪运动"))
    address = brought(client, city, path)
    assert "不在现有分类中" in client.get(address).content.decode()
    client.post(address, {"act": "drop"})
    address = brought(client, city, path, new_classes="category")
    assert "不在现有分类中" not in client.get(address).content.decode()
