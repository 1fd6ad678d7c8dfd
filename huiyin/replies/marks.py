"""What a mark says and needs (R3), and what a unit's mark is now. Pure readers, used by steps, forms and letters."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from huiyin.contacts.models import Contact
from huiyin.handling.models import Assignment
from huiyin.journal.prepared import Prepared
from huiyin.promises.models import OPEN, Promise, Use
from huiyin.proposals.models import Proposal
from huiyin.replies.models import MarkHistory, Reply
from huiyin.rulepacks.schema import Mark
from huiyin.words import Meaning

NEEDS_PROMISE = frozenset({Meaning.BEING_SOLVED, Meaning.PLANNED})
NEEDS_EXPLANATION = frozenset({Meaning.CANNOT, Meaning.REFERENCE})
NEEDS_EVIDENCE = frozenset({Meaning.SOLVED})


@dataclass(frozen=True)
class Said:
    """A mark with what it is said to mean; `meanings` are all that it can mean as long as that is left open."""

    mark: Mark
    meaning: Meaning | None

    @property
    def meanings(self) -> frozenset[Meaning]:
        return frozenset({self.meaning} if self.meaning else self.mark.meanings)

    def surely(self, needing: frozenset[Meaning]) -> bool:
        """Whether it needs this whichever of its meanings is meant."""
        return self.meanings <= needing


def said(proposal: Proposal, code: str, meaning: str) -> Said | None:
    """A code of the pack's scheme with its meaning; where it has one only, that is what it means."""
    mark = proposal.pack.mark(proposal.kind, code) if code else None
    if mark is None:
        return None
    only = mark.meanings[0] if len(mark.meanings) == 1 else None
    return Said(mark, Meaning(meaning) if meaning else only)


def said_by(reply: Reply) -> Said | None:
    return said(reply.proposal, reply.mark, reply.meaning)


def marks_of(proposal: Proposal) -> list[tuple[str, str]]:
    """The pack's marks, never a bare letter: 三年内基本解决（B）."""
    scheme = proposal.pack.mark_scheme(proposal.kind)
    return [(mark.code, f"{mark.label}（{mark.code}）") for mark in scheme.marks]


def mark_now(assignment: Assignment) -> MarkHistory | None:
    """The unit's mark as it stands, after all that has raised or lowered it."""
    return next(iter(_last_mark(assignment.pk)), None)


@Prepared
def _last_mark(share: int) -> QuerySet[MarkHistory]:
    return MarkHistory.objects.filter(assignment=share).order_by("-id")[:1]


def live_promises(assignment: Assignment) -> QuerySet[Promise]:
    """What the unit promises: in force and open, written into its draft, or given in answer to another item as well."""
    used = Use.objects.standing().filter(assignment=assignment).values("promise")
    return Promise.objects.filter(Q(assignment=assignment) | Q(pk__in=used), state__in=OPEN)


def explained_before(reply: Reply, at: datetime) -> QuerySet[Contact]:
    """Contacts up to that moment in which it was explained, with the proposer's response."""
    contacts = Contact.objects.filter(proposal=reply.proposal, at__lte=at).exclude(explained="")
    shares = [reply.assignment_id, *reply.agreements.values_list("assignment", flat=True)]
    return contacts.exclude(response="").filter(assignment__in=shares) | contacts.exclude(response="").filter(
        assignment=None
    )
