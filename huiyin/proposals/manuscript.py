"""A manuscript read into its parts: title, situation, analysis, numbered suggestions. Pure.

Members write in Word, under headings of their own. What is recognised goes into its part; everything else stands in
`rest`, where its writer sees it: no sentence is lost, none is rewritten. A heading that is recognised and the numbers
before suggestions are the only things left out, for the form says both itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

TITLE_LENGTH = 60
HEADING_LENGTH = 18
AFTER = 2
SITUATION, ANALYSIS, SUGGESTIONS, REST = "situation", "analysis", "suggestions", "rest"
# Of several words in one heading the last decides: 存在的问题及建议 is about what to do, 现状分析 about why.
WORDS = {
    "情况": SITUATION,
    "现状": SITUATION,
    "背景": SITUATION,
    "由来": SITUATION,
    "分析": ANALYSIS,
    "问题": ANALYSIS,
    "原因": ANALYSIS,
    "困难": ANALYSIS,
    "不足": ANALYSIS,
    "短板": ANALYSIS,
    "必要性": ANALYSIS,
    "意义": ANALYSIS,
    "建议": SUGGESTIONS,
    "对策": SUGGESTIONS,
    "措施": SUGGESTIONS,
    "办法": SUGGESTIONS,
}
_CHINESE = "[一二三四五六七八九十]{1,3}"
# What a heading may say beside these words and still say nothing but the name of its part.
USUAL = re.compile(
    "|".join(sorted(WORDS, key=len, reverse=True))
    + r"|基本|有关|相关|存在|主要|具体|工作|当前|目前|现有|提出|提案|几点|以下|如下|说明|简要|概况|解决|改进|初步|个人"
    r"|我们|我|案由|产生|现实|和|及|与|的|等|其|[、：:。\s　【】\[\]《》]"
)
# How paragraphs are numbered; the name tells one level of a manuscript from another.
NUMBERS = {
    "listed": re.compile("\x00"),
    "chinese": re.compile(rf"\s*{_CHINESE}\s*[、.．]\s*"),
    "bracketed": re.compile(rf"\s*[（(]\s*{_CHINESE}\s*[）)]\s*[、.．]?\s*"),
    "arabic": re.compile(r"\s*\d{1,2}\s*(?:[、．]|[.](?!\d))\s*"),
    "arabic bracketed": re.compile(r"\s*[（(]?\s*\d{1,2}\s*[）)]\s*[、.．]?\s*"),
    "circled": re.compile(r"\s*[①-⑳]\s*[、.．]?\s*"),
    "first": re.compile(rf"\s*第{_CHINESE}[，、：:]\s*"),
    "one": re.compile(rf"\s*{_CHINESE}是[，、：:]?\s*"),
    "suggestion": re.compile(rf"\s*建议\s*(?:{_CHINESE}|\d{{1,2}})\s*[：:、.．]\s*"),
}
LISTED = "\x00"  # stands before a paragraph that Word itself numbers
TITLE = re.compile(r"\s*(?:案\s*由|标\s*题|题\s*目|提案题目|建议标题)\s*[：:]\s*(?P<title>\S.*)")
LEADS_IN = re.compile(r"(?:建议|意见|对策|措施)(?:如下)?\s*[：:]\s*$|建议如下\s*[。]?\s*$")


@dataclass
class Parts:
    """What was read. `headings` are those that were recognised, as they stood."""

    title: str = ""
    situation: list[str] = field(default_factory=list)
    analysis: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.situation or self.analysis or self.points or self.rest)


def number_of(line: str) -> tuple[str, str]:
    """(How the paragraph is numbered, '' where it is not; the text after the number)."""
    for name, pattern in NUMBERS.items():
        found = pattern.match(line)
        if found and line[found.end() :].strip():
            return name, line[found.end() :].strip()
    return "", line.strip()


def heading_of(line: str) -> tuple[str, str]:
    """(The part that a line opens, '' where it opens none; the text that stands on the same line after it)."""
    _, bare = number_of(line)
    head, colon, tail = _cut(bare)
    if not colon and len(bare) > HEADING_LENGTH:
        return "", ""
    if len(head) > HEADING_LENGTH or re.search(r"[，。；！？,;!?]", head):
        return "", ""
    head = head.strip(" 　。【】[]《》")
    found = max(
        ((head.rfind(word) + len(word), part) for word, part in WORDS.items() if word in head), default=None
    )
    # Near the end of the line, or it is a sentence about something else: 情况说明 is a heading, 建议收悉后办理 none.
    return (found[1], tail) if found and found[0] >= len(head) - AFTER else ("", "")


def _cut(text: str) -> tuple[str, str, str]:
    head, colon, tail = re.match(r"([^：:]*)([：:]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    return head, colon, tail.strip()


def read(paragraphs: Iterable[str]) -> Parts:
    """The parts of a manuscript, given paragraph by paragraph; LISTED stands before one that Word numbers."""
    lines = [line for line in paragraphs if line.replace(LISTED, "").strip()]
    parts = Parts()
    lines = _title(lines, parts)
    here, level, led_in = REST, "", False
    asked: list[str] = []
    for line in lines:
        how, _ = number_of(line)
        opened, tail = heading_of(line)
        # A numbered line below a heading belongs to it, unless it is numbered as the headings are.
        alike = how == level and not (led_in and not _ends(asked, here, how))
        below = how and not alike and here in (SUGGESTIONS, opened)
        if opened and not below:
            _close(asked, parts)
            asked, here, level, led_in = [], opened, how, False
            line = _opening(line, tail, opened, parts)
        elif here in (SITUATION, ANALYSIS) and not how and LEADS_IN.search(line):
            _put(parts, here, line)
            here, led_in, line = SUGGESTIONS, True, ""
        elif here != REST and level and how == level and _ends(asked, here, how):
            _close(asked, parts)
            asked, here, level = [], REST, ""
        if not line:
            continue
        if here == SUGGESTIONS:
            asked.append(line)
        else:
            _put(parts, here, line)
    _close(asked, parts)
    return parts


def _opening(line: str, tail: str, part: str, parts: Parts) -> str:
    """What is still to be put somewhere of the line of a heading: whatever it says beyond the name of its part stays
    in the text, before suggestions in the rest."""
    heading = _plain(line).removesuffix(tail).strip() if tail else _plain(line)
    if not USUAL.sub("", number_of(heading)[1]):
        parts.headings.append(heading)
    else:
        _put(parts, REST if part == SUGGESTIONS else part, heading)
    return tail


def _ends(asked: list[str], here: str, how: str) -> bool:
    """An unknown heading ends a part; not where the suggestions themselves are numbered as headings are."""
    return here != SUGGESTIONS or (bool(asked) and _level(asked) != how)


def _level(asked: list[str]) -> str:
    return next((how for line in asked if (how := number_of(line)[0])), "")


def _plain(line: str) -> str:
    return line.replace(LISTED, "").strip()


def _put(parts: Parts, where: str, line: str) -> None:
    getattr(parts, where).append(_plain(line))


def _title(lines: list[str], parts: Parts) -> list[str]:
    """The title, stated as such or the first line where it looks like one; the other lines."""
    for place, line in enumerate(lines[:6]):
        if found := TITLE.fullmatch(line):
            parts.title = found["title"].strip()
            return lines[:place] + lines[place + 1 :]
    for place, line in enumerate(lines[:3]):
        if _looks_like_a_title(line):
            parts.title = _plain(line)
            return lines[:place] + lines[place + 1 :]
    return lines


def _looks_like_a_title(line: str) -> bool:
    text = line.strip()
    if number_of(line)[0] or len(text) > TITLE_LENGTH or re.search(r"[。；！？：:]", text):
        return False
    return text.startswith("关于") or text.endswith(("的提案", "的建议", "的议案"))


def _close(asked: list[str], parts: Parts) -> None:
    """Suggestions numbered alike are one each; what stands under one belongs to it, what stands before the first to
    the rest. Without any number every paragraph is one."""
    numbered = [number_of(line)[0] for line in asked]
    level = _level(asked)
    if not level:
        parts.points += [_plain(line) for line in asked]
        return
    starts = [place for place, how in enumerate(numbered) if how == level]
    parts.rest += [_plain(line) for line in asked[: starts[0]]]
    for start, end in pairwise([*starts, len(asked)]):
        first = number_of(asked[start])[1]
        parts.points.append("\n".join([first, *map(_plain, asked[start + 1 : end])]))
