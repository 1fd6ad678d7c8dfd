"""The plan of the made city: everything that happens, in the order of time, ready to be replayed by real steps.

Each Act names a step by its code and gives the step's own fields in `data`, with keys in place of rows:

- people by Person.key (`person`, `owner`, `leader`), units by Unit.key (`unit`, `proposed`, `to`), proposers by
  Proposer.key (`proposer`, `proposers`, `evaluator`, `agreed`), items by Item.key (`into`, `items`).
- `Act.item`, `Act.unit`, `Act.ref` say what the step is taken on: the item; with a unit its share, or that share's
  reply of the latest round; with a ref the promise (p1) or the contact (c1) that the step makes or is on.
- answers of a draft: rows {item, point, disposition, text}, where a point of an item merged into this one carries
  that item's key; points of a promise: pairs (item, number).
- of an evaluation, `evaluator`, `round`, `later` and `channel` choose the form and the way; the rest are its fields.
  Of promise.reach_milestone, `milestone` is the number of the milestone.
- `told_in` of a dropped promise is the contact, `evidence` of a raised mark the promise, by its ref.
- steps that the system takes by itself (assignment.answer, promise.undertake, evaluation.invite, evaluation.count,
  second_handling.order, ...) are left out. Forms that came back count when the last is in or, by the daily run of
  the clock, when the time for feedback is over; the second handling follows by itself as the pack says.

meeting.record has no item: it is on the plenary in `data["plenary"]`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from huiyin.demo.city import City, make_city
from huiyin.demo.grading import acts_of_grading
from huiyin.demo.items import PLENARY_2021, PLENARY_NPC, Item, Plenary
from huiyin.demo.office import acts_of_office
from huiyin.demo.overseeing import acts_of_overseeing
from huiyin.demo.past import PAST_2020, PASTS
from huiyin.demo.past_items import items_of
from huiyin.demo.past_year import acts_of
from huiyin.demo.plenary2021 import items_of_2021, suggestions_of_2021
from huiyin.demo.problems import Initiative, Problem, problems_of
from huiyin.demo.repeating import acts_of_repeating
from huiyin.demo.story import Act
from huiyin.demo.widening import acts_of_topics
from huiyin.demo.year2021 import acts_of_2021

SEED = 20


@dataclass(frozen=True)
class Plan:
    city: City
    plenaries: tuple[Plenary, ...]
    items: tuple[Item, ...]
    acts: tuple[Act, ...]
    problems: tuple[Problem, ...]
    initiatives: tuple[Initiative, ...]

    @cached_property
    def item_by_key(self) -> dict[str, Item]:
        return {item.key: item for item in self.items}

    def acts_of(self, item: str) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.item == item)


def _numbered_letters(city: City, acts: Sequence[Act]) -> list[Act]:
    """文号 in the order of signing, a row of its own for each unit and year; a letter sent back keeps its number."""
    counts: dict[tuple[str, int], int] = {}
    given: dict[tuple[str, str, int], str] = {}
    rounds: dict[tuple[str, str], int] = {}
    found = []
    for act in acts:
        if act.code == "reply.draft":
            rounds[act.item, act.unit] = act.data["round"]
        if act.code == "reply.sign":
            letter = (act.item, act.unit, rounds[act.item, act.unit])
            if letter not in given:
                row = (act.unit, act.at.year)
                counts[row] = counts.get(row, 0) + 1
                word = city.unit_by_key[act.unit].letter
                given[letter] = f"淄{word}提复〔{act.at.year}〕{counts[row]}号"
            act = replace(act, data={**act.data, "document_number": given[letter]})
        found.append(act)
    return found


def _told(city: City, seed: int) -> Iterator[tuple[tuple[Item, ...], list[Act]]]:
    """Year by year the items and all that happens to them, supervision included; this year goes with the last."""
    for past in PASTS:
        items = items_of(past, city, seed)
        acts = acts_of(past, city, items, seed)
        if past == PAST_2020:
            later = (*items_of_2021(city, seed), *suggestions_of_2021(city, seed))
            acts += acts_of_2021(city, later, seed)
            items = (*items, *later)
        supervised = acts_of_office(past, city, items, acts, seed)
        if past == PAST_2020:
            supervised += acts_of_overseeing(city, items, acts, seed)
        acts += supervised
        yield items, [*acts, *acts_of_grading(items, acts, seed)]


def make_plan(seed: int = SEED) -> Plan:
    """Everything, from the first paper handed in to the last working day; the same for the same seed."""
    city = make_city(seed)
    years = list(_told(city, seed))
    items = tuple(item for own, _ in years for item in own)
    acts = [act for _, own in years for act in own]
    problems, initiatives = problems_of(items)
    acts += acts_of_topics(city, items, acts, problems, initiatives, seed)
    acts += acts_of_repeating(items, acts, seed)
    acts.sort(key=lambda act: act.at)
    return Plan(
        city=city,
        plenaries=(*(past.plenary for past in PASTS), PLENARY_2021, PLENARY_NPC),
        items=items,
        acts=tuple(_numbered_letters(city, acts)),
        problems=problems,
        initiatives=initiatives,
    )
