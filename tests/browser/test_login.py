"""The first page that anybody sees."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Faults

pytestmark = pytest.mark.usefixtures("shared_city")


def test_a_stranger_is_led_to_the_log_in_page(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url)
    expect(page).to_have_url(f"{live_server.url}/login/?next=/")
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_a_wrong_password_gets_a_sentence(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/login/")
    page.locator("input[name=username]").fill("nobody")
    page.locator("input[name=password]").fill("not the password")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("main")).to_contain_text("密码不对")


def test_it_works_without_javascript(live_server: LiveServer, page_without_script: Page) -> None:
    page_without_script.goto(f"{live_server.url}/login/")
    expect(page_without_script.get_by_role("button", name="登录")).to_be_visible()


def test_it_has_no_accessibility_fault(
    live_server: LiveServer, page: Page, accessibility_faults: Faults
) -> None:
    page.goto(f"{live_server.url}/login/")
    assert accessibility_faults(page) == []


def test_it_fits_a_phone(live_server: LiveServer, phone: Page) -> None:
    phone.goto(f"{live_server.url}/login/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
