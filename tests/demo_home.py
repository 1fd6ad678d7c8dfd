"""The made city as tests use it: built once a test run by the real command, then copied.

`demo_home` is the home that all share: read it, never write to it. `demo_copy` is a copy of one's own, for a server
or a command. `demo_city` puts a copy under this process's own connection, the clock standing at the city's today.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from huiyin.clock.now import at, moment
from huiyin.demo.days import TODAY

DATABASE = "huiyin.sqlite3"


def environment(home: Path) -> dict[str, str]:
    """What a command needs to work in a home of its own, on the embedded database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return kept | {"HUIYIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "huiyin.settings"}


def huiyin(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command as people give it, in that home."""
    return subprocess.run(
        [sys.executable, "-m", "huiyin", *words],
        env=environment(home),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by whoever comes first; the others of a parallel run wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "demo-home"
    with open(shared / "demo-home.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (home / "demo.json").exists():
            home.mkdir(exist_ok=True)
            built = huiyin(home, "demo")
            assert built.returncode == 0, built.stderr
    return home


def copied(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


@pytest.fixture
def demo_copy(demo_home: Path, tmp_path: Path) -> Path:
    """A home of one's own with the city in it."""
    return copied(demo_home, tmp_path / "home")


@contextmanager
def connected_to(home: Path) -> Iterator[None]:
    """This process's default connection leads to the home's embedded database, whatever the tests run on."""
    before = connections["default"]
    options = {"transaction_mode": "IMMEDIATE", "timeout": 30}
    base = dict(connections.settings["default"])
    base |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home / DATABASE), "OPTIONS": options}
    base |= {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    connections["default"] = DatabaseWrapper(base, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


@pytest.fixture(scope="module")
def demo_city(
    demo_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[Path]:
    """The city under the hand of this module's tests, at ten in the morning of its today."""
    home = copied(demo_home, tmp_path_factory.mktemp("city") / "home")
    with django_db_blocker.unblock(), connected_to(home), at(moment(TODAY, 10)):  # type: ignore[attr-defined]
        yield home
