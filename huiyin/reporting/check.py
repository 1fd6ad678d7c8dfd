"""Holds printed figures against what counts can give (design §7): they are flagged, never imitated. Pure.

Circulars cut off where they should round, move a last digit so that a column sums to 100, divide by another number
than the one they name, or print a rate that no whole number gives (436 proposals cannot give 99.6 %).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from huiyin.reporting.percent import bare, cut_off, explanation, percent, reachable, read


class Verdict(StrEnum):
    """Why a printed figure is flagged."""

    UNREACHABLE = "unreachable"
    CUT_OFF = "cut_off"
    LAST_DIGIT = "last_digit"
    OTHER_BASE = "other_base"
    MISMATCH = "mismatch"


@dataclass(frozen=True)
class Printed:
    """A figure as printed: a share of a base, with its count where the count is printed too."""

    label: str
    percent: str
    of: int
    count: int | None = None


@dataclass(frozen=True)
class Finding:
    """A printed figure that its counts do not give, with what they give."""

    printed: Printed
    verdict: Verdict
    sentence: str


def check(printed: Printed, likely: int | None = None) -> Finding | None:
    """What is wrong with a printed figure; None where the counts give it. `likely`: a base that may have been meant."""
    _, decimals = read(printed.percent)
    if printed.count is None:
        said = explanation(printed.percent, printed.of)
        return Finding(printed, Verdict.UNREACHABLE, f"{printed.label}：{said}") if said else None
    right = percent(printed.count, printed.of, decimals)
    if right == bare(printed.percent):
        return None
    base = base_for(printed, likely)
    verdict = _verdict(printed, decimals, right, base)
    return Finding(printed, verdict, _sentence(printed, right, verdict, base))


def check_all(figures: Iterable[Printed]) -> list[Finding]:
    """A column of figures; its sum is the base most often meant where another one is named."""
    column = list(figures)
    likely = sum(printed.count or 0 for printed in column)
    return [found for printed in column if (found := check(printed, likely))]


def _verdict(printed: Printed, decimals: int, right: str | None, base: int | None) -> Verdict:
    count = printed.count or 0
    if right is None or count > printed.of:
        return Verdict.UNREACHABLE
    if cut_off(count, printed.of, decimals) == bare(printed.percent):
        return Verdict.CUT_OFF
    given, _ = read(printed.percent)
    if abs(given - read(right)[0]).scaleb(decimals) <= 1:
        return Verdict.LAST_DIGIT
    return Verdict.OTHER_BASE if base else Verdict.MISMATCH


def _sentence(printed: Printed, right: str | None, verdict: Verdict, base: int | None) -> str:
    shown, of, count = bare(printed.percent), printed.of, printed.count
    if right is None:
        return f"{printed.label}：基数是{of}，算不出{shown}%，请写明基数。"
    said = f"{printed.label}：{of}件中的{count}件是{right}%，不是{shown}%"
    advice = {
        Verdict.CUT_OFF: "印出的数字是截去的，没有四舍五入",
        Verdict.LAST_DIGIT: "末位被改动过",
        Verdict.OTHER_BASE: f"以{base}件为基数才相符，请写明基数",
    }.get(verdict, "请核对件数和基数")
    never = "" if reachable(printed.percent, of) else f"，这个基数上没有整数件数能得出{shown}%"
    return f"{said}{never}；{advice}。"


def base_for(printed: Printed, likely: int | None = None) -> int | None:
    """The likely base, else the nearest to the stated one within a fifth of it, on which this count prints this figure."""
    _, decimals = read(printed.percent)
    count, of = printed.count or 0, printed.of
    near = sorted(range(max(1, count, of - of // 5), of + of // 5 + 1), key=lambda base: abs(base - of))
    tried = [likely, *near] if likely and likely >= count else near
    return next((base for base in tried if percent(count, base, decimals) == bare(printed.percent)), None)
