"""The events of an item as the clock reads them, with what later corrections have put right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.clock.rows import terms_of
from huiyin.clock.running import Happening
from huiyin.clock.runs import CORRECT, MOVE_TO_PACK, Terms
from huiyin.journal.models import Event
from huiyin.rulepacks.models import PackVersion

EVALUATION, PROMISE = "evaluations.evaluation", "promises.promise"


def happening_of(event: Event, corrections: Iterable[Event] = ()) -> Happening:
    """An event as it is to be read now. A correction's facts name the field and its new value:
    "at" (a moment, then known), "at_known", or one of the event's facts.
    """
    at, at_known, facts = event.at, event.at_known, dict(event.facts)
    for correction in corrections:
        name, value = correction.facts.get("field"), correction.facts.get("new")
        if name == "at":
            at, at_known = datetime.fromisoformat(str(value)), True
        elif name == "at_known":
            at_known = bool(value)
        elif name:
            facts[name] = value
    return Happening(
        event=event.pk,
        code=event.code,
        at=at,
        recorded_at=event.recorded_at,
        at_known=at_known,
        history=event.history,
        assignment_id=event.assignment_id,
        role=event.assignment.role if event.assignment is not None else "",
        evaluation_id=event.subject_id if event.subject_kind == EVALUATION else None,
        promise_id=event.subject_id if event.subject_kind == PROMISE else None,
        facts=facts,
    )


def happenings_of(proposal: Any) -> list[Happening]:
    """Everything that has happened to an item, in the order it was recorded, corrected. One query."""
    events = list(Event.objects.filter(proposal=proposal).select_related("assignment").order_by("pk"))
    corrections: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.code == CORRECT and event.corrects_id is not None:
            corrections[event.corrects_id].append(event)
    return [happening_of(event, corrections[event.pk]) for event in events]


def with_terms(happenings: list[Happening], proposal: Any) -> Iterator[tuple[Happening, Terms]]:
    """Each event with the rules that the item followed then; moving to another version says which were before."""
    terms = terms_of(proposal)
    moves = [happening for happening in happenings if happening.code == MOVE_TO_PACK]
    if not moves:
        yield from ((happening, terms) for happening in happenings)
        return
    used = {move.facts[name] for move in moves for name in ("before", "pack_version")}
    versions = PackVersion.objects.in_bulk(used)
    version = versions[moves[0].facts["before"]]
    for happening in happenings:
        if happening.code == MOVE_TO_PACK:
            version = versions[happening.facts["pack_version"]]
        yield happening, replace(terms, pack=version.pack, version=version.pk)
