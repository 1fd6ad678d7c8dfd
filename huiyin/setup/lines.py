"""What a row of a list comes to, said before it is taken in: 新增, 有变化, 未变, 不能收."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.words import Word


class Outcome(Word):
    NEW = "new", "新增"
    CHANGED = "changed", "有变化"
    SAME = "same", "未变"
    REFUSED = "refused", "不能收"


COLOURS = {Outcome.NEW: "ok", Outcome.CHANGED: "soon", Outcome.SAME: "none", Outcome.REFUSED: "late"}
Say = tuple[str, Callable[[Any], str]]  # what a value is called, and how it is shown


@dataclass(eq=False)
class Line:
    """One row: where it stands, who it is about, what will happen, and with what values."""

    place: str
    name: str
    outcome: Outcome = Outcome.NEW
    said: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    row: Any = None  # what stands already
    turn: int = 0  # those that others need come in before them

    @property
    def colour(self) -> str:
        """Of the dot beside the word."""
        return COLOURS[self.outcome]

    def refuse(self, sentence: str) -> "Line":
        self.outcome, self.said, self.given = Outcome.REFUSED, [sentence], {}
        return self

    def anew(self, say: Mapping[str, Say]) -> "Line":
        """Nothing stands yet: what comes in with the name."""
        given = {name: value for name, value in self.given.items() if name != "name" and value}
        told = [(say[name], given[name]) for name in say if name in given]
        self.said = ["；".join(f"{label}：{shown(value)}" for (label, shown), value in told)] if told else []
        return self

    def against(self, row: Any, stands: Mapping[str, Any], say: Mapping[str, Say]) -> "Line":
        """Compared with what stands: only filled cells count, an empty one leaves it as it is."""
        changed = {name: value for name, value in self.given.items() if stands[name] != value}
        for name, value in changed.items():
            label, shown = say[name]
            was = shown(stands[name])
            self.said.append(
                f"{label}由“{was}”改为“{shown(value)}”" if was else f"{label}填上“{shown(value)}”"
            )
        self.outcome, self.given, self.row = Outcome.CHANGED if changed else Outcome.SAME, changed, row
        return self


@dataclass(frozen=True)
class Compared:
    """A whole list, in the order of the sheet."""

    lines: list[Line]

    def of(self, outcome: str) -> list[Line]:
        return [line for line in self.lines if line.outcome == outcome]

    def shown(self, wanted: str) -> list[Line]:
        """The lines of one outcome; of all, what needs a look stands before what does not."""
        if wanted in list(Outcome):
            return self.of(wanted)
        order = [Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.SAME]
        return sorted(self.lines, key=lambda line: order.index(line.outcome))

    @property
    def counts(self) -> list[tuple[Outcome, int]]:
        return [(outcome, len(self.of(outcome))) for outcome in Outcome]

    @property
    def to_take_in(self) -> list[Line]:
        found = [line for line in self.lines if line.outcome in (Outcome.NEW, Outcome.CHANGED)]
        return sorted(found, key=lambda line: line.turn)


def short(text: str, most: int = 30) -> str:
    """A long value as it is shown beside others."""
    return text if len(text) <= most else text[:most] + "…"
