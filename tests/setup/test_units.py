"""The list of units: every kind of mistake is named by its row, a second upload changes what differs and no more."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.journal.models import Event
from huiyin.people import credit
from huiyin.people.models import Jurisdiction, Unit
from huiyin.setup.models import BroughtList
from tests.ledgers.reading.makers import xls
from tests.setup.sitting import UNITS, Sitting, workbook

ADDRESS = "/setup/units/"


def code(place: int) -> str:
    """Made up: no registration authority gives out bodies that begin with HUYN."""
    body = f"11370300HUYN0{place:04d}"
    return body + credit.check_character(body)


def unit(name: str, **given: str) -> tuple[str, ...]:
    return tuple(({"单位名称": name} | given).get(heading, "") for heading in UNITS)


def brought(sitting: Sitting, *rows: tuple[Any, ...]) -> Sitting:
    return sitting.brings(ADDRESS, workbook(UNITS, *rows))


def taken(sitting: Sitting, *rows: tuple[Any, ...]) -> Sitting:
    return brought(sitting, *rows).presses(ADDRESS, "take")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (unit("", 简称="无名"), "没有单位名称。请补上"),
        (unit("市某局", 统一社会信用代码="1137"), "应为18位"),
        (unit("市某局", 统一社会信用代码="1.13703E+17"), "被表格软件当成了数字"),
        (unit("市某局", 统一社会信用代码=code(1)[:-1] + "?"), "不应出现“?”"),
        (unit("市某局", 上级单位="市某局"), "上级单位写成了本单位"),
        (unit("市某局", 上级单位="没有的局"), "上级单位“没有的局”没有登记，名单里也没有"),
        (unit("市" + "很" * 100 + "长局"), "“名称”最多100个字"),
        (unit("市某局", 是否政府办公室="大概"), "只填“是”或“否”"),
        (unit("市教育局"), "与第2行是同一个单位，请只留一行"),
        (unit("另一个局", 统一社会信用代码=code(7)), "与第2行是同一个单位，请只留一行"),
    ],
)
def test_a_row_that_cannot_be_says_why_and_the_others_go_in(
    begun: Sitting, row: tuple[str, ...], said: str
) -> None:
    brought(begun, unit("市教育局", 统一社会信用代码=code(7)), row)
    assert begun.counts() == {"新增": 1, "有变化": 0, "未变": 0, "不能收": 1}
    assert begun.lines[0][0] == "第3行"  # what needs a look stands first
    assert said in begun.lines[0][3]
    begun.presses(ADDRESS, "take")
    assert "已收进来：新增1条" in begun.text
    assert [one.name for one in Unit.objects.all()] == ["市教育局"]
    assert said in begun.lines[0][3]  # still there to be put right


def test_parents_come_in_before_their_children_wherever_they_stand(begun: Sitting) -> None:
    taken(begun, unit("区考办", 上级单位="市招考院"), unit("市招考院", 上级单位="市教育局"), unit("市教育局"))
    above = dict(Unit.objects.values_list("name", "parent__name"))
    assert above == {"市教育局": None, "市招考院": "市教育局", "区考办": "市招考院"}
    brought(
        begun, unit("甲局", 上级单位="乙局"), unit("乙局", 上级单位="甲局"), unit("丙局", 上级单位="甲局")
    )
    assert [line[1] for line in begun.lines] == ["不能收"] * 3
    assert "互为上级" in begun.lines[0][3]


def test_a_second_upload_shows_and_takes_in_only_what_differs(begun: Sitting) -> None:
    taken(begun, unit("市教育局", 统一社会信用代码=code(1), 职责="教育"), unit("市文化局"), unit("市水利局"))
    events = Event.objects.count()
    brought(
        begun,
        unit("市教育体育局", 统一社会信用代码=code(1).lower()),
        unit("市文化局", 简称="文化局", 上级单位="市教育体育局"),
        unit("市水利局"),
        unit("市体育中心", 上级单位="市教育局"),
    )
    assert begun.counts() == {"新增": 1, "有变化": 2, "未变": 1, "不能收": 0}
    assert begun.said_of("市教育体育局") == "有变化 单位名称由“市教育局”改为“市教育体育局”"
    assert "简称填上“文化局”" in begun.said_of("市文化局")
    begun.presses(ADDRESS, "take")
    assert "已收进来：新增1条，修改2条。" in begun.text
    renamed = Unit.objects.get(credit_code=code(1))
    assert (renamed.name, renamed.duties) == ("市教育体育局", "教育")  # an empty cell says nothing
    assert Unit.objects.get(name="市文化局").parent == renamed
    assert Unit.objects.get(name="市体育中心").parent == renamed
    assert Unit.objects.count() == 4
    assert sorted(Event.objects.order_by("pk")[events:].values_list("code", flat=True)) == [
        "unit.change",
        "unit.change",
        "unit.enter",
    ]
    assert not BroughtList.objects.exists()


def test_the_same_list_again_changes_nothing(begun: Sitting) -> None:
    rows = (unit("市教育局", 统一社会信用代码=code(1)), unit("市招考院", 上级单位="市教育局", 职责="考试"))
    taken(begun, *rows)
    events = Event.objects.count()
    brought(begun, *rows)
    assert begun.counts() == {"新增": 0, "有变化": 0, "未变": 2, "不能收": 0}
    begun.presses(ADDRESS, "take")
    assert "没有需要收的内容" in begun.text
    assert Event.objects.count() == events


def test_a_name_and_a_code_of_two_units_are_a_mistake(begun: Sitting) -> None:
    taken(begun, unit("市教育局", 统一社会信用代码=code(1)), unit("市水利局", 统一社会信用代码=code(2)))
    brought(begun, unit("市水利局", 统一社会信用代码=code(1)))
    assert "名称是“市水利局”，统一社会信用代码却是“市教育局”的" in begun.said_of("市水利局")


def test_a_closed_unit_and_one_of_another_place_are_left_alone(begun: Sitting) -> None:
    taken(begun, unit("市物价局"))
    Unit.objects.update(closed_on="2026-12-31")
    there = Jurisdiction.objects.create(code="370200", name="青岛市", level="city")
    Unit.objects.create(jurisdiction=there, name="青岛的局", credit_code=code(9))
    brought(begun, unit("市物价局", 职责="价格"), unit("市某局", 统一社会信用代码=code(9)))
    assert "已登记撤并" in begun.said_of("市物价局")
    assert "登记在其他地区的单位名下" in begun.said_of("市某局")


def test_a_step_that_refuses_after_all_is_told_by_its_row(begun: Sitting) -> None:
    taken(begun, unit("市教育局"), unit("市招考院", 上级单位="市教育局"))
    brought(begun, unit("市教育局", 上级单位="市招考院"), unit("市水利局"))
    assert begun.counts()["有变化"] == 1
    begun.presses(ADDRESS, "take")
    assert "已收进来：新增1条" in begun.text
    assert "第2行（市教育局）没有收进来：上级单位选成了本单位或它的下级" in begun.text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_csv_of_an_old_program_is_read(begun: Sitting, encoding: str) -> None:
    text = "各承办单位名单,,\r\n单位,电话,主要职责\r\n市教育局,2183456,教育\r\n合计,1,\r\n填表人：李某,,\r\n"
    begun.brings(ADDRESS, SimpleUploadedFile("单位.csv", text.encode(encoding)))
    assert begun.counts()["新增"] == 1
    assert "没有用到的列：电话。" in begun.text
    begun.presses(ADDRESS, "take")
    assert Unit.objects.get().duties == "教育"


def test_an_old_spreadsheet_is_read(begun: Sitting, tmp_path: Any) -> None:
    path = xls(tmp_path / "单位.xls", [("单位名称", "简称"), ("市教育局", "教育局")])
    begun.brings(ADDRESS, SimpleUploadedFile("单位.xls", path.read_bytes()))
    begun.presses(ADDRESS, "take")
    assert Unit.objects.get().short_name == "教育局"


def test_the_template_as_it_is_brings_nothing(begun: Sitting) -> None:
    answer = begun.client.get("/setup/units/template.xlsx")
    content = b"".join(answer.streaming_content)
    assert (
        "模板.xlsx" in answer.headers["Content-Disposition"]
        or "filename*" in answer.headers["Content-Disposition"]
    )
    begun.brings(ADDRESS, SimpleUploadedFile("模板.xlsx", content))
    assert "表头下面没有内容" in begun.text
    assert begun.client.get("/setup/anything/template.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.docx", b"x", "请上传 xlsx、xls 或 csv 文件"),
        ("名单.xlsx", b"", "这是空文件"),
        ("名单.xlsx", b"PK\x03\x04broken", "不是能读的表格"),
        ("名单.csv", "姓名,电话\r\n张三,1\r\n".encode(), "没有找到写着“单位名称”的表头，请下载模板"),
        ("名单.csv", "单位名称,职责\r\n市某局,机密★10年\r\n".encode(), "标有“机密”"),
    ],
)
def test_a_file_that_is_of_no_use_is_refused_with_a_sentence(
    begun: Sitting, name: str, content: bytes, said: str
) -> None:
    begun.brings(ADDRESS, SimpleUploadedFile(name, content))
    assert begun.status == 422
    assert said in begun.text
    assert not BroughtList.objects.exists()


def test_a_list_can_be_left_and_taken_up_or_given_up(begun: Sitting) -> None:
    brought(begun, unit("市教育局"))
    assert begun.opens("/setup/").opens(ADDRESS).counts()["新增"] == 1
    brought(begun, unit("市水利局"))
    assert [line[2] for line in begun.lines] == ["市水利局"]
    begun.presses(ADDRESS, "drop")
    assert "没有收，可以重新上传" in begun.text
    assert begun.presses(ADDRESS, "take").status == 200
    assert "已经处理过了" in begun.text
    assert not Unit.objects.exists()


def test_a_long_list_is_shown_by_pages_and_by_outcome(begun: Sitting) -> None:
    brought(begun, *(unit(f"市第{number}局") for number in range(60)), unit("", 简称="无名"))
    assert len(begun.lines) == 50
    assert begun.lines[0][1] == "不能收"
    assert len(begun.opens(f"{ADDRESS}?page=2").lines) == 11
    assert len(begun.opens(f"{ADDRESS}?show=refused").lines) == 1
