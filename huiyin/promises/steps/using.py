"""引用: a unit answers several items with one promise; what becomes of it is told in each of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from huiyin.handling.models import Assignment
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.people.tell import proposers_of, unit_people
from huiyin.promises import needs
from huiyin.promises.models import OPEN, Promise, Use
from huiyin.promises.points import points_of
from huiyin.promises.steps.making import ALREADY_ANSWERED, PROMISING
from huiyin.words import Role


def proposers_answered(event: Event) -> Iterable[int]:
    """Before the answer is out nobody outside has been told of the promise."""
    return proposers_of(event) if event.subject.assignment.answered_at else ()


also_dates("promise.use", "promises.Use", "pk", "used_at")
# What is told in every item that a promise serves, in the words of that step.
TOLD = {
    "promise.move_date": "调整了期限",
    "promise.alter": "变更了内容",
    "promise.claim_done": "已报请确认",
    "promise.send_back": "被退回补充",
    "promise.accept": "已经落实",
    "promise.drop": "已经终止",
}


def _promises(assignment: Assignment, actor: Actor) -> Any:
    """The unit's own open ones, given in answer to other items."""
    own = Promise.objects.open().filter(assignment__unit=assignment.unit_id)
    return own.exclude(proposal=assignment.proposal_id).select_related("proposal")


def _points(assignment: Assignment, actor: Actor) -> Any:
    return points_of(assignment.proposal)


@requirement(field="promise", late=True)
def not_used_yet(call: Call) -> str | None:
    promise = call.given("promise")
    if promise is not None and promise.uses.standing().filter(proposal=call.obj.proposal).exists():
        return "这一件已经引用了这项承诺，不用再引用。"
    return None


@requirement(field="promise", late=True)
def is_open_and_its_own(call: Call) -> str | None:
    promise = call.given("promise")
    if promise is None or _promises(call.obj, call.actor).filter(pk=promise.pk).exists():
        return None
    return "只能引用本单位在其他件里作出、还在落实的承诺，请重新选择。"


@step(
    "promise.use",
    label="引用已有承诺",
    undone_by="promise.end_use",
    on="handling.Assignment",
    creates="promises.Use",
    who=who.handles_for_unit,
    source=PROMISING,
    requires=[needs.answers_the_proposer, needs.item_is_open, not_used_yet, is_open_and_its_own],
    fields=[
        Field("promise", "承诺事项", "row", options=_promises),
        Field("points", "对应的具体建议", "rows", required=False, options=_points),
    ],
    sentence="{unit}引用第{number}号件的承诺：{what}",
)
def use(
    assignment: Assignment, *, actor: Actor, at: datetime, promise: Promise, points: Any = ()
) -> tuple[Use, dict[str, Any]]:
    """One date and one proof for several items; it is counted once, where it was given first."""
    made = Use.objects.create(
        promise=promise, proposal=assignment.proposal, assignment=assignment, used_at=at
    )
    if points:
        made.points.set(points)
    return made, {"number": promise.proposal.number, "texts": {"what": promise.what}}


@requirement(done=True)
def still_used(call: Call) -> str | None:
    return None if call.obj.ended_at is None else "这项引用已经撤销。"


@requirement()
def promise_is_open(call: Call) -> str | None:
    """What became of it stays told in every item that was answered with it."""
    if call.obj.promise.state in OPEN:
        return None
    return "所引用的承诺已经落实或终止，引用作为办理记录保留，不能撤销。"


@requirement()
def answer_not_given_yet(call: Call) -> str | None:
    """The answer stands on it; the office, which checked that answer, may still put a wrong choice right."""
    mistaken = call.actor.role == Role.REGISTRAR and call.actor.on_behalf_of is None
    if mistaken or call.obj.assignment.state not in ALREADY_ANSWERED:
        return None
    return "引用已随答复告知提案者。选错了的，请与市政府办公室联系，由其撤销。"


@step(
    "promise.end_use",
    label="撤销引用",
    on="promises.Use",
    who=who.handles_for_unit | who.registrar,
    stamps="ended_at",
    requires=[still_used, needs.item_is_open, promise_is_open, answer_not_given_yet],
    fields=[Field("reason", "原因", "text")],
    tell=[proposers_answered, unit_people],
    sentence="撤销对第{number}号件承诺的引用：{what}（{reason}）",
)
def end_use(served: Use, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """The wrong promise was chosen, or the answer says something else now: the item no longer waits for it."""
    return {"number": served.promise.proposal.number, "texts": {"what": served.promise.what}}


@step(
    "promise.follow",
    label="所引用的承诺有变化",
    on="promises.Use",
    who=who.system,
    automatic=True,
    tell=[proposers_answered, unit_people],
    sentence="所引用的承诺{became}：{what}",
)
def follow(served: Use, *, actor: Actor, at: datetime, became: str) -> dict[str, Any]:
    """The item is told, and its own stage follows from what became of the promise."""
    return {"became": became, "texts": {"what": served.promise.what}}


def _tell_the_others(event: Event) -> None:
    promise: Promise = event.subject
    for served in promise.uses.standing().order_by("id"):
        follow(
            served,
            actor=Actor.system(promise.proposal.jurisdiction),
            at=event.at,
            at_known=event.at_known,
            became=TOLD[event.code],
        )


for _code in TOLD:
    after(_code)(_tell_the_others)
