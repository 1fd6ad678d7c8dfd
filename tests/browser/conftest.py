"""Debian's Chromium, driven by Playwright, on pages served from this process.

Without Chromium these tests are skipped, saying so; tests/run.sh knows when that is a failure.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from tests.browser.program import missing, program

# Playwright keeps an event loop in this thread; Django would otherwise refuse the database to it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Faults = Callable[..., list[str]]

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
REFUSED = (
    "status of 422",
    "status of 401",
    "Error Code 401",
    "Error Code 422",
)  # a form sent back with its sentence, a session that has ended: the page says so
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
  console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    if reason := missing():
        pytest.skip(reason)
    browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
    yield browser
    browser.close()


def watched(context: BrowserContext) -> Iterator[Page]:
    """A page whose every complaint (script error, blocked by the security policy) fails the test at its end."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(one in message.text for one in REFUSED):
            complaints.append(message.text)

    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desk's screen."""
    yield from watched(chromium.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai"))


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A proposer's phone."""
    yield from watched(
        chromium.new_context(
            viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True, is_mobile=True
        )
    )


@pytest.fixture
def page_without_script(chromium: Browser) -> Iterator[Page]:
    """No page needs JavaScript to work."""
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def accessibility_faults() -> Faults:
    """Call it with a page: what axe-core finds wrong with it, one line a fault; of one rule where it is named."""
    source = AXE.read_text(encoding="utf-8")

    def look(page: Page, rule: str = "") -> list[str]:
        # Evaluated by the driver, not put into the page as a script element: the page's policy forbids those.
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        asked = {"type": "rule", "values": [rule]} if rule else ["wcag2a", "wcag2aa", "wcag21aa"]
        found = page.evaluate("asked => axe.run(document, {runOnly: asked})", asked)
        return [
            f"{fault['id']}: {node['target'][0]}: {fault['help']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]

    return look
