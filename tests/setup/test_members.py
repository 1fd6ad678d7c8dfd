"""The list of members and deputies: told apart, brought up to date, never doubled."""

from typing import Any

import pytest

from huiyin.journal.models import Event
from huiyin.people.models import Proposer
from huiyin.proposals.models import Plenary
from huiyin.setup.members import term_of
from tests.setup.sitting import MEMBERS, Sitting, workbook

ADDRESS = "/setup/members/"


def member(name: str, **given: str) -> tuple[str, ...]:
    return tuple(({"姓名": name} | given).get(heading, "") for heading in MEMBERS)


def brought(sitting: Sitting, *rows: tuple[Any, ...], **given: Any) -> Sitting:
    return sitting.brings(ADDRESS, workbook(MEMBERS, *rows), **given)


def taken(sitting: Sitting, *rows: tuple[Any, ...], **given: Any) -> Sitting:
    return brought(sitting, *rows, **given).presses(ADDRESS, "take")


@pytest.fixture
def open_plenary(begun: Sitting) -> Sitting:
    begun.opens_plenary()
    return begun


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("第十三届", 13),
        ("十三届四次", 13),
        ("13", 13),
        ("13届", 13),
        ("第二十一届", 21),
        ("２０２１", None),
        ("上届", None),
    ],
)
def test_terms_are_read_as_offices_write_them(text: str, term: int | None) -> None:
    assert term_of(text) == term


def test_a_list_needs_a_plenary_first(begun: Sitting) -> None:
    begun.opens(ADDRESS)
    assert "请先 登记会议" in begun.text
    assert begun.page.find("input", type="file") is None


def test_members_and_bodies_come_in_with_what_is_known_of_them(open_plenary: Sitting) -> None:
    taken(
        open_plenary,
        member("王 某", 界别="教育界", 手机号="138 0000 0001", 单位及职务="市一中校长"),
        member("民建淄博市委会", 类别="党派"),
        member("李某", 届次="第十二届"),
    )
    rows = Proposer.objects.order_by("pk").values_list(
        "name", "kind", "term", "sector", "phone", "organisation"
    )
    assert list(rows) == [
        ("王某", "member", 13, "教育界", "13800000001", "市一中校长"),
        ("民建淄博市委会", "party", 13, "", "", ""),
        ("李某", "member", 12, "", "", ""),
    ]


def test_deputies_of_a_congress_come_in_by_delegation(begun: Sitting) -> None:
    begun.opens_plenary(assembly="npc", term=16)
    taken(begun, member("钱进", 代表团="张店代表团"))
    one = Proposer.objects.get()
    assert (one.kind, one.assembly, one.sector, one.term) == ("deputy", "npc", "张店代表团", 16)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (member("", 界别="教育界"), "没有姓名。请补上"),
        (member("甲", 类别="群众"), "不认识类别“群众”，可以写：委员、代表"),
        (member("甲", 届次="上一届"), "届次“上一届”看不懂，请写成“第十三届”的样子"),
        (member("甲", 手机号="37030019800101001X"), "不要填写身份证号"),
        (member("甲", 手机号="见附件"), "不像电话号码"),
        (member("甲", 界别="界" * 61), "最多60个字"),
        (member("乙", 手机号="13800000009"), "与第2行是同一位"),
        (member("王某", 界别="教育界"), "与第2行是同一位"),
    ],
)
def test_a_row_that_cannot_be_says_why_and_the_others_go_in(
    open_plenary: Sitting, row: tuple[str, ...], said: str
) -> None:
    brought(open_plenary, member("王某", 界别="教育界", 手机号="13800000009"), row)
    assert open_plenary.lines[0][0] == "第3行"  # what needs a look stands first
    assert said in open_plenary.lines[0][3]
    open_plenary.presses(ADDRESS, "take")
    assert "已收进来：新增1条" in open_plenary.text
    assert Proposer.objects.count() == 1


