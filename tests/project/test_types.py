"""The core that knows nothing of Django is held to the strictest reading of types, all of it."""

import ast
import tomllib
from fnmatch import fnmatchcase

import pytest

from tests.project.source import ROOT, python_files

# Django's models are typed by stubs that guess; python-docx has no types at all.
UNTYPED = {"django", "docx"}


def module_of(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(text: str) -> set[str]:
    """Modules, and the names taken from them, which may be modules too."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def core(imports: dict[str, set[str]]) -> set[str]:
    """Modules that reach nothing untyped, directly or through one another."""
    pure = {name for name, found in imports.items() if not {one.split(".")[0] for one in found} & UNTYPED}
    while reaching := {name for name in pure if imports[name] & (imports.keys() - pure)}:
        pure -= reaching
    return pure


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {
        module_of(path.relative_to(ROOT).as_posix()): path.read_text(encoding="utf-8")
        for path in python_files("huiyin")
    }


@pytest.fixture(scope="module")
def strict() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (held,) = [one["module"] for one in settings["tool"]["mypy"]["overrides"] if "warn_return_any" in one]
    return held


def test_every_module_of_the_core_is_read_strictly(sources: dict[str, str], strict: list[str]) -> None:
    found = {
        name
        for name in core({name: imported(text) for name, text in sources.items()})
        if "def " in sources[name] and not any(fnmatchcase(name, pattern) for pattern in strict)
    }
    assert sorted(found) == []


def test_what_is_read_strictly_is_there(sources: dict[str, str], strict: list[str]) -> None:
    assert [pattern for pattern in strict if not any(fnmatchcase(name, pattern) for name in sources)] == []


def test_the_core_ends_where_something_reaches_django() -> None:
    imports = {
        "a": imported("from datetime import date\nimport b"),
        "b": imported("from c import d"),
        "c": imported("import json"),
        "c.d": imported("from django.db import models"),
        "e": imported("from c import f"),
    }
    assert core(imports) == {"c", "e"}
