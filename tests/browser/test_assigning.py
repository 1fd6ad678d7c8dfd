"""The assignment workbench by keyboard alone, on a phone, without script, and by the rules of accessibility."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from tests.browser.conftest import Faults
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import handling, intake


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(date(2020, 4, 14)):
        yield


def shares(item) -> set[tuple[str, str, str]]:
    return set(item.assignments.values_list("unit__name", "role", "part"))


def test_three_items_are_assigned_by_keyboard_alone(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    before = handling.assigned(shared_city, title="关于小区加装电梯的提案", lead=shared_city.land)
    first, second, third = (
        intake.classified(shared_city, title=f"关于{topic}的提案")
        for topic in ("口袋公园", "校门疏导", "推进小区加装电梯")
    )
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/assigning/")
    types = page.keyboard
    expect(page.get_by_label(f"{first.numbered}主办单位")).to_be_focused()
    types.type("zrzy")  # the initials of 自然资源
    expect(page.get_by_role("option", name="市自然资源局")).to_have_attribute("aria-selected", "true")
    assert accessibility_faults(page) == []
    types.press("Enter")
    expect(page.get_by_label(f"{first.numbered}主办单位")).to_have_value("市自然资源局、")
    types.press("Enter")
    types.type("gaj")
    types.press("Tab")  # chosen and on
    expect(page.get_by_label(f"{first.numbered}会办单位")).to_have_value("市公安局、")
    page.get_by_label(f"{second.numbered}主办单位").focus()
    types.type("市")
    types.press("ArrowDown")
    chosen = page.locator("[aria-selected=true] strong").inner_text()
    types.press("Enter")
    expect(page.get_by_label(f"{second.numbered}主办单位")).to_have_value(f"{chosen}、")
    expect(page.locator("#written")).to_have_text("已填 2 件，还没有保存。")
    page.get_by_role("button", name=f"{third.numbered}照“{before.proposal.title}”填写").focus()
    types.press("Enter")
    expect(page.get_by_label(f"{third.numbered}主办单位")).to_have_value("市自然资源局")
    assert shares(third) == set()  # filled in, not decided
    types.press("Control+Enter")
    registrar.is_told(f"{third.numbered}已交办：主办市自然资源局。")
    registrar.is_told(f"{first.numbered}已交办：主办市自然资源局；会办市公安局。")
    assert shares(first) == {("市自然资源局", "lead", ""), ("市公安局", "co", "")}
    assert shares(second) == {(chosen, "lead", "")}


def test_a_refused_row_has_the_cursor_and_what_was_typed(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    intake.classified(shared_city, title="关于口袋公园的提案")
    item = intake.classified(shared_city, title="关于校门疏导的提案")
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/assigning/")
    page.get_by_label(f"{item.numbered}会办单位").fill("市公安局")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#row-{item.pk}")).to_contain_text("还没有主办单位")
    expect(page.get_by_label(f"{item.numbered}主办单位")).to_be_focused()
    expect(page.get_by_label(f"{item.numbered}会办单位")).to_have_value("市公安局")
    assert accessibility_faults(page) == []
    page.keyboard.type("jy")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    registrar.is_told(f"{item.numbered}已交办：主办市教育局；会办市公安局。")


def test_the_meeting_turns_items_by_the_arrows(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    first, second = (intake.classified(shared_city, title=f"关于{topic}的提案") for topic in ("甲事", "乙事"))
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/assigning/screen/")
    expect(page.locator("h1")).to_contain_text(first.title)
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_contain_text(second.title)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_contain_text(first.title)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_contain_text("待交办")


def test_on_a_phone_units_are_picked_by_touch(
    live_server: LiveServer, phone: Page, shared_city: City
) -> None:
    item = intake.classified(shared_city, title="关于在中心城区和各区县增设口袋公园和街角绿地的提案")
    registrar = Visitor(phone, live_server)
    registrar.is_(shared_city.lin_lan)
    for address in ("/assigning/screen/", "/assigning/sheet/", "/assigning/"):
        registrar.opens(address)
        registrar.fits()
    phone.get_by_label(f"{item.numbered}主办单位").tap()
    phone.keyboard.type("jyj")
    phone.get_by_role("option", name="市教育局").tap()
    phone.get_by_role("button", name="保存交办").tap()
    registrar.is_told(f"{item.numbered}已交办：主办市教育局。")


def test_without_script_names_are_written_and_enter_only_looks_up(
    live_server: LiveServer, page_without_script: Page, shared_city: City
) -> None:
    page = page_without_script
    item = intake.classified(shared_city, title="关于口袋公园的提案")
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/assigning/")
    page.get_by_label(f"{item.numbered}主办单位").fill("jyj")
    page.get_by_role("searchbox", name="查单位").fill("公安")
    page.keyboard.press("Enter")
    expect(page.locator("#units li")).to_have_count(1)
    expect(page.get_by_label(f"{item.numbered}主办单位")).to_have_value("jyj")
    assert shares(item) == set()
    page.get_by_role("button", name="保存交办").click()
    registrar.is_told(f"{item.numbered}已交办：主办市教育局。")
