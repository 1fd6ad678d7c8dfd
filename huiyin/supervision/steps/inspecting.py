"""督查与回头看: what was found on the spot, what is to be redressed and by when, and that it was."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import all_units_people, assembly_staff_of, registrars
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.supervision.models import Inspection
from huiyin.supervision.steps.leading import STANDING

INSPECTORS = who.registrar | who.assembly_staff | who.government_leader


def _promises(proposal: Proposal, actor: Actor) -> Any:
    return Promise.objects.in_force().filter(proposal=proposal)


FIELDS = [
    Field("place", "地点", "line", required=False),
    Field("finding", "发现的情况", "text"),
    Field("promise", "承诺事项", "row", required=False, options=_promises),
    Field("redress", "整改要求", "text", required=False),
    Field("redress_due_on", "整改期限", "date", required=False),
]


def _record(
    proposal: Proposal, *, look_back: bool, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    return Inspection.objects.create(proposal=proposal, look_back=look_back, at=at, **kept), {}


@step(
    "inspection.record",
    label="登记督查",
    on="proposals.Proposal",
    creates="supervision.Inspection",
    who=INSPECTORS,
    source=STANDING,
    stamps="at",
    fields=FIELDS,
    tell=[all_units_people, registrars],
    sentence="督查：{finding}",
)
def record_inspection(
    proposal: Proposal, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    """现场督查 while the item is handled or carried out."""
    return _record(proposal, look_back=False, at=at, **given)


@requirement()
def answered_already(call: Call) -> str | None:
    if Reply.objects.issued().filter(assignment__proposal=call.obj).exists():
        return None
    return "回头看在答复以后进行；这一件还没有答复，请登记督查。"


@step(
    "look_back.record",
    label="登记回头看",
    on="proposals.Proposal",
    creates="supervision.Inspection",
    who=INSPECTORS,
    source=STANDING,
    stamps="at",
    requires=[answered_already],
    fields=FIELDS,
    tell=[all_units_people, registrars, assembly_staff_of],
    sentence="回头看：{finding}",
)
def look_back(
    proposal: Proposal, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    """回头看: whether what the reply said is true and kept to."""
    return _record(proposal, look_back=True, at=at, **given)


@requirement(done=True)
def not_redressed_yet(call: Call) -> str | None:
    return "整改结果已经报告过了。" if call.obj.redressed_at else None


@requirement()
def redress_is_asked(call: Call) -> str | None:
    return None if call.obj.redress else "这次督查没有提出整改要求，不用报告。"


@step(
    "inspection.redress",
    label="报告整改结果",
    on="supervision.Inspection",
    who=who.handles_in_item,
    stamps="redressed_at",
    requires=[not_redressed_yet, redress_is_asked],
    fields=[Field("redressed", "整改结果", "text")],
    tell=[registrars, assembly_staff_of],
    sentence="{unit}报告整改结果：{redressed}",
)
def redress(inspection: Inspection, *, actor: Actor, at: datetime, redressed: str) -> None:
    inspection.redressed = redressed.strip()
    inspection.save(update_fields=["redressed"])
