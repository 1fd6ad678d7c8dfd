"""引用: a unit answers several items with one promise; what becomes of it is told in each of them."""

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
from huiyin.promises.models import Promise, Use
from huiyin.promises.points import points_of
from huiyin.promises.steps.making import PROMISING

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
    if promise is not None and promise.uses.filter(proposal=call.obj.proposal).exists():
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


@step(
    "promise.follow",
    label="所引用的承诺有变化",
    on="promises.Use",
    who=who.system,
    automatic=True,
    tell=[proposers_of, unit_people],
    sentence="所引用的承诺{became}：{what}",
)
def follow(served: Use, *, actor: Actor, at: datetime, became: str) -> dict[str, Any]:
    """The item is told, and its own stage follows from what became of the promise."""
    return {"became": became, "texts": {"what": served.promise.what}}


def _tell_the_others(event: Event) -> None:
    promise: Promise = event.subject
    for served in promise.uses.order_by("id"):
        follow(
            served,
            actor=Actor.system(promise.proposal.jurisdiction),
            at=event.at,
            at_known=event.at_known,
            became=TOLD[event.code],
        )


for _code in TOLD:
    after(_code)(_tell_the_others)
