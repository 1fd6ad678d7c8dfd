"""What is wrong with a pack: every problem with its file, place and meaning, all of them at once."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `place` is the table, e.g. [[deadline]]第3个; `line` is 0 where no line can be named."""

    file: str
    line: int
    place: str
    meaning: str

    def __str__(self) -> str:
        line = f"第{self.line}行" if self.line else ""
        where = "，".join(part for part in (line, self.place) if part)
        return f"{self.file}{where and f' {where}'}：{self.meaning}"


class PackError(Exception):
    """A pack is refused. `problems` holds everything found wrong, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Report:
    """Gathers the problems of one file."""

    file: str
    text: str = ""
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = lines_of(self.text)

    def say(self, place: Place, meaning: str) -> None:
        line = next((self._lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self._lines), 0)
        self.problems.append(Problem(self.file, line, spell(place), meaning))

    def refuse_if_any(self) -> None:
        if self.problems:
            raise PackError(sorted(self.problems, key=lambda problem: problem.line))


_HEADER = re.compile(r"\s*(\[\[?)([\w.\-]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")


def lines_of(text: str) -> dict[Place, int]:
    """The line of each table and key: tomllib names none, and a problem without a line is hard to find."""
    lines: dict[Place, int] = {}
    seen: Counter[Place] = Counter()
    current: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            current = _path(header[2].split("."), header[1] == "[[", seen)
            lines.setdefault(current, number)
        elif key := _KEY.match(line):
            lines.setdefault((*current, key[1]), number)
    return lines


def _path(names: list[str], is_list: bool, seen: "Counter[Place]") -> Place:
    """The path of a header: tables in a list carry their index, counted within the latest of their parents."""
    path: Place = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if depth == len(names) and is_list:
            seen[path] += 1
        if seen[path]:
            path = (*path, seen[path] - 1)
    return path


def spell(place: Place) -> str:
    """("deadline", 2, "length") -> [[deadline]]第3个的length."""
    said = ""
    for at, part in enumerate(place):
        if isinstance(part, int):
            continue
        following = place[at + 1] if at + 1 < len(place) else None
        if isinstance(following, int):
            said += f"{'的' if said else ''}[[{part}]]第{following + 1}个"
        elif said or at:
            said += f"的{part}"
        else:
            said = f"[{part}]"
    return said
