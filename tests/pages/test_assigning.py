"""交办台: many items at once, each whole or not at all; units found as people name them; what was done before beside it."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from huiyin.clock.now import at as clock_at
from huiyin.desks.assigning import before
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.people.finding import Directory, initials
from huiyin.people.models import Unit
from huiyin.proposals.models import Plenary
from tests.packs_for_tests import pack_version
from tests.pages.walking import Walker, standing, words_on
from tests.stories import handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
BENCH, SCREEN, SHEET = "/assigning/", "/assigning/screen/", "/assigning/sheet/"


@pytest.fixture
def walker(city):
    with clock_at(at("2020-03-03")):
        yield Walker().is_(city.lin_lan)


def items(city, *topics):
    return [intake.classified(city, title=f"关于{topic}的提案") for topic in topics]


def sends(walker, written, **more):
    """The form as it stands, with these units written beside these items."""
    data = standing(walker.sees(BENCH).select_one("form#bench"))
    data = {name: value for name, value in data.items() if name not in ("look",)}
    for item, lines in written.items():
        data |= {f"item-{item.pk}-{name}": value for name, value in lines.items()}
    return walker.client.post(BENCH, data | more, follow=True)


def shares_of(item):
    return {(share.unit.name, share.role): share.part for share in item.assignments.select_related("unit")}


def told_on(answer):
    return " ".join(str(one) for one in answer.context["messages"])


def field_of(page, item, name):
    return page.find(attrs={"name": f"item-{item.pk}-{name}"})


def test_many_items_are_given_at_once_with_lead_and_co_and_a_sentence_each(city, walker):
    first, second, third = items(city, "修建口袋公园", "校门口交通疏导", "河道清淤")
    answer = sends(
        walker,
        {
            first: {"lead": "市自然资源局、", "co": "市公安局，市教育局"},
            second: {"separate": "市教育局：校内疏导\n市公安局:路面秩序"},
        },
    )
    assert answer.status_code == 200
    assert shares_of(first) == {("市自然资源局", "lead"): "", ("市公安局", "co"): "", ("市教育局", "co"): ""}
    assert shares_of(second) == {("市教育局", "separate"): "校内疏导", ("市公安局", "separate"): "路面秩序"}
    assert shares_of(third) == {}
    assert f"{first.numbered}已交办：主办市自然资源局；会办市公安局、市教育局。" in told_on(answer)
    assert f"{second.numbered}已交办：分办市教育局、市公安局。" in told_on(answer)
    left = walker.sees(BENCH)
    assert third.title in words_on(left)
    assert first.title not in words_on(left)


def test_a_refused_row_keeps_what_was_typed_and_holds_none_of_the_others_back(city, walker):
    good, unknown, alone, twice = items(city, "甲事", "乙事", "丙事", "丁事")
    answer = sends(
        walker,
        {
            good: {"lead": "市教育局"},
            unknown: {"lead": "市教育局、市气象", "co": "市公安局"},
            alone: {"co": "市公安局"},
            twice: {"lead": "市教育局", "co": "市公安局、市教育局"},
        },
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "有 3 件没有交办" in page
    assert "没有找到“市气象”，请核对单位名称。" in page
    assert "还没有主办单位" in page
    assert "市教育局写了两次，请只留一处。" in page
    assert shares_of(good) == {("市教育局", "lead"): ""}
    assert not Assignment.objects.filter(proposal__in=[unknown, alone, twice]).exists()
    shown = BeautifulSoup(answer.content, "html.parser")
    assert field_of(shown, unknown, "lead")["value"] == "市教育局、市气象"
    assert field_of(shown, unknown, "co")["value"] == "市公安局"
    assert f"{good.numbered}已交办：主办市教育局。" in words_on(shown)


def test_nothing_is_half_done_within_a_row(city, walker):
    """The second unit is refused by the step itself (青岛 wants each part named): the first one's share goes too."""
    pack_version("named-test", separate_parts="named")
    days = {"opened_on": date(2020, 1, 4), "closed_on": date(2020, 1, 7), "pack_code": "named-test"}
    where = {"jurisdiction": city.here, "assembly": "cppcc", "term": 12, "meeting": 9}
    other = Plenary.objects.create(code="zx12-9", label="十二届九次会议", **where, **days)
    (item,) = items(replace(city, plenary=other), "甲事")
    (good,) = items(city, "乙事")
    answer = sends(walker, {item: {"separate": "市教育局：校内\n市公安局"}, good: {"lead": "市教育局"}})
    page = BeautifulSoup(answer.content, "html.parser")
    assert "分办要写明这个单位承办哪一部分" in words_on(page.select_one(f"#row-{item.pk} .error"))
    assert field_of(page, item, "separate").text.strip() == "市教育局：校内\n市公安局"
    assert shares_of(item) == {}
    assert not Event.objects.filter(proposal=item, code="assignment.assign").exists()
    assert shares_of(good) == {("市教育局", "lead"): ""}


def test_what_a_colleague_has_given_meanwhile_is_not_given_again(city, walker):
    (item,) = items(city, "甲事")
    form = standing(walker.sees(BENCH).select_one("form#bench"))
    form.pop("look", None)
    handling.assigned(city, item, lead=city.land, when="2020-03-02")
    answer = walker.client.post(BENCH, form | {f"item-{item.pk}-lead": "市教育局"})
    assert "这一件刚才已经交办，没有再交" in answer.content.decode()
    assert field_of(BeautifulSoup(answer.content, "html.parser"), item, "lead")["value"] == "市教育局"
    assert shares_of(item) == {("市自然资源局", "lead"): ""}