def test_a_second_upload_finds_the_same_ones_by_telephone_or_by_name_and_term(open_plenary: Sitting) -> None:
    taken(
        open_plenary,
        member("王某", 界别="教育界", 手机号="13800000001"),
        member("李某", 界别="农业界"),
        member("赵某", 界别="经济界", 单位及职务="某公司"),
    )
    open_plenary.opens_plenary(term=14, opened_on="2032-01-10", closed_on="2032-01-14")
    brought(
        open_plenary,
        member("王某", 界别="科技界", 手机号="13800000001"),
        member("李某", 界别="农业界", 手机号="13800000002"),
        member("赵某", 届次="第十三届", 单位及职务="某集团"),
        plenary=str(Plenary.objects.get(term=14).pk),
    )
    assert open_plenary.counts() == {"新增": 0, "有变化": 3, "未变": 0, "不能收": 0}
    assert "届次由“第十三届”改为“第十四届”" in open_plenary.said_of("王某")
    assert "界别由“教育界”改为“科技界”" in open_plenary.said_of("王某")
    assert "手机号填上“138****0002”" in open_plenary.said_of("李某")
    assert open_plenary.said_of("赵某") == "有变化 单位及职务由“某公司”改为“某集团”"
    open_plenary.presses(ADDRESS, "take")
    assert Proposer.objects.count() == 3
    assert Event.objects.filter(code="proposer.change").count() == 3
    assert list(Proposer.objects.order_by("pk").values_list("term", flat=True)) == [14, 14, 13]


def test_the_same_list_again_changes_nothing_and_an_older_one_takes_no_term_back(
    open_plenary: Sitting,
) -> None:
    rows = (member("王某", 界别="教育界", 手机号="13800000001"), member("民建淄博市委会", 类别="党派"))
    taken(open_plenary, *rows)
    brought(open_plenary, *rows)
    assert open_plenary.counts()["未变"] == 2
    brought(open_plenary, member("王某", 届次="第十二届", 手机号="13800000001"))
    assert open_plenary.counts()["未变"] == 1


def test_namesakes_are_told_apart_by_sector_and_never_mixed_up(open_plenary: Sitting) -> None:
    taken(open_plenary, member("张伟", 界别="教育界"), member("张伟", 界别="经济界", 手机号="13800000002"))
    assert Proposer.objects.count() == 2
    brought(open_plenary, member("张伟", 手机号="13900000000"))
    assert "已登记2位张伟，不知道是哪一位。请写明界别或手机号" in open_plenary.said_of("张伟")
    brought(open_plenary, member("张伟", 界别="经济界", 单位及职务="某公司"), member("张伟", 界别="教育界"))
    assert [line[1] for line in open_plenary.lines] == ["有变化", "未变"]


def test_a_number_that_is_anothers_renames_nobody(open_plenary: Sitting) -> None:
    taken(open_plenary, member("王某", 界别="教育界", 手机号="13800000001"))
    brought(open_plenary, member("李某", 手机号="13800000001"))
    assert "手机号138****0001登记在王某（教育界）名下" in open_plenary.said_of("李某")


def test_one_of_whom_nothing_but_the_name_is_the_same_is_asked_about(open_plenary: Sitting) -> None:
    taken(open_plenary, member("王某", 界别="教育界", 手机号="13800000001"))
    brought(open_plenary, member("王某", 界别="农业界", 手机号="13800000002"))
    assert "界别和手机号都不同" in open_plenary.said_of("王某")


def test_who_came_with_a_ledger_without_a_term_is_filled_up(open_plenary: Sitting) -> None:
    plenary = Plenary.objects.get()
    Proposer.objects.create(jurisdiction=plenary.jurisdiction, assembly="cppcc", kind="member", name="王 某")
    brought(open_plenary, member("王某", 界别="教育界"))
    assert "届次填上“第十三届”" in open_plenary.said_of("王某")
    open_plenary.presses(ADDRESS, "take")
    one = Proposer.objects.get()
    assert (one.name, one.term, one.sector) == ("王某", 13, "教育界")


def test_they_are_listed_and_changed_one_by_one(open_plenary: Sitting) -> None:
    taken(open_plenary, member("王某", 界别="教育界"), member("李某", 界别="农业界"))
    open_plenary.opens("/proposers/?q=教育")
    assert "王某" in open_plenary.text
    assert "李某" not in open_plenary.text
    change = open_plenary.page.find("a", string="修改")["href"]
    open_plenary.sends(change, name="王某某", term=14)
    one = Proposer.objects.get(name="王某某")
    assert (one.term, one.sector) == (14, "教育界")
    event = Event.objects.get(code="proposer.change")
    assert dict(event.texts.values_list("name", "text"))["before_name"] == "王某"
