"""What the proposals are about: cases of the topics, written by hand, each with its asks and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from huiyin.demo.content import lines, read, rows, topic_files

SHORTEST = 6


@dataclass(frozen=True)
class Point:
    """One concrete ask. `done` and `will` are what the unit says of it; `why_not` where it cannot be done.

    sort: 工 something built, 文 a document or rule, 事 a service or an activity; it decides what shows that it is done.
    """

    number: int
    ask: str
    done: str
    will: str
    sort: str
    why_not: str = ""

    @property
    def brief(self) -> str:
        """The first clause of the ask, to call it by."""
        clauses = self.ask.rstrip("。").split("，")
        clause = clauses[0] if len(clauses[0]) >= SHORTEST else "，".join(clauses[:2])
        return clause.replace("“", "‘").replace("”", "’")


@dataclass(frozen=True)
class Matter:
    """One case of a topic, before anybody has proposed it."""

    topic: str
    class_name: str
    lead: str
    co: tuple[str, ...]
    core: str
    spot: str
    situation: str
    analysis: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Topic:
    key: str
    class_name: str
    lead: str
    co: tuple[str, ...]
    why: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]
    cases: tuple[tuple[str, ...], ...]

    def matter(self, core: str, spot: str, situation: str, asks: str, why: str) -> Matter:
        """A case with the asks of this topic that fit it; `asks` are their places as hexadecimal digits."""
        chosen = [self.asks[int(place, 16) - 1] for place in asks]
        points = tuple(
            Point(
                number, ask.replace("{x}", spot), done.replace("{x}", spot), will.replace("{x}", spot), sort
            )
            for number, (ask, done, will, sort) in enumerate(chosen, 1)
        )
        analysis = self.why[int(why) - 1]
        return Matter(self.key, self.class_name, self.lead, self.co, core, spot, situation, analysis, points)


def topics() -> dict[str, Topic]:
    found: dict[str, Topic] = {}
    for file in topic_files():
        for entry in file["topic"]:
            found[entry["key"]] = Topic(
                key=entry["key"],
                class_name=file["class"],
                lead=entry["lead"],
                co=tuple(entry["co"]),
                why=lines(entry["why"]),
                asks=rows(entry["asks"], 4),
                cases=rows(entry["cases"], 5),
            )
    return found


def common_matters() -> dict[str, list[Matter]]:
    """The cases of the topics by class, so ordered that the first cases of all topics come before the second."""
    known = list(topics().values())
    deepest = max(len(topic.cases) for topic in known)
    found: dict[str, list[Matter]] = {}
    for depth in range(deepest):
        for topic in known:
            if depth < len(topic.cases):
                core, spot, situation, asks, why = topic.cases[depth]
                found.setdefault(topic.class_name, []).append(topic.matter(core, spot, situation, asks, why))
    return found


def later_matters(assembly: str, group: str) -> list[Matter]:
    """The cases of the plenaries of 2021: assembly cppcc (star, others) or npc (others)."""
    known = topics()
    return [
        known[topic].matter(core, spot, situation, asks, why)
        for topic, core, spot, situation, asks, why in rows(read("later")[assembly][group], 6)
    ]


def listed_matters(content: str) -> list[Matter]:
    """The cases that a file lists for its plenary."""
    return [topic.matter(*cells) for topic, cells in _cases(content)]


def _cases(content: str) -> Iterator[tuple[Topic, tuple[str, ...]]]:
    """What a file lists, each with its topic; the cases of the topics themselves where it lists none."""
    known = topics()
    if listed := read(content).get("cases"):
        yield from ((known[topic], tuple(cells)) for topic, *cells in rows(listed, 6))
        return
    for topic in known.values():
        yield from ((topic, cells) for cells in topic.cases)


def merged_matters(content: str) -> Iterator[tuple[str, Matter]]:
    """The title of the head, and what is merged into it."""
    heads = {core: (topic, (spot, asks, why)) for topic, (core, spot, _, asks, why) in _cases(content)}
    for head, core, situation in rows(read(content)["merged"]["lines"], 3):
        topic, (spot, asks, why) = heads[head]
        yield head, topic.matter(core, spot, situation, asks[-2:], why)


def special_matters(group: str, content: str = "specials") -> list[tuple[dict[str, str], Matter]]:
    """Items written out one by one: reference, not_filed, elsewhere, withdrawn; with their own cells."""
    found = []
    for entry in read(content).get(group, ()):
        pairs = [(*line.split("|"), "")[:2] for line in lines(entry["asks"])]
        points = tuple(Point(n, ask, "", "", "文", why) for n, (ask, why) in enumerate(pairs, 1))
        matter = Matter(
            topic=entry["key"],
            class_name=entry.get("class", ""),
            lead=entry.get("lead", ""),
            co=tuple(entry.get("co", ())),
            core=entry["title"],
            spot="",
            situation=entry["situation"],
            analysis=entry["analysis"],
            points=points,
        )
        found.append((entry, matter))
    return found


def heads_of_merged(content: str) -> set[str]:
    """The titles that must be among the chosen ones: heads of merged items and the twin of the voided one."""
    heads = {head for head, _, _ in rows(read(content)["merged"]["lines"], 3)}
    return heads | {entry["twin"] for entry in read(content).get("voided", ())}


def enriched(matter: Matter, rng: Random) -> Matter:
    """Often one more ask, seldom two, in the field of the unit that leads; never where it cannot be done anyway."""
    if matter.points[0].why_not:
        return matter
    known = [row[1:] for row in rows(read("general")["asks"], 5) if row[0] == matter.lead]
    count = min(len(known), rng.choices((0, 1, 2), (40, 48, 12))[0], 4 - len(matter.points))
    more = tuple(
        Point(number, ask, done, will, sort)
        for number, (ask, done, will, sort) in enumerate(rng.sample(known, count), len(matter.points) + 1)
    )
    return replace(matter, points=(*matter.points, *more))