def test_looking_a_unit_up_saves_nothing_and_loses_nothing(city, walker):
    (item,) = items(city, "甲事")
    city.water.duties = "负责水资源和防汛"
    city.water.save(update_fields=["duties"])
    answer = sends(walker, {item: {"lead": "市教"}}, units="防汛", look="1")
    page = BeautifulSoup(answer.content, "html.parser")
    assert [line["data-name"] for line in page.select("#units li")] == ["市水利局"]
    assert field_of(page, item, "lead")["value"] == "市教"
    assert not page.select("[role=alert]")
    assert not Assignment.objects.exists()


def test_paper_is_entered_with_its_day_and_no_later_day_is_taken(city, walker):
    (item,) = items(city, "甲事")
    answer = sends(walker, {item: {"lead": "市教育局"}}, at="2020-03-05T09:00")
    assert answer.status_code == 422
    assert "交办时间不能晚于现在。" in answer.content.decode()
    sends(walker, {item: {"lead": "市教育局"}}, at="2020-03-02T09:00")
    assert item.assignments.get().offered_at == at("2020-03-02").replace(hour=9, minute=0)


def test_nobody_but_the_registrar_finds_it(city):
    with clock_at(at("2020-03-03")):
        for person in (city.staff, city.chen_jing, city.mayor_wang, city.auditor, city.administrator):
            stranger = Walker().is_(person)
            assert {stranger.client.get(address).status_code for address in (BENCH, SCREEN, SHEET)} == {404}


def test_another_citys_registrar_can_assign_none_of_it(city, walker):
    (item,) = items(city, "甲事")
    stranger = Walker().is_(city.stranger)
    stranger.client.post(BENCH, {f"item-{item.pk}-lead": "市教育局"})
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("words", ["市教育局", "教育局", "市教局", "sjyj", "JYJ", "jyj", "教局"])
def test_a_unit_answers_to_its_names_and_initials(city, words):
    city.education.short_name = "市教局"
    assert Directory([city.police, city.education]).one(words) == (city.education, "")


def test_what_could_be_two_units_is_asked_about(city):
    health = Unit(name="市教研局", jurisdiction=city.here)
    found, said = Directory([city.education, health]).one("jyj")
    assert found is None
    assert "市教育局、市教研局" in said


def test_the_nearest_unit_comes_first_and_duties_find_too(city):
    city.police.duties = "维护校园周边教育环境"
    found = Directory([city.police, city.land, city.education]).search("教育")
    assert found == [city.education, city.police]


def test_initials_are_read_by_word():
    assert initials("重庆银行") == "cqyh"


def test_earlier_items_alike_and_of_the_class_stand_beside_and_fill_in_nothing(city, walker):
    old = handling.assigned(
        city, title="关于老旧小区加装电梯的提案", lead=city.land, co=[city.police], when="2020-03-02"
    )
    (item,) = items(city, "推进小区加装电梯")
    page = walker.sees(BENCH)
    row = page.select_one(f"#row-{item.pk}")
    assert old.proposal.title in words_on(row)
    assert "主办市自然资源局；会办市公安局" in words_on(row)
    assert "市自然资源局1件主办" in words_on(row)
    assert not field_of(page, item, "lead").get("value")
    assert "在办 1 件" in words_on(page.select_one(f"#units li[data-name={city.land.name}]"))


def test_an_item_about_something_else_is_not_called_alike(city):
    handling.assigned(city, title="关于发展乡村旅游的提案", when="2020-03-02")
    (item,) = items(city, "小区加装电梯")
    found = before.beside([item], city.here)[item.pk]
    assert found.like == []


def test_the_screen_goes_from_item_to_item(city, walker):
    first, second = items(city, "甲事", "乙事")
    page = walker.sees(SCREEN)
    assert first.title in words_on(page)
    onward = page.select_one("[data-key=ArrowRight]")
    after = walker.sees(SCREEN + onward["href"])
    assert second.title in words_on(after)
    assert after.select_one("[data-key=ArrowLeft]")
    assert not after.select_one("[data-key=ArrowRight]")


def test_the_list_holds_what_was_assigned_on_the_last_day_or_those_asked_for(city, walker):
    old = handling.assigned(city, title="关于甲事的提案", when="2020-02-28")
    new = handling.assigned(city, title="关于乙事的提案", lead=city.land, co=[city.police], when="2020-03-02")
    page = words_on(walker.sees(SHEET))
    assert new.proposal.title in page
    assert old.proposal.title not in page
    assert "市自然资源局 市公安局" in page
    both = words_on(walker.sees(f"{SHEET}?start=2020-02-28&end=2020-03-02"))
    assert old.proposal.title in both
    assert new.proposal.title in both
    assert "不能早于前一个" in words_on(walker.sees(f"{SHEET}?start=2020-03-02&end=2020-02-28"))


def test_without_anything_to_assign_the_pages_say_what_comes_next(city, walker):
    for address in (BENCH, SCREEN):
        assert "登记以后的件会列在这里" in words_on(walker.sees(address))
    assert "还没有交办过" in words_on(walker.sees(SHEET))
