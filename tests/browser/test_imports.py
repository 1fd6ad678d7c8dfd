"""A ledger goes in by the browser: from the file to the report, by keyboard, on a phone, without script."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.ledgers.models import ImportDraft, LedgerImport
from huiyin.ledgers.reading.columns import CHOICES
from huiyin.ledgers.working import work_off
from tests.browser.conftest import Faults
from tests.browser.test_journeys import Visitor
from tests.ledgers.importing.makers import bare, ledger, row
from tests.ledgers.reading.makers import xlsx
from tests.people import City

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "ledgers" / "提案办理台账.xlsx"


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(date(2020, 4, 14)):
        yield


def brings(visitor: Visitor, city: City, path: Path) -> None:
    """From the navigation to the page of the file."""
    page = visitor.page
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="导入").click()
    page.get_by_label("届次").select_option(str(city.plenary.pk))
    page.get_by_label("台账文件").set_input_files(path)
    page.get_by_label("台账中的新单位随之增加").check()
    visitor.sends("上传并检查")
    expect(page.locator("h1")).to_have_text(path.name)


@pytest.mark.skipif(not REAL.exists(), reason="the shared ledgers are not beside the checkout")
def test_a_real_ledger_is_checked_corrected_taken_in_and_taken_back(
    live_server: LiveServer, page: Page, shared_city: City, tmp_path: Path, accessibility_faults: Faults
) -> None:
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    brings(registrar, shared_city, REAL)
    registrar.is_told("等候检查")
    assert accessibility_faults(page) == []
    work_off()
    expect(page.get_by_role("heading", name="检查结果")).to_be_visible()  # the page has asked by itself
    registrar.is_told("共73行")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name=re.compile("^不能导入")).click()
    registrar.is_told("不是本地规则中的办理结果类别")
    page.get_by_role("button", name=re.compile(r"^导入\d+行$")).click()
    registrar.is_told("等候导入")
    work_off()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    report = LedgerImport.objects.get()
    assert report.outcome["created"] == shared_city.plenary.proposals.count() > 0
    registrar.is_told(f"{report.outcome['refused']}行没有导入")
    assert accessibility_faults(page) == []
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载未导入的行").click()
    path = tmp_path / "未导入.xlsx"
    downloading.value.save_as(path)
    brings(registrar, shared_city, path)
    work_off()
    expect(page.get_by_role("heading", name="检查结果")).to_be_visible()
    registrar.is_told("请把这些行改好、重新上传")
    registrar.sends("不导入，删去这份文件")
    registrar.opens(f"/imports/{report.pk}/")
    registrar.sends("撤销这次导入")
    registrar.is_told("等候撤销")
    assert accessibility_faults(page) == []
    work_off()
    registrar.is_told(f"已撤销这次导入，作废{report.outcome['created']}件。")


def test_columns_are_named_by_keyboard_alone(
    live_server: LiveServer, page: Page, shared_city: City, tmp_path: Path, accessibility_faults: Faults
) -> None:
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    path = xlsx(tmp_path / "周报.xlsx", [("事情", "谁来办"), ("关于增设路灯的提案", "市教育局")])
    brings(registrar, shared_city, path)
    registrar.is_told("没有认出哪一列是“案由”")
    assert accessibility_faults(page) == []
    types = page.keyboard
    page.get_by_label("“事情”对应到").focus()
    for _ in range(CHOICES.index("案由") + 1):  # the first choice is to leave it out
        types.press("ArrowDown")
    types.press("Tab")
    expect(page.get_by_label("“谁来办”对应到")).to_be_focused()
    for _ in range(CHOICES.index("主办单位") + 1):
        types.press("ArrowDown")
    page.get_by_role("button", name="按这样检查").focus()
    types.press("Enter")
    registrar.is_told("等候检查")
    work_off()
    taking_in = page.get_by_role("button", name="导入1行")
    taking_in.focus()
    types.press("Enter")
    registrar.is_told("等候导入")
    work_off()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    item = shared_city.plenary.proposals.get()
    assert (item.title, item.assignments.get().unit) == ("关于增设路灯的提案", shared_city.education)


def test_on_a_phone_nothing_is_cut_off(
    live_server: LiveServer, phone: Page, shared_city: City, tmp_path: Path
) -> None:
    registrar = Visitor(phone, live_server)
    registrar.is_(shared_city.lin_lan)
    path = ledger(
        tmp_path / "台账.xlsx", row(), row(编号="13", 案由=""), bare(案由="关于增设路灯的提案" * 20)
    )
    brings(registrar, shared_city, path)
    registrar.fits()
    work_off()
    expect(phone.get_by_role("heading", name="检查结果")).to_be_visible()
    registrar.fits()
    phone.get_by_text("各列怎样对应").tap()
    for choice in phone.locator(".of-file select").all():
        size = choice.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    registrar.fits()
    phone.get_by_role("button", name="导入2行").tap()
    registrar.is_told("等候导入")
    registrar.fits()
    work_off()
    phone.wait_for_url(re.compile(r"/imports/\d+/$"))
    registrar.fits()
    registrar.opens("/imports/")
    registrar.fits()


def test_without_script_one_looks_how_far_it_is(
    live_server: LiveServer, page_without_script: Page, shared_city: City, tmp_path: Path
) -> None:
    page = page_without_script
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    brings(registrar, shared_city, ledger(tmp_path / "台账.xlsx", row()))
    registrar.is_told("等候检查")
    work_off()
    page.get_by_role("link", name="看看现在到哪一行了").click()
    expect(page.get_by_role("heading", name="检查结果")).to_be_visible()
    registrar.sends("导入1行")
    registrar.is_told("等候导入")
    work_off()
    page.get_by_role("link", name="看看现在到哪一行了").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    assert ImportDraft.objects.get().is_taken_in
    registrar.is_told("新建 1")
