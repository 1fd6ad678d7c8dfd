"""我的通知 in a browser: a way is chosen and tried, on a phone too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.alerts import run_once
from huiyin.clock.now import at as clock_at
from huiyin.clock.now import now
from tests.browser.conftest import Faults
from tests.browser.test_journeys import Visitor
from tests.notices.receivers import Receivers, config_text, receiving
from tests.people import City


@pytest.fixture
def servers(settings: LazySettings, tmp_path: Path) -> Iterator[Receivers]:
    settings.HOME = tmp_path
    with receiving() as made, clock_at(date(2020, 4, 14)):
        made.now = now
        file = tmp_path / "notices.toml"
        file.write_text(config_text(made), encoding="utf-8")
        file.chmod(0o600)
        yield made


def test_a_liaison_chooses_mail_tries_it_and_subscribes(
    live_server: LiveServer,
    phone: Page,
    shared_city: City,
    servers: Receivers,
    accessibility_faults: Faults,
) -> None:
    liaison = Visitor(phone, live_server)
    liaison.is_(shared_city.chen_jing)
    phone.locator(".me summary").click()
    phone.get_by_role("link", name="我的通知").click()
    phone.wait_for_url("**/notices/")
    mail = phone.locator("form", has=phone.get_by_role("heading", name="电子邮件"))
    mail.get_by_label("电子邮箱").fill("chenjing@example.gov.cn")
    mail.get_by_role("button", name="用电子邮件通知我").click()
    liaison.is_told("已保存")
    mail.get_by_role("button", name="发一条测试消息").click()
    liaison.is_told("测试消息一分钟内发出")
    run_once()
    [taken] = servers.taken
    assert taken.to == "chenjing@example.gov.cn"
    phone.reload()
    expect(phone.locator("section", has=phone.get_by_role("heading", name="最近发出的"))).to_contain_text(
        "已发出"
    )
    phone.get_by_role("button", name="生成订阅地址").click()
    address = phone.get_by_label("日历（到期日）").input_value()
    assert phone.request.get(address).headers["content-type"].startswith("text/calendar")
    liaison.fits()
    assert accessibility_faults(phone) == []


def test_it_works_without_script(
    live_server: LiveServer, page_without_script: Page, shared_city: City, servers: Receivers
) -> None:
    leader = Visitor(page_without_script, live_server)
    leader.is_(shared_city.gao_yuan)
    leader.opens("/notices/")
    sms = page_without_script.locator("form", has=page_without_script.get_by_role("heading", name="手机短信"))
    sms.get_by_label("手机号码").fill("0533-2183456")
    sms.get_by_role("button", name="用手机短信通知我").click()
    expect(page_without_script.locator(".wrong")).to_contain_text("请填写11位手机号码")
    sms.get_by_label("手机号码").fill("138 0000 0001")
    sms.get_by_role("button", name="用手机短信通知我").click()
    leader.is_told("已保存")
    expect(sms).to_contain_text("正在使用")
