"""会议与约谈: who was there, what was said and agreed; what a unit is to do becomes a task of its own."""

from datetime import datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post, Unit
from huiyin.proposals.models import Plenary, Proposal
from huiyin.supervision.models import Meeting
from huiyin.supervision.needs import all_of_this_place
from huiyin.supervision.tasks import ask
from huiyin.supervision.words import MeetingKind
from huiyin.words import UNIT_ROLES


def _items(plenary: Plenary, actor: Actor) -> Any:
    return Proposal.objects.in_plenary(plenary).visible_to(actor)


def _units(plenary: Plenary, actor: Actor) -> Any:
    return Unit.objects.of(plenary.jurisdiction).open()


def units_concerned(event: Event) -> set[int]:
    """The unit talked to and those that are given something to do."""
    meeting = event.subject
    units = {meeting.unit_id, *meeting.tasks.values_list("unit", flat=True)} - {None}
    held = Post.objects.held_on(day_of(event.recorded_at)).in_role(*UNIT_ROLES).filter(unit__in=units)
    return set(held.values_list("person", flat=True))


@requirement(field="unit", late=True)
def interview_names_its_unit(call: Call) -> str | None:
    if call.given("kind") == MeetingKind.INTERVIEW and not call.given("unit"):
        return "约谈要写明被约谈的单位。"
    return None


@requirement(field="attendance", late=True)
def interview_names_who_was_talked_to(call: Call) -> str | None:
    if call.given("kind") == MeetingKind.INTERVIEW and not call.given("attendance"):
        return "约谈要写明约谈人和被约谈人。"
    return None


@requirement(field="tasks", late=True)
def tasks_are_whole(call: Call) -> str | None:
    rows = call.given("tasks") or []
    if not all(row.get("unit") and (row.get("what") or "").strip() and row.get("due_on") for row in rows):
        return "每项任务都要写明单位、要求和期限。"
    known = _units(call.obj, call.actor).filter(pk__in=[row["unit"].pk for row in rows])
    if known.count() < len({row["unit"].pk for row in rows}):
        return "任务只能交给本地的单位，请重新选择单位。"
    return None


@step(
    "meeting.record",
    label="登记会议",
    on="proposals.Plenary",
    creates="supervision.Meeting",
    who=who.registrar | who.assembly_staff,
    stamps="at",
    requires=[
        all_of_this_place,
        interview_names_its_unit,
        interview_names_who_was_talked_to,
        tasks_are_whole,
    ],
    fields=[
        Field("kind", "类别", "word", words=MeetingKind),
        Field("title", "名称", "line", most=100),
        Field("unit", "被约谈单位", "row", required=False, options=_units, help="约谈才填。"),
        Field("place", "地点", "line", required=False, most=100),
        Field("attendance", "参加人员", "text", required=False, help="约谈的，写明约谈人和被约谈人。"),
        Field("record", "会议记录", "text", required=False),
        Field("outcome", "议定事项", "text", required=False),
        Field(
            "tasks",
            "交给单位办的事",
            "table",
            required=False,
            columns=(
                Field("unit", "单位", "row", required=False, options=_units),
                Field("what", "要求", "text", required=False),
                Field("due_on", "报告期限", "date", required=False),
            ),
        ),
        Field("proposals", "涉及提案", "rows", required=False, options=_items),
    ],
    tell=[units_concerned],
    sentence="{kind}：{title}",
)
def record_meeting(
    plenary: Plenary, *, actor: Actor, at: datetime, kind: str, title: str, **given: Any
) -> tuple[Meeting, dict[str, Any]]:
    """交办会, special study, 面复会, inspection, talk or 约谈; feeds the circular's figures."""
    items, tasks = given.pop("proposals", None) or [], given.pop("tasks", None) or []
    unit = given.pop("unit", None)
    kept = {name: value.strip() for name, value in given.items() if value}
    meeting = Meeting.objects.create(
        jurisdiction=plenary.jurisdiction,
        plenary=plenary,
        kind=kind,
        title=title.strip(),
        unit=unit,
        at=at,
        **kept,
    )
    meeting.proposals.set(items)
    for row in tasks:
        ask(meeting, [row["unit"]], what=row["what"], due_on=row["due_on"], at=at)
    texts = {f"task{number}": row["what"].strip() for number, row in enumerate(tasks, 1)}
    return meeting, {"tasks": len(tasks), "texts": texts}
