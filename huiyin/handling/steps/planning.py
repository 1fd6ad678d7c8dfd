"""定人、定案、定时: who handles a share, what is to be done by when; passed on inside the unit and taken over."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.limits import answer_deadline
from huiyin.handling.models import Assignment, HandlingPlan
from huiyin.handling.steps.assigning import STANDING
from huiyin.journal.fields import Field
from huiyin.journal.step import Among, Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.people.steps import also_dates
from huiyin.words import UNIT_ROLES, AssignmentState

also_dates("assignment.plan", "handling.HandlingPlan", "assignment", "made_at")

AT_WORK = {
    AssignmentState.SIGNED,
    AssignmentState.PLANNED,
    AssignmentState.REHANDLING,
    AssignmentState.OPINION_GIVEN,
}
OPEN = STANDING - {AssignmentState.CLOSED}


def people_of_unit(assignment: Assignment, actor: Actor | None = None) -> Any:
    """Who may handle it: posts of the unit that are not closed."""
    posts = Post.objects.filter(unit=assignment.unit_id, to_on=None)
    return posts.in_role(*UNIT_ROLES).select_related("person", "unit")


@requirement(field="person", late=True)
def person_works_there(call: Call) -> str | None:
    person = call.given("person")
    if person is None:
        return None
    if person.unit_id != call.obj.unit_id:
        return f"{person.person.name}不在{call.obj.unit.name}任职，请选本单位的人员。"
    if person.to_on is not None and person.to_on < day_of(call.at):
        return f"{person.person.name}已于{in_full(person.to_on)}离任，请选仍在本单位任职的人员。"
    return None


@requirement(field="until", gap="plan_after_due", late=True)
def plan_ends_in_time(call: Call) -> str | None:
    until = call.given("until")
    deadline = answer_deadline(call.obj) if until else None
    if deadline is None or until <= deadline.due_on:
        return None
    return f"完成时限晚于答复期限{in_full(deadline.due_on)}，请提前安排，或先申请延期。"


def _give_to(assignment: Assignment, person: Post, division: str) -> None:
    assignment.handler = person
    assignment.division = division or person.division
    assignment.save(update_fields=["handler", "division"])


def _after_planning(call: Call) -> AssignmentState:
    """A plan for a second handling leaves the share where it is."""
    again = call.obj.state == AssignmentState.REHANDLING
    return AssignmentState.REHANDLING if again else AssignmentState.PLANNED


@step(
    "assignment.plan",
    label="定人定案定时",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source={AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING},
    target=Among(frozenset({AssignmentState.PLANNED, AssignmentState.REHANDLING}), _after_planning),
    requires=[person_works_there, plan_ends_in_time],
    fields=[
        Field("person", "承办人", "row", required=False, options=people_of_unit),
        Field("measures", "措施", "text"),
        Field("until", "完成时限", "date", required=False),
    ],
    tell=[tell.handler_of],
    sentence="{unit}制定办理方案：{measures}",
)
def plan(
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    measures: str,
    person: Post | None = None,
    until: date | None = None,
) -> None:
    """定人、定案、定时: a later plan takes the place of the earlier one, which stays."""
    HandlingPlan.objects.create(
        assignment=assignment, person=person, measures=measures, until=until, made_at=at
    )
    if person is not None:
        _give_to(assignment, person, "")


@step(
    "assignment.pass_on",
    label="转科室承办",
    on="handling.Assignment",
    who=who.coordinates_in_unit,
    source=OPEN,
    requires=[person_works_there],
    fields=[
        Field("division", "承办科室", "line", most=60),
        Field("person", "承办人", "row", required=False, options=people_of_unit),
        Field("note", "批办意见", "text", required=False),
    ],
    tell=[tell.handler_of],
    bulk=True,
    sentence="{unit}转{division}承办：{note}",
)
def pass_on(
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    division: str,
    person: Post | None = None,
    note: str = "",
) -> None:
    """转办 inside the unit: the office of the unit names the division and the person."""
    assignment.division = division.strip()
    if person is not None:
        assignment.handler = person
    assignment.save(update_fields=["division", "handler"])


@step(
    "assignment.take_over",
    label="交接承办人",
    on="handling.Assignment",
    who=who.coordinates_in_unit,
    source=OPEN,
    requires=[person_works_there],
    fields=[
        Field("person", "接手的承办人", "row", options=people_of_unit),
        Field("reason", "原因", "text", required=False),
    ],
    tell=[tell.handler_of],
    bulk=True,
    sentence="{unit}更换承办人：{reason}",
)
def take_over(
    assignment: Assignment, *, actor: Actor, at: datetime, person: Post, reason: str = ""
) -> dict[str, Any]:
    """交接: the handler changes, also in mid-draft; the draft, its versions and every date stay as they are."""
    before = assignment.handler_id
    _give_to(assignment, person, "")
    return {"before": before}
