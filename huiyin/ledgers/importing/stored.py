"""What the plenary holds already: which item a row means, and what is stored of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import OUT, Assignment
from huiyin.ledgers.importing.known import NAME_LENGTH
from huiyin.ledgers.reading import Row
from huiyin.promises.models import Promise
from huiyin.proposals.keys import title_key
from huiyin.proposals.models import Classification, Plenary, Point, Proposal, Proposership
from huiyin.replies.models import MarkHistory, Reply
from huiyin.words import EvaluationState, ProposalState, ReplyState

Key = tuple[str, str]


@dataclass
class Item:
    """One stored item with its parts."""

    proposal: Proposal
    signatures: list[Proposership] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    assignments: list[Assignment] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    marks: list[MarkHistory] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """The first signature, kept in its place also where the lead proposer has left or is not known."""
        return next((one.proposer.name for one in self.signatures if one.order == 0), "")

    def answering(self) -> list[Assignment]:
        return [share for share in self.assignments if share.is_answering and share.state not in OUT]

    def issued(self) -> list[Reply]:
        return [reply for reply in self.replies if reply.state == ReplyState.ISSUED]


def load_items(ids: Iterable[int]) -> dict[int, Item]:
    """Items with everything that a row can say of them, in a dozen queries whatever their number."""
    proposals = Proposal.objects.select_related("plenary", "jurisdiction", "pack_version").in_bulk(list(ids))
    items = {pk: Item(proposal) for pk, proposal in proposals.items()}
    if not items:
        return items
    for name, rows in _parts(list(items)).items():
        for row in rows:
            item = items[row.proposal_id]
            row.proposal = item.proposal
            getattr(item, name).append(row)
    for given in Classification.objects.filter(proposal__in=items).select_related("item_class"):
        items[given.proposal_id].classes[given.taxonomy] = given.item_class.name
    _with_replies(items)
    return items


def _parts(ids: list[int]) -> dict[str, Any]:
    def of(model: Any, *with_rows: str) -> Any:
        rows = model.objects.filter(proposal__in=ids).order_by("id")
        return (
            rows.select_related(*with_rows) if with_rows else rows
        )  # without names it would follow them all

    return {
        "signatures": of(Proposership, "proposer").order_by("order", "id"),
        "points": of(Point).order_by("number"),
        "assignments": of(Assignment, "unit"),
        "contacts": of(Contact),
        "marks": of(MarkHistory),
        "promises": of(Promise, "unit").live(),
        "evaluations": of(Evaluation).exclude(state=EvaluationState.REVOKED).prefetch_related("ratings"),
    }


def _with_replies(items: dict[int, Item]) -> None:
    shares = {share.pk: share for item in items.values() for share in item.assignments}
    for reply in Reply.objects.live().filter(assignment__in=shares).order_by("round", "id"):
        reply.assignment = shares[reply.assignment_id]
        items[reply.assignment.proposal_id].replies.append(reply)


@dataclass(frozen=True)
class _Stored:
    pk: int
    number: str
    key: Key


class Index:
    """Identity of a plenary's items (design §8): the number exactly, else the bare title and the lead proposer, who
    remains so also where the signature has been taken back.
    """

    def __init__(self, plenary: Plenary, rows: Iterable[Row]) -> None:
        self.by_number: dict[str, _Stored] = {}
        self.by_key: dict[Key, list[_Stored]] = defaultdict(list)
        self.by_pk: dict[int, _Stored] = {}
        self.made: set[int] = set()
        named = [row.identity for row in rows]
        self.numbers_of_file = {identity[1] for identity in named if identity[0] == "number"}
        self.keys_of_file = {identity[1:] for identity in named if identity[0] == "title"}
        items = Proposal.objects.in_plenary(plenary).exclude(state=ProposalState.VOID).order_by("pk")
        signed = Proposership.objects.filter(proposal__in=items, order=0).order_by()
        leads = dict(signed.values_list("proposal", "proposer__name"))
        for pk, number, title in items.values_list("pk", "number", "title"):
            self._keep(_Stored(pk, number, (title_key(title), leads.get(pk, ""))))

    def find(self, row: Row) -> int | None:
        """The item a row means, None for a new one."""
        key = (title_key(row.title), _lead(row))
        if row.number:
            stored = self.by_number.get(row.number)
            return stored.pk if stored else self._not_numbered_yet(key)
        return self._of_title(key)

    def has_another_title(self, row: Row) -> bool:
        stored = self.by_number.get(row.number) if row.number else None
        return stored is not None and stored.key[0] != title_key(row.title)

    def add(self, pk: int, row: Row) -> None:
        """An item that this import has made."""
        self.made.add(pk)
        self._keep(_Stored(pk, row.number, (title_key(row.title), _lead(row))))

    def update(self, pk: int, row: Row) -> None:
        """A row has given an item its number or its proposer."""
        found = self.by_pk[pk]
        self.by_key[found.key].remove(found)
        title, lead = found.key
        self._keep(_Stored(pk, found.number or row.number, (title, lead or _lead(row))))

    def _keep(self, stored: _Stored) -> None:
        if stored.number:
            self.by_number[stored.number] = stored
        self.by_key[stored.key].append(stored)
        self.by_pk[stored.pk] = stored

    def _of_title(self, key: Key) -> int | None:
        """Without a number: one that has none either, else the only one of that title and proposer, else one whose
        proposer was left out so far.
        """
        same = self.by_key.get(key, [])
        without = [one for one in same if not one.number]
        if without:
            return without[0].pk
        with_number = [one for one in same if one.number not in self.numbers_of_file]
        if len(with_number) == 1:
            return with_number[0].pk
        return self._signed_later(key)

    def _not_numbered_yet(self, key: Key) -> int | None:
        """A new number: the item of that title and proposer that had none so far and is no other row's."""
        if key in self.keys_of_file:
            return None
        without = [one for one in self.by_key.get(key, []) if not one.number and one.pk not in self.made]
        return without[0].pk if len(without) == 1 else self._signed_later(key)

    def _signed_later(self, key: Key) -> int | None:
        title, lead = key
        if not lead or (title, "") in self.keys_of_file:
            return None
        unsigned = [one for one in self.by_key.get((title, ""), []) if not one.number]
        unsigned = [one for one in unsigned if one.pk not in self.made]
        return unsigned[0].pk if len(unsigned) == 1 else None


def _lead(row: Row) -> str:
    return row.proposer.name[:NAME_LENGTH]
