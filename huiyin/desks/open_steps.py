"""What an actor may do on an item: what is due now, what may be done beside a part, and the whole list with reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from huiyin.desks.acts import ACTS, Act, acts_of
from huiyin.desks.asked import Asked, packs
from huiyin.desks.case import Case
from huiyin.desks.desk import ordered
from huiyin.desks.procedure import HEADING, place_of
from huiyin.journal.prepared import in_steps
from huiyin.journal.step import STEPS, Call, Offer, Step, offers, steps_on
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor, standing_in

LISTED = 5  # due rows of one kind
ASKED = 3  # due rows whose reasons are looked up; more would make the page slow, and say it on their own page
# Steps that stand beside the part they are about; all others are on the list of all steps.
BESIDE = (
    "contact.log",
    "contact.confirm",
    "promise.make",
    "promise.use",
    "promise.change",
    "promise.report",
    "promise.claim_done",
    "promise.accept",
    "promise.send_back",
    "promise.confirm",
    "promise.move_date",
    "promise.alter",
    "promise.reach_milestone",
    "reply.revise",
    "evaluation.enter_paper",
    "urging.send",
    "repeat.confirm",
    "repeat.dismiss",
)
ON_THE_ROW = ("promise.", "contact.confirm")


@dataclass(frozen=True)
class Due:
    """A step that waits on this actor; `refusal` where something is missing still."""

    act: Act
    step: Step
    row: Any
    line: str
    due_on: date | None
    refusal: str = ""

    @property
    def button(self) -> str:
        return self.act.button or self.step.label


def may(actor: Actor, step: Step, row: Any) -> bool:
    """By right and state; whether something is missing the step itself says."""
    return (step.source is None or row.state in step.source) and step.who(actor, row)


def due_now(case: Case) -> list[Due]:
    """The acts of the actor's desk that wait on this item, in the order of the desk."""
    found: list[Due] = []
    state = packs()
    for act in acts_of(case.actor):
        step = STEPS[act.step]
        model = apps.get_model(step.on)
        possible = {row.pk: row for row in case if type(row) is model and may(case.actor, step, row)}
        if not possible or not act.could(case):
            continue
        for row in _DUE[act.step](case.actor, in_steps(tuple(possible)), state=state):
            refusal = _refusal(step, possible[row.pk], case.actor) if len(found) < ASKED else ""
            found.append(Due(act, step, row, act.say(row), getattr(row, "due", None), refusal))
    return sorted(found, key=lambda due: bool(due.refusal))


_DUE = {
    act.step: Asked(lambda actor, keys, act=act: ordered(act, actor).filter(pk__in=keys)[:LISTED])
    for act in ACTS
}


def _refusal(step: Step, row: Any, actor: Actor) -> str:
    return step.hindrance(Call(step, row, actor, hooks.now(), None))


def beside(case: Case) -> dict[tuple[str, int], list[Step]]:
    """For each part the steps that stand beside it."""
    return {
        (row._meta.label_lower, row.pk): steps
        for row in case
        if (steps := [step for step in _on(row) if step.code in BESIDE and _opens(case.actor, step, row)])
    }


def _opens(actor: Actor, step: Step, row: Any) -> bool:
    """What a promise or a contact requires stands on the row itself, and is asked at once; else the step's page says it."""
    if not may(actor, step, row):
        return False
    return not step.code.startswith(ON_THE_ROW) or not _refusal(step, row, actor)


def _on(row: Any) -> list[Step]:
    return sorted((step for step in steps_on(row) if not step.automatic), key=place_of)


def all_steps(rows: Iterable[Any], actor: Actor) -> list[tuple[str, list[tuple[Any, list[Offer]]]]]:
    """Every step open to the actor, under the headings of the procedure, by row; with the reason where it must wait."""
    found: dict[str, list[tuple[Any, list[Offer]]]] = {}
    for row in rows:
        for offer in sorted(offers(row, actor), key=lambda offer: place_of(offer.step)):
            lines = found.setdefault(HEADING.get(offer.step.code, "其他"), [])
            if not lines or lines[-1][0] is not row:
                lines.append((row, []))
            lines[-1][1].append(offer)
    order = list(dict.fromkeys(HEADING.values()))
    return sorted(found.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def on_paper(case: Case) -> list[tuple[Any, list[Offer]]]:
    """What the office may enter for a unit from paper, by row."""
    found = []
    for row in case:
        stand_in = standing_in(case.actor, row)
        if stand_in is None:
            continue
        own = {offer.step.code for offer in offers(row, case.actor)}
        open_to_unit = [
            offer for offer in offers(row, stand_in) if offer.step.code not in own and not offer.refusal
        ]
        if open_to_unit:
            found.append((row, sorted(open_to_unit, key=lambda offer: place_of(offer.step))))
    return found
