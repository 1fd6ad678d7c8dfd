"""A rule pack: one jurisdiction's rules in one version, and the readers that the rest of the code uses.

A reader picks the entry of a kind, else the shared one, else the other kind's: the CPPCC side is often thin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from huiyin.rulepacks.entries import (
    Difficulty,
    Evaluating,
    Ground,
    Letter,
    Mark,
    MarkScheme,
    Numbering,
    Option,
    Publication,
    Rate,
    RequiredContact,
    RoleName,
    Taxonomy,
)
from huiyin.rulepacks.periods import (
    NO_SOURCE,
    Alert,
    Before,
    DeadlineRule,
    Escalation,
    FixedDate,
    Length,
    OtherPeriod,
    Source,
    Told,
    WarningColour,
)
from huiyin.rulepacks.scores import Score
from huiyin.words import Kind, Meaning, UnitRole

__all__ = [
    "NO_SOURCE",
    "Alert",
    "Before",
    "DeadlineRule",
    "Difficulty",
    "Escalation",
    "Evaluating",
    "FixedDate",
    "Ground",
    "Length",
    "Letter",
    "Mark",
    "MarkScheme",
    "Numbering",
    "Option",
    "OtherPeriod",
    "Pack",
    "Publication",
    "Rate",
    "RequiredContact",
    "RoleName",
    "Score",
    "Source",
    "Taxonomy",
    "Told",
    "WarningColour",
]


@dataclass(frozen=True)
class Pack:
    """One version of one jurisdiction's rules."""

    code: str
    label: str
    version: str
    jurisdiction: str
    valid_from: date
    deadlines: tuple[DeadlineRule, ...]
    mark_schemes: tuple[MarkScheme, ...]
    taxonomies: tuple[Taxonomy, ...]
    evaluating: tuple[Evaluating, ...]
    rates: tuple[Rate, ...]
    options: tuple[Option, ...]
    grounds: tuple[Ground, ...] = ()
    routes: tuple[Ground, ...] = ()
    numbering: tuple[Numbering, ...] = ()
    required_contacts: tuple[RequiredContact, ...] = ()
    letters: tuple[Letter, ...] = ()
    scoring: tuple[Score, ...] = ()
    valid_to: date | None = None
    summary: str = ""
    warning_colours: tuple[WarningColour, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    other_periods: tuple[OtherPeriod, ...] = ()
    role_names: tuple[RoleName, ...] = ()
    publications: tuple[Publication, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()

    def deadline(
        self, name: str, kind: str, period: str, *, level: str = "", proposer_kind: str = ""
    ) -> DeadlineRule | None:
        """The rule for this kind and period; where none is of its own, the other period's, then the other kind's.

        An exception for a level or a kind of proposer is taken only where both are those of the item.
        """
        rules = [rule for rule in self.deadlines if rule.name == name]
        exceptional = [rule for rule in rules if _excepts(rule, level, proposer_kind)]
        usual = [rule for rule in rules if not (rule.levels or rule.proposers)]

        def distance(rule: DeadlineRule) -> tuple[bool, bool, bool, bool]:
            """Entries that fit come first, and of those the one that names the kind or period before the shared."""
            others = (rule.kind not in (None, kind), rule.period not in (None, period))
            return (*others, rule.kind is None, rule.period is None)

        own = [rule for rule in exceptional if distance(rule)[:2] == (False, False)]
        return min(own or usual, key=distance, default=None)

    def option(self, name: str, kind: str) -> str | int:
        """The chosen value of a named option; the loader guarantees that every option has one for each kind."""
        return self.option_entry(name, kind).value

    def option_entry(self, name: str, kind: str) -> Option:
        return _for_kind([entry for entry in self.options if entry.name == name], kind)

    def mark_scheme(self, kind: str) -> MarkScheme:
        return _for_kind(self.mark_schemes, kind)

    def mark(self, kind: str, code: str) -> Mark | None:
        return next((mark for mark in self.mark_scheme(kind).marks if mark.code == code), None)

    def mark_words(self, kind: str) -> dict[str, str]:
        """Every word for a mark that a ledger may carry (code, label, synonyms) with the mark's code."""
        marks = self.mark_scheme(kind).marks
        return {word: mark.code for mark in marks for word in (mark.code, mark.label, *mark.synonyms)}

    def meaning_said(self, kind: str, code: str, text: str) -> Meaning | None:
        """The meaning that a ledger's words state: the mark's only one, or that of the synonym used."""
        mark = self.mark(kind, code)
        if mark is None:
            return None
        return mark.meanings[0] if len(mark.meanings) == 1 else dict(mark.says).get(text.strip())

    def evaluation(self, kind: str) -> Evaluating:
        return _for_kind(self.evaluating, kind)

    def difficulty(self, kind: str) -> Difficulty:
        return _for_kind(self.difficulties, kind)

    def rate(self, name: str, kind: str) -> Rate:
        return _for_kind([entry for entry in self.rates if entry.name == name], kind)

    def numbering_for(self, kind: str) -> Numbering:
        return _for_kind(self.numbering, kind)

    def taxonomies_for(self, kind: str) -> tuple[Taxonomy, ...]:
        return tuple(entry for entry in self.taxonomies if entry.kind in (None, kind))

    def grounds_for(self, kind: str) -> tuple[Ground, ...]:
        return tuple(entry for entry in self.grounds if entry.kind in (None, kind))

    def routes_for(self, kind: str) -> tuple[Ground, ...]:
        return tuple(entry for entry in self.routes if entry.kind in (None, kind))

    def contacts_for(self, kind: str) -> tuple[RequiredContact, ...]:
        return tuple(entry for entry in self.required_contacts if entry.kind in (None, kind))

    def letter(self, name: str, kind: str) -> Letter:
        return _for_kind([entry for entry in self.letters if entry.name == name], kind)

    def publication(self, kind: str) -> Publication:
        return _for_kind(self.publications, kind)

    def scoring_for(self, kind: str) -> tuple[Score, ...]:
        """The formula of a kind, measure by measure in the order of the pack."""
        own = [entry.measure for entry in self.scoring if entry.kind in (None, kind)]
        names = dict.fromkeys(own or [entry.measure for entry in self.scoring])
        named = [[entry for entry in self.scoring if entry.measure == name] for name in names]
        return tuple(_for_kind(entries, kind) for entries in named)

    def role_label(self, role: str, kind: str) -> str:
        """What this place calls a unit's role."""
        named = [entry for entry in self.role_names if entry.role == role]
        return _for_kind(named, kind).label if named else UnitRole.label_of(role)

    def other_period(self, name: str, kind: str) -> OtherPeriod | None:
        """Only this kind's own or the shared one: what one assembly reports when says nothing of the other."""
        entries = [entry for entry in self.other_periods if entry.name == name and entry.kind in (None, kind)]
        return _for_kind(entries, kind) if entries else None

    def reminded(self, days_late: int) -> frozenset[Told]:
        """Who is reminded of a deadline so many days after its due date (negative: before it)."""
        return frozenset(entry.to for entry in self.escalations if days_late >= entry.days)


def _excepts(rule: DeadlineRule, level: str, proposer_kind: str) -> bool:
    if not (rule.levels or rule.proposers):
        return False
    return (not rule.levels or level in rule.levels) and (
        not rule.proposers or proposer_kind in rule.proposers
    )


class HasKind(Protocol):
    """An entry that holds for one kind, or for both where it names none."""

    @property
    def kind(self) -> Kind | None: ...


Entry = TypeVar("Entry", bound=HasKind)


def _for_kind(entries: Sequence[Entry], kind: str) -> Entry:
    """The entry of this kind, else the shared one, else the other kind's (rules.md: the CPPCC side is often thin)."""
    return min(entries, key=lambda entry: 0 if entry.kind == kind else 1 if entry.kind is None else 2)
