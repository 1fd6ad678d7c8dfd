"""Every page for every role, as the table of rights names them: WCAG 2.2 AA, both widths, light and dark, no script."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE, WIDE, Faults
from tests.pages.neighbours import Neighbour, own
from tests.pages.test_rights import PEOPLE, addresses
from tests.pages.world import World, today, world


@pytest.fixture
def built(protected_again: None, transactional_db: None) -> Iterator[tuple[World, Neighbour]]:
    from django.db import connection

    from huiyin.journal import triggers

    triggers.install(connection)
    with today():
        made = world()
        yield made, own(made.city)
    triggers.remove(connection)


def pages(client: Client, found: list[str]) -> list[str]:
    """Without downloads."""
    return [one for one in found if is_page(client, one)]


def is_page(client: Client, address: str) -> bool:
    with closing(client.get(address)) as answer:
        return str(answer.headers.get("Content-Type", "")).startswith("text/html")


def test_every_page_for_every_role(
    live_server: LiveServer,
    chromium: Browser,
    built: tuple[World, Neighbour],
    accessibility_faults: Faults,
) -> None:
    here, subject = built
    wrong: list[str] = []
    in_the_dark: set[str] = set()  # the colours of a page are the same whoever looks at it
    for person, name in PEOPLE.items():
        if person in ("无关单位", "外市经办人"):
            continue  # the same pages as another's of the same role
        client = here.client(here.actors[name]) if name else Client()
        found = pages(client, addresses(person, subject))
        context = chromium.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai")
        plain = chromium.new_context(viewport=WIDE, locale="zh-CN", java_script_enabled=False)
        for one in (context, plain):
            if "sessionid" in client.cookies:
                cookie = {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
                one.add_cookies([cookie])
        page, without_script = context.new_page(), plain.new_page()
        for address in found:
            faults = seen(page, live_server.url + address, accessibility_faults, in_the_dark)
            wrong += [f"{person} {address} {fault}" for fault in faults]
            answer = without_script.goto(live_server.url + address)
            if answer is None or answer.status != 200 or without_script.locator("h1").count() == 0:
                wrong.append(f"{person} {address} without script")
        context.close()
        plain.close()
    assert not wrong, "\n".join(wrong)


def seen(page: Page, address: str, faults: Faults, in_the_dark: set[str]) -> Iterator[str]:
    """Everything in the light; in the dark the same page has other colours and nothing else."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")  # no colour on its way to another
    page.goto(address)
    yield from (f"light: {fault}" for fault in faults(page))
    kind = re.sub(r"/\d+", "/N", address)
    if kind not in in_the_dark:
        in_the_dark.add(kind)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        yield from (f"dark: {fault}" for fault in faults(page, "color-contrast"))
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            yield f"{over} pixels too wide at {size['width']}"
