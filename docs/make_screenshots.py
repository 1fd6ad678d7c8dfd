"""Take docs/screenshot.png, a registrar's desk in the demo city: `python docs/make_screenshots.py [ADDRESS]`.

Without an address it serves the demo home of HUIYIN_HOME (as left by `make run`) for as long as it takes. Needs
Chromium (Debian: apt-get install chromium) and the development packages.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
SIZE = {"width": 1440, "height": 900}
ROLE = "政府办公室经办人"


@contextmanager
def served(port: str = "8199") -> Iterator[str]:
    """The demo home, served on this machine until the picture is taken."""
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


def shoot(page: Page, address: str) -> None:
    """Play the first registrar and photograph the desk."""
    page.goto(f"{address}/play/")
    page.locator("section", has=page.get_by_role("heading", name=ROLE)).get_by_role("button").first.click()
    page.locator("h1").wait_for()
    page.screenshot(path=HERE / "screenshot.png")


def main(address: str | None) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--lang=zh-CN"])
        page = browser.new_page(viewport=SIZE, locale="zh-CN", color_scheme="light")
        if address:
            shoot(page, address)
        else:
            with served() as own:
                shoot(page, own)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
