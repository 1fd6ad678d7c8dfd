"""承诺: written into a draft reply, undertaken when the reply is issued, followed by its milestones."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from huiyin.handling.models import Assignment
from huiyin.journal.fields import Field
from huiyin.journal.step import step
from huiyin.journal.work import is_history
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post, Unit
from huiyin.people.steps import also_dates
from huiyin.people.tell import target_unit_people
from huiyin.promises import needs
from huiyin.promises.models import Milestone, Promise
from huiyin.promises.points import points_of
from huiyin.promises.vague import is_vague
from huiyin.words import UNIT_ROLES, AssignmentState, PromiseState

PROMISING = {
    AssignmentState.SIGNED,
    AssignmentState.PLANNED,
    AssignmentState.REHANDLING,
    AssignmentState.ANSWERED,
    AssignmentState.CLOSED,
}
NAMED_BY = "例如：新建两所的，数量写2，计量单位写所。数量、节点、凭证都不写的，会列为空泛承诺。"
SHOWN_BY = "落实以后拿什么证明，例如：竣工验收报告、印发的文件。"
ALREADY_ANSWERED = {AssignmentState.ANSWERED, AssignmentState.CLOSED}


also_dates("promise.make", "promises.Promise", "pk", "made_at", "named_at")
also_dates("promise.change", "promises.Promise", "pk", "named_at")
also_dates("promise.add_milestone", "promises.Promise", "pk", "named_at")


def units(obj: Any, actor: Actor) -> Any:
    return Unit.objects.filter(jurisdiction=obj.jurisdiction_id).open()


def owners(obj: Any, actor: Actor) -> Any:
    posts = Post.objects.filter(jurisdiction=obj.jurisdiction_id, to_on=None)
    return posts.in_role(*UNIT_ROLES).select_related("person", "unit")


def _points(obj: Any, actor: Actor) -> Any:
    return points_of(obj.proposal)


def as_it_stands(name: str) -> dict[str, Any]:
    """How a value that stands already is asked about: it is shown, and emptied it is cleared."""
    return {"initial": lambda promise: getattr(promise, name), "clears": True}


def verifiable(standing: Callable[[str], dict[str, Any]]) -> list[Field]:
    """By what it can be held: how much, and what will show it."""
    return [
        Field("amount", "数量", "amount", required=False, help=NAMED_BY, **standing("amount")),
        Field("measure", "计量单位", "code", required=False, **standing("measure"), most=20),
        Field("proof", "完成的凭证", "line", required=False, help=SHOWN_BY, **standing("proof")),
    ]


def note_named(promise: Promise, at: datetime) -> None:
    """Since when it can be held to something; a draft that names nothing any more is vague again."""
    if is_vague(**promise.named):
        promise.named_at = None
    elif promise.named_at is None:
        promise.named_at = at
    promise.save(update_fields=["named_at"])


def _milestones_so_far(promise: Promise) -> list[dict[str, Any]]:
    return [{"what": one.what, "due_on": one.due_on} for one in promise.milestones.all()]


def _fields(*, made: bool) -> list[Field]:
    """The same values are asked when a promise is made and when its draft is changed."""

    def standing(name: str, initial: Callable[[Promise], Any] | None = None) -> dict[str, Any]:
        if made:
            return {}
        return as_it_stands(name) | ({"initial": initial} if initial else {})

    return [
        Field("what", "承诺事项", "text", required=made, **standing("what")),
        Field("due_on", "完成期限", "date", required=False, **standing("due_on")),
        *verifiable(standing),
        Field("unit", "责任单位", "row", required=False, options=units, **standing("unit")),
        Field("owner", "责任人", "row", required=False, options=owners, **standing("owner")),
        Field(
            "points",
            "对应的具体建议",
            "rows",
            required=False,
            options=_points,
            **standing("points", lambda promise: list(promise.points.all())),
        ),
        Field(
            "milestones",
            "节点",
            "table",
            required=False,
            columns=(Field("what", "节点", "line"), Field("due_on", "时限", "date", required=False)),
            **standing("milestones", _milestones_so_far),
        ),
    ]


def _same(pair: tuple[Milestone, dict[str, Any]]) -> bool:
    standing, row = pair
    return (standing.what, standing.due_on) == (row["what"], row.get("due_on"))


def _set_milestones(promise: Promise, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Write the milestones of a draft; their words as texts of the event, their dates as facts.

    Those at the head of the list that are said again as they stand stay: one of them may have been reached.
    """
    standing = list(promise.milestones.all())
    again = takewhile(_same, zip(standing, rows, strict=False))
    kept = len(list(again))
    promise.milestones.filter(pk__in=[one.pk for one in standing[kept:]]).delete()
    Milestone.objects.bulk_create(
        Milestone(promise=promise, what=row["what"], due_on=row.get("due_on")) for row in rows[kept:]
    )
    dates = [row["due_on"].isoformat() if row.get("due_on") else "" for row in rows]
    texts = {f"milestone_{number}": row["what"] for number, row in enumerate(rows, 1)}
    return {"milestones": dates, "texts": texts}


