"""What befalls which item of a past year: returns, late opinions, extensions, pauses, drafts sent back, forms that stay
out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from huiyin.demo.items import Fate, Item
from huiyin.demo.past import Counts, Past
from huiyin.demo.sharing import Return
from huiyin.words import Meaning, Period, ProposerKind, Ruling, UnitRole

LATE_OPINIONS = 0.06
SENT_BACK, FAILED = 0.09, 0.06
GOLDEN = (5**0.5 - 1) / 2
# Who is taken for whom: a unit to which such an item might be given by mistake.
TAKEN_FOR = {
    "zhujian": "chengguan",
    "chengguan": "zhujian",
    "jiaotong": "jiaojing",
    "jiaojing": "jiaotong",
    "gongxin": "fagai",
    "fagai": "gongxin",
    "weijian": "yibao",
    "yibao": "weijian",
    "ziran": "zhujian",
    "shengtai": "shuili",
    "shuili": "shengtai",
    "minzheng": "renshe",
    "renshe": "minzheng",
    "shangwu": "scjg",
    "scjg": "shangwu",
    "nongye": "shuili",
    "keji": "gongxin",
    "jinrong": "caizheng",
    "lvhua": "chengguan",
    "jiaoyu": "weijian",
    "dashuju": "xingzheng",
}
# The evaluator's form on the answer of a unit.
Form = tuple[str, str, str]


def _turns() -> Iterator[float]:
    """Between 0 and 1, evenly spread however many are taken: so that of a few promises each course has its share."""
    return (place * GOLDEN % 1 for place in count(1))


@dataclass
class Decisions:
    returns: dict[str, Return] = field(default_factory=dict)
    extended: dict[str, date] = field(default_factory=dict)
    paused: set[str] = field(default_factory=set)
    without: dict[str, str] = field(default_factory=dict)
    late: set[tuple[str, str]] = field(default_factory=set)
    sent_back: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    dissatisfied: set[str] = field(default_factory=set)
    unconvinced: set[str] = field(default_factory=set)
    returned: set[Form] = field(default_factory=set)
    turns: Iterator[float] = field(default_factory=_turns)


def forms_of(items: Sequence[Item]) -> list[Form]:
    """One form for every evaluator of every answer; proposers of merged items evaluate the head's answer (R1)."""
    merged: dict[str, list[str]] = {}
    for item in items:
        if item.fate == Fate.MERGED:
            merged.setdefault(item.head, []).extend(item.proposers)
    return [
        (item.key, share.unit, proposer)
        for item in items
        if item.fate == Fate.HANDLED
        for share in item.answering
        for proposer in dict.fromkeys([*item.proposers, *merged.get(item.key, [])])
    ]


def _returns(handled: list[Item], decided: Decisions, counts: Counts, rng: Random) -> set[str]:
    fit = [
        item
        for item in handled
        if len(item.answering) == 1
        and item.period == Period.IN_PLENARY
        and item.mark != "C"
        and TAKEN_FOR.get(item.lead, "") not in {"", *(share.unit for share in item.co)}
    ]
    chosen = rng.sample(fit, counts.granted + counts.refused)
    for place, item in enumerate(chosen):
        other = TAKEN_FOR[item.lead]
        if place < counts.granted:
            # The window ends on the Monday after the Tuesday of the meeting; one in six asks on it.
            after = 4 if place < counts.granted // 6 else rng.choice((1, 2, 2, 3))
            decided.returns[item.key] = Return(other, item.lead, after, Ruling.GRANTED, rng.choice((1, 2, 3)))
        else:
            after = rng.choice((1, 2, 3))
            decided.returns[item.key] = Return(item.lead, other, after, Ruling.REFUSED, rng.choice((1, 2)))
    return {item.key for item in chosen}


def decide(past: Past, items: Sequence[Item], seed: int) -> Decisions:
    """The same for the same seed; no item meets two of the larger mishaps."""
    rng, decided, counts = Random(f"decisions{past.luck}:{seed}"), Decisions(), past.counts
    handled = [item for item in items if item.fate == Fate.HANDLED]
    heads = {item.head for item in items if item.head}
    taken = _returns(handled, decided, counts, rng) | heads
    free = [
        item
        for item in handled
        if item.key not in taken
        and item.period == Period.IN_PLENARY
        and len(item.answering) == 1
        and item.mark != "C"
    ]
    rng.shuffle(free)
    alone = [
        item
        for item in free
        if not item.co and item.proposer_kind == ProposerKind.MEMBER and item.meaning != Meaning.BEING_SOLVED
    ]
    unhappy = [[item.key for item in alone if item.mark == mark][: counts.unhappy] for mark in ("A", "B")]
    decided.dissatisfied = {key for pair in unhappy for key in pair}
    decided.unconvinced = {key for pair in unhappy for key in pair[1:]}
    free = [item for item in free if item.key not in decided.dissatisfied]
    for place, item in enumerate(free[: counts.extended]):
        decided.extended[item.key] = past.days.extended_to[place % len(past.days.extended_to)]
    free = free[counts.extended :]
    decided.paused = {item.key for item in free[: counts.paused]}
    free = free[counts.paused :]
    with_co = [item for item in free if item.co][: counts.without]
    decided.without = {item.key: item.co[0].unit for item in with_co}
    shares = [
        (item.key, share.unit) for item in handled for share in item.shares if share.role == UnitRole.CO
    ]
    decided.late = set(rng.sample(shares, round(len(shares) * LATE_OPINIONS)))
    rest = [item.key for item in free if item.key not in decided.without]
    rng.shuffle(rest)
    number = round(len(handled) * SENT_BACK)
    decided.sent_back = set(rest[:number])
    decided.failed = set(rest[number : number + round(len(handled) * FAILED)])
    decided.returned = _returned(items, decided, counts.forms, rng)
    return decided


def _returned(items: Sequence[Item], decided: Decisions, number: int, rng: Random) -> set[Form]:
    """Of all forms so many come back; those who only signed along are the more forgetful."""
    forms = forms_of(items)
    first = {item.key: item.proposers[0] for item in items}
    must = [form for form in forms if form[0] in decided.dissatisfied]
    others = [form for form in forms if form[0] not in decided.dissatisfied]
    rng.shuffle(others)
    others.sort(key=lambda form: form[2] != first[form[0]] and rng.random() < 0.2)
    return {*must, *others[: number - len(must)]}
