"""督办任务: received, reported with proof, accepted or sent back; its date moved and itself cancelled in the open."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.files.keep import keep
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.people.tell import registrars, target_unit_people
from huiyin.supervision.models import Task, TaskDate, TaskReport
from huiyin.supervision.tasks import OPEN
from huiyin.supervision.words import TaskState

also_dates("task.report", "supervision.TaskReport", "task", "reported_at")
also_dates("task.send_back", "supervision.TaskReport", "task", "sent_back_at")
for code in ("task.send_back", "task.move_date"):
    also_dates(code, "supervision.TaskDate", "task", "moved_at")
for code, link in (
    ("instruction.give", "instruction"),
    ("inspection.record", "inspection"),
    ("inspection.again", "inspection"),
    ("look_back.record", "inspection"),
    ("look_back.visit", "inspection"),
    ("meeting.record", "meeting"),
):
    also_dates(code, "supervision.Task", link, "given_at")

ACCEPTS = who.registrar | who.government_leader


def leader_of_the_instruction(event: Event) -> Iterable[int]:
    instruction = event.subject.instruction
    return (instruction.leader.person_id,) if instruction else ()


@requirement(done=True)
def not_received_yet(call: Call) -> str | None:
    return "这项任务已经签收。" if call.obj.received_at else None


@step(
    "task.receive",
    label="签收任务",
    on="supervision.Task",
    who=who.handles_for_unit,
    source={TaskState.GIVEN},
    stamps="received_at",
    requires=[not_received_yet],
    tell=[registrars],
    bulk=True,
    sentence="{unit}签收督办任务",
)
def receive(task: Task, *, actor: Actor, at: datetime) -> None:
    """The unit has seen what is asked of it and by when."""


@step(
    "task.report",
    label="报告落实情况",
    on="supervision.Task",
    who=who.handles_for_unit,
    source={TaskState.GIVEN},
    target=TaskState.REPORTED,
    stamps="reported_at",
    fields=[
        Field("text", "落实情况", "text", help="写明做了什么、什么时候做的、谁能证明。"),
        Field("document_number", "文号", "code", required=False, most=80),
        Field(
            "attachments",
            "佐证",
            "files",
            required=False,
            help="照片、文件都可以。没有佐证的报告，政府办公室要另行核实才能确认。",
        ),
    ],
    tell=[registrars, leader_of_the_instruction],
    sentence="{unit}报告督办任务落实情况：{text}",
)
def report(task: Task, *, actor: Actor, at: datetime, text: str, **given: Any) -> dict[str, Any]:
    """With what shows it; words alone can be reported but stand on the pages as such."""
    files = keep(given.get("attachments"), proposal=task.proposal, actor=actor, at=at)
    made = TaskReport.objects.create(
        task=task,
        text=text.strip(),
        document_number=given.get("document_number") or "",
        reported_at=at,
    )
    made.attachments.set(files)
    if task.received_at is None:
        task.received_at = at
        task.save(update_fields=["received_at"])
    return {"report": made.pk, "attachments": [file.pk for file in files]}


def last_report(task: Task) -> TaskReport | None:
    return task.reports.last()


@requirement(field="checked", late=True)
def proven_or_checked(call: Call) -> str | None:
    """Redress reported without proof is not accepted on the unit's word."""
    last = last_report(call.obj)
    if call.given("checked") or (last and last.has_proof):
        return None
    return "单位的报告没有附件也没有文号。请写明怎样核实的，或者退回请单位补充佐证。"


@step(
    "task.accept",
    label="确认落实",
    on="supervision.Task",
    who=ACCEPTS,
    source={TaskState.REPORTED},
    target=TaskState.ACCEPTED,
    stamps="accepted_at",
    requires=[proven_or_checked],
    fields=[
        Field("checked", "核实情况", "text", required=False, help="单位没有附佐证的，要写明怎样核实的。")
    ],
    tell=[target_unit_people, registrars],
    sentence="确认{target}落实了督办任务。{checked}",
)
def accept(task: Task, *, actor: Actor, at: datetime, checked: str = "") -> dict[str, Any]:
    """The leader or the office is satisfied; only this ends a task."""
    task.checked = checked.strip()
    task.save(update_fields=["checked"])
    return {"target_unit": task.unit}


@step(
    "task.send_back",
    label="退回任务报告",
    on="supervision.Task",
    who=ACCEPTS,
    source={TaskState.REPORTED},
    target=TaskState.GIVEN,
    fields=[
        Field("reason", "退回原因", "text"),
        Field("due_on", "重新报告的期限", "date", required=False, help="不填就还是原来的期限。"),
    ],
    tell=[target_unit_people],
    sentence="退回{target}的任务报告：{reason}",
)
def send_back(
    task: Task, *, actor: Actor, at: datetime, reason: str, due_on: date | None = None
) -> dict[str, Any]:
    """What was reported stays, as not accepted; the task is owed again."""
    task.reports.filter(sent_back_at=None).update(sent_back_at=at, reason=reason.strip())
    if due_on is not None and due_on != task.due_on:
        _move(task, due_on, at)
    return {"target_unit": task.unit}


def _move(task: Task, due_on: date, at: datetime) -> None:
    """The day that held before stays, with when it was moved."""
    TaskDate.objects.create(task=task, was=task.due_on, due_on=due_on, moved_at=at)
    task.due_on = due_on
    task.save(update_fields=["due_on"])


@requirement(field="due_on", late=True)
def another_day(call: Call) -> str | None:
    same = call.given("due_on") is not None and call.given("due_on") == call.obj.due_on
    return "这就是现在的期限，不用调整。" if same else None


@step(
    "task.move_date",
    label="调整任务期限",
    on="supervision.Task",
    who=ACCEPTS,
    source={TaskState.GIVEN},
    requires=[another_day],
    fields=[Field("due_on", "新的期限", "date"), Field("reason", "理由", "text")],
    tell=[target_unit_people],
    sentence="把{target}督办任务的期限{was}调整到{due_on}：{reason}",
)
def move_date(task: Task, *, actor: Actor, at: datetime, due_on: date, reason: str) -> dict[str, Any]:
    """Only who asked moves the day; both days stand in the event."""
    was = task.due_on
    _move(task, due_on, at)
    return {"target_unit": task.unit, "was": was.isoformat() if was else None}


@step(
    "task.cancel",
    label="撤销任务",
    on="supervision.Task",
    who=ACCEPTS,
    source=frozenset(OPEN),
    target=TaskState.CANCELLED,
    stamps="cancelled_at",
    fields=[Field("reason", "原因", "text")],
    tell=[target_unit_people],
    sentence="撤销{target}的督办任务：{reason}",
)
def cancel(task: Task, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """Asked by mistake, or of a unit that no longer has it."""
    return {"target_unit": task.unit}
