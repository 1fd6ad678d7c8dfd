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


KEYS = {"title": title_key, "number": number_key}


def with_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an item that are to be written, each with the key that stands beside it."""
    return dict(values) | {f"{name}_key": key(values[name]) for name, key in KEYS.items() if name in values}
