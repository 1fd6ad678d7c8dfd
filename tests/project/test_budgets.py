"""Sizes that keep a file readable in one sitting. There is no list of exceptions: split by idea."""

import ast
from pathlib import Path

import pytest

from tests.project.source import name_of, python_files, templates

FILE, FUNCTION, TEMPLATE, TEST_FILE = 300, 50, 120, 600


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions(text: str) -> list[tuple[str, int]]:
    """(name, lines) of every function over the budget, its decorators not counted."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                found.append((node.name, length))
    return found


def over(paths: list[Path], budget: int) -> list[str]:
    return [f"{name_of(path)}: {lines_of(path)} lines" for path in paths if lines_of(path) > budget]


@pytest.mark.parametrize(
    ("paths", "budget"),
    [
        pytest.param(list(python_files("huiyin")), FILE, id="python"),
        pytest.param(list(templates()), TEMPLATE, id="templates"),
        pytest.param(list(python_files("tests", "benchmarks")), TEST_FILE, id="tests"),
    ],
)
def test_no_file_is_over_its_budget(paths: list[Path], budget: int) -> None:
    assert paths, "nothing was looked at"
    assert over(paths, budget) == []


def test_no_function_is_over_its_budget() -> None:
    found = [
        f"{name_of(path)}: {name} has {length} lines"
        for path in python_files("huiyin", "tests", "benchmarks")
        for name, length in long_functions(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_what_is_too_long_is_seen(tmp_path: Path) -> None:
    body = "\n".join(f"    x = {number}" for number in range(FUNCTION))
    assert long_functions(f"def long():\n{body}\n") == [("long", FUNCTION + 1)]
    assert long_functions(f"def short():\n{body.removesuffix(f'x = {FUNCTION - 1}').rstrip()}\n") == []
    file = tmp_path / "long.py"
    file.write_text("x = 1\n" * (FILE + 1))
    assert lines_of(file) == FILE + 1
