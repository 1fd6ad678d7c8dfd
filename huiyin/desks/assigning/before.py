"""Who had the like before: earlier items of similar titles, and the units that led items of the same class.

One query for all rows shown, over what was assigned last in this place: habit is recent, and an archive of a million
items costs no more than one of some thousands. It is shown beside a row and fills in nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from huiyin.handling.models import Assignment
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Proposal
from huiyin.proposals.similar import words_of
from huiyin.words import UnitRole

RECENT = 4000  # shares looked back on, counted once for each class of their item
LIKE, ENOUGH = 3, 0.2  # shown; the share of their words that two titles must have in common
UNITS = 3


@dataclass
class Before:
    """One item that was assigned before."""

    pk: int
    title: str
    words: set[str]
    shares: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def names(self, role: UnitRole) -> str:
        return "、".join(self.shares.get(role, {}))

    @property
    def told(self) -> str:
        """主办市住建局；会办市财政局."""
        return "；".join(f"{role.label}{self.names(role)}" for role in UnitRole if self.names(role))

    @property
    def lead(self) -> str:
        return self.names(UnitRole.LEAD)

    @property
    def co(self) -> str:
        return self.names(UnitRole.CO)


@dataclass(frozen=True)
class Beside:
    """What stands beside one row: items alike, and for its classes who led how many (市住建局12件、市城管局5件)."""

    like: list[Before]
    of_class: list[tuple[str, str]]


def beside(items: Iterable[Proposal], here: Jurisdiction) -> dict[int, Beside]:
    """For each item; its classes must have been fetched."""
    items = list(items)
    before, led = _recent(here, [item.pk for item in items]) if items else ({}, {})
    having: dict[str, list[int]] = defaultdict(list)
    for one in before.values():
        for word in one.words:
            having[word].append(one.pk)
    found = {}
    for item in items:
        classes = [row.item_class for row in item.classifications.all()]
        said = [(one.name, _most(led[one.pk])) for one in classes if one.pk in led]
        found[item.pk] = Beside(_like(words_of(item.title), before, having), said)
    return found


def _recent(here: Jurisdiction, without: list[int]) -> tuple[dict[int, Before], dict[int, Counter[str]]]:
    # "+ 0": by the index of the place all items ever would be read and sorted, where the latest shares are wanted.
    place = F("proposal__jurisdiction") + 0
    shares = (
        Assignment.objects.standing().alias(place=place).filter(place=here.pk).exclude(proposal__in=without)
    )
    found = shares.order_by("-pk").values_list(
        "proposal",
        "proposal__title",
        "role",
        "unit__short_name",
        "unit__name",
        "proposal__classifications__item_class",
    )
    before: dict[int, Before] = {}
    led: dict[int, Counter[str]] = defaultdict(Counter)
    for item, title, role, short, name, of_class in found[:RECENT]:
        if item not in before:
            before[item] = Before(item, title, words_of(title))
        before[item].shares[role][short or name] = None
        if of_class and role != UnitRole.CO:
            led[of_class][short or name] += 1
    return before, led


def _like(words: set[str], before: dict[int, Before], having: dict[str, list[int]]) -> list[Before]:
    """The likest first, of the same likeness the latest."""
    shared = Counter(pk for word in words for pk in having.get(word, ()))
    shares = {pk: count / len(words | before[pk].words) for pk, count in shared.items()}
    near = sorted((pk for pk, share in shares.items() if share >= ENOUGH), key=lambda pk: (-shares[pk], -pk))
    return [before[pk] for pk in near[:LIKE]]


def _most(counted: Counter[str]) -> str:
    return "、".join(f"{name}{count}件" for name, count in counted.most_common(UNITS))
