"""Two texts side by side: paragraph by paragraph, and inside a changed paragraph character by character.

Chinese has no spaces between words, so what is compared inside a paragraph are clauses first (a comma ends one), and
characters only within the clauses that differ. Pure functions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from huiyin.words import Disposition, Meaning

CLAUSE = re.compile(r"[^，。；：！？、,;\s]*[，。；：！？、,;\s]*")
ALIKE = 0.4  # two paragraphs less alike than this are not set against each other sign by sign
SHORT = 2  # signs that stand alike between two changes by chance


@dataclass(frozen=True)
class Piece:
    """A run of text; changed: it is not in the other version."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Row:
    """One paragraph of each version; none where it is only in the other."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def same(self) -> bool:
        return not any(piece.changed for piece in (*self.old, *self.new))


def compared(old: str, new: str) -> list[Row]:
    """Rows of paragraphs, those that belong together in one row."""
    before, after = _paragraphs(old), _paragraphs(new)
    rows: list[Row] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row((Piece(one, False),), (Piece(one, False),)) for one in before[i:j]]
        else:
            rows += _paired(before[i:j], after[k:m])
    return rows


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _paired(before: list[str], after: list[str]) -> Iterator[Row]:
    """Paragraphs that were rewritten beside each other, in their order; the others alone."""
    waiting = list(after)
    for old in before:
        place = next((n for n, new in enumerate(waiting) if _alike(old, new)), None)
        if place is None:
            yield Row((Piece(old, True),), ())
            continue
        for new in waiting[:place]:
            yield Row((), (Piece(new, True),))
        yield _within(old, waiting[place])
        waiting = waiting[place + 1 :]
    for new in waiting:
        yield Row((), (Piece(new, True),))


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _within(old: str, new: str) -> Row:
    before, after = CLAUSE.findall(old), CLAUSE.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal":
            left.append(Piece(was, False))
            right.append(Piece(now, False))
        elif tag == "replace":
            _signs(was, now, left, right)
        else:
            left.append(Piece(was, True))
            right.append(Piece(now, True))
    return Row(_joined(left), _joined(right))


def _signs(was: str, now: str, left: list[Piece], right: list[Piece]) -> None:
    """Sign by sign, but for what is alike by chance."""
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        changed = tag != "equal" or (j - i < SHORT and j < len(was) and i > 0)
        left.append(Piece(was[i:j], changed))
        right.append(Piece(now[k:m], changed))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].changed == piece.changed:
            found[-1] = Piece(found[-1].text + piece.text, piece.changed)
        elif piece.text:
            found.append(piece)
    return tuple(found)


@dataclass(frozen=True)
class Content:
    """What a draft says: of a version kept, or of a form that was sent."""

    text: str
    result: str
    answers: dict[int, str]  # by the point's key


def answer_text(disposition: str, text: str) -> str:
    return "\n".join(
        part for part in (Disposition.label_of(disposition) if disposition else "", text) if part
    )


def result_text(mark: str, meaning: str) -> str:
    return "\n".join(part for part in (mark, Meaning.label_of(meaning) if meaning else "") if part)


def parts_compared(old: Content, new: Content, points: dict[int, str]) -> list[tuple[str, list[Row]]]:
    """Each part of a draft that differs, under its name; the text always."""
    parts = [("答复正文", old.text, new.text), ("办理结果", old.result, new.result)]
    parts += [(name, old.answers.get(pk, ""), new.answers.get(pk, "")) for pk, name in points.items()]
    return [(name, compared(was, now)) for name, was, now in parts if was != now or name == "答复正文"]
