"""The ledger by keyboard alone: own columns, a list kept and opened by a colleague, rows urged together, the file opened."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.supervision.models import Urging
from tests.browser.conftest import Faults
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import handling, intake

TOPICS = ("口袋公园", "校门疏导", "加装电梯", "街角绿地")


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(date(2020, 4, 14)):
        yield


def shares_of(city: City) -> list:
    return [handling.assigned(city, title=f"关于{topic}的提案", when="2020-04-01") for topic in TOPICS]


def headings(page: Page) -> list[str]:
    return page.locator("table.ledger thead th:not(.pick)").all_inner_texts()


def rows(page: Page) -> list[list[str]]:
    return [
        row.locator("td:not(.pick)").all_inner_texts() for row in page.locator("table.ledger tbody tr").all()
    ]


def tabs_to(page: Page, name: str, role: str = "link") -> None:
    """On with the tabulator until the cursor is there; a person would, too."""
    wanted = page.get_by_role(role, name=name, exact=True)
    expect(wanted.first).to_be_visible()
    for _ in range(200):
        if wanted.evaluate_all("all => all.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by the keyboard")


def puts_the_stage_third(page: Page) -> None:
    """In the form of the columns: 重点 away, 办理阶段 up to its place."""
    press = page.keyboard.press
    page.get_by_text("选列", exact=True).focus()
    press("Enter")
    expect(page.locator("#column-form")).to_be_visible()
    tabs_to(page, "编号", "checkbox")
    press("ArrowDown")  # the title, which always stands there
    press("ArrowDown")
    expect(page.get_by_role("checkbox", name="重点", exact=True)).to_be_focused()
    press("Space")
    for _ in range(5):
        press("ArrowDown")
    expect(page.get_by_role("checkbox", name="办理阶段", exact=True)).to_be_focused()
    for _ in range(5):
        press("Alt+ArrowUp")
    expect(page.get_by_role("checkbox", name="办理阶段", exact=True)).to_be_focused()


def test_columns_are_chosen_kept_and_opened_by_a_colleague_by_keyboard_alone(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    shares_of(shared_city)
    liaison = Visitor(page, live_server)
    liaison.is_(shared_city.chen_jing)
    liaison.opens("/ledger/")
    press = page.keyboard.press
    puts_the_stage_third(page)
    assert accessibility_faults(page) == []
    press("Enter")
    expect(page.locator("table.ledger thead th").nth(3)).to_have_text("办理阶段")
    assert headings(page)[:4] == ["编号", "案由", "办理阶段", "提案者"]
    assert "重点" not in headings(page)
    tabs_to(page, "案由")
    press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("案由")
    assert rows(page)[0][1] == "关于加装电梯的提案"
    tabs_to(page, "存为常用")
    press("Enter")
    expect(page.locator("h1")).to_have_text("常用台账")
    tabs_to(page, "名称", "textbox")
    page.keyboard.type("按案由")
    page.get_by_label("市教育局的人").focus()
    press("Space")
    assert accessibility_faults(page) == []
    press("Enter")
    liaison.is_told("已存为常用台账“按案由”。")
    address = page.url
    seen = headings(page), rows(page)
    colleague = Visitor(page, live_server)
    colleague.is_(shared_city.zhou_ning)
    colleague.opens("/ledger/")
    tabs_to(page, "按案由")
    press("Enter")
    expect(page.locator(".tabs [aria-current=page]")).to_have_text("按案由")
    assert page.url == address
    assert (headings(page), rows(page)) == seen


def test_ticked_rows_are_urged_and_the_file_says_what_the_page_says(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults, tmp_path: Path
) -> None:
    first, _, third, _ = shares_of(shared_city)
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/ledger/?cols=number,title,leads,stage&sort=number")
    press = page.keyboard.press
    press("j")
    press("x")
    press("j")
    press("j")
    press("x")
    expect(page.locator("#picked")).to_have_text("已选 2 件。")
    tabs_to(page, "对选中的件", "combobox")
    press("End")
    press("ArrowUp")
    press("ArrowUp")
    expect(page.get_by_label("对选中的件")).to_have_value("urging.send")
    tabs_to(page, "去办理", "button")
    assert accessibility_faults(page) == []
    press("Enter")
    expect(page.locator("h1")).to_contain_text("一起催办")
    assert accessibility_faults(page) == []
    tabs_to(page, "电话催办", "radio")
    press("Space")
    tabs_to(page, "催办内容", "textbox")
    page.keyboard.type("请抓紧签收。")
    tabs_to(page, "催办", "button")
    press("Enter")
    registrar.is_told("已办好：催办，2件。第1号、第3号。")
    assert {urging.assignment_id for urging in Urging.objects.all()} == {first.pk, third.pk}
    told = [headings(page), *rows(page)]
    with page.expect_download() as waiting:
        tabs_to(page, "导出表格")
        press("Enter")
    path = tmp_path / "台账.xlsx"
    waiting.value.save_as(path)
    sheet = load_workbook(path).active
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == told


def test_what_is_refused_stays_ticked_and_is_sent_again(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    items = [intake.registered(shared_city, title=f"关于{topic}的提案") for topic in TOPICS[:2]]
    handling.assigned(shared_city, items[1], lead=shared_city.land, when="2020-04-02")
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/ledger/")
    page.get_by_label("本页全选").check()
    expect(page.locator("#picked")).to_have_text("已选 2 件。")
    page.get_by_label("对选中的件").select_option("交办")
    registrar.sends("去办理")
    page.get_by_label("承办单位").select_option("市自然资源局")
    registrar.sends("交办")
    registrar.is_told("已办好：交办，1件。第1号。")
    expect(page.locator(".wrong")).to_contain_text("已经在承办这一件")
    assert accessibility_faults(page) == []
    page.get_by_label("承办单位").select_option("市教育局")
    page.get_by_label("会办").check()
    registrar.sends("交办")
    registrar.is_told("已办好：交办，1件。第2号。")
    assert items[1].assignments.count() == 2


def test_the_frozen_columns_stay_and_the_page_holds(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    shares_of(shared_city)
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    page.set_viewport_size({"width": 1000, "height": 600})
    for columns in (
        "",
        "?cols=stage,title,leads,due,mark,received,handed_over,offered,answered,closed,settled",
    ):
        registrar.opens(f"/ledger/{columns}")
        title = page.locator("table.ledger td.title a").first
        before = title.bounding_box()
        page.locator(".scroll").evaluate("part => part.scrollBy(500, 0)")
        assert page.locator(".scroll").evaluate("part => part.scrollLeft") > 0
        assert title.bounding_box() == before
        registrar.fits()


def test_on_a_phone_rows_are_cards_with_their_labels(
    live_server: LiveServer, phone: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    share = shares_of(shared_city)[0]
    registrar = Visitor(phone, live_server)
    registrar.is_(shared_city.lin_lan)
    for address in (
        "/ledger/columns/",
        "/ledger/saved/",
        f"/ledger/together/?step=urging.send&rows={share.proposal_id}",
        "/ledger/print/",
        "/ledger/?cols=stage,title,leads,number",
    ):
        registrar.opens(address)
        registrar.fits()
        assert accessibility_faults(phone) == []
    phone.get_by_label("选中第2号").tap()
    expect(phone.locator("#picked")).to_have_text("已选 1 件。")
    phone.get_by_label("对选中的件").select_option("重点件")
    phone.get_by_role("button", name="去办理").tap()
    expect(phone.locator("h1")).to_contain_text("一起重点件")


def test_without_script_columns_move_rows_are_ticked_and_lists_are_kept(
    live_server: LiveServer, page_without_script: Page, shared_city: City
) -> None:
    page = page_without_script
    shares_of(shared_city)
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/ledger/columns/?q=关于")
    for name in ("提案者", "分类", "会办"):
        page.get_by_role("checkbox", name=name, exact=True).uncheck()
    page.locator("button[name=up][value=stage]").click()
    page.locator("button[name=up][value=stage]").click()
    registrar.sends("按勾选的列看台账")
    assert headings(page)[:4] == ["编号", "案由", "办理阶段", "重点"]
    page.get_by_role("link", name="存为常用").click()
    page.get_by_label("名称").fill("我的")
    registrar.sends("存为常用")
    registrar.is_told("已存为常用台账“我的”。")
    page.get_by_label("选中第1号").check()
    page.get_by_label("选中第4号").check()
    page.get_by_label("对选中的件").select_option("催办")
    registrar.sends("去办理")
    page.get_by_label("电话催办").check()
    page.get_by_label("催办内容").fill("请抓紧签收。")
    registrar.sends("催办")
    registrar.is_told("已办好：催办，2件。第1号、第4号。")
    expect(page.locator(".tabs [aria-current=page]")).to_have_text("我的")
