"""Earlier items that an item may be the same as: found by the pairs of its title, by its proposer, by its class.

What is found is only proposed; whether it is the same the registrar says.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huiyin.proposals.grams import Grams, grams_of
from huiyin.proposals.keys import FRAME, likeness
from huiyin.proposals.models import LOOKED_AT, NOT_COUNTED, Proposal, ProposalQuerySet
from huiyin.topics.words import Likeness

# Likeness of titles; half of two titles of one part of the city are the same words without being the same matter.
ENOUGH = 0.55
OF_THE_SAME = 0.45  # where one proposer has signed both
WINDOW = 4  # characters, three pairs: long enough to narrow, short enough to survive another wording
MOST = 3


def likely_repeats(item: Proposal) -> list[tuple[Proposal, Likeness]]:
    """The likest first, of plenaries before the item's own."""
    earlier = _earlier(item)
    own = set(earlier.of_same_proposer(item).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
    alike = set(earlier.similar_to(item).order_by().values_list("pk", flat=True))
    found = []
    for other in earlier.filter(pk__in=own | alike | _about_the_same(item)).select_related("plenary"):
        near = likeness(item.title_key, other.title_key)
        if near >= (OF_THE_SAME if other.pk in own else ENOUGH):
            found.append((near, other, Likeness.PROPOSER if other.pk in own else Likeness.TITLE))
    found.sort(key=lambda one: (-one[0], -one[1].pk))
    return [(other, why) for _, other, why in found[:MOST]]


def _earlier(item: Proposal) -> ProposalQuerySet:
    before = Proposal.objects.filter(
        jurisdiction=item.jurisdiction_id, plenary__opened_on__lt=item.plenary.opened_on
    )
    return before.exclude(state__in=NOT_COUNTED)


def _about_the_same(item: Proposal) -> set[int]:
    """The latest whose number or texts hold a stretch of what the title is about."""
    windows = _windows(item.title_key)
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
