"""Reading the content files: tables in TOML strings, one row a line, cells apart by |."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """One content file, e.g. `units`."""
    text = resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def topic_files() -> tuple[dict[str, Any], ...]:
    """The topic files in the order of their names."""
    folder = resources.files(__name__).joinpath("topics")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in names)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a table; an empty line stands for an empty choice, so only the first and last fall away."""
    return tuple(text.removeprefix("\n").removesuffix("\n").split("\n"))


def rows(text: str, cells: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a table; a row of another width is an error in the file."""
    found = tuple(tuple(line.split("|")) for line in text.strip().split("\n"))
    for row in found:
        if len(row) != cells:
            raise ValueError(f"{len(row)} cells instead of {cells}: {row}")
    return found


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The sentences of one occasion, e.g. `urging`."""
    return lines(read("phrases")[name])
