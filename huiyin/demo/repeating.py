"""重复提出: what comes again from an earlier year in other words, as the office finds it when it registers the item."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from huiyin.demo.days import LAST_DAY, later_moment, plus
from huiyin.demo.items import Fate, Item
from huiyin.demo.story import Act
from huiyin.proposals.keys import likeness, title_key
from huiyin.words import Kind, Period

# Titles that are liker than this the system may have found by itself; from so much on it has, and the office decides.
FOUND_BY_ITSELF, PUT_BEFORE = 0.4, 0.55
# Whatever else they say: so many asks are the same.
SAME_ASKS = 2
MARKED = 0.6


def acts_of_repeating(items: Sequence[Item], told: Sequence[Act], seed: int) -> list[Act]:
    """Each beside the earlier one that asked most of the same, not yet in the order of time."""
    rng = Random(f"repeats:{seed}")
    registered = {act.item: act for act in told if act.code == "proposal.register"}
    earlier: dict[str, list[Item]] = defaultdict(list)
    found = []
    for item in sorted(items, key=lambda item: item.key):
        if item.fate != Fate.HANDLED or item.kind != Kind.PROPOSAL or item.key not in registered:
            continue
        before = _most_alike(item, earlier[item.matter.topic])
        if before is not None and rng.random() < MARKED:
            act = registered[item.key]
            at = later_moment(plus(act.at.date(), rng.randint(0, 1)), act.at, rng)
            if at.date() <= LAST_DAY:
                found.append(Act(at, "repeat.mark", act.who, item.key, data={"earlier": before.key}))
        earlier[item.matter.topic].append(item)
        if item.period == Period.IN_PLENARY:
            others = [other for known in earlier.values() for other in known if other.plenary != item.plenary]
            found += _decided(item, others, registered[item.key], rng)
    return found


def _decided(item: Item, others: Sequence[Item], registered: Act, rng: Random) -> list[Act]:
    """What the system has put before the office: of the same matter confirmed, of another set aside."""
    key, made = title_key(item.title), []
    for other in others:
        if likeness(key, title_key(other.title)) >= PUT_BEFORE:
            at = later_moment(plus(registered.at.date(), 1), registered.at, rng)
            same = other.matter.topic == item.matter.topic
            code = "repeat.confirm" if same else "repeat.dismiss"
            why = {} if same else {"reason": "题目相近，说的不是一件事。"}
            made.append(Act(at, code, registered.who, item.key, ref=other.key, data=why))
    return [act for act in made if act.at.date() <= LAST_DAY]


def _most_alike(item: Item, others: Sequence[Item]) -> Item | None:
    """The latest of earlier years that asked the most of the same, in another title."""

    def same(other: Item) -> int:
        return len({point.will for point in item.points} & {point.will for point in other.points})

    key = title_key(item.title)
    fit = [
        other
        for other in others
        if other.plenary != item.plenary
        and same(other) >= SAME_ASKS
        and likeness(key, title_key(other.title)) < FOUND_BY_ITSELF
    ]
    return max(fit, key=lambda other: (same(other), other.key), default=None)
