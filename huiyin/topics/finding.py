"""Earlier items that an item may be the same as: found by the pairs of its title, by its proposer, by its class.

What is found is only proposed; whether it is the same the registrar says.
"""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from huiyin.people.models import Unit
from huiyin.proposals.grams import Grams, grams_of
from huiyin.proposals.keys import FRAME, likeness
from huiyin.proposals.models import LOOKED_AT, NOT_COUNTED, Proposal, ProposalQuerySet
from huiyin.topics.words import Likeness

# Likeness of titles; half of two titles of one part of the city are the same words without being the same matter.
ENOUGH = 0.55
OF_THE_SAME = 0.45  # where one proposer has signed both
WINDOW = 4  # characters, three pairs: long enough to narrow, short enough to survive another wording
MOST = 3
GOVERNED = re.compile(r"(?:\w+市)?(\w{2,})([区县旗])(?:(?:人民)?政府)?(管委会|管理委员会)?")


def likely_repeats(item: Proposal) -> list[tuple[Proposal, Likeness]]:
    """The likest first, of plenaries before the item's own."""
    earlier = _earlier(item)
    own = set(earlier.of_same_proposer(item).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
    alike = set(earlier.similar_to(item).order_by().values_list("pk", flat=True))
    places = _places(item.jurisdiction_id)
    where, about = _apart(item.title_key, places)
    found = []
    for other in earlier.filter(pk__in=own | alike | _about_the_same(item, about)).select_related("plenary"):
        there, other_about = _apart(other.title_key, places)
        if where and there and where != there:
            continue
        near = likeness(about, other_about)
        if near >= (OF_THE_SAME if other.pk in own else ENOUGH):
            found.append((near, other, Likeness.PROPOSER if other.pk in own else Likeness.TITLE))
    found.sort(key=lambda one: (-one[0], -one[1].pk))
    return [(other, why) for _, other, why in found[:MOST]]


def _places(jurisdiction: int) -> re.Pattern[str]:
    """The districts and counties, by the names of their governments among the units: 张店区, or 张店.

    A zone under a committee is named in full: 高新 alone is in many a title that is not about 高新区.
    """
    names = Unit.objects.filter(jurisdiction=jurisdiction).values_list("name", flat=True)
    found = sorted({match.groups() for name in names if (match := GOVERNED.fullmatch(name))})
    return re.compile("|".join(f"{place}{kind}{'?' * (not zone)}" for place, kind, zone in found) or r"(?!)")


def _apart(title: str, places: re.Pattern[str]) -> tuple[set[str], str]:
    """The places that a title names, in short, and the rest: what is the same word for word in two titles about one
    district says little of their matter, and the same matter in two districts is two."""
    return {name[:2] for name in places.findall(title)}, places.sub("", title)


def _earlier(item: Proposal) -> ProposalQuerySet:
    before = Proposal.objects.filter(
        jurisdiction=item.jurisdiction_id, plenary__opened_on__lt=item.plenary.opened_on
    )
    return before.exclude(state__in=NOT_COUNTED)


def _about_the_same(item: Proposal, about_key: str) -> set[int]:
    """The latest whose number or texts hold a stretch of what the title is about."""
    windows = list(dict.fromkeys(_windows(item.title_key) + _windows(about_key)))
    if not windows:
        return set()
    about = reduce(or_, (Q(grams__has_all=grams_of(window)) for window in windows))
    before = Q(proposal__plenary__opened_on__lt=item.plenary.opened_on)
    found = Grams.objects.filter(about, before, proposal__jurisdiction=item.jurisdiction_id)
    return set(found.order_by("-proposal").values_list("proposal", flat=True)[:LOOKED_AT])


def _windows(key: str) -> list[str]:
    """The stretches of what the title is about, of which an earlier one must hold at least one."""
    about = FRAME.sub("", key)
    if len(about) < WINDOW:
        return [about] if len(about) > 1 else []
    return [about[place : place + WINDOW] for place in range(len(about) - WINDOW + 1)]
