"""Supervision in a browser: the visit sheet on a phone with its photo, a dispatch answered in one send without script."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.supervision.models import DispatchLine, Inspection, Sample
from tests.browser.conftest import PHONE, Faults
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import handling, supervising

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
