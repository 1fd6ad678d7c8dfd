"""Finding a unit as people name it: by name, short name, initials of its sound (jyj) or a word of its duties.

What a unit answers to is told by `keys_of`; the page looks through the same keys while somebody types.
"""

from collections.abc import Iterable
from functools import cache

from huiyin.people.models import Unit

PLACES = "省市区县州旗"
NEAR = 6


@cache
def initials(text: str) -> str:
    """市教育局 is sjyj; what is no character stays as it is."""
    # Imported when first needed: its tables of words take a moment, which no command has to wait for.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def keys_of(unit: Unit) -> list[str]:
    """The names and their initials, each also without the word for the place in front (市教育局, 教育局)."""
    names = [name for name in (unit.short_name, unit.name) if name]
    names += [name[1:] for name in names if name[0] in PLACES]
    return list(dict.fromkeys([*names, *(initials(name) for name in names)]))


def rank(unit: Unit, words: str) -> int | None:
    """How near a unit comes to what was typed: 0 it is so called, 1 begins so, 2 has it inside, 3 in its duties."""
    keys = keys_of(unit)
    if words in keys:
        return 0
    if any(key.startswith(words) for key in keys):
        return 1
    if any(words in key for key in keys):
        return 2
    return 3 if words in unit.duties else None


class Directory:
    """The units to choose from."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = list(units)

    def search(self, words: str) -> list[Unit]:
        """The nearest first; everything where nothing is asked for."""
        words = words.strip().lower()
        ranked = [(rank(unit, words) if words else 0, unit) for unit in self.units]
        near = [(place, unit) for place, unit in ranked if place is not None]
        return [unit for _, unit in sorted(near, key=lambda pair: pair[0])]

    def one(self, words: str) -> tuple[Unit | None, str]:
        """The unit that is meant, or the sentence that says why it can't be told."""
        words = words.strip().lower()
        named = [unit for unit in self.units if words in (unit.name.lower(), unit.short_name.lower())]
        found = named or [unit for unit in self.units if rank(unit, words) == 0]
        if len(found) == 1:
            return found[0], ""
        near = found or self.search(words)
        if not near:
            return None, f"没有找到“{words}”，请核对单位名称。"
        spelled = "、".join(unit.short_name or unit.name for unit in near[:NEAR])
        if found:
            return None, f"“{words}”可以是：{spelled}，请写明是哪一个。"
        return None, f"没有正好叫“{words}”的单位，相近的有：{spelled}。"
