"""The plenaries of 2021: about sixty proposals and two dozen suggestions, at every stage of their life."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from random import Random

from huiyin.demo.city import City
from huiyin.demo.decisions import TAKEN_FOR
from huiyin.demo.items import PLENARY_2021, PLENARY_NPC, Item, Share, Signers, text_of, title_of
from huiyin.demo.matters import Matter, enriched, later_matters, special_matters
from huiyin.demo.past_items import district_in, numbered
from huiyin.words import Kind, Meaning, Period, ProposerKind, UnitRole


class Stage(StrEnum):
    """What is due next. Dissatisfied: one of two forms says so, the other is still out, so that neither counts yet."""

    TO_REVIEW = "to_review"
    TO_FILE = "to_file"
    TO_HAND_OVER = "to_hand_over"
    TO_REGISTER = "to_register"
    TO_CLASSIFY = "to_classify"
    TO_ASSIGN = "to_assign"
    TO_SIGN = "to_sign"
    RETURN_ASKED = "return_asked"
    TO_PLAN = "to_plan"
    CONTACT_OWED = "contact_owed"
    OPINION_OWED = "opinion_owed"
    PAUSED = "paused"
    EXTENSION_ASKED = "extension_asked"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    TO_CHECK = "to_check"
    TO_ISSUE = "to_issue"
    TO_EVALUATE = "to_evaluate"
    DISSATISFIED = "dissatisfied"
    SECOND_HANDLING = "second_handling"


# The unit, member and leader on whose desks most lies, so that each role has something to do.
STAR_UNIT, STAR_MEMBER = "zhujian", "m001"
EARLY = (
    Stage.TO_REVIEW,
    Stage.TO_FILE,
    Stage.TO_HAND_OVER,
    Stage.TO_REGISTER,
    Stage.TO_CLASSIFY,
    Stage.TO_ASSIGN,
)
OF_STAR_UNIT = {
    Stage.TO_SIGN: 4,
    Stage.TO_PLAN: 3,
    Stage.CONTACT_OWED: 4,
    Stage.DRAFTING: 2,
    Stage.IN_REVIEW: 5,
    Stage.TO_ISSUE: 3,
    Stage.TO_EVALUATE: 1,
}
OF_OTHERS = {
    Stage.TO_REVIEW: 3,
    Stage.TO_FILE: 2,
    Stage.TO_HAND_OVER: 3,
    Stage.TO_REGISTER: 3,
    Stage.TO_CLASSIFY: 3,
    Stage.TO_ASSIGN: 4,
    Stage.RETURN_ASKED: 4,
    Stage.OPINION_OWED: 5,
    Stage.TO_CHECK: 3,
    Stage.TO_EVALUATE: 5,
    Stage.DISSATISFIED: 2,
    Stage.SECOND_HANDLING: 2,
    Stage.EXTENSION_ASKED: 1,
    Stage.PAUSED: 1,
}
OF_DEPUTIES = {
    Stage.TO_REVIEW: 3,
    Stage.TO_FILE: 3,
    Stage.TO_HAND_OVER: 3,
    Stage.TO_REGISTER: 2,
    Stage.TO_CLASSIFY: 1,
    Stage.TO_ASSIGN: 2,
    Stage.TO_SIGN: 3,
    Stage.TO_PLAN: 2,
    Stage.CONTACT_OWED: 2,
    Stage.DRAFTING: 1,
    Stage.IN_REVIEW: 1,
    Stage.TO_EVALUATE: 1,
}
ANSWERED_LATE = {
    Stage.TO_CHECK,
    Stage.TO_ISSUE,
    Stage.TO_EVALUATE,
    Stage.DISSATISFIED,
    Stage.SECOND_HANDLING,
    Stage.DRAFTING,
    Stage.IN_REVIEW,
}
KINDS = (
    *(ProposerKind.MEMBER,) * 8,
    *(ProposerKind.JOINT,) * 2,
    ProposerKind.PARTY,
    ProposerKind.COMMITTEE,
    ProposerKind.SECTOR,
)


def _spread(counts: dict[Stage, int]) -> list[Stage]:
    return [stage for stage, count in counts.items() for _ in range(count)]


def _can_ask(matter: Matter) -> bool:
    return STAR_UNIT in matter.co


def _staged(rng: Random) -> list[tuple[Matter, Stage]]:
    """Every matter of the CPPCC plenary with its stage; opinions are owed by the unit that has most to do."""
    star, others = later_matters("cppcc", "star"), later_matters("cppcc", "others")
    rng.shuffle(star)
    rng.shuffle(others)
    owed = [matter for matter in others if _can_ask(matter)][: OF_OTHERS[Stage.OPINION_OWED]]
    rest = [matter for matter in others if matter not in owed]
    stages = [stage for stage in _spread(OF_OTHERS) if stage != Stage.OPINION_OWED]
    found = list(zip(star, _spread(OF_STAR_UNIT), strict=True))
    found += [(matter, Stage.OPINION_OWED) for matter in owed]
    found += list(zip(rest, stages, strict=True))
    [(_, unexplained)] = special_matters("reference_later")
    return [*found, (unexplained, Stage.TO_CHECK)]


def _shares(matter: Matter, stage: Stage, city: City, rng: Random) -> tuple[Share, ...]:
    lead = Share(matter.lead, UnitRole.LEAD)
    if stage == Stage.OPINION_OWED:
        others = [unit for unit in matter.co if unit not in (STAR_UNIT, matter.lead)]
        return (lead, *(Share(unit, UnitRole.CO) for unit in (STAR_UNIT, *others[:1])))
    if stage in EARLY or stage in (Stage.SECOND_HANDLING, Stage.DISSATISFIED, Stage.TO_EVALUATE):
        return (lead,)
    district = district_in(matter, city)
    # The unit that asks to give it back must not have a share of its own beside.
    co = [unit for unit in matter.co if unit not in (matter.lead, TAKEN_FOR.get(matter.lead))]
    chosen = [district] if district and district != matter.lead else rng.sample(co, rng.choice((0, 1)))
    return (lead, *(Share(unit, UnitRole.CO) for unit in chosen))


def _mark(matter: Matter, stage: Stage, rng: Random) -> tuple[str, Meaning | None]:
    if matter.points[0].why_not:
        return "C", Meaning.REFERENCE
    if stage not in ANSWERED_LATE:
        return "", None
    planned = stage in (Stage.IN_REVIEW, Stage.TO_CHECK, Stage.TO_ISSUE) and rng.random() < 0.5
    return ("B", Meaning.PLANNED) if planned else ("A", Meaning.BEING_SOLVED)


class _Proposers:
    """Who proposes in 2021; one member leads three of the early answered ones and signs two more."""

    def __init__(self, city: City, rng: Random) -> None:
        self.signers = Signers(city, rng, frozenset({STAR_MEMBER}))
        self.rng = rng
        self.of_star = 0

    def for_matter(self, matter: Matter, stage: Stage, place: int) -> tuple[ProposerKind, tuple[str, ...]]:
        early = stage in EARLY
        kind = KINDS[place % len(KINDS)]
        if stage == Stage.TO_EVALUATE and self.of_star < 5:
            self.of_star += 1
            if self.of_star <= 3:
                return ProposerKind.MEMBER, (STAR_MEMBER,)
            first = self.signers.member(matter.lead).key
            return ProposerKind.JOINT, (first, STAR_MEMBER)
        if stage == Stage.DISSATISFIED:
            return ProposerKind.JOINT, self.signers.joint(matter.lead, 2)
        if stage == Stage.SECOND_HANDLING:
            return ProposerKind.MEMBER, (self.signers.member(matter.lead).key,)
        if kind == ProposerKind.SECTOR and early:
            kind = ProposerKind.MEMBER
        if kind == ProposerKind.JOINT:
            return kind, self.signers.joint(matter.lead, self.rng.choice((2, 3, 4)))
        if kind == ProposerKind.MEMBER:
            return kind, (self.signers.member(matter.lead).key,)
        return kind, (self.signers.group(kind, matter).key,)


def _deputies(city: City, place: int, early: bool, rng: Random) -> tuple[ProposerKind, tuple[str, ...]]:
    deputies = [p.key for p in city.proposers if p.kind == ProposerKind.DEPUTY]
    delegations = [p.key for p in city.proposers if p.kind == ProposerKind.DELEGATION]
    if place % 8 == 5 and not early:
        return ProposerKind.DELEGATION, (rng.choice(delegations),)
    if place % 4 == 2:
        return ProposerKind.JOINT, tuple(rng.sample(deputies, 3))
    return ProposerKind.DEPUTY, (deputies[place % len(deputies)],)


def _item(
    key: str,
    plenary: str,
    kind: Kind,
    matter: Matter,
    stage: Stage,
    proposers: tuple[ProposerKind, tuple[str, ...]],
    city: City,
    rng: Random,
) -> Item:
    mark, meaning = _mark(matter, stage, rng)
    proposer_kind, keys = proposers
    return Item(
        key=key,
        plenary=plenary,
        kind=kind,
        period=Period.BETWEEN if stage in EARLY else Period.IN_PLENARY,
        number="",
        title=title_of(matter.core, kind, rng),
        matter=matter,
        text=text_of(matter, city.proposer_by_key[keys[0]], len(keys), rng),
        proposers=keys,
        proposer_kind=proposer_kind,
        shares=_shares(matter, stage, city, rng),
        mark=mark,
        meaning=meaning,
        special={"stage": stage},
    )


def _with_keys(items: Sequence[Item], city: City) -> list[Item]:
    """Key items: up to two in each leader's field, six in that of the unit that has most to do."""
    keys: set[str] = set()
    for leader in city.leaders:
        most = 6 if STAR_UNIT in leader.units else 2
        own = [i for i in items if i.lead in leader.units and i.special["stage"] not in EARLY]
        keys |= {item.key for item in own[:most]}
    return [replace(item, is_key=item.key in keys) for item in items]


