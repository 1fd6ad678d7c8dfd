"""Sources: declared once as [source.KEY], cited by every entry with its article. What nothing supports is assumed."""

import re
from collections.abc import Mapping

from huiyin.rulepacks.periods import NO_SOURCE, Source
from huiyin.rulepacks.reading import Table

# An address of a copy is no source: copies move, and cannot be cited.
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|cn|net|org)\b")


class Sources:
    """The declared sources of one file, with a note of which have been cited."""

    def __init__(self, declared: Table) -> None:
        self._table = declared
        self._sources: dict[str, Source] = {}
        self._cited: set[str] = set()
        for key, value in declared.data.items():
            if not isinstance(value, dict):
                declared.say(key, f"出处“{key}”应当是一张表，请写成[source.{key}]。")
                continue
            table = Table(value, (*declared.place, key), declared.report)
            self._sources[key] = _source(table)
            table.done()

    def cite(self, entry: Table) -> tuple[Source, bool]:
        """What an entry rests on, and whether it is assumed. An assumed entry may name what it leans on."""
        assumed = entry.flag("assumed")
        article = entry.text("article", "")
        if not entry.has("source"):
            entry.used.add("source")
            if not assumed:
                entry.say("", "没有写明出处（source）；确实查不到出处的，请写 assumed = true。")
            elif article:
                entry.say("article", "写了条款（article）却没有写出处（source）。")
            return NO_SOURCE, assumed
        key = entry.text("source")
        self._cited.add(key)
        if key not in self._sources:
            known = "、".join(self._sources) or "无"
            entry.say("source", f"没有名为“{key}”的出处，本文件声明的出处有：{known}。")
            return NO_SOURCE, assumed
        found = self._sources[key]
        return Source(found.document, found.number, found.dated, article), assumed

    def check_all_cited(self) -> None:
        for key in self._sources:
            if key not in self._cited:
                self._table.say(key, f"出处“{key}”没有条目引用，请删去或者引用。")


def _source(table: Table) -> Source:
    dated = ""
    if isinstance(table.data.get("dated"), str):
        dated = table.text("dated")
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", dated):
            table.say("dated", "dated应当是日期（如 2020-01-05）、“2020-01”或者“2020”。")
    elif day := table.day("dated"):
        dated = day.isoformat()
    made = Source(table.text("document"), table.text("number", ""), dated)
    for key in ("document", "number"):
        if _ADDRESS.search(str(table.data.get(key, ""))):
            table.say(key, "出处要写文件的名称和文号，不能写网址。")
    return made


def declare(sources: Mapping[str, Source]) -> dict[str, dict[str, str]]:
    """The [source] tables that these sources are written as."""
    return {
        key: {name: value for name in ("document", "number", "dated") if (value := getattr(source, name))}
        for key, source in sources.items()
    }
