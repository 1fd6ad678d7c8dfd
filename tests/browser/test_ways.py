"""Ways of working in a browser: shortcuts, what a step says, the calendar of workdays, following an item."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.clock.workdays import shipped_calendars
from huiyin.handling.steps import sign
from tests.browser.conftest import Faults
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import handling, intake

TODAY = date(2020, 4, 14)


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(TODAY):
        yield


def test_a_morning_by_keyboard_alone(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    for topic in ("口袋公园", "校门疏导"):
        handling.assigned(shared_city, title=f"关于{topic}的提案")
    liaison = Visitor(page, live_server)
    liaison.is_(shared_city.chen_jing)
    press = page.keyboard.press
    press("?")
    sheet = page.get_by_role("dialog", name="快捷键")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("打开所在的一行")
    expect(sheet.get_by_text("交办会上翻到下一件")).to_be_hidden()  # what is not on this page is not listed
    assert accessibility_faults(page) == []
    press("Escape")
    expect(sheet).to_be_hidden()
    press("g")
    press("l")
    page.wait_for_url("**/ledger/")
    press("/")
    expect(page.get_by_role("searchbox", name="查找")).to_be_focused()
    page.keyboard.type("校门疏导 g d ?")  # while one types, letters are letters
    expect(page.get_by_role("searchbox", name="查找")).to_have_value("校门疏导 g d ?")
    page.get_by_role("searchbox", name="查找").fill("校门疏导")
    press("Enter")
    page.wait_for_url("**/ledger/?q=*")
    press("j")
    expect(page.get_by_role("link", name="关于校门疏导的提案")).to_be_focused()
    press("Enter")
    page.wait_for_url("**/cases/*/")
    press("s")
    expect(page.locator("#step .step-form")).to_be_visible()
    press("Control+Enter")
    liaison.is_told("已办好：签收。")
    press("g")
    press("d")
    page.wait_for_url(f"{live_server.url}/")
    rows = page.locator("[data-row] a.title")
    press("j")
    expect(rows.nth(0)).to_be_focused()
    press("j")
    expect(rows.nth(1)).to_be_focused()
    press("k")
    expect(rows.nth(0)).to_be_focused()


def test_single_letters_can_be_turned_off_and_stay_off(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    sheet = page.get_by_role("dialog", name="快捷键")
    page.keyboard.press("?")
    sheet.get_by_role("checkbox").uncheck()
    sheet.get_by_role("button", name="关闭").click()
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    office.opens("/shortcuts/")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(f"{live_server.url}/shortcuts/")
    page.get_by_role("main").get_by_role("checkbox").check()
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/ledger/")


def test_what_was_done_is_said_until_it_is_closed_or_long_enough_seen(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    share = handling.assigned(shared_city, title="关于口袋公园的提案")
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    case = f"/cases/{share.proposal_id}/"
    page.clock.install()

    def marked() -> None:
        office.opens(case)
        page.get_by_role("button", name="关注").click()
        expect(page.locator("#messages")).to_contain_text("关注")

    marked()
    message = page.locator("#messages .message")
    assert accessibility_faults(page) == []
    under = page.locator("h1")
    box, below = message.bounding_box(), under.bounding_box()
    assert box is not None
    assert below is not None
    assert box["y"] + box["height"] <= below["y"]  # it covers nothing
    message.hover()
    page.clock.fast_forward(60_000)
    expect(message).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.fast_forward(11_000)
    expect(message).to_be_hidden()
    after = under.bounding_box()
    assert after is not None
    assert after["y"] == below["y"]  # nothing slid under the hand
    marked()
    close = page.get_by_role("button", name="关闭这条消息")
    close.focus()
    page.clock.fast_forward(60_000)
    expect(message).to_be_visible()
    page.keyboard.press("Enter")
    expect(message).to_have_count(0)


def test_a_step_can_be_taken_back_from_what_it_says(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    intake.classified(shared_city, title="关于交错单位的提案")
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    office.opens_act("交办", "交错单位")
    page.get_by_label("承办单位").select_option("市教育局")
    office.sends("交办")
    office.is_told("已办好：交办。")
    page.get_by_role("link", name="撤销交办").click()
    page.get_by_label("理由").fill("交错了单位")
    office.sends("撤销交办")
    office.is_told("已办好：撤销交办。")


def test_the_calendar_knows_the_workdays(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    share = handling.signed(shared_city, handling.assigned(shared_city, title="关于选日期的提案"))
    liaison = Visitor(page, live_server)
    liaison.is_(shared_city.chen_jing)
    liaison.opens(f"/steps/assignment.plan/{share.pk}/")
    field = page.locator("input[type=date]")
    note = page.locator(".workday")
    open_ = page.get_by_role("button", name="打开日历")
    open_.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="选日期")
    expect(dialog.get_by_role("heading")).to_have_text("2020年4月")
    expect(dialog.get_by_role("gridcell", name="4月14日，工作日，今天")).to_be_focused()
    expect(dialog.get_by_role("gridcell", name="4月26日，劳动节调休上班")).to_contain_text("班")
    expect(dialog.get_by_role("gridcell", name="5月1日，休息日，劳动节")).to_contain_text("休")
    assert accessibility_faults(page) == []
    types = page.keyboard.press
    types("PageDown")
    expect(dialog.get_by_role("heading")).to_have_text("2020年5月")
    expect(dialog.get_by_role("gridcell", name="5月14日，工作日")).to_be_focused()
    for key, day in (("Home", 11), ("End", 17), ("ArrowUp", 10), ("ArrowLeft", 9), ("ArrowDown", 16)):
        types(key)
        expect(dialog.locator(f"[data-day='2020-05-{day:02}']")).to_be_focused()
    types("Escape")
    expect(dialog).to_be_hidden()
    expect(open_).to_be_focused()
    expect(field).to_have_value("")
    types("Enter")
    types("ArrowDown")
    expect(dialog.locator("[data-day='2020-04-21']")).to_be_focused()
    types("Enter")
    expect(field).to_have_value("2020-04-21")
    expect(note).to_have_text("星期二，工作日；距今还有5个工作日。")
    expect(open_).to_be_focused()


def test_what_is_said_beside_a_date_is_what_the_clock_counts(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    share = handling.signed(shared_city, handling.assigned(shared_city, title="关于选日期的提案"))
    liaison = Visitor(page, live_server)
    liaison.is_(shared_city.chen_jing)
    liaison.opens(f"/steps/assignment.plan/{share.pk}/")
    field, note = page.locator("input[type=date]"), page.locator(".workday")
    calendar = shipped_calendars().as_known(TODAY)
    for day in (
        date(2020, 1, 24),
        date(2020, 4, 14),
        date(2020, 4, 18),
        date(2020, 4, 26),
        date(2020, 5, 1),
        date(2020, 10, 8),
        date(2021, 2, 12),
    ):
        field.fill(day.isoformat())
        weekday = f"星期{'一二三四五六日'[day.weekday()]}"
        if calendar.is_workday(day):
            expect(note).to_contain_text(f"{weekday}，工作日")
        else:
            onward = calendar.next_workday(day)
            year = "" if onward.year == TODAY.year else f"{onward.year}年"
            why = calendar.why_off(day)
            expect(note).to_contain_text(
                f"{weekday}，休息日（{why}），顺延到{year}{onward.month}月{onward.day}日"
            )
        count = calendar.workdays_between(TODAY, day)
        if day < TODAY:
            count = calendar.workdays_between(day, TODAY)
        said = f"还有{count}个" if day > TODAY else f"已过去{count}个" if day < TODAY else "就是今天"
        expect(note).to_contain_text(said)
        if not calendar.covers(day):
            expect(note).to_contain_text("还没有公布")


def test_the_day_of_the_figures_is_chosen_in_the_calendar_too(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    office.opens("/figures/")
    page.get_by_role("button", name="打开日历：截至", exact=True).click()
    page.get_by_role("gridcell", name="4月13日，工作日").click()
    expect(page.get_by_label("截至", exact=True)).to_have_value("2020-04-13")
    page.get_by_role("button", name="查看").click()
    office.is_told("截至4月13日")


def test_paper_is_black_on_white_whatever_the_screen(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    share = handling.assigned(shared_city, title="关于打印的提案")
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    page.emulate_media(color_scheme="dark", media="print")
    office.opens(f"/cases/{share.proposal_id}/")
    looks = "it => [getComputedStyle(it).color, getComputedStyle(it).backgroundColor]"
    assert page.locator("h1").evaluate(looks)[0] == "rgb(0, 0, 0)"
    assert page.locator(".card").first.evaluate(looks) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    for pressed in (".top", ".crumbs", ".head .act"):
        expect(page.locator(pressed).first).to_be_hidden()
    expect(page.locator(".deadline details p").first).to_be_visible()  # no date without its reason
    office.opens("/ledger/")
    assert page.locator("tfoot").evaluate("it => getComputedStyle(it).display") == "table-row-group"


def test_on_a_phone(live_server: LiveServer, phone: Page, shared_city: City) -> None:
    share = handling.signed(shared_city, handling.assigned(shared_city, title="关于手机上办的提案"))
    liaison = Visitor(phone, live_server)
    liaison.is_(shared_city.chen_jing)
    for address in ("/shortcuts/", f"/cases/{share.proposal_id}/", f"/steps/assignment.plan/{share.pk}/"):
        liaison.opens(address)
        liaison.fits()
    phone.get_by_role("button", name="打开日历").tap()
    phone.get_by_role("gridcell", name="4月21日，工作日").tap()
    expect(phone.locator("input[type=date]")).to_have_value("2020-04-21")
    liaison.fits()


def test_without_script(live_server: LiveServer, page_without_script: Page, shared_city: City) -> None:
    page = page_without_script
    share = handling.assigned(shared_city, title="关于没有脚本的提案")
    office = Visitor(page, live_server)
    office.is_(shared_city.lin_lan)
    office.opens("/shortcuts/")
    expect(page.locator("main")).to_contain_text("打开所在的一行")
    expect(page.locator("main").get_by_role("checkbox")).to_be_hidden()
    office.opens(f"/cases/{share.proposal_id}/")
    page.get_by_role("button", name="关注").click()
    office.is_told("已关注这一件。")
    with clock_at(TODAY + timedelta(days=1)):
        sign(share, actor=shared_city.chen_jing)
    with clock_at(TODAY + timedelta(days=2)):
        office.opens("/")
        expect(page.locator("section", has=page.get_by_role("heading", name="我关注的"))).to_contain_text(
            "有新进展"
        )
        page.get_by_role("link", name="在台账里看").click()
        expect(page.locator("[data-row]")).to_have_count(1)
        page.get_by_role("link", name="关于没有脚本的提案").click()
        expect(page.locator("#since")).to_contain_text("以后")
        page.get_by_role("button", name="取消关注").click()
        office.is_told("不再关注这一件。")
