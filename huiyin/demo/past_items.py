"""The items of a plenary whose year is over, as many of each sort as its counts say."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from huiyin.demo.city import City
from huiyin.demo.content import read
from huiyin.demo.items import Fate, Item, Share, Signers, text_of, title_of
from huiyin.demo.matters import (
    Matter,
    common_matters,
    enriched,
    heads_of_merged,
    listed_matters,
    merged_matters,
    special_matters,
)
from huiyin.demo.past import Past
from huiyin.words import Kind, Meaning, Period, ProposerKind, Publicity, UnitRole

JOINT_SIZES = (2, 3, 2, 4, 2, 3, 2, 6, 3, 2, 5, 2)
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


def _chosen(past: Past) -> list[_Plan]:
    """Those for reference, and the others: all that are listed, or of each class as many as fit."""
    reference = [
        _Plan(matter, mark="C", meaning=Meaning.REFERENCE)
        for _, matter in special_matters("reference", past.content)
    ]
    if past.classes is None:
        return [*reference, *map(_Plan, listed_matters(past.content))]
    found = list(reference)
    for name, matters in common_matters().items():
        room = past.classes[name] - sum(plan.matter.class_name == name for plan in reference)
        found += [_Plan(matter) for matter in matters[:room]]
    return found


def _mark(past: Past, plans: list[_Plan], rng: Random) -> None:
    open_ones = [plan for plan in plans if not plan.mark]
    rng.shuffle(open_ones)
    for place, plan in enumerate(open_ones):
        plan.mark = "A" if place < past.counts.marks["A"] else "B"
        being = place < past.counts.being_solved
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


def _make_separate(past: Past, plans: list[_Plan], city: City, rng: Random) -> None:
    """分办: department and district each answer for their own part."""
    fit = [
        plan
        for plan in plans
        if district_in(plan.matter, city) not in ("", plan.matter.lead) and plan.mark != "C"
    ]
    fit = [plan for plan in fit if plan.matter.core not in heads_of_merged(past.content)]
    for plan in rng.sample(fit, past.counts.separate):
        district = district_in(plan.matter, city)
        plan.shares = (
            Share(plan.matter.lead, UnitRole.SEPARATE, "政策、标准和资金安排，答复第1条建议"),
            Share(district, UnitRole.SEPARATE, "本地的具体实施，答复其余建议"),
        )


def _spread_kinds(past: Past, plans: list[_Plan], rng: Random) -> None:
    """Between plenaries only those may propose who may do so then: no sector; then joint ones, parties and so on."""
    common = [plan for plan in plans if plan.mark != "C"]
    alone = [plan for plan in common if plan.matter.core not in heads_of_merged(past.content)]
    for plan in rng.sample(alone, past.counts.between):
        plan.period = Period.BETWEEN
    free = list(plans)
    rng.shuffle(free)
    for kind, count in past.counts.kinds.items():
        fit = [plan for plan in free if kind != ProposerKind.SECTOR or plan.period == Period.IN_PLENARY]
        for place, plan in enumerate(fit[:count]):
            plan.kind = kind
            plan.size = JOINT_SIZES[place % len(JOINT_SIZES)] if kind == ProposerKind.JOINT else 1
            free.remove(plan)


def _odd_ones(past: Past) -> list[_Plan]:
    """Merged into others, not filed, handled elsewhere and withdrawn."""
    merged = merged_matters(past.content)
    found = [_Plan(matter, fate=Fate.MERGED, special={"head": head}) for head, matter in merged]
    for fate in (Fate.NOT_FILED, Fate.ELSEWHERE, Fate.WITHDRAWN):
        listed = special_matters(str(fate), past.content)
        found += [_Plan(matter, fate=fate, special=dict(entry)) for entry, matter in listed]
    return found


def _items(past: Past, city: City, seed: int) -> list[Item]:
    rng = Random(f"{past.year}:{seed}")
    plans = _chosen(past)
    _mark(past, plans, rng)
    for plan in plans:
        _share_out(plan, city, rng)
        plan.matter = enriched(plan.matter, rng)
    _make_separate(past, plans, city, rng)
    _spread_kinds(past, plans, rng)
    everything = [*plans, *_odd_ones(past)]
    rng.shuffle(everything)
    everything.sort(key=lambda plan: plan.period == Period.BETWEEN)
    signers = Signers(city, rng)
    return [_item(past, plan, place, city, signers, rng) for place, plan in enumerate(everything, 1)]


def _item(past: Past, plan: _Plan, place: int, city: City, signers: Signers, rng: Random) -> Item:
    keys = _proposers(plan, signers)
    title = title_of(plan.matter.core, Kind.PROPOSAL, rng)
    text = text_of(plan.matter, city.proposer_by_key[keys[0]], len(keys), rng)
    return Item(
        key=f"{past.year}-{place:03d}",
        plenary=past.plenary.code,
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


def _with_twin(past: Past, items: list[Item]) -> list[Item]:
    """The one entered twice stands right after the one whose copy it is."""
    twins = {entry["twin"]: entry for entry in read(past.content).get("voided", ())}
    found = []
    for item in items:
        found.append(item)
        if entry := twins.get(item.matter.core):
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


def items_of(past: Past, city: City, seed: int) -> tuple[Item, ...]:
    """All records of the plenary: heads and single items, those merged into others, and those that went another way."""
    rng = Random(f"{past.year} marks of rank:{seed}")
    items = _with_twin(past, _with_heads(numbered(_items(past, city, seed))))
    handled = [item for item in items if item.fate == Fate.HANDLED]
    keys: set[str] = set()
    for leader in city.leaders:
        own = [i for i in handled if i.lead in leader.units and i.period == Period.IN_PLENARY]
        keys |= {item.key for item in rng.sample(own, min(past.counts.of_leader, len(own)))}
    brief = {item.key for item in rng.sample(handled, past.counts.brief)}
    return tuple(
        replace(
            item,
            is_key=item.key in keys,
            publicity=Publicity.SUMMARY if item.key in brief else Publicity.FULL,
        )
        for item in items
    )
