"""The list of accounts: people of the units and members, each in a post, with nobody's password known to others."""

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from huiyin.journal.models import Event
from huiyin.people.models import Person, Post
from huiyin.words import Role
from tests.setup.sitting import ACCOUNTS, MEMBERS, UNITS, Sitting, workbook

ADDRESS = "/setup/accounts/"


def somebody(name: str, role: str, **given: str) -> tuple[str, ...]:
    return tuple(({"姓名": name, "角色": role} | given).get(heading, "") for heading in ACCOUNTS)


def brought(sitting: Sitting, *rows: tuple[Any, ...]) -> Sitting:
    return sitting.brings(ADDRESS, workbook(ACCOUNTS, *rows))


@pytest.fixture
def with_lists(begun: Sitting) -> Sitting:
    """Two units, and three members of whom two have one name."""
    begun.opens_plenary()
    begun.brings("/setup/units/", workbook(UNITS, ("市教育局", "教育局"), ("市水利局",)))
    begun.presses("/setup/units/", "take")
    members = [
        {"姓名": "王某", "界别": "教育界", "手机号": "13800000011"},
        {"姓名": "李某", "界别": "工商联界", "手机号": "13800000012"},
        {"姓名": "李某", "界别": "农业界", "手机号": "13800000013"},
    ]
    listed = [tuple(one.get(heading, "") for heading in MEMBERS) for one in members]
    begun.brings("/setup/members/", workbook(MEMBERS, *listed))
    return begun.presses("/setup/members/", "take")


def test_people_of_units_a_leader_and_members_get_their_posts(with_lists: Sitting) -> None:
    brought(
        with_lists,
        somebody("张某", "联络员", 单位="教育局", 职务="办公室主任", 手机号="138 0000 0021"),
        somebody("赵某", "承办单位负责人", 单位="市水利局", 登录名="zhao"),
        somebody("钱某", "市领导", 职务="副市长", 手机号="13800000023"),
        somebody("王某", "委员"),
        somebody("李某", "委员", 手机号="13800000013"),
    )
    assert with_lists.counts()["新增"] == 5
    assert (
        with_lists.said_of("张某")
        == "新增 角色：承办单位联络员；单位：市教育局；职务：办公室主任；手机号：138****0021；登录名：138****0021"
    )
    with_lists.presses(ADDRESS, "take")
    assert "新增5条" in with_lists.text
    liaison = Post.objects.get(role=Role.LIAISON)
    assert (liaison.unit.name, liaison.title, liaison.person.username) == (
        "市教育局",
        "办公室主任",
        "13800000021",
    )
    assert Person.objects.get(username="13800000011").proposers.get().name == "王某"
    assert Person.objects.get(username="13800000013").proposers.get().sector == "农业界"
    assert not any(
        post.person.has_usable_password() for post in Post.objects.exclude(role=Role.ADMINISTRATOR)
    )
    assert Event.objects.filter(code="post.appoint").count() == 6


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (somebody("", "联络员", 手机号="13800000021"), "没有姓名"),
        (somebody("张某", "", 手机号="13800000021"), "没有写角色，请写联络员、承办人"),
        (somebody("张某", "系统管理员", 手机号="13800000021"), "请在“管理员和经办人”里逐个登记"),
        (somebody("张某", "联络员", 手机号="13800000021"), "要写明所在单位"),
        (somebody("张某", "承办人", 单位="市气象局", 手机号="13800000021"), "单位“市气象局”没有登记"),
        (somebody("张某", "承办人", 单位="市水利局"), "请填写手机号，或者登录名"),
        (somebody("张某", "承办人", 单位="市水利局", 手机号="370302198001011234"), "不收集身份证号"),
        (somebody("孙某", "委员", 手机号="13800000021"), "委员、代表名单里没有孙某"),
        (somebody("李某", "委员"), "名单里有2位李某"),
        (somebody("张某", "承办人", 单位="市水利局", 手机号="13800000001"), "姓名与所填的不同"),
        (somebody("长" * 41, "承办人", 单位="市水利局", 手机号="13800000021"), "最多40个字"),
    ],
)
def test_what_can_not_be_taken_in_says_why(with_lists: Sitting, row: tuple[str, ...], said: str) -> None:
    brought(with_lists, row)
    (line,) = with_lists.lines
    assert line[1] == "不能收"
    assert said in line[3]


def test_the_same_list_once_more_changes_nothing_and_a_second_post_is_added(with_lists: Sitting) -> None:
    zhang = somebody("张某", "联络员", 单位="市教育局", 手机号="13800000021")
    wang = somebody("王某", "委员")
    brought(with_lists, zhang, wang).presses(ADDRESS, "take")
    brought(with_lists, zhang, wang, zhang, somebody("张某", "承办人", 单位="市教育局", 手机号="13800000021"))
    assert [line[1] for line in with_lists.lines] == ["不能收", "新增", "未变", "未变"]
    assert "与第2行是同一个人的同一项任职" in with_lists.lines[0][3]
    with_lists.presses(ADDRESS, "take")
    assert Person.objects.get(username="13800000021").posts.count() == 2


def test_everybody_without_a_password_has_a_link_in_the_sheet(with_lists: Sitting) -> None:
    brought(
        with_lists,
        somebody("张某", "联络员", 单位="市教育局", 手机号="13800000021"),
        somebody("张某", "承办人", 单位="市教育局", 手机号="13800000021"),
    ).presses(ADDRESS, "take")
    answer = with_lists.client.get("/setup/accounts/links.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    _, *rows = book.get_sheet_by_index(0).to_python()
    ((name, unit, role, log_in, link),) = rows  # once, though in two posts; not who is logged in
    assert (name, unit, role, log_in) == ("张某", "市教育局", "承办单位联络员", "13800000021")
    stranger = Sitting().opens(link.removeprefix("http://testserver"))
    assert stranger.page.select_one("input[type=password]")


def test_only_who_keeps_the_accounts_brings_them(with_lists: Sitting) -> None:
    link = with_lists.appoints("registrar", "周经办", "13800000031")
    assert link
    registrar = Person.objects.get(username="13800000031")
    with_lists.client.force_login(registrar)
    assert with_lists.opens(ADDRESS).status == 404
    assert with_lists.opens("/setup/accounts/links.xlsx").status == 404
    assert with_lists.opens("/setup/units/").status == 200


def test_the_queries_do_not_grow_with_the_rows(
    with_lists: Sitting, django_assert_max_num_queries: Any
) -> None:
    rows = [somebody(f"某{at}", "承办人", 单位="市水利局", 手机号=f"1390000{at:04}") for at in range(60)]
    brought(with_lists, *rows)
    with django_assert_max_num_queries(12):
        assert with_lists.opens(ADDRESS).status == 200
