"""A promise followed in a browser: reported on by its unit, moved and caught, confirmed by the proposer on a phone."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.promises import steps as promises
from tests.browser.test_journeys import Visitor
from tests.packs_for_tests import pack_version, yearly_report
from tests.people import City
from tests.stories import answering
from tests.stories.moments import at

TODAY = date(2020, 12, 10)


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(TODAY):
        yield


def test_the_unit_reports_and_moves_the_date_and_the_office_sees_both(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    pack_version(more_rules=(yearly_report(),))
    promise = answering.promise_in_force(shared_city, title="关于增加学位的提案")
    unit = Visitor(page, live_server)
    unit.is_(shared_city.zhou_ning)
    unit.opens_act("报告进展", "公办幼儿园")
    page.get_by_label("完成了百分之几").fill("140")
    page.get_by_label("做了什么，还差什么").fill("主体封顶，正在装修")
    unit.sends("报告进展")
    expect(page.locator(".wrong")).to_contain_text("0到100")
    page.get_by_label("完成了百分之几").fill("60")
    unit.sends("报告进展")
    unit.is_told("已办好：报告进展。")
    unit.opens(f"/promises/{promise.pk}/")
    unit.is_told("完成60%")
    page.get_by_role("main").get_by_role("link", name="调整期限", exact=True).click()
    page.get_by_label("新的期限").fill("2022-06-30")
    page.get_by_label("理由").fill("装修材料涨价，重新招标")
    unit.sends("调整期限")
    expect(page).to_have_url(f"{unit.address}/promises/{promise.pk}/")
    unit.fits()
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    office.opens("/promises/?show=slipped")
    page.get_by_role("link", name="新建两所公办幼儿园").click()
    dates = page.locator("section", has=page.get_by_role("heading", name="期限", exact=True))
    expect(dates).to_contain_text("最初期限：2021年12月31日")
    expect(dates).to_contain_text("市教育局周宁。理由：装修材料涨价，重新招标")
    office.opens("/promises/")
    page.get_by_role("link", name="历届承诺的着落").click()
    row = page.locator("tr", has_text="（项）")
    expect(row.locator("td").first).to_have_text("1")
    row.locator("td").first.get_by_role("link").click()
    office.is_told("新建两所公办幼儿园")


def test_a_proposer_says_on_a_phone_that_it_is_not_done(
    live_server: LiveServer, phone: Page, shared_city: City
) -> None:
    promise = answering.claimed(shared_city, answering.promise_in_force(shared_city), when="2020-12-04")
    promises.accept(promise, actor=shared_city.lin_lan, at=at("2020-12-08"))
    member = Visitor(phone, live_server)
    member.is_(shared_city.chen_yiming)
    phone.locator('[id="promise.confirm"]').get_by_role("link", name="确认").tap()
    phone.get_by_label("没有办成，或者与承诺的不一样").check()
    member.sends("确认是否办成")
    expect(phone.locator(".wrong")).to_contain_text("请写明哪里没有办成")
    phone.get_by_label("意见").fill("只建成一所")
    member.sends("确认是否办成")
    member.is_told("已办好：确认是否办成。")
    member.fits()
