"""The chain of seals: SM3 (GB/T 32905) over each event and the link before it, one chain a jurisdiction."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

from huiyin.journal.models import ChainHead, Event, EventText, Seal
from huiyin.journal.prepared import Prepared, insert, update


def sm3(text: str) -> str:
    return hashlib.new("sm3", text.encode()).hexdigest()


def text_of(event: Event, name: str, text: str) -> EventText:
    """An EventText with its salt and digest."""
    salt = secrets.token_hex(16)
    return EventText(event=event, name=name, salt=salt, text=text, digest=sm3(salt + text))


def canonical(event: Event, digests: dict[str, str]) -> str:
    """The event as the chain sees it; texts only as salted digests, so that an erasure leaves it whole."""
    fields: dict[str, Any] = {
        "id": event.pk,
        "jurisdiction": event.jurisdiction_id,
        "proposal": event.proposal_id,
        "assignment": event.assignment_id,
        "subject": [event.subject_kind, event.subject_id],
        "code": event.code,
        "by": [event.actor_id, event.post_id, event.unit_id, event.target_unit_id],
        "paper": [event.on_paper, event.history],
        "at": [event.at.timestamp(), event.at_known, event.recorded_at.timestamp()],
        "state": [event.before, event.after],
        "facts": event.facts,
        "gaps": event.gaps,
        "links": [event.parent_id, event.corrects_id],
        "texts": digests,
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(prev: str, event: Event, digests: dict[str, str]) -> str:
    return sm3(prev + canonical(event, digests))


def seal(events: list[Event], texts: list[EventText]) -> None:
    """Write the links of these events. Called last in a transaction: objects first, heads last, in a fixed order."""
    digests: dict[int, dict[str, str]] = {}
    for text in texts:
        digests.setdefault(text.event_id, {})[text.name] = text.digest
    for jurisdiction in sorted({event.jurisdiction_id for event in events}):
        head = _head(jurisdiction)
        seals = []
        for event in events:
            if event.jurisdiction_id != jurisdiction:
                continue
            made = link(head.hash, event, digests.get(event.pk, {}))
            head.seq += 1
            seals.append(
                Seal(jurisdiction_id=jurisdiction, seq=head.seq, event=event, prev=head.hash, hash=made)
            )
            head.hash = made
        insert(seals)
        update(head, ["seq", "hash"])


_HEADS = Prepared(lambda place: ChainHead.objects.select_for_update().filter(jurisdiction=place))


def _head(jurisdiction: int) -> ChainHead:
    """The head of a chain, locked until the end of the transaction; made with its first link."""
    if found := _HEADS(jurisdiction):
        return found[0]
    return ChainHead.objects.select_for_update().get_or_create(jurisdiction_id=jurisdiction)[0]


def breaks(size: int = 2000) -> Iterator[str]:
    """Every place where the chain does not hold, as a sentence; nothing when it holds."""
    for head in ChainHead.objects.select_related("jurisdiction").order_by("pk"):
        name, seq, prev = head.jurisdiction.name, 0, ""
        while links := list(
            Seal.objects.filter(jurisdiction=head.jurisdiction, seq__gt=seq)
            .select_related("event")
            .prefetch_related("event__texts")
            .order_by("seq")[:size]
        ):
            for item in links:
                yield from _check_link(name, item, seq, prev)
                seq, prev = item.seq, item.hash
        if (seq, prev) != (head.seq, head.hash):
            yield f"{name}：链尾记在第{head.seq}条，实际到第{seq}条。"
    if unsealed := Event.objects.filter(seal=None).count():
        yield f"有{unsealed}条事件没有封存。"


def _check_link(name: str, item: Seal, seq: int, prev: str) -> Iterator[str]:
    if item.seq != seq + 1:
        yield f"{name}：第{seq + 1}条到第{item.seq - 1}条缺失。"
    if item.prev != prev:
        yield f"{name}：第{item.seq}条与上一条接不上。"
    digests = {}
    for text in item.event.texts.all():
        digests[text.name] = text.digest
        if not text.erased and sm3(text.salt + text.text) != text.digest:
            yield f"{name}：第{item.seq}条的文字“{text.name}”被改动过。"
    if link(item.prev, item.event, digests) != item.hash:
        yield f"{name}：第{item.seq}条的内容与封存时不一致。"
