"""Earlier items about the same: those whose titles share words with a title. Only what the reader may see anyhow."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from huiyin.people.actor import Actor
from huiyin.proposals.keys import title_key
from huiyin.proposals.models import Proposal, seen_by
from huiyin.words import ProposalState, Publicity

SHOWN, LOOKED_AT = 5, 300
ENOUGH = 0.3  # of the words of the title
PUBLIC = (Publicity.FULL, Publicity.SUMMARY)
# What titles have in common whatever they are about.
COMMON = re.compile(
    r"^关于|的?(?:提案|建议|议案)$|进一步|切实|加快|加强|加大|推进|推动|完善|提升|提高|促进|规范|优化|我市|全市|工作|力度|水平"
)


@dataclass(frozen=True)
class Similar:
    """One earlier item; `own` where its page is open to the reader."""

    item: Proposal
    own: bool


def words_of(title: str) -> set[str]:
    """Pairs of characters of what the title is about: Chinese words are mostly two long."""
    about = COMMON.sub(" ", title_key(title))
    return {part[place : place + 2] for part in about.split() for place in range(len(part) - 1)}


def similar_to(title: str, actor: Actor) -> list[Similar]:
    """The likest first; public ones of the same place, and the reader's own."""
    words = words_of(title)
    if not words:
        return []
    own = seen_by(actor)
    public = Q(publicity__in=PUBLIC, filed_at__isnull=False, wish_confidential=False)
    alike = reduce(or_, (Q(title_key__contains=word) for word in sorted(words)))
    found = Proposal.objects.filter(own | public, alike, jurisdiction=actor.jurisdiction)
    found = found.exclude(state=ProposalState.VOID).select_related("plenary").order_by("-received_at", "-pk")
    ranked = [(_share(words, item.title), item) for item in found[:LOOKED_AT]]
    near = sorted((one for one in ranked if one[0] >= ENOUGH), key=lambda one: -one[0])[:SHOWN]
    mine = set(
        Proposal.objects.filter(own, pk__in=[item.pk for _, item in near]).values_list("pk", flat=True)
    )
    return [Similar(item, item.pk in mine) for _, item in near]


def _share(words: set[str], title: str) -> float:
    other = words_of(title)
    return len(words & other) / len(words | other) if other else 0.0
