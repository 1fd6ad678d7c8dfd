"""领办督办与批示: government leaders lead or supervise key items, and say in a line what is to be done."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of, today
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post, Unit
from huiyin.people.tell import all_units_people, proposers_of, registrars, target_unit_people
from huiyin.proposals.models import Proposal
from huiyin.supervision.divisions import leader_for, leaders_for
from huiyin.supervision.models import Instruction, Leadership
from huiyin.supervision.needs import all_of_this_place
from huiyin.supervision.tasks import ask
from huiyin.words import LeadershipKind, ProposalState, Role

STANDING = frozenset(ProposalState) - {
    ProposalState.WITHDRAWN,
    ProposalState.NOT_FILED,
    ProposalState.MERGED,
    ProposalState.VOID,
}

NOBODY = "没有分工，请先在“市领导领办督办清单”确定由哪位市领导分管，或者在表单里选一位市领导。"


def leader_concerned(event: Event) -> Iterable[int]:
    return (event.subject.leader.person_id,)


def leaders_ever(obj: Any, actor: Actor) -> Any:
    """Government leaders of the item's jurisdiction, also those who have left: paper comes in later."""
    posts = Post.objects.in_role(Role.GOVERNMENT_LEADER).filter(jurisdiction=obj.jurisdiction_id)
    return posts.select_related("person", "unit")


def leaders_here(obj: Any, actor: Actor) -> Any:
    """Those in office."""
    return leaders_ever(obj, actor).held_on(today())


def proposed_leader(proposal: Proposal) -> int | None:
    """By the division of work in force today."""
    leader = leader_for(proposal, today())
    return leader.pk if leader else None


def units_of(obj: Any, actor: Actor) -> Any:
    return Unit.objects.filter(assignments__in=obj.proposal.assignments.standing()).distinct()


def leaders_of_each(items: Iterable[Proposal]) -> dict[int, str]:
    """Whom each of several items would get by the division of work, before it is done."""
    items = list(items)
    found = leaders_for(items, today())
    return {
        item.pk: f"市领导：{found[item.pk].person.name}" if item.pk in found else NOBODY for item in items
    }


@requirement(field="leader", late=True)
def somebody_is_responsible(call: Call) -> str | None:
    """Named in the form, or by the division of work on that day."""
    return None if call.given("leader") or leader_for(call.obj, day_of(call.at)) else NOBODY


@requirement(field="leader", late=True)
def not_leading_yet(call: Call) -> str | None:
    leader = call.given("leader") or leader_for(call.obj, day_of(call.at))
    current = Leadership.objects.current().filter(proposal=call.obj, leader=leader)
    if current.filter(kind=call.given("kind")).exists():
        return "这位市领导已经在领办或督办这一件，不用重复确定。"
    return None


@step(
    "leadership.assign",
    label="确定领办督办",
    undone_by="leadership.end",
    on="proposals.Proposal",
    creates="supervision.Leadership",
    who=who.registrar,
    source=STANDING,
    stamps="since",
    requires=[somebody_is_responsible, not_leading_yet, all_of_this_place],
    fields=[
        Field(
            "leader",
            "市领导",
            "row",
            required=False,
            options=leaders_here,
            initial=proposed_leader,
            each=leaders_of_each,
            help="不选就按分工确定。",
        ),
        Field("kind", "方式", "word", words=LeadershipKind),
    ],
    tell=[leader_concerned, all_units_people, proposers_of],
    bulk=True,
    sentence="确定由{leader_name}{kind}",
)
def assign_leader(
    proposal: Proposal, *, actor: Actor, at: datetime, kind: str, leader: Post | None = None
) -> tuple[Leadership, dict[str, Any]]:
    """A member of the government leads or supervises the item; where none is named, by the division of work."""
    leader = leader or leader_for(proposal, day_of(at))
    assert leader is not None  # the requirement has seen to it
    made = Leadership.objects.create(proposal=proposal, leader=leader, kind=kind, since=at)
    return made, {"leader": leader.pk, "texts": {"leader_name": leader.person.name}}


@requirement(done=True)
def still_leading(call: Call) -> str | None:
    return "这项领办或督办已经结束。" if call.obj.until else None


@step(
    "leadership.end",
    label="结束领办督办",
    on="supervision.Leadership",
    who=who.registrar,
    stamps="until",
    requires=[still_leading],
    fields=[Field("reason", "原因", "text", required=False)],
    tell=[leader_concerned],
    sentence="领办督办结束。{reason}",
)
def end_leadership(leadership: Leadership, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """The item is done, or the division of work among the leaders has changed."""


@requirement(field="leader", late=True)
def leader_named(call: Call) -> str | None:
    """The office enters an instruction from paper and says whose it is."""
    if call.actor.role == Role.GOVERNMENT_LEADER or call.given("leader"):
        return None
    return "请选择作出批示的市领导。"


@requirement(field="leader", late=True)
def in_office_then(call: Call) -> str | None:
    leader = call.given("leader")
    if leader is None or Post.objects.held_on(day_of(call.at)).filter(pk=leader.pk).exists():
        return None
    return f"{leader.person.name}在批示的那一天不担任市领导，请选当时任职的市领导。"


@step(
    "instruction.give",
    label="批示",
    on="proposals.Proposal",
    creates="supervision.Instruction",
    who=who.government_leader | who.registrar,
    source=STANDING,
    stamps="given_at",
    requires=[leader_named, in_office_then, all_of_this_place],
    fields=[
        Field("text", "批示内容", "text"),
        Field("unit", "落实单位", "row", required=False, options=units_of, help="不选就是各承办单位。"),
        Field("due_on", "报告期限", "date", required=False),
        Field(
            "leader", "市领导", "row", required=False, options=leaders_ever, help="市领导本人批示的，不用选。"
        ),
    ],
    tell=[all_units_people, target_unit_people, registrars],
    sentence="市领导批示：{text}",
)
def give_instruction(
    proposal: Proposal,
    *,
    actor: Actor,
    at: datetime,
    text: str,
    unit: Unit | None = None,
    due_on: date | None = None,
    leader: Post | None = None,
) -> tuple[Instruction, dict[str, Any]]:
    """A leader's line, and a task for each unit it is meant for: what came of it is reported and accepted there."""
    by = actor.post if actor.role == Role.GOVERNMENT_LEADER else leader
    assert by is not None  # the requirement has seen to it
    made = Instruction.objects.create(
        proposal=proposal, leader=by, unit=unit, text=text.strip(), due_on=due_on, given_at=at
    )
    ask(made, sorted(made.unit_ids), what=made.text, due_on=due_on, at=at)
    return made, {"leader": made.leader_id, "target_unit": unit}


@Prepared
def _meant_for_all(item: int) -> Any:
    return Instruction.objects.filter(proposal=item, unit=None)


@after("assignment.assign")
def ask_the_new_unit_too(event: Event) -> None:
    """A line on an item that nobody had yet, or that a unit joins later, is meant for that unit as well."""
    for instruction in _meant_for_all(event.proposal_id):
        if instruction.tasks.open().exists() or not instruction.tasks.exists():
            ask(
                instruction,
                [event.subject.unit_id],
                what=instruction.text,
                due_on=instruction.due_on,
                at=event.at,
            )
