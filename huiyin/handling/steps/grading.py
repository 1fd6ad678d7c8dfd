"""难易程度的异议: a unit may say once that its item is graded wrongly; the office rules."""

from datetime import datetime
from typing import Any

from huiyin.handling.models import Assignment, GradeObjection
from huiyin.handling.steps.returning import IN_HAND, refusal_has_a_reason
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.proposals.steps import difficulty_is_on_the_scale, grade_difficulty
from huiyin.words import Ruling

also_dates("assignment.object_difficulty", "handling.GradeObjection", "assignment", "asked_at")
also_dates("assignment.rule_difficulty", "handling.GradeObjection", "assignment", "ruled_at")


@requirement()
def is_graded(call: Call) -> str | None:
    return None if call.obj.proposal.difficulty else "这一件还没有定难易程度，不用提异议。"


@requirement()
def objects_once(call: Call) -> str | None:
    said = call.obj.gradeobjections.exists()
    return (
        "本单位对这一件的难易程度已经提过异议，只能提一次；如有新情况，请与市政府办公室联系。"
        if said
        else None
    )


@requirement(field="difficulty", late=True)
def another_grade_is_proposed(call: Call) -> str | None:
    same = call.given("difficulty") == call.obj.proposal.difficulty
    return "建议的难易程度与现在的一样，请填写您认为合适的等级。" if same else None


@step(
    "assignment.object_difficulty",
    label="对难易程度提异议",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source=IN_HAND,
    requires=[is_graded, objects_once, difficulty_is_on_the_scale, another_grade_is_proposed],
    fields=[
        Field("difficulty", "建议的难易程度（从1起，数字越大越难）", "number"),
        Field("reason", "理由", "text"),
    ],
    tell=[tell.registrars],
    sentence="{unit}认为难易程度应为{grade}：{reason}",
)
def object_difficulty(
    assignment: Assignment, *, actor: Actor, at: datetime, difficulty: int, reason: str
) -> dict[str, Any]:
    """异议: handling goes on meanwhile, and the grade stands until the office rules."""
    GradeObjection.objects.create(assignment=assignment, grade=difficulty, reason=reason.strip(), asked_at=at)
    item = assignment.proposal
    return {"difficulty": difficulty, "grade": item.pack.difficulty(item.kind).label_of(difficulty)}


@requirement()
def an_objection_waits(call: Call) -> str | None:
    waits = call.obj.gradeobjections.filter(ruling="").exists()
    return None if waits else "没有等待裁定的难易程度异议，不用裁定。"


@step(
    "assignment.rule_difficulty",
    label="裁定难易程度异议",
    on="handling.Assignment",
    who=who.registrar,
    requires=[an_objection_waits, refusal_has_a_reason],
    fields=[
        Field("ruling", "裁定", "word", words=Ruling),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.unit_people],
    sentence="{ruling}{target}对难易程度的异议：{reason}",
)
def rule_difficulty(
    assignment: Assignment, *, actor: Actor, at: datetime, ruling: str, reason: str = ""
) -> dict[str, Any]:
    """裁定: granted, the item takes the grade that the unit proposed."""
    objection = assignment.gradeobjections.get(ruling="")
    objection.ruling, objection.ruling_reason, objection.ruled_at = ruling, reason.strip(), at
    objection.save(update_fields=["ruling", "ruling_reason", "ruled_at"])
    if ruling == Ruling.GRANTED:
        grade_difficulty(
            assignment.proposal, actor=actor, at=at, difficulty=objection.grade, reason=objection.reason
        )
    return {"target_unit": assignment.unit}
