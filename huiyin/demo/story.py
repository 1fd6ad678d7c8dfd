"""The story of one item: dated acts, each by somebody, in the order in which they happen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from huiyin.demo.city import City, Proposer, Unit
from huiyin.demo.content import phrases
from huiyin.demo.days import LAST_DAY, ZONE, later_moment
from huiyin.demo.items import Item
from huiyin.words import Kind, Meaning, ProposerKind


@dataclass(frozen=True)
class Act:
    """One step that somebody takes.

    code: the step's code. who: key of a person in the city.
    item: key of the item, empty for an act on the whole city.
    unit: the share of this unit, where the step is on a share or on its reply.
    ref: the promise of that share (p1, p2, ...) or the contact of the item (c1, c2, ...) that the step makes or is on.
    data: the step's own fields; units, persons, items and proposers by key.
    """

    at: datetime
    code: str
    who: str
    item: str = ""
    unit: str = ""
    ref: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)


BEFORE_THE_EPIDEMIC = ("zx-12-1", "zx-12-2", "zx-12-3")
# What a sentence that has this word speaks of; it is said only of items that have it.
SPEAKS_OF: dict[str, Callable[[Item], bool]] = {
    "会办": lambda item: bool(item.co),
    "承诺": lambda item: item.meaning in (Meaning.PLANNED, Meaning.BEING_SOLVED),
    "疫情": lambda item: item.plenary not in BEFORE_THE_EPIDEMIC,
}


def for_kind(text: str, kind: str) -> str:
    """The same sentence of a deputy's suggestion."""
    return text.replace("提案者", "代表").replace("提案", "建议") if kind == Kind.SUGGESTION else text


def say(name: str, item: Item, rng: Random, **words: str) -> str:
    """One of the sentences for an occasion that fits the item, filled in."""
    fit = [
        line
        for line in phrases(name)
        if all(holds(item) for word, holds in SPEAKS_OF.items() if word in line)
    ]
    known = {"spot": item.matter.spot or "有关地点", "ask": rng.choice(item.points).brief}
    spoken = rng.choice(fit or phrases(name)).format(**(known | words))
    return for_kind(spoken, item.kind)


class Story:
    """Collects the acts of one item; nothing is told that would happen after the last working day."""

    def __init__(self, city: City, item: Item, seed: int, *, merged: Iterable[Item] = ()) -> None:
        self.city = city
        self.item = item
        self.merged = tuple(merged)
        self.rng = Random(f"story:{seed}:{item.key}")
        self.words = Random(f"words:{seed}:{item.key}")
        self.acts: list[Act] = []
        self.contacts = 0

    def line(self, after: datetime | None = None) -> "Line":
        return Line(self, after)

    def say(self, name: str, **words: str) -> str:
        """One of the sentences for an occasion; which one it is decides nothing of what happens."""
        return say(name, self.item, self.words, **words)

    @property
    def lead_proposer(self) -> Proposer:
        return self.city.proposer_by_key[self.item.proposers[0]]

    @property
    def signers(self) -> tuple[Proposer, ...]:
        return tuple(self.city.proposer_by_key[key] for key in self.item.proposers)

    def unit(self, key: str) -> Unit:
        return self.city.unit_by_key[key]

    def registrar(self) -> str:
        return self.rng.choice(self.city.registrars).key

    def assembly_staff(self) -> str:
        here = "cppcc" if self.lead_proposer.assembly == "cppcc" else "npc"
        return self.rng.choice([p for p in self.city.assembly_staff if p.assembly == here]).key

    def handler(self, unit: str) -> str:
        """The same person for all the item's life."""
        people = self.unit(unit).handlers
        return people[-1 if sum(map(ord, self.item.key)) % 3 == 0 else 0].key

    @property
    def greeting(self) -> str:
        """How the letter begins."""
        first = self.lead_proposer
        if len(self.item.proposers) > 1:
            word = "代表" if first.kind == ProposerKind.DEPUTY else "委员"
            return f"{first.name}等{len(self.item.proposers)}位{word}"
        return first.call


class Line:
    """One thread of a story: each act comes after the one before it in the same thread."""

    def __init__(self, story: Story, after: datetime | None = None) -> None:
        self.story = story
        self.last = after

    @property
    def day(self) -> date:
        assert self.last is not None
        return self.last.date()

    def not_before(self, day: date) -> None:
        """Nothing more happens in this thread before that day."""
        earliest = datetime.combine(day, time(8), ZONE)
        self.last = max(self.last or earliest, earliest)

    def act(
        self, day: date, code: str, who: str, *, unit: str = "", ref: str = "", **data: Any
    ) -> datetime | None:
        """On that day or the next working day after the last act; None where that would lie in the future."""
        at = later_moment(day, self.last, self.story.rng)
        if at.date() > LAST_DAY:
            return None
        self.last = at
        self.story.acts.append(Act(at, code, who, self.story.item.key, unit, ref, data))
        return at
