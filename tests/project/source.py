"""The project's own files, as the checks of this folder read them."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python_files(*folders: str) -> Iterator[Path]:
    """Written by hand; migrations are written by Django."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    for ending in ("*.html", "*.txt"):
        for path in sorted((ROOT / "huiyin").rglob(ending)):
            if "templates" in path.parts:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def whole(text: str) -> str:
    return text


# Python 3.12 reads the text between the fields of an f-string as a token of its own.
STRINGS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}


def code_only(text: str) -> str:
    """The text with strings and comments blanked out, every line in its place: what runs, not what is said."""
    lines = [list(line) for line in text.splitlines()]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in STRINGS | {tokenize.COMMENT}:
            continue
        (first, start), (last, end) = token.start, token.end
        for number in range(first, last + 1):
            line = lines[number - 1]
            for column in range(start if number == first else 0, end if number == last else len(line)):
                line[column] = " "
    return "\n".join("".join(line) for line in lines)


def said_only(text: str) -> str:
    """Nothing but the strings that the program says, every line in its place: no code, comment or docstring."""
    found = ast.parse(text)
    explains = {
        id(node.value)
        for node in ast.walk(found)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    lines = [""] * (text.count("\n") + 1)
    for node in ast.walk(found):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            lines[node.lineno - 1] += "".join(map(str, parts)).replace("\n", " ") + " "
            explains |= {id(part) for part in node.values}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            lines[node.lineno - 1] += node.value.replace("\n", " ") + " "
    return "\n".join(lines)