@step(
    "promise.make",
    label="写入承诺",
    undone_by="promise.void",
    on="handling.Assignment",
    creates="promises.Promise",
    who=who.handles_for_unit,
    source=PROMISING,
    target=PromiseState.ACTIVE,
    requires=[
        needs.answers_the_proposer,
        needs.item_is_open,
        needs.has_a_date,
        needs.within_the_limit,
        needs.measure_named,
    ],
    fields=_fields(made=True),
    sentence="{unit}写入承诺：{what}",
)
def make(
    assignment: Assignment, *, actor: Actor, at: datetime, what: str, **given: Any
) -> tuple[Promise, dict[str, Any]]:
    """A promise of the draft; where the reply has gone out already it holds at once."""
    due_on: date | None = given.get("due_on")
    promise = Promise.objects.create(
        proposal=assignment.proposal,
        assignment=assignment,
        what=what.strip(),
        unit=given.get("unit") or assignment.unit,
        owner=given.get("owner"),
        first_due_on=due_on,
        due_on=due_on,
        amount=given.get("amount"),
        measure=(given.get("measure") or "").strip(),
        proof=(given.get("proof") or "").strip(),
        made_at=at,
        on_paper=is_history(),
    )
    if points := given.get("points"):
        promise.points.set(points)
    facts = _set_milestones(promise, list(given.get("milestones") or []))
    note_named(promise, at)
    if assignment.state in ALREADY_ANSWERED:
        undertake(promise, actor=Actor.system(assignment.proposal.jurisdiction), at=at)
    return promise, facts | {"target_unit": promise.unit}


@step(
    "promise.change",
    label="修改承诺",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE},
    requires=[
        needs.still_a_draft,
        needs.still_says_what,
        needs.keeps_its_date,
        needs.within_the_limit,
        needs.measure_named,
    ],
    fields=_fields(made=False),
    sentence="{unit}修改了尚未生效的承诺",
)
def change(promise: Promise, *, actor: Actor, at: datetime, **given: Any) -> dict[str, Any]:
    """While the reply is a draft; the first date is the one that the reply goes out with."""
    for name in ("what", "unit", "owner", "due_on", "amount", "measure", "proof"):
        if name in given:
            setattr(promise, name, given[name])
    if promise.unit is None and promise.assignment is not None:
        promise.unit = (
            promise.assignment.unit
        )  # as when it is made: unless another is named, the one that answers
    promise.first_due_on = promise.due_on
    promise.save()
    if "points" in given:
        promise.points.set(given["points"] or [])
    facts: dict[str, Any] = {}
    if "milestones" in given:
        facts = _set_milestones(promise, list(given["milestones"] or []))
    note_named(promise, at)
    return facts


@step(
    "promise.void",
    label="取消承诺",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE},
    target=PromiseState.VOID,
    requires=[needs.still_a_draft],
    fields=[Field("reason", "原因", "text", required=False)],
    sentence="{unit}取消了尚未生效的承诺",
)
def void(promise: Promise, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """A draft's promise is taken back before anybody was given it."""


@step(
    "promise.undertake",
    label="承诺生效",
    on="promises.Promise",
    who=who.system,
    source={PromiseState.ACTIVE},
    stamps="undertaken_at",
    requires=[needs.still_a_draft],
    tell=[target_unit_people],
    automatic=True,
    sentence="承诺随答复生效，{target}负责落实",
)
def undertake(promise: Promise, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The reply has been issued: from now on the promise holds and its first date never changes."""
    due_on = promise.due_on.isoformat() if promise.due_on else None
    return {"due_on": due_on, "target_unit": promise.unit}


@step(
    "promise.add_milestone",
    label="增加节点",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE, PromiseState.CLAIMED},
    fields=[Field("what", "节点", "line"), Field("due_on", "时限", "date", required=False)],
    sentence="{unit}增加节点：{what}",
)
def add_milestone(
    promise: Promise, *, actor: Actor, at: datetime, what: str, due_on: date | None = None
) -> dict[str, Any]:
    made = Milestone.objects.create(promise=promise, what=what.strip(), due_on=due_on)
    note_named(promise, at)
    return {"milestone": made.pk}


@step(
    "promise.reach_milestone",
    label="节点完成",
    on="promises.Milestone",
    who=who.answers_for_promise,
    stamps="reached_at",
    requires=[needs.not_reached_yet],
    fields=[Field("note", "说明", "text", required=False)],
    sentence="{unit}完成节点：{what}",
)
def reach_milestone(milestone: Milestone, *, actor: Actor, at: datetime, note: str = "") -> dict[str, Any]:
    return {"promise": milestone.promise_id, "texts": {"what": milestone.what}}
