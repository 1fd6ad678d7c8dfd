"""Which browser the tests drive. `python -m tests.browser.program` says whether there is one (exit code 0) or why not."""

import shutil
import sys


def program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> str | None:
    """Why there is no browser to test with, or None."""
    return None if program() else "Chromium is not installed (Debian: apt-get install chromium)"


if __name__ == "__main__":
    sys.exit(missing() or 0)
