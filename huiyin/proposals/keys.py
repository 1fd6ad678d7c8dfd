"""What is stored beside a title and a number so that the database can compare and order them as people do."""

import re
import unicodedata

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
