"""A city is set up by one person at the pages: by keyboard alone, on a phone, without script, without a fault for axe."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.people.models import Proposer, Unit
from huiyin.rulepacks.store import load_shipped
from huiyin.setup import code
from tests.browser.conftest import Faults
from tests.ledgers.reading.makers import xlsx
from tests.setup.sitting import ACCOUNTS, MEMBERS, PASSWORD, UNITS


@pytest.fixture(autouse=True)
def empty_home(protected_again: None, transactional_db: None) -> Iterator[None]:
    from django.db import connection

    from huiyin.journal import triggers

    triggers.install(connection)
    load_shipped()
    code.forget()
    yield
    code.forget()
    triggers.remove(connection)


class Founder:
    """Who sets the city up. `look` is asked of every page that comes up."""

    def __init__(self, page: Page, server: LiveServer, folder: Path, faults: Faults | None = None) -> None:
        self.page, self.server, self.folder, self.faults = page, server, folder, faults

    def looks(self) -> None:
        assert self.page.locator("h1").count() == 1
        if self.faults is not None:
            assert self.faults(self.page) == []
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.page.evaluate(over) <= 0

    def is_asked(self, question: str) -> None:
        expect(self.page.locator("h1")).to_have_text(question)
        self.looks()

    def writes(self, **given: str) -> None:
        for name, value in given.items():
            field = self.page.locator(f"main [name={name}]")
            field.focus()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(value)

    def picks(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}][value={value}]").focus()
        self.page.keyboard.press("Space")

    def presses(self, name: str) -> None:
        """A button or a link, by keyboard."""
        button = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        button.first.focus()
        self.page.keyboard.press("Enter")

    def brings(self, *rows: tuple[str, ...]) -> None:
        path = xlsx(self.folder / "名单.xlsx", rows)
        self.page.locator("input[type=file]").set_input_files(path)
        self.presses("上传，先看一遍")
        expect(self.page.locator("table.ledger")).to_be_visible()

    def gets_in(self) -> None:
        self.page.goto(self.server.url)
        self.is_asked("请填写开办码")
        self.writes(password="AAAA-BBBB-CCCC")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_contain_text("开办码不对")
        self.looks()
        self.writes(password=code.offered())
        self.page.keyboard.press("Enter")

    def begins(self) -> None:
        self.is_asked("这是哪里的政府")
        self.writes(name="淄博市", code="370300")
        self.page.keyboard.press("Enter")
        self.is_asked("按哪里的规则办理")
        expect(self.page.locator("[name=pack_code][value=zibo]")).to_be_checked()
        self.presses("选用，下一步")
        self.is_asked("谁来当系统管理员")
        self.writes(name="郑管理", phone="13800000001", password1=PASSWORD, password2=PASSWORD)
        self.page.keyboard.press("Enter")

    def appoints(self) -> None:
        self.is_asked("谁来管理，谁来经办")
        self.writes(name="林岚", phone="13800000002")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_label("设密码链接")).to_have_value(
            re.compile(f"^{self.server.url}/password/")
        )
        self.looks()

    def brings_units(self) -> None:
        self.page.goto(f"{self.server.url}/setup/units/")
        self.is_asked("提案、建议交给哪些单位办理")
        self.brings(UNITS, ("市政府办公室", "", "", "", "", "", "是"), ("市教育局", "", "123"), ("市水利局",))
        expect(self.page.locator("table.ledger tbody tr").first).to_contain_text("应为18位")
        self.looks()
        self.presses("收进来 2 条")
        expect(self.page.get_by_role("status").first).to_contain_text("已收进来：新增2条。")
        self.looks()

    def opens_plenary(self) -> None:
        self.presses("下一步：届次")
        self.is_asked("办理哪次会议的提案、建议")
        self.picks("assembly", "cppcc")
        self.writes(term="13", meeting="1")
        for name, day in (("opened_on", "2027-01-10"), ("closed_on", "2027-01-14")):
            self.page.locator(f"[name={name}]").fill(day)
        self.page.locator("[name=label]").focus()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("status").first).to_contain_text("第十三届淄博市委员会第一次会议")
        self.looks()

    def brings_members(self) -> None:
        self.presses("下一步：委员、代表名单")
        self.is_asked("谁来提提案、建议")
        self.brings(MEMBERS, ("陈一鸣", "", "", "教育界", "", "13800000003", "市一中校长"))
        self.looks()
        self.presses("收进来 1 条")
        expect(self.page.get_by_role("status").first).to_contain_text("已收进来：新增1条。")
        self.presses("最后：看看还缺什么")
        self.is_asked("淄博市已经办起来了")

    def brings_accounts(self) -> None:
        self.presses("人员账号名单")
        self.is_asked("谁来办理，谁来提")
        self.brings(
            ACCOUNTS,
            ("张某", "联络员", "市水利局", "", "", "13800000021", ""),
            ("赵某", "联络员", "市气象局", "", "", "13800000022", ""),
            ("陈一鸣", "委员", "", "", "", "", ""),
        )
        expect(self.page.locator("table.ledger tbody tr").first).to_contain_text("“市气象局”没有登记")
        self.looks()
        self.presses("收进来 2 条")
        expect(self.page.get_by_role("status").first).to_contain_text("已收进来：新增2条。")
        self.looks()


def the_whole_way(founder: Founder) -> None:
    founder.gets_in()
    founder.begins()
    founder.appoints()
    founder.brings_units()
    founder.opens_plenary()
    founder.brings_members()
    founder.brings_accounts()
    assert set(Unit.objects.values_list("name", flat=True)) == {"市政府办公室", "市水利局"}
    assert Proposer.objects.get(person__username="13800000003").name == "陈一鸣"


def test_it_is_done_by_keyboard_alone(
    live_server: LiveServer, page: Page, tmp_path: Path, accessibility_faults: Faults
) -> None:
    the_whole_way(Founder(page, live_server, tmp_path, accessibility_faults))


def test_it_is_done_on_a_phone(
    live_server: LiveServer, phone: Page, tmp_path: Path, accessibility_faults: Faults
) -> None:
    the_whole_way(Founder(phone, live_server, tmp_path, accessibility_faults))


def test_it_is_done_without_script(
    live_server: LiveServer, page_without_script: Page, tmp_path: Path
) -> None:
    the_whole_way(Founder(page_without_script, live_server, tmp_path))
