"""Take the pictures of the README and the manual in the demo city: `python docs/make_screenshots.py [ADDRESS]`.

Without an address it serves the demo home of HUIYIN_HOME (as left by `make run`) for as long as it takes. Needs
Chromium with its Chinese dates (Debian: apt-get install chromium chromium-l10n) and the development packages.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
WIDE, PHONE = (1280, 800), (390, 844)


def stay(page: Page) -> None:
    """The desk itself."""


def opens(path: str) -> Callable[[Page], None]:
    """A page by its address."""

    def go(page: Page) -> None:
        page.goto(path)

    return go


def first_draft(page: Page) -> None:
    """The form of a reply that is being written."""
    page.locator("section", has=page.get_by_role("heading", name="草稿待送审")).locator(
        ".title"
    ).first.click()
    page.get_by_role("link", name="修改答复稿").first.click()


def first_item(stage: str) -> Callable[[Page], None]:
    """The first item of the ledger at this stage."""

    def go(page: Page) -> None:
        page.goto(f"/ledger/?stage={stage}")
        page.locator(".ledger tbody a").first.click()

    return go


def first_of(path: str, link: str) -> Callable[[Page], None]:
    """The page behind the first such link of a page."""

    def go(page: Page) -> None:
        page.goto(path)
        page.locator(link).first.click()
        page.wait_for_load_state()

    return go


@dataclass(frozen=True)
class Picture:
    """Who looks at what; `role` as the page of roles calls it."""

    name: str
    role: str
    at: Callable[[Page], None] = stay
    size: tuple[int, int] = WIDE


REGISTRAR, LIAISON = "政府办公室经办人", "承办单位联络员"
PICTURES = (
    Picture("screenshot", REGISTRAR, size=(1440, 900)),
    Picture("manual/pictures/registrar-desk", REGISTRAR),
    Picture("manual/pictures/assigning", REGISTRAR, opens("/assigning/")),
    Picture("manual/pictures/ledger", REGISTRAR, opens("/ledger/")),
    Picture("manual/pictures/case", REGISTRAR, first_item("answered")),
    Picture("manual/pictures/hard", REGISTRAR, opens("/hard/?plenary=zx-12-4")),
    Picture(
        "manual/pictures/dispatch",
        REGISTRAR,
        first_of("/supervision/?plenary=zx-12-4", "a[href^='/supervision/dispatches/']"),
    ),
    Picture("manual/pictures/topic", REGISTRAR, first_of("/topics/", "main a.title")),
    Picture("manual/pictures/stock", REGISTRAR, opens("/figures/stock/")),
    Picture("manual/pictures/scores", REGISTRAR, opens("/scores/?plenary=zx-12-4")),
    Picture("manual/pictures/promise", LIAISON, first_of("/promises/?show=slipped", "main a.title")),
    Picture("manual/pictures/assembly-desk", "政协提案委"),
    Picture("manual/pictures/liaison-desk", LIAISON),
    Picture("manual/pictures/draft", "承办人", first_draft),
    Picture("manual/pictures/unit-leader-desk", "承办单位负责人"),
    Picture("manual/pictures/leader-desk", "市领导"),
    Picture("manual/pictures/proposer-phone", "提案者", size=PHONE),
    Picture("manual/pictures/trace", "审计员", opens("/trace/")),
    Picture("manual/pictures/accounts", "系统管理员", opens("/accounts/")),
)


@contextmanager
def served(port: str = "8199") -> Iterator[str]:
    """The demo home, served on this machine until the pictures are taken."""
    root = HERE.parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "huiyin", "serve", "--port", port]
    running = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        for line in running.stdout or ():
            if found := re.search(r"http://\S+", line):
                yield found[0]
                return
        sys.exit("The server did not start; run `make run` first, it builds the demo city.")
    finally:
        running.terminate()
        running.wait()


def shoot(browser: Browser, address: str, picture: Picture) -> None:
    """Play the first person of the role, go there and photograph the page."""
    width, height = picture.size
    size = {"width": width, "height": height}
    page = browser.new_page(base_url=address, viewport=size, locale="zh-CN", color_scheme="light")
    page.goto("/play/")
    role = page.locator("section", has=page.get_by_role("heading", name=picture.role))
    role.get_by_role("button").first.click()
    page.locator("h1").wait_for()
    picture.at(page)
    page.wait_for_load_state("networkidle")
    file = HERE / f"{picture.name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    page.close()
    sys.stdout.write(f"docs/{picture.name}.png\n")


def main(address: str | None) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},  # year, month, day in a field for a date
        )
        with nullcontext(address) if address else served() as found:
            for picture in PICTURES:
                shoot(browser, found, picture)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
