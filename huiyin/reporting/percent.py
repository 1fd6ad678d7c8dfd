"""Shares of counts, half up, and which counts can print a given share. Pure: no Django, no floats.

A share is always computed from the count, never from a share that was rounded before (design §7). Everything is
whole-number arithmetic, so that a half is a half: 1 of 8 to one decimal is 12.5, 1 of 800 to two is 0.13.
"""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

SIGNS = "%\uff05\ufe6a"


class NotAPercentage(ValueError):
    """What was given can't be read as a percentage."""


def percent(count: int, of: int | None, decimals: int = 1) -> str | None:
    """`count` of `of` in percent, half up; None where there is nothing to divide by."""
    if not of:
        return None
    steps = 100 * 10**decimals
    return _text((2 * steps * count + of) // (2 * of), decimals)


def cut_off(count: int, of: int, decimals: int) -> str:
    """The same share cut off instead of rounded: a slip that circulars make."""
    return _text(100 * 10**decimals * count // of, decimals)


def _text(scaled: int, decimals: int) -> str:
    return f"{Decimal(scaled).scaleb(-decimals):.{decimals}f}"


def read(text: str) -> tuple[Decimal, int]:
    """A printed percentage and its number of decimals; the percent sign may stand or not."""
    bare = text.strip().rstrip(SIGNS).strip()
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise NotAPercentage(f"“{text}”不是百分数，请写成“99.6”或“99.6%”。") from None
    if not value.is_finite() or value < 0:
        raise NotAPercentage(f"“{text}”不是百分数，请写成“99.6”或“99.6%”。")
    exponent = value.as_tuple().exponent
    return value, max(0, -exponent if isinstance(exponent, int) else 0)


def counts_for(percent_text: str, of: int) -> range:
    """The whole numbers n with 0 <= n <= of whose share of `of` prints as `percent_text`, rounded half up."""
    value, decimals = read(percent_text)
    unit = Fraction(1, 2 * 10**decimals)
    first = _ceil((Fraction(value) - unit) * of / 100)
    after = _ceil((Fraction(value) + unit) * of / 100)
    return range(max(0, first), max(0, min(of + 1, after)))


def _ceil(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def reachable(percent_text: str, of: int) -> bool:
    """Whether any whole number can print this figure on this base."""
    return of > 0 and len(counts_for(percent_text, of)) > 0


def reachable_bases(percent_text: str, bases: Iterable[int]) -> list[int]:
    """Those of the bases on which some whole number prints this figure."""
    return [base for base in bases if reachable(percent_text, base)]


def nearest_base(percent_text: str, of: int) -> int | None:
    """The largest base below `of` on which the figure can stand."""
    return next((base for base in range(of - 1, 0, -1) if reachable(percent_text, base)), None)


def bare(percent_text: str) -> str:
    """The figure as printed, without its sign."""
    return percent_text.strip().rstrip(SIGNS).strip()


def explanation(percent_text: str, of: int, measure: str = "件") -> str | None:
    """Why no whole number prints this figure on this base; None where one does."""
    value, decimals = read(percent_text)
    shown = bare(percent_text)
    if of <= 0:
        return f"基数是{of}，算不出{shown}%，请写明基数。"
    if reachable(percent_text, of):
        return None
    if value > 100:
        return f"{shown}%超过100%，不会是{of}{measure}中的一部分。"
    below = Fraction(value) * of // 100
    said = "、".join(
        f"{count}{measure}是{percent(count, of, decimals)}%" for count in (below, below + 1) if count <= of
    )
    base = nearest_base(percent_text, of)
    hint = f"；基数为{base}{measure}时可以得到" if base else ""
    return f"{of}{measure}中{said}，没有整数件数能得出{shown}%{hint}，请写明这个比率的基数。"
