"""A problem in a browser: opened by the office, an item joined in place on its own page, begun by its owner."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import answering


@pytest.fixture(autouse=True)
def in_spring() -> Iterator[None]:
    with clock_at(date(2020, 4, 14)):
        yield


def test_a_problem_is_opened_filled_and_begun(live_server: LiveServer, page: Page, shared_city: City) -> None:
    city = shared_city
    item = answering.issued(city).proposal
    office, unit = Visitor(page, live_server), Visitor(page, live_server)
    office.is_(city.lin_lan)
    office.opens("/topics/")
    page.get_by_role("link", name="提出同类问题、专项行动").click()
    page.get_by_label("同类问题").check()
    page.get_by_label("名称").fill("学位不足")
    page.get_by_label("说明").fill("几年都有提案反映。")
    page.get_by_label("牵头单位").select_option("市教育局")
    office.lets_be_kept()
    office.sends("提出同类问题、专项行动")
    expect(page.locator("h1")).to_contain_text("学位不足")
    office.opens(f"/cases/{item.pk}/steps/")
    page.get_by_role("link", name="列入专题").click()
    page.get_by_label("同类问题、专项行动").select_option("学位不足")
    office.lets_be_kept()
    office.sends("列入专题")
    office.is_told("已办好：列入专题。")
    office.opens(f"/cases/{item.pk}/")
    expect(page.locator("#belonging")).to_be_visible()
    unit.is_(city.chen_jing)
    unit.opens_act("开始推进", "学位不足")
    page.get_by_label("推进办法").fill("新建、改扩建一起上。")
    page.get_by_label("完成时限").fill("2021-08-31")
    unit.lets_be_kept()
    unit.sends("开始推进")
    unit.is_told("已办好：开始推进。")
    unit.fits()
