"""Supervision in a browser: the visit sheet on a phone with its photo, a dispatch answered in one send without script."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.supervision import steps as supervision
from huiyin.supervision.models import DispatchLine, DispatchSeries, Inspection, Leadership, Sample
from huiyin.supervision.steps.series import open_what_is_due
from tests.browser.conftest import PHONE, Faults
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import handling, supervising
from tests.stories.moments import at

TODAY = date(2020, 4, 14)


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(TODAY):
        yield


@pytest.fixture
def plain_phone(chromium: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=False, has_touch=True)
    yield context.new_page()
    context.close()


def visits(page: Page, server: LiveServer, city: City, photo: Path) -> Inspection:
    """From the desk to the sample, and what was found on the spot."""
    office = Visitor(page, server)
    office.is_(city.lin_lan)
    office.opens_act("填走访单", "第0所学校")
    page.get_by_label("发现问题").check()
    page.get_by_label("发现的情况").fill("操场没有开放。")
    page.get_by_label("地点").fill("张店区华光路")
    page.locator("input[type=file]").set_input_files(photo)
    office.sends("填写走访单")
    expect(page.locator(".wrong")).to_contain_text("请写明要单位怎样整改")
    expect(page.get_by_label("发现的情况")).to_have_value("操场没有开放。")
    page.get_by_label("整改要求").fill("五月底前开放。")
    page.get_by_label("整改期限").fill("2020-05-29")
    page.locator("input[type=file]").set_input_files(photo)
    office.fits()
    office.sends("填写走访单")
    office.is_told("已办好：填写走访单。")
    return Inspection.objects.get()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    made = tmp_path / "现场.jpg"
    made.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    return made


def test_a_visit_sheet_on_a_phone(
    live_server: LiveServer, phone: Page, shared_city: City, photo: Path, accessibility_faults: Faults
) -> None:
    supervising.sampled(shared_city, count=1, when="2020-04-13")
    found = visits(phone, live_server, shared_city, photo)
    assert (found.verdict, found.photos.count(), found.tasks.count()) == ("wanting", 1, 1)
    phone.goto(live_server.url + Sample.objects.get().get_absolute_url())
    expect(phone.locator("main")).to_contain_text("操场没有开放。")
    assert accessibility_faults(phone) == []


def test_the_phone_writes_where_it_stands_and_says_why_where_it_cannot(
    live_server: LiveServer, phone: Page, shared_city: City
) -> None:
    supervising.sampled(shared_city, count=1, when="2020-04-13")
    office = Visitor(phone, live_server)
    office.is_(shared_city.lin_lan)
    office.opens_act("填走访单", "第0所学校")
    position, button = phone.locator("[name=position]"), phone.get_by_role("button", name="取当前位置")
    button.click()
    expect(phone.get_by_text("手机没有允许取位置。")).to_be_visible()
    expect(position).to_have_value("")
    expect(button).to_be_enabled()
    phone.context.grant_permissions(["geolocation"], origin=live_server.url)
    phone.context.set_geolocation({"latitude": 36.81312, "longitude": 118.05478, "accuracy": 19.6})
    button.click()
    expect(position).to_have_value("36.8131°N, 118.0548°E（约±20米）")
    phone.get_by_label("属实到位").check()
    phone.get_by_label("发现的情况").fill("操场已经开放。")
    office.fits()
    office.sends("填写走访单")
    office.is_told("已办好：填写走访单。")
    assert Inspection.objects.get().position == "36.8131°N, 118.0548°E（约±20米）"


def test_the_same_without_script(
    live_server: LiveServer, plain_phone: Page, shared_city: City, photo: Path
) -> None:
    supervising.sampled(shared_city, count=1, when="2020-04-13")
    assert visits(plain_phone, live_server, shared_city, photo).photos.count() == 1


def test_a_dispatch_is_answered_in_one_send_without_script(
    live_server: LiveServer, page_without_script: Page, shared_city: City
) -> None:
    for topic in ("校车", "操场"):
        handling.signed(shared_city, handling.assigned(shared_city, title=f"关于{topic}的提案"))
    supervising.asked_in_a_round(shared_city, when="2020-04-13", due_on=date(2020, 4, 20))
    page = page_without_script
    unit = Visitor(page, live_server)
    unit.is_(shared_city.chen_jing)
    unit.opens_act("报送", "进度调度")
    for number in range(2):
        page.locator(f"select[name=lines-{number}-standing]").select_option("on_time")
    page.locator("textarea[name=lines-0-text]").fill("4月20日完成招标")
    unit.sends("报送调度情况")
    expect(page.locator(".wrong")).to_contain_text("还有1项没有填")
    page.locator("textarea[name=lines-1-text]").fill("正在推进")
    unit.sends("报送调度情况")
    unit.is_told("已办好：报送调度情况。")
    assert list(DispatchLine.objects.order_by("id").values_list("hollow", flat=True)) == ["", "nothing"]


def test_a_dispatch_repeats_by_itself_until_it_is_ended(
    live_server: LiveServer, phone: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    """市教育局 is asked on the 14th, asked again a month later by the clock, and has said nothing twice."""
    handling.signed(shared_city, handling.assigned(shared_city, title="关于校车的提案"))
    office = Visitor(phone, live_server)
    office.is_(shared_city.lin_lan)
    office.opens("/supervision/")
    phone.get_by_role("link", name="发起定期调度").click()
    phone.get_by_label("名称").fill("提案办理进度调度")
    phone.get_by_label("要报什么").fill("到哪一步、下一步哪天完成")
    phone.get_by_label("每月").check()
    phone.get_by_label("到哪天为止").fill("2020-05-01")
    phone.get_by_label("几天内报送").fill("7")
    office.sends("发起定期调度")
    expect(phone.locator(".wrong")).to_contain_text("请用“发起调度”")
    expect(phone.get_by_label("要报什么")).to_have_value("到哪一步、下一步哪天完成")
    phone.get_by_label("到哪天为止").fill("2020-12-31")
    office.fits()
    office.sends("发起定期调度")
    office.is_told("已办好：发起定期调度。")
    later = date(2020, 5, 22)
    with clock_at(date(2020, 5, 14)):
        open_what_is_due()
    with clock_at(later):
        office.opens(DispatchSeries.objects.get().get_absolute_url())
        table = phone.get_by_role("region", name="历次报送", exact=True)
        expect(table).to_contain_text("2 次")
        expect(phone.locator("section[aria-labelledby=series]")).to_contain_text("下一次6月15日")
        office.fits()
        assert accessibility_faults(phone) == []
        phone.get_by_role("link", name="停止定期调度").click()
        phone.get_by_label("原因").fill("改为单独催办")
        office.sends("停止定期调度")
        office.is_told("已办好：停止定期调度。")
        expect(phone.locator("section[aria-labelledby=series]")).to_contain_text("停止：改为单独催办")
        expect(phone.get_by_role("link", name="停止定期调度")).to_have_count(0)


def test_leaders_follow_from_the_division_of_work_in_one_form_without_script(
    live_server: LiveServer, page_without_script: Page, shared_city: City
) -> None:
    """Two items of a unit of 王市长's, one of a unit that is nobody's: each row says beforehand what it gets."""
    city, page = shared_city, page_without_script
    division = {"leader": city.mayor_wang.post, "unit": city.education}
    supervision.divide(city.here, actor=city.lin_lan, at=at("2020-04-13"), **division)
    for topic, lead in (("校车", city.education), ("操场", city.education), ("用地", city.land)):
        handling.signed(city, handling.assigned(city, title=f"关于{topic}的提案", lead=lead))
    office = Visitor(page, live_server)
    office.is_(city.lin_lan)
    office.opens("/ledger/")
    for number in range(1, 4):
        page.get_by_label(f"选中第{number}号").check()
    page.get_by_label("对选中的件").select_option("确定领办督办")
    office.sends("去办理")
    led = page.locator("fieldset p", has_text="王市长")
    expect(led).to_have_count(2)
    page.get_by_label("督办", exact=True).check()
    office.sends("确定领办督办")
    office.is_told("已办好：确定领办督办，2件。第1号、第2号。")
    expect(page.locator(".wrong")).to_contain_text("关于用地的提案")
    assert Leadership.objects.filter(leader=city.mayor_wang.post, kind="supervise").count() == 2
    office.opens("/supervision/leaders/")
    expect(page.locator("main")).to_contain_text("关于校车的提案")
