"""The plenary of 2020 with the totals of the published circular: 436; 149, 129, 147, 11; 230, 198, 8."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from huiyin.demo.city import City
from huiyin.demo.content import read
from huiyin.demo.items import PLENARY_2020, Fate, Item, Share, Signers, text_of, title_of
from huiyin.demo.matters import (
    Matter,
    common_matters,
    enriched,
    heads_of_merged,
    merged_matters,
    special_matters,
)
from huiyin.words import Kind, Meaning, Period, ProposerKind, Publicity, UnitRole

CLASSES = {"经济科技": 149, "社会事业和民生保障": 129, "城建交通": 147, "其他": 11}
MARKS = {"A": 230, "B": 198, "C": 8}
BEING_SOLVED = 50
BETWEEN = 24
SEPARATE = 8
KINDS = {
    ProposerKind.JOINT: 48,
    ProposerKind.PARTY: 28,
    ProposerKind.BODY: 8,
    ProposerKind.COMMITTEE: 10,
    ProposerKind.SECTOR: 18,
}
JOINT_SIZES = (2, 3, 2, 4, 2, 3, 2, 6, 3, 2, 5, 2)
SUMMARY_ONLY = 10
ONE_PERSON = ProposerKind.MEMBER


@dataclass
class _Plan:
    """What is decided of an item before it has a number."""

    matter: Matter
    kind: ProposerKind = ONE_PERSON
    size: int = 1
    period: Period = Period.IN_PLENARY
    mark: str = ""
    meaning: Meaning | None = None
    fate: Fate = Fate.HANDLED
    special: dict[str, Any] | None = None
    shares: tuple[Share, ...] = ()


def _chosen() -> list[_Plan]:
    """436 matters in the classes of the circular: those for reference, and of the others as many as fit."""
    reference = [
        _Plan(matter, mark="C", meaning=Meaning.REFERENCE) for _, matter in special_matters("reference")
    ]
    found = list(reference)
    for name, matters in common_matters().items():
        room = CLASSES[name] - sum(plan.matter.class_name == name for plan in reference)
        found += [_Plan(matter) for matter in matters[:room]]
    missing = heads_of_merged() - {plan.matter.core for plan in found}
    if missing:
        raise ValueError(f"not among the chosen: {missing}")
    return found


def _mark(plans: list[_Plan], rng: Random) -> None:
    open_ones = [plan for plan in plans if not plan.mark]
    rng.shuffle(open_ones)
    for place, plan in enumerate(open_ones):
        plan.mark = "A" if place < MARKS["A"] else "B"
        being = place < BEING_SOLVED
        plan.meaning = (
            Meaning.PLANNED if plan.mark == "B" else Meaning.BEING_SOLVED if being else Meaning.SOLVED
        )


def _share_out(plan: _Plan, city: City, rng: Random) -> None:
    """The lead, one or two co-handlers of the topic's, and the district whose place is named."""
    matter = plan.matter
    others = [unit for unit in matter.co if unit != matter.lead]
    count = min(len(others), rng.choices((0, 1, 2), (22, 45, 33))[0])
    co = rng.sample(others, count)
    named = district_in(matter, city)
    if named and named != matter.lead and rng.random() < 0.7:
        co = [*co[:1], named]
    plan.shares = (Share(matter.lead, UnitRole.LEAD), *(Share(unit, UnitRole.CO) for unit in co))


def district_in(matter: Matter, city: City) -> str:
    """The district that the matter names, if it names one."""
    text = matter.core + matter.spot
    return next((u.key for u in city.units if u.kind == "district" and u.short_name in text), "")


def _make_separate(plans: list[_Plan], city: City, rng: Random) -> None:
    """分办: department and district each answer for their own part."""
    fit = [
        plan
        for plan in plans
        if district_in(plan.matter, city) not in ("", plan.matter.lead) and plan.mark != "C"
    ]
    fit = [plan for plan in fit if plan.matter.core not in heads_of_merged()]
    for plan in rng.sample(fit, SEPARATE):
        district = district_in(plan.matter, city)
        plan.shares = (
            Share(plan.matter.lead, UnitRole.SEPARATE, "政策、标准和资金安排，答复第1条建议"),
            Share(district, UnitRole.SEPARATE, "本地的具体实施，答复其余建议"),
        )


def _spread_kinds(plans: list[_Plan], rng: Random) -> None:
    """Between plenaries only those may propose who may do so then: no sector; then joint ones, parties and so on."""
    common = [plan for plan in plans if plan.mark != "C"]
    for plan in rng.sample([p for p in common if p.matter.core not in heads_of_merged()], BETWEEN):
        plan.period = Period.BETWEEN
    free = list(plans)
    rng.shuffle(free)
    for kind, count in KINDS.items():
        fit = [plan for plan in free if kind != ProposerKind.SECTOR or plan.period == Period.IN_PLENARY]
        for place, plan in enumerate(fit[:count]):
            plan.kind = kind
            plan.size = JOINT_SIZES[place % len(JOINT_SIZES)] if kind == ProposerKind.JOINT else 1
            free.remove(plan)


