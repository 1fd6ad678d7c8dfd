"""Unit scores in a browser: published by the office, looked at and appealed against by the unit, ruled on."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import answering, handling


@pytest.fixture(autouse=True)
def in_summer() -> Iterator[None]:
    with clock_at(date(2020, 7, 1)):
        yield


def test_a_score_is_published_appealed_against_and_ruled_on(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    city = shared_city
    handling.assigned(city, title="关于校车的提案")
    answering.issued(city)
    office, unit = Visitor(page, live_server), Visitor(page, live_server)
    office.is_(city.lin_lan)
    office.opens("/scores/?plenary=zx12-4")
    page.get_by_role("link", name="市教育局").click()
    page.get_by_role("row", name="按期答复").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("关于校车的提案")
    expect(page.locator("main")).to_contain_text("不得分")
    office.opens("/scores/?plenary=zx12-4")
    page.get_by_role("link", name="公布考核成绩").click()
    page.get_by_label("截止日期").fill("2020-06-30")
    page.get_by_label("用途").fill("半年考核")
    page.get_by_label("申诉截止").fill("2020-07-20")
    office.lets_be_kept()
    office.sends("公布考核成绩")
    office.is_told("已办好：公布考核成绩。")
    unit.is_(city.chen_jing)
    unit.opens("/scores/")
    page.get_by_role("link", name="半年考核").click()
    unit.fits()
    page.get_by_role("link", name="申诉", exact=True).click()
    page.get_by_label("按期答复").check()
    page.get_by_label("申诉理由").fill("校车一件已当面答复，正式答复正在用印。")
    unit.lets_be_kept()
    unit.sends("申诉")
    unit.is_told("等市政府办公室裁定")
    office.is_(city.lin_lan)
    office.opens_act("裁定", "按期答复")
    page.get_by_label("不同意").check()
    page.get_by_label("裁定理由").fill("当面答复不能代替书面答复。")
    office.lets_be_kept()
    office.sends("裁定申诉")
    office.is_told("已办好：裁定申诉。")
