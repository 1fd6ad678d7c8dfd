"""同类问题: what items say again and again, in several years and units, and the campaigns that take it up."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.demo.content import read, rows
from huiyin.demo.items import Fate, Item
from huiyin.words import Kind


@dataclass(frozen=True)
class Problem:
    """What several items say again and again, in several years and units."""

    key: str
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Initiative:
    """专项行动: problems by key that a campaign takes up together."""

    title: str
    problems: tuple[str, ...]


def problems_of(items: Sequence[Item]) -> tuple[tuple[Problem, ...], tuple[Initiative, ...]]:
    """同类问题 over the years, and the campaigns that take them up."""
    table = read("office")
    open_items = [item for item in items if item.fate == Fate.HANDLED and item.kind == Kind.PROPOSAL]
    problems = tuple(
        Problem(f"q{number}", title, tuple(i.key for i in open_items if i.matter.topic in topics.split()))
        for number, (title, topics) in enumerate(rows(table["problems"], 2), 1)
    )
    initiatives = tuple(
        Initiative(title, tuple(f"q{one}" for one in refs.split()))
        for title, refs in rows(table["initiatives"], 2)
    )
    return problems, initiatives
