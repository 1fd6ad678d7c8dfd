"""Design §8, splitting: which cells hold several things, and where they part. Nothing else splits."""

import re
from collections.abc import Callable, Iterator

_SEPARATORS = "、;\uff1b\n"
_OPENING, _CLOSING = "(\uff08[【〔《“", ")\uff09]】〕》”"
_CHINESE = "一二三四五六七八九十"
_BOUNDARY = "\n。;\uff1b!\uff01?\uff1f,\uff0c:\uff1a \t\u3000"


def split_list(text: str) -> tuple[str, ...]:
    """联名, 主办/会办/分办单位, 沟通日期, 沟通方式: at 、 and ; and line ends, outside brackets; each name once."""
    return tuple(dict.fromkeys(split_each(text)))


def split_each(text: str) -> list[str]:
    """As `split_list`, with repetitions kept, where order pairs two columns."""
    parts, depth = [""], 0
    balanced = sum(text.count(char) for char in _OPENING) == sum(text.count(char) for char in _CLOSING)
    for char in text:
        depth += balanced * ((char in _OPENING) - (char in _CLOSING))
        if char in _SEPARATORS and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def split_points(text: str) -> tuple[str, ...]:
    """具体建议, 承诺事项, 承诺期限: at leading numbers where the text is numbered, else at line ends.

    Numbers count only in sequence from one and at the start of a clause, so that 2.5亿元 and 在3、4号楼 stay whole. A
    number with nothing behind it is an empty point: what is paired with it by order keeps its place.
    """
    stripped = text.strip()
    for marker in _MARKERS:
        if starts := _sequence(stripped, marker):
            head = stripped[: starts[0][0]].strip()
            starts = _with_lines_out_of_sequence(stripped, marker, starts)
            ends = [start for start, _ in starts[1:]] + [len(stripped)]
            points = [stripped[after:end] for (_, after), end in zip(starts, ends, strict=True)]
            # what introduces the list goes with its first point: it is none of its own and would shift the pairing
            points[0] = f"{head}\n{points[0]}" if head else points[0]
            return tuple(map(_tidy, points))
    return tuple(line.strip() for line in stripped.splitlines() if line.strip())


def _tidy(point: str) -> str:
    whole = "\n".join(line.strip() for line in point.strip().splitlines() if line.strip())
    return whole.rstrip(";\uff1b,\uff0c、 ")


def _arabic(number: int) -> str:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return f"(?:{number}|{wide})"


def _chinese(number: int) -> str:
    if number > 99:
        return ""
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _CHINESE[tens - 1]) + "十" if tens else ""
    return ten + (_CHINESE[ones - 1] if ones else "")


def _circled(number: int) -> str:
    """Circled or in brackets, each one character."""
    return f"[{chr(0x2460 + number - 1)}{chr(0x2474 + number - 1)}]" if number <= 20 else ""


_Marker = tuple[str, Callable[[int], str], str]
_MARKERS: tuple[_Marker, ...] = (
    ("", _circled, ""),
    ("[(\uff08]", _chinese, "[)\uff09]、?"),
    ("", _chinese, "、"),
    ("[(\uff08]", _arabic, "[)\uff09]、?"),
    ("", _arabic, "(?:[、)\uff09\uff0e]|\\.(?!\\d)|\\.(?=\\d{4}))"),
    ("第", _chinese, "[、,\uff0c:\uff1a]"),
)


def _sequence(text: str, marker: _Marker) -> list[tuple[int, int]]:
    """Start and end of the markers one, two, three… of one style; none unless the first opens the text or a line."""
    before, spell, after = marker
    found: list[tuple[int, int]] = []
    position = 0
    while spelled := spell(len(found) + 1):
        match = next(_matches(text, f"{before}{spelled}{after}", position, opening=not found), None)
        if match is None:
            break
        found.append(match.span())
        position = match.end()
    return found if len(found) > 1 or (found and found[0][0] == 0) else []


def _with_lines_out_of_sequence(
    text: str, marker: _Marker, starts: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Lines numbered in the same style out of sequence (1, 2, 2, 4) part as well; their number stays with them."""
    before, _, after = marker
    number = rf"[0-9\uff10-\uff19]{{1,2}}|[{_CHINESE}]{{1,3}}"
    lines = re.finditer(rf"(?m)^[ \t\u3000]*(?={before}(?:{number}){after})", text) if after else ()
    found = {match.end(): match.end() for match in lines if match.end() > starts[0][0]}
    return sorted((found | dict(starts)).items())


def _matches(text: str, pattern: str, start: int, *, opening: bool) -> Iterator[re.Match[str]]:
    """Where a marker may stand: at the start of a clause; the first one at the start of a line."""
    boundary = "\n" if opening else _BOUNDARY
    for match in re.compile(pattern).finditer(text, start):
        lead = text[: match.start()].rstrip(" \t\u3000") if opening else text[: match.start()]
        if not lead or lead[-1] in boundary or "\u2460" <= match[0] <= "\u2487":
            yield match
