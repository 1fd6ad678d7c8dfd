"""What is stored beside a title and a number so that the database can compare and order them as people do."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

DIGITS = 8  # no plenary has numbers with more


def title_key(title: str) -> str:
    """A title without spaces, punctuation and width differences, to tell whether two titles mean the same item."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def number_key(number: str) -> str:
    """Orders numbers as an office counts them: 2 before 10, 闭字2 before 闭字10, those without a number last."""
    if not number:
        return "2"
    return "1" + re.sub(r"[0-9]+", lambda digits: digits[0].zfill(DIGITS), number)


FRAME = re.compile(r"^关于(进一步)?|的?(提案|建议|议案)$")  # what nearly every title begins and ends with


def likeness(one: str, other: str) -> float:
    """How much of two titles' keys is the same, by pairs of neighbouring signs: 0 nothing, 1 everything."""
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _pairs(key: str) -> set[str]:
    plain = FRAME.sub("", key)
    return {plain[place : place + 2] for place in range(len(plain) - 1)}


KEYS = {"title": title_key, "number": number_key}


def with_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an item that are to be written, each with the key that stands beside it."""
    return dict(values) | {f"{name}_key": key(values[name]) for name, key in KEYS.items() if name in values}
