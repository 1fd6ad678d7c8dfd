"""A home of a test's own, in which commands run as a site runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


class Home:
    """A fresh home on the embedded database, with one plenary."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment |= {"HUIYIN_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "huiyin.settings"}

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )

    def huiyin(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "huiyin", *map(str, arguments))

    def add_plenary(self, code: str, meeting: int, pack: str = "zibo") -> None:
        done = self.huiyin(
            "plenary", "add", code, "--jurisdiction", "370300", "--kind", "cppcc", "--term", 12, "--meeting", meeting,
            "--opened", "2020-01-05", "--closed", "2020-01-08", "--pack", pack,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def take_in(self, path: Path, *more: str, plenary: str = "zx") -> tuple[int, dict, list[str]]:
        """Exit code, the JSON on stdout, the sentences on stderr."""
        done = self.huiyin("import", path, "--plenary", plenary, "--json", *more)
        return done.returncode, json.loads(done.stdout), done.stderr.splitlines()