def _odd_ones() -> list[_Plan]:
    """Merged into others, not filed, handled elsewhere, withdrawn and entered twice."""
    found = [_Plan(matter, fate=Fate.MERGED, special={"head": head}) for head, matter in merged_matters()]
    for fate in (Fate.NOT_FILED, Fate.ELSEWHERE, Fate.WITHDRAWN):
        found += [
            _Plan(matter, fate=fate, special=dict(entry)) for entry, matter in special_matters(str(fate))
        ]
    return found


def _items(city: City, seed: int) -> list[Item]:
    rng = Random(f"2020:{seed}")
    plans = _chosen()
    _mark(plans, rng)
    for plan in plans:
        _share_out(plan, city, rng)
        plan.matter = enriched(plan.matter, rng)
    _make_separate(plans, city, rng)
    _spread_kinds(plans, rng)
    everything = [*plans, *_odd_ones()]
    rng.shuffle(everything)
    everything.sort(key=lambda plan: plan.period == Period.BETWEEN)
    signers = Signers(city, rng)
    return [_item(plan, place, city, signers, rng) for place, plan in enumerate(everything, 1)]


def _item(plan: _Plan, place: int, city: City, signers: Signers, rng: Random) -> Item:
    keys = _proposers(plan, signers)
    title = title_of(plan.matter.core, Kind.PROPOSAL, rng)
    text = text_of(plan.matter, city.proposer_by_key[keys[0]], len(keys), rng)
    return Item(
        key=f"2020-{place:03d}",
        plenary=PLENARY_2020.code,
        kind=Kind.PROPOSAL,
        period=plan.period,
        number="",
        title=title,
        matter=plan.matter,
        text=text,
        proposers=keys,
        proposer_kind=plan.kind,
        shares=plan.shares,
        fate=plan.fate,
        mark=plan.mark,
        meaning=plan.meaning,
        special=plan.special or {},
    )


def _proposers(plan: _Plan, signers: Signers) -> tuple[str, ...]:
    if plan.kind == ProposerKind.JOINT:
        return signers.joint(plan.matter.lead, plan.size)
    if plan.kind == ONE_PERSON:
        return (signers.member(plan.matter.lead).key,)
    return (signers.group(plan.kind, plan.matter).key,)


def numbered(items: list[Item]) -> list[Item]:
    """Numbers in the order of filing: 1, 2, 3 of the plenary, 闭字1 and so on between plenaries."""
    counts = {Period.IN_PLENARY: 0, Period.BETWEEN: 0}
    found = []
    for item in items:
        if item.fate in (Fate.HANDLED, Fate.ELSEWHERE, Fate.WITHDRAWN):
            counts[item.period] += 1
            before = "闭字" if item.period == Period.BETWEEN else ""
            item = replace(item, number=f"{before}{counts[item.period]}")
        found.append(item)
    return found


def _with_heads(items: list[Item]) -> list[Item]:
    by_core = {item.matter.core: item.key for item in items}
    return [
        replace(item, head=by_core[item.special["head"]]) if item.fate == Fate.MERGED else item
        for item in items
    ]


def _with_twin(items: list[Item]) -> list[Item]:
    """The one entered twice stands right after the one whose copy it is."""
    [entry], found = read("specials")["voided"], []
    for item in items:
        found.append(item)
        if item.matter.core == entry["twin"]:
            found.append(
                replace(
                    item,
                    key=f"{item.key}x",
                    fate=Fate.VOIDED,
                    number="",
                    shares=(),
                    mark="",
                    meaning=None,
                    special=entry,
                )
            )
    return found


def items_of_2020(city: City, seed: int) -> tuple[Item, ...]:
    """All records of the plenary: 436 heads and single items, 6 merged into others, and 7 that went another way."""
    rng = Random(f"2020 marks of rank:{seed}")
    items = _with_twin(_with_heads(numbered(_items(city, seed))))
    handled = [item for item in items if item.fate == Fate.HANDLED]
    keys: set[str] = set()
    for leader in city.leaders:
        own = [i for i in handled if i.lead in leader.units and i.period == Period.IN_PLENARY]
        keys |= {item.key for item in rng.sample(own, min(2, len(own)))}
    brief = {item.key for item in rng.sample(handled, SUMMARY_ONLY)}
    return tuple(
        replace(
            item,
            is_key=item.key in keys,
            publicity=Publicity.SUMMARY if item.key in brief else Publicity.FULL,
        )
        for item in items
    )
