"""What a pack says, in Chinese, topic by topic: the ground of `pack show` and of the sentences of `pack diff`.

A statement is a topic (答复期限), the scope it holds for (提案, 会议期间) and its facets (期限: 自交办之日起3个月).
What holds is what people get: where a kind has no entry of its own, the other's stands, and says so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from huiyin.rulepacks import say
from huiyin.rulepacks.entries import Ground
from huiyin.rulepacks.options import LETTERS, OPTIONS, OTHER_PERIODS, RATES
from huiyin.rulepacks.periods import DeadlineRule
from huiyin.rulepacks.schema import HasKind, Pack
from huiyin.words import ContactPhase, DeadlineName, Kind, Level, Period, ProposerKind, UnitRole

Facets = dict[str, str]
T = TypeVar("T")
E = TypeVar("E", bound=HasKind)


@dataclass(frozen=True)
class Scope:
    """For what a statement holds; `period` is None where periods make no difference."""

    kind: Kind
    period: Period | None = None


@dataclass(frozen=True)
class Statement:
    topic: str
    scope: Scope
    facets: Facets


def statements(pack: Pack) -> list[Statement]:
    """Everything that the pack says, in the order in which people ask."""
    return [made for part in (_deadlines, _exceptions, _by_kind) for made in part(pack)]


def scopes_said(scopes: Iterable[Scope]) -> str:
    """Empty where it holds for everything; 提案; 闭会期间的建议."""
    of_kind: dict[Kind, set[Period | None]] = {}
    for scope in scopes:
        of_kind.setdefault(scope.kind, set()).add(scope.period)
    said = []
    for kind, periods in of_kind.items():
        whole = None in periods or periods == set(Period)
        said += [kind.label] if whole else [f"{p.label}的{kind.label}" for p in Period if p in periods]
    return "" if said == [kind.label for kind in Kind] else "、".join(said)


def _deadlines(pack: Pack) -> Iterator[Statement]:
    for name in DeadlineName:
        for kind in Kind:
            for period in Period:
                if rule := pack.deadline(name, kind, period):
                    topic = name.label if name.label.endswith("限") else f"{name.label}期限"
                    yield Statement(topic, Scope(kind, period), _deadline(rule, kind, period))


def _deadline(rule: DeadlineRule, kind: Kind, period: Period) -> Facets:
    return _and_whose(say.deadline(rule), say.borrowed(rule.kind, kind, period, rule.period))


def _and_whose(facets: Facets, borrowed: str) -> Facets:
    return facets | {"说明": borrowed} if borrowed else facets


def _exceptions(pack: Pack) -> Iterator[Statement]:
    for rule in pack.deadlines:
        if not (rule.levels or rule.proposers):
            continue
        levels = "、".join(Level.label_of(level) for level in rule.levels)
        proposers = "、".join(ProposerKind.label_of(kind) for kind in rule.proposers)
        whose = "，".join(part for part in (levels and f"{levels}交办", proposers) if part)
        for kind in Kind:
            if rule.kind in (None, kind):
                scope = Scope(kind, rule.period)
                yield Statement(
                    f"{DeadlineName.label_of(rule.name)}期限（{whose}）", scope, say.deadline(rule)
                )


def _by_kind(pack: Pack) -> Iterator[Statement]:
    for kind in Kind:
        for topic, facets in _of_kind(pack, kind):
            yield Statement(topic, Scope(kind), facets)
    for kind in Kind:
        for topic, facets in _shared(pack):
            yield Statement(topic, Scope(kind), facets)


def _of_kind(pack: Pack, kind: Kind) -> Iterator[tuple[str, Facets]]:
    for name, label in OTHER_PERIODS.items():
        if period := pack.other_period(name, kind):
            yield f"{label}时间", say.other_period(period)
    yield "办理结果类别", _of_entry(say.mark_scheme, pack.mark_scheme(kind), kind)
    for taxonomy in pack.taxonomies_for(kind):
        yield f"分类“{taxonomy.label}”", say.taxonomy(taxonomy)
    yield "评价", _of_entry(say.evaluating, pack.evaluation(kind), kind)
    for name, (label, _) in RATES.items():
        yield label, _of_entry(say.rate, pack.rate(name, kind), kind)
    yield "难易程度", _of_entry(say.difficulty, pack.difficulty(kind), kind)
    for name, spec in OPTIONS.items():
        yield spec.label, say.option(pack.option_entry(name, kind))
    if contacts := pack.contacts_for(kind):
        yield "必须的沟通", _listed(contacts, lambda entry: ContactPhase.label_of(entry.phase))
    if grounds := pack.grounds_for(kind):
        yield "不予立案、不予受理的情形", _grounds(grounds)
    if routes := pack.routes_for(kind):
        yield "不予立案后的去向", _grounds(routes)
    yield "编号", _of_entry(say.numbering, pack.numbering_for(kind), kind)
    for role in UnitRole:
        if pack.role_label(role, kind) != role.label:
            yield f"“{role.label}”的称呼", _role(pack, role, kind)
    for name, label in LETTERS.items():
        if any(letter.name == name for letter in pack.letters):
            yield f"{label}的行文", _of_entry(say.letter, pack.letter(name, kind), kind)
    if scoring := pack.scoring_for(kind):
        yield "考核", {entry.label: entry.formula for entry in scoring} | {"出处": say.sources(scoring)}
    yield "公开", _of_entry(say.publication, pack.publication(kind), kind)


def _of_entry(said: Callable[[E], Facets], entry: E, kind: Kind) -> Facets:
    """An entry's facets; one that is the other kind's says so."""
    return _and_whose(said(entry), say.borrowed(entry.kind, kind))


def _shared(pack: Pack) -> Iterator[tuple[str, Facets]]:
    if pack.warning_colours:
        colours = {
            f"{entry.colour}色": f"{entry.label}，{say.days_left(entry.days)}起"
            for entry in pack.warning_colours
        }
        yield "预警颜色", colours | {"出处": say.source(pack.warning_colours[0])}
    if pack.escalations:
        told = {entry.to.label: f"{say.days_left(-entry.days)}起" for entry in pack.escalations}
        yield "逐级提醒", told | {"出处": say.sources(pack.escalations)}


def _role(pack: Pack, role: UnitRole, kind: Kind) -> Facets:
    named = [entry for entry in pack.role_names if entry.role == role]
    return {"称呼": pack.role_label(role, kind), "出处": say.sources(named)}


def _listed(entries: Sequence[T], label: Callable[[T], str]) -> Facets:
    return {"内容": "、".join(label(entry) for entry in entries), "出处": say.sources(entries)}


def _grounds(entries: Sequence[Ground]) -> Facets:
    return {entry.code: entry.label for entry in entries} | {"出处": say.sources(entries)}
