"""难易程度: graded when the items are assigned; a unit objects now and then, and the office rules.

One unit takes up the easy ones first. Its items have the grades that make that visible; those of the others are dealt
so that being hard makes them wait a little less.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiyin.demo.content import lines, read
from huiyin.demo.days import LAST_DAY, is_workday, later_moment, plus
from huiyin.demo.items import Item
from huiyin.demo.plenary2021 import STAR_UNIT
from huiyin.demo.story import Act
from huiyin.words import Meaning, Ruling

EASY_FIRST = STAR_UNIT
GRADED = 0.92
# Of ten items so many of each grade, from easy to hard.
EASIEST_TO_HARDEST = (1, 1, 2, 2, 2, 3, 3, 3, 4, 5)
# Of the others the order of difficulty and wait, from -1 to 1.
FAIR, NEAR_ENOUGH = -0.25, 0.1
EXCEPTION = 5
REAL_ACTS = ("contact.log", "assignment.plan")
HARDEST = 5
# One of so many items is thought to be harder by its unit.
ONE_IN = 25


@dataclass
class _Given:
    """An item as its unit got it: when, by whom, when it signed, and how long the first real act has let wait."""

    item: Item
    assigned: Act
    signed: datetime | None
    waited: int
    begun: bool
    returned: bool
    grade: int = 0


def acts_of_grading(items: Sequence[Item], told: Sequence[Act], seed: int) -> list[Act]:
    """The grades of the items of a year, not yet in the order of time."""
    year = items[0].key[:4]
    rng = Random(f"difficulty of {year}:{seed}")
    given = [one for one in _given(items, told) if rng.random() < GRADED]
    for plenary in dict.fromkeys(one.item.plenary for one in given):
        own = [one for one in given if one.item.plenary == plenary]
        _deal(own, rng)
        for unit in dict.fromkeys(one.item.lead for one in own):
            of_unit = [one for one in own if one.item.lead == unit]
            (_easy_first if unit == EASY_FIRST else _fairly)(of_unit)
    rulings = _objecting(given, rng)
    return [
        act for one in given for act in _acts(one, one.item.key in rulings, rulings.get(one.item.key), rng)
    ]


def _given(items: Sequence[Item], told: Sequence[Act]) -> Iterable[_Given]:
    by_item: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(told, key=lambda act: act.at):
        by_item[act.item].append(act)
    for item in items:
        acts = by_item[item.key]
        assigned = next((act for act in acts if act.code == "assignment.assign"), None)
        if assigned is None:
            continue
        own = [act for act in acts if act.unit == item.lead]
        signed = next((act.at for act in own if act.code == "assignment.sign"), None)
        first = next((act.at.date() for act in own if act.code in REAL_ACTS), None)
        returned = any(act.code == "assignment.ask_return" for act in acts)
        waited = _workdays(assigned.at.date(), first or LAST_DAY + timedelta(days=1))
        yield _Given(item, assigned, signed, waited, first is not None, returned)


def _workdays(after: date, until: date) -> int:
    return sum(is_workday(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


def _deal(own: list[_Given], rng: Random) -> None:
    """By what is asked: the more asks, units and years it takes, the harder."""

    def weight(one: _Given) -> float:
        item = one.item
        years = 2 * (item.meaning in (Meaning.PLANNED, Meaning.REFERENCE))
        return len(item.points) + len(item.shares) + years + rng.random()

    for place, one in enumerate(sorted(own, key=weight)):
        one.grade = EASIEST_TO_HARDEST[place * len(EASIEST_TO_HARDEST) // len(own)]


def _easy_first(own: list[_Given]) -> None:
    """The grades in the order in which the items were taken up, the untouched ones last; now and then it is otherwise."""
    grades = sorted(one.grade for one in own)
    for place in range(EXCEPTION, len(grades), EXCEPTION):
        other = max(0, place - len(grades) // 4)
        grades[other], grades[place] = grades[place], grades[other]
    in_order = sorted(own, key=lambda one: (not one.begun, one.waited))
    for one, grade in zip(in_order, grades, strict=True):
        one.grade = grade


def _fairly(own: list[_Given]) -> None:
    """Grades change places, those first whose waits differ least, until the hard ones wait a little less."""
    for _ in range(len(own) ** 2):
        easy_first, pairs = _order(own)
        off = (2 * easy_first - pairs) / pairs - FAIR if pairs else 0.0
        if abs(off) <= NEAR_ENOUGH:
            return
        sign = 1 if off > 0 else -1
        telling = [
            (sign * (b.waited - a.waited), a, b)
            for a in own
            for b in own
            if a.grade < b.grade and sign * (b.waited - a.waited) > 0
        ]
        if not telling:
            return
        _, easy, hard = min(telling, key=lambda found: found[0])
        easy.grade, hard.grade = hard.grade, easy.grade


def _order(own: list[_Given]) -> tuple[int, int]:
    """Pairs of different grades and waits, and in how many of them the harder one waited longer."""
    pairs = [(a, b) for a in own for b in own if a.grade < b.grade and a.waited != b.waited]
    return sum(b.waited > a.waited for a, b in pairs), len(pairs)


def _objecting(given: Sequence[_Given], rng: Random) -> dict[str, Ruling | None]:
    """Few, and of every plenary; of this year's one still waits for its ruling."""
    found: dict[str, Ruling | None] = {}
    for plenary in dict.fromkeys(one.item.plenary for one in given):
        own = [one for one in given if one.item.plenary == plenary]
        fit = [one for one in own if _may_object(one)]
        rulings = (
            (None, Ruling.GRANTED) if "stage" in own[0].item.special else (Ruling.GRANTED, Ruling.REFUSED)
        )
        for place, one in enumerate(rng.sample(fit, len(own) // ONE_IN)):
            found[one.item.key] = rulings[place % 2]
    return found


def _may_object(one: _Given) -> bool:
    known = one.signed is not None and not one.returned
    return known and one.item.lead != EASY_FIRST and 1 < one.grade < HARDEST


def _acts(one: _Given, objects: bool, ruling: Ruling | None, rng: Random) -> list[Act]:
    """The grade at the assignment; where the unit objects, what it thought of it and what the office said."""
    item, registrar = one.item, one.assigned.who
    table = read("office")
    grade = one.grade - 1 if ruling == Ruling.GRANTED else one.grade
    reason = lines(table["grade_reasons"])[grade - 1]
    data: dict[str, Any] = {"difficulty": grade, "reason": reason}
    found = [Act(one.assigned.at, "proposal.grade_difficulty", registrar, item.key, data=data)]
    if not objects or one.signed is None:
        return found
    asked = later_moment(plus(one.signed.date(), rng.randint(0, 2)), one.signed, rng)
    data = {"difficulty": grade + 1, "reason": rng.choice(lines(table["grade_objections"]))}
    unit = item.lead
    found.append(Act(asked, "assignment.object_difficulty", f"{unit}.liaison", item.key, unit, data=data))
    if ruling is not None:
        ruled = later_moment(plus(asked.date(), rng.randint(1, 3)), asked, rng)
        data = {"ruling": ruling, "reason": rng.choice(lines(table[f"grade_{ruling}"]))}
        found.append(Act(ruled, "assignment.rule_difficulty", registrar, item.key, unit, data=data))
    return [act for act in found if act.at.date() <= LAST_DAY]