def in_order(staged: list[tuple[Matter, Stage]], rng: Random) -> list[tuple[Matter, Stage]]:
    """Those of the plenary mixed; of those after it the furthest come in first."""
    rng.shuffle(staged)
    return sorted(staged, key=lambda pair: -EARLY.index(pair[1]) if pair[1] in EARLY else -len(EARLY))


def without_number(items: Sequence[Item]) -> list[Item]:
    """What has not been filed has no number yet."""
    unfiled = (Stage.TO_REVIEW, Stage.TO_FILE)
    return [replace(item, number="") if item.special["stage"] in unfiled else item for item in items]


def items_of_2021(city: City, seed: int) -> tuple[Item, ...]:
    """The proposals of the fifth meeting; `special["stage"]` says what is due next."""
    rng = Random(f"2021:{seed}")
    staged = in_order(_staged(rng), rng)
    proposers = _Proposers(city, rng)
    found = []
    for place, (plain, stage) in enumerate(staged, 1):
        matter = enriched(plain, rng)
        signed = proposers.for_matter(matter, stage, place)
        found.append(
            _item(f"2021-{place:03d}", PLENARY_2021.code, Kind.PROPOSAL, matter, stage, signed, city, rng)
        )
    return tuple(_with_keys(without_number(numbered(found)), city))


def suggestions_of_2021(city: City, seed: int) -> tuple[Item, ...]:
    """The deputies' suggestions of the same winter."""
    rng = Random(f"npc:{seed}")
    matters = later_matters("npc", "others")
    rng.shuffle(matters)
    staged = in_order(list(zip(matters, _spread(OF_DEPUTIES), strict=True)), rng)
    found = []
    for place, (matter, stage) in enumerate(staged, 1):
        signed = _deputies(city, place, stage in EARLY, rng)
        found.append(
            _item(f"npc-{place:03d}", PLENARY_NPC.code, Kind.SUGGESTION, matter, stage, signed, city, rng)
        )
    return tuple(without_number(numbered(found)))
