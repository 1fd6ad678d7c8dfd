"""Reads one table of a pack strictly: each key by its type; what was not asked for is unknown and refused."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from huiyin.rulepacks.problems import Place, Report
from huiyin.words import Word

W = TypeVar("W", bound=Word)
T = TypeVar("T")

TYPES: dict[type, str] = {
    str: "文字（加引号）",
    int: "整数",
    bool: "true 或 false",
    date: "日期（如 2020-01-05）",
    list: "列表（用方括号）",
    dict: "表",
}


@dataclass
class Table:
    """A table being read. A wrong value is reported and a harmless one returned, so that reading goes on."""

    data: dict[str, Any]
    place: Place
    report: Report
    used: set[str] = field(default_factory=set)

    def say(self, key: str, meaning: str) -> None:
        self.report.say((*self.place, key) if key else self.place, meaning)

    def has(self, key: str) -> bool:
        return key in self.data

    def _take(self, key: str, wanted: type[T]) -> T | None:
        """The value where it stands and has the type wanted."""
        self.used.add(key)
        if key not in self.data:
            return None
        value = self.data[key]
        if type(value) is wanted:
            return value
        self.say(key, f"{key}应当是{TYPES[wanted]}，现在写的是{value!r}。")
        return None

    def text(self, key: str, default: str | None = None, most: int = 2000) -> str:
        """Required where there is no default; never empty where required."""
        value = self._take(key, str)
        if value is None:
            if default is None and key not in self.data:
                self.say("", f"缺少{key}，请补上。")
            return default or ""
        if default is None and not value.strip():
            self.say(key, f"{key}不能是空的。")
        if len(value) > most:
            self.say(key, f"{key}最多{most}个字，现在有{len(value)}个。")
        return value

    def number(self, key: str, default: int, least: int = 0, most: int = 10_000) -> int:
        value = self._take(key, int)
        if value is None:
            return default
        if not least <= value <= most:
            self.say(key, f"{key}应当在{least}和{most}之间，现在是{value}。")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._take(key, bool)
        return default if value is None else value

    def day(self, key: str) -> date | None:
        return self._take(key, date)

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts, none of them empty or twice."""
        values = self._take(key, list)
        if values is None:
            if required and key not in self.data:
                self.say("", f"缺少{key}，请补上。")
            return ()
        if required and not values:
            self.say(key, f"{key}至少要有一项。")
        good = tuple(value for value in values if isinstance(value, str) and value.strip())
        if len(good) < len(values):
            self.say(key, f"{key}的每一项都应当是文字，不能为空。")
        if doubles := sorted({value for value in good if good.count(value) > 1}):
            self.say(key, f"{key}中重复了：{'、'.join(doubles)}。")
        return good

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value and value not in allowed:
            self.say(key, f"{key}不能是“{value}”，可用的有：{'、'.join(allowed)}。")
        return value

    def some_of(self, key: str, allowed: Collection[str], required: bool = False) -> tuple[str, ...]:
        values = self.texts(key, required)
        for value in values:
            if value not in allowed:
                self.say(key, f"{key}不能有“{value}”，可用的有：{'、'.join(allowed)}。")
        return values

    def word(self, key: str, words: type[W], default: W | None = None) -> W:
        value = self.one_of(key, [word.value for word in words], default)
        return words(value) if value in words._value2member_map_ else next(iter(words))

    def word_or_none(self, key: str, words: type[W]) -> W | None:
        return self.word(key, words) if self.has(key) else None

    def words(self, key: str, words: type[W], required: bool = False) -> tuple[W, ...]:
        values = self.some_of(key, [word.value for word in words], required)
        return tuple(words(value) for value in values if value in words._value2member_map_)

    def read(self, key: str, reader: Callable[[str], T], meaning: str) -> T | None:
        """A text in a form of its own; `meaning` says how it is written."""
        if not self.has(key):
            self.used.add(key)
            return None
        value = self.text(key)
        made = reader(value)
        if made is None and value:
            self.say(key, f"{key}的写法“{value}”看不懂，{meaning}。")
        return made

    def tables(self, key: str) -> list["Table"]:
        """The tables of a list of tables [[key]]."""
        values = self._take(key, list) or []
        tables = []
        for index, value in enumerate(values):
            if isinstance(value, dict):
                tables.append(Table(value, (*self.place, key, index), self.report))
            else:
                self.say(key, f"{key}的每一项都应当是表，请写成[[{key}]]。")
        return tables

    def table(self, key: str) -> "Table":
        value = self._take(key, dict)
        return Table({} if value is None else value, (*self.place, key), self.report)

    def done(self) -> None:
        """Everything has been asked for: what is left over is unknown."""
        for key in self.data:
            if key not in self.used:
                known = "、".join(sorted(self.used))
                self.say(key, f"不认识的键“{key}”，这里可用的键有：{known}。")
