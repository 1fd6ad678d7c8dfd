"""The whole city holds together: the checks of a live site find nothing, and every command works in it."""

import json
from pathlib import Path

import pytest

from tests.demo_home import huiyin


@pytest.mark.parametrize("check", ["check-life", "verify-journal"])
def test_what_is_stored_follows_from_what_happened(demo_copy: Path, check: str) -> None:
    found = huiyin(demo_copy, check)
    assert (found.returncode, found.stderr) == (0, "")


def test_it_is_not_built_twice(demo_copy: Path) -> None:
    again = huiyin(demo_copy, "demo")
    assert (again.returncode, again.stderr) == (0, "")
    assert "已经在这里" in again.stdout


def test_the_figures_command_counts_as_of_its_today(demo_copy: Path) -> None:
    printed = huiyin(demo_copy, "figures", "--plenary", "zx-12-4", "--json")
    found = json.loads(printed.stdout)
    assert found["as_of"] == "2021-02-20"
    assert {figure["code"]: figure["count"] for figure in found["figures"]}["received.total"] == 436
