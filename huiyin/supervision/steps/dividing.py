"""市领导分工: set and ended with its days; who should lead a key item follows from it."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of, today
from huiyin.clock.said import short
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Post, Unit
from huiyin.proposals.models import ItemClass
from huiyin.supervision.models import Division
from huiyin.supervision.needs import all_of_this_place
from huiyin.words import Role


def leaders_in(place: Jurisdiction, actor: Actor) -> Any:
    held = Post.objects.in_role(Role.GOVERNMENT_LEADER).held_on(today()).filter(jurisdiction=place)
    return held.select_related("person", "unit")


def units_in(place: Jurisdiction, actor: Actor) -> Any:
    return Unit.objects.of(place).open()


def classes_in(place: Jurisdiction, actor: Actor) -> Any:
    return ItemClass.objects.filter(jurisdiction=place)


@requirement(late=True)
def a_unit_or_a_class(call: Call) -> str | None:
    if bool(call.given("unit")) == bool(call.given("item_class")):
        return "请选择一个分管单位，或者一个分管类别；要分管几个，就分几次填写。"
    return None


@requirement(late=True)
def not_divided_yet(call: Call) -> str | None:
    """One unit, one leader: the former division is ended first, so that the days stand in the record. What begins now
    has no end yet, so one that begins later is in its way too."""
    since = call.given("since") or day_of(call.at)
    there = Division.objects.lasting_to(since).filter(jurisdiction=call.obj.pk)
    unit, item_class = call.given("unit"), call.given("item_class")
    found = there.filter(unit=unit) if unit else there.filter(item_class=item_class)
    last = found.select_related("leader__person").order_by("since").last() if unit or item_class else None
    if last is None:
        return None
    name = last.leader.person.name
    if last.until is not None:
        return f"由{name}分管到{short(last.until, since)}，新的分工请从这一天以后起。"
    from_then = "现在" if last.since <= since else f"{short(last.since, since)}起"
    return f"{from_then}由{name}分管，请先结束原来的分工。"


@step(
    "division.set",
    label="确定市领导分工",
    undone_by="division.end",
    on="people.Jurisdiction",
    creates="supervision.Division",
    who=who.registrar,
    requires=[all_of_this_place, a_unit_or_a_class, not_divided_yet],
    fields=[
        Field("leader", "市领导", "row", options=leaders_in),
        Field("unit", "分管单位", "row", required=False, options=units_in),
        Field("item_class", "分管类别", "row", required=False, options=classes_in),
        Field("since", "从哪天起", "date", required=False, help="不填就是今天。"),
    ],
    tell=[lambda event: (event.subject.leader.person_id,)],
    sentence="确定分工：{division}",
)
def divide(
    place: Jurisdiction,
    *,
    actor: Actor,
    at: datetime,
    leader: Post,
    unit: Unit | None = None,
    item_class: ItemClass | None = None,
    since: date | None = None,
) -> tuple[Division, dict[str, Any]]:
    """From the published division of work among the leaders."""
    made = Division.objects.create(
        jurisdiction=place, leader=leader, unit=unit, item_class=item_class, since=since or day_of(at)
    )
    return made, {"texts": {"division": str(made)}}


@requirement(done=True)
def still_divided(call: Call) -> str | None:
    return "这项分工已经结束。" if call.obj.until else None


@requirement(field="until", late=True)
def ends_after_it_began(call: Call) -> str | None:
    until = call.given("until") or day_of(call.at)
    return "结束的日子不能早于开始的日子。" if until < call.obj.since else None


@step(
    "division.end",
    label="结束分工",
    on="supervision.Division",
    who=who.registrar,
    requires=[still_divided, ends_after_it_began],
    fields=[
        Field("until", "到哪天止", "date", required=False, help="不填就是今天。"),
        Field("reason", "原因", "line", required=False),
    ],
    tell=[lambda event: (event.subject.leader.person_id,)],
    sentence="分工结束：{division}。{reason}",
)
def end_division(
    division: Division, *, actor: Actor, at: datetime, until: date | None = None, reason: str = ""
) -> dict[str, Any]:
    """The leader has left, or the work is divided otherwise."""
    division.until = until or day_of(at)
    division.save(update_fields=["until"])
    return {"texts": {"division": str(division)}}
