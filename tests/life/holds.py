"""What holds whatever anybody does: each function gives what does not, as a list of sentences for the failed test."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps

from huiyin.evaluations.models import Evaluation, events_visible_to
from huiyin.journal import chain
from huiyin.journal.models import Delivery, Event
from huiyin.journal.step import STEPS
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.people.steps import moment_of
from huiyin.proposals import check
from huiyin.words import Role

UNIT_ROLES = (Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER)
CHINESE = "\u4e00-\u9fff”’）》】"
LATIN = re.compile(r"[A-Za-z_]{2,}|[{}<>#]")
HALF_WIDTH = re.compile(rf"(?<=[{CHINESE}])[,;:?!()](?=.)|[,;:?!()](?=[\u4e00-\u9fff“])")


def what_is_wrong_with(sentence: str) -> list[str]:
    """A refusal is one polite Chinese sentence or more: no English, no code words, nothing half-width."""
    wrong = []
    if not sentence.endswith(("。", "？")):
        wrong.append("does not end as a sentence does")
    if found := LATIN.search(sentence):
        wrong.append(f"carries {found.group()!r}")
    if found := HALF_WIDTH.search(sentence):
        wrong.append(f"has a half-width {found.group()!r}")
    if not re.search(r"[\u4e00-\u9fff]", sentence) or "None" in sentence:
        wrong.append("says nothing")
    return [f"{sentence!r} {why}" for why in wrong]


def replay_differs() -> list[str]:
    """States, stages and deadlines are those that the events give."""
    return list(check.problems())


def chain_breaks() -> list[str]:
    return list(chain.breaks())


def illegal_states() -> Iterator[str]:
    """Every stored state is a word of its own model."""
    for label in check.models_with_a_state():
        model = apps.get_model(label)
        known = {code for code, _ in model._meta.get_field("state").flatchoices}
        for pk, state in model._default_manager.values_list("pk", "state"):
            if state not in known:
                yield f"{label}#{pk} is in {state!r}"


def undeclared_moves(events: Iterable[Event]) -> Iterator[str]:
    """An event went from a declared source to a declared target."""
    for event in events:
        step = STEPS[event.code]
        targets = step.targets()
        if bool(event.after) != bool(targets) or (event.after and event.after not in targets):
            yield f"{event.code} ended in {event.after!r}, declared {sorted(targets)}"
        if step.source and not step.creates and event.before and event.before not in step.source:
            yield f"{event.code} began in {event.before!r}, declared {sorted(step.source)}"


# What another step empties: a review that starts anew, a merger that is undone.
EMPTIED = {"reviewed_at", "merged_at"}


def stamps_differ(events: Iterable[Event]) -> Iterator[str]:
    """A row's dated fields hold the moments of the events that set them last, as corrected."""
    rows = {(event.subject_kind, event.subject_id) for event in events}
    rows |= {(event.corrects.subject_kind, event.corrects.subject_id) for event in events if event.corrects}
    for kind, pk in sorted(rows):
        last = {}
        for event in Event.objects.filter(subject_kind=kind, subject_id=pk).order_by("pk"):
            if stamp := STEPS[event.code].stamps:
                last[stamp] = event
        row = apps.get_model(kind)._default_manager.filter(pk=pk).first()
        for stamp, event in last.items():
            stored = getattr(row, stamp)
            if stored != moment_of(event) and not (stored is None and stamp in EMPTIED):
                yield f"{kind}#{pk}.{stamp} is {stored}, {event} says {moment_of(event)}"


def outsiders_among(events: Iterable[Event], rights: dict[str, set[str]]) -> Iterator[str]:
    """Nobody has acted who may not act: by role, by place, by unit. Who imports enters every step of the own city."""
    for event in events:
        if event.post is None:
            continue
        role = event.post.role
        if event.post.jurisdiction_id != event.jurisdiction_id:
            yield f"{event.code} was taken from another city"
        if event.history:
            continue
        if role == Role.AUDITOR or role not in rights[event.code]:
            yield f"{event.code} was taken by {role}"
        if role == Role.ADMINISTRATOR and event.proposal:
            yield f"{event.code} of an item was taken by an administrator"
        if role == Role.ASSEMBLY_STAFF and event.proposal and event.post.assembly != event.assembly:
            yield f"{event.code} was taken by the other assembly"
        if role == Role.PROPOSER and event.proposal and not _has_signed(event):
            yield f"{event.code} was taken by somebody who has signed nothing of it"
        if role in UNIT_ROLES and event.proposal and not _is_concerned(event):
            yield f"{event.code} was taken by a unit without a share"


def _has_signed(event: Event) -> bool:
    """The item, or one that is or was handled with it."""
    own = {event.proposal_id, *event.proposal.merged.values_list("pk", flat=True)}
    signed = apps.get_model("proposals.Proposership").objects.filter(proposer__person=event.actor_id)
    asked = Evaluation.objects.filter(evaluator__person=event.actor_id, proposal=event.proposal_id)
    return signed.filter(proposal__in=own).exists() or asked.exists()


def _is_concerned(event: Event) -> bool:
    unit = event.post.unit_id
    promised = event.proposal.promises.filter(unit=unit)
    instructed = event.proposal.instructions.filter(unit=unit)
    asked = event.proposal.tasks.filter(unit=unit)
    shares = event.proposal.assignments.filter(unit=unit)
    return any(rows.exists() for rows in (shares, promised, instructed, asked))


def seen_too_early() -> Iterator[str]:
    """R4: no unit sees an evaluation, or is told of it, before it counts."""
    uncounted = set(Evaluation.objects.filter(counted_at=None).values_list("pk", flat=True))
    if not uncounted:
        return
    for post in Post.objects.filter(role__in=UNIT_ROLES).select_related("person", "unit", "jurisdiction"):
        actor = Actor.of(post)
        if found := uncounted & set(Evaluation.objects.visible_to(actor).values_list("pk", flat=True)):
            yield f"{post} sees the forms {found}"
        about = events_visible_to(actor, Event.objects.all()).filter(subject_kind="evaluations.evaluation")
        if found := uncounted & set(about.values_list("subject_id", flat=True)):
            yield f"{post} reads events of the forms {found}"
        told = Delivery.objects.filter(receiver=post.person, event__subject_kind="evaluations.evaluation")
        if found := uncounted & set(told.values_list("event__subject_id", flat=True)):
            yield f"{post} is told of the forms {found}"


def contents() -> dict[str, Any]:
    """What a refused step must leave as it was."""
    labels = [*check.models_with_a_state(), "clock.Deadline", "promises.DueDate", "replies.MarkHistory"]
    rows = {label: list(apps.get_model(label)._default_manager.order_by("pk").values()) for label in labels}
    return rows | {"events": Event.objects.count(), "told": Delivery.objects.count()}
