"""Sentences with places for figures: {code} the count, {code%} the share, {code/} the base.

Composing sees only figures, never rows, so that a circular can be written again from frozen ones.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from huiyin.reporting.scope import Figure

PLACE = re.compile(r"\{([^{}]+?)([%/]?)\}")
COUNT, SHARE, BASE = "", "%", "/"


class NoSuchFigure(LookupError):
    """A sentence names a figure that was not counted."""


@dataclass(frozen=True)
class Number:
    """A figure printed in a sentence: what stands there and which part of the figure it is."""

    code: str
    part: str
    text: str


Piece = str | Number


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    pieces: tuple[Piece, ...]


def _share(figure: Figure) -> str:
    """As offices print it: the whole is 100%, whatever the decimals of the others."""
    if figure.percent is None:
        return "—"
    return "100%" if figure.count == figure.of else f"{figure.percent}%"


@dataclass(frozen=True)
class Heading:
    """The heading of a part, on a line of its own."""

    text: str


class Figures:
    """The figures of a circular by code."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.by_code = {figure.code: figure for figure in figures}

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.by_code.values())

    def get(self, code: str) -> Figure | None:
        return self.by_code.get(code)

    def count(self, code: str) -> int:
        found = self.by_code.get(code)
        return found.count if found else 0

    def base(self, code: str) -> int:
        found = self.by_code.get(code)
        return found.of or 0 if found else 0

    def starting(self, prefix: str) -> list[Figure]:
        return [figure for figure in self if figure.code.startswith(prefix)]

    def falls_short(self, code: str) -> bool:
        """Whether a rate stands below its base."""
        found = self.by_code.get(code)
        return found is not None and found.of is not None and found.count < found.of

    def number(self, code: str, part: str = COUNT) -> Number:
        figure = self.by_code.get(code)
        if figure is None:
            raise NoSuchFigure(f"没有“{code}”这个数字。")
        texts = {
            COUNT: str(figure.count),
            BASE: str(figure.of or 0),
            SHARE: _share(figure),
        }
        return Number(code, part, texts[part])

    def paragraph(self, *sentences: str) -> Paragraph:
        """Sentences with their places filled in; empty ones are left out."""
        return Paragraph(tuple(self._pieces("".join(sentences))))

    def _pieces(self, text: str) -> Iterator[Piece]:
        found = list(PLACE.finditer(text))
        ends = [(0, 0), *(place.span() for place in found), (len(text), len(text))]
        for place, ((_, begin), (end, _)) in zip([*found, None], pairwise(ends), strict=True):
            if begin < end:
                yield text[begin:end]
            if place:
                yield self.number(place[1], place[2])

    def listed(self, *phrases: tuple[str, str]) -> str:
        """Those phrases whose figure is not 0, in one enumeration: (code, words)."""
        return "、".join(words for code, words in phrases if self.count(code))
