"""确认: the unit says that it is done, the office accepts the evidence, and who asked for it says whether it is so."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.people.steps import also_dates
from huiyin.people.tell import assembly_staff_of, registrars, target_unit_people
from huiyin.promises.models import Confirmation, Promise
from huiyin.words import PromiseState

DONE, NOT_DONE = "done", "not_done"
SAID = ((DONE, "办成了"), (NOT_DONE, "没有办成，或者与承诺的不一样"))

also_dates("promise.confirm", "promises.Confirmation", "promise", "given_at")


def _proposer(promise: Promise, actor: Actor) -> Proposer:
    """As whom of those who signed the item this person speaks."""
    return Proposer.objects.get(pk__in=promise.proposal.signers().values("proposer"), person=actor.person)


@requirement(done=True)
def not_said_yet(call: Call) -> str | None:
    if call.obj.confirmations.filter(proposer__person=call.actor.person).exists():
        return "这项承诺您已经表过态。情况有变的，请与政协提案委或者人大代表工委联系。"
    return None


@requirement(field="note", late=True)
def says_what_is_missing(call: Call) -> str | None:
    if call.given("said") == NOT_DONE and not call.given("note"):
        return "请写明哪里没有办成，或者与承诺的哪里不一样，便于市政府办公室去核实。"
    return None


@step(
    "promise.confirm",
    label="确认是否办成",
    on="promises.Promise",
    who=who.proposer,
    source={PromiseState.KEPT},
    requires=[not_said_yet, says_what_is_missing],
    fields=[
        Field("said", "这件事", "choice", options=lambda promise, actor: list(SAID)),
        Field("note", "意见", "text", required=False),
    ],
    tell=[registrars, assembly_staff_of, target_unit_people],
    sentence="提案者{said_label}：{note}",
)
def confirm(promise: Promise, *, actor: Actor, at: datetime, said: str, note: str = "") -> dict[str, Any]:
    """By each proposer once. The promise stays as it is; what is disputed is looked at again by the office."""
    made = Confirmation.objects.create(
        promise=promise,
        proposer=_proposer(promise, actor),
        agrees=said == DONE,
        note=note.strip(),
        given_at=at,
    )
    label = "认可承诺已经办成" if made.agrees else "认为承诺没有办成"
    return {"confirmation": made.pk, "said_label": label, "target_unit": promise.unit}
