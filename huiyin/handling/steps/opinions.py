"""会办意见: a co-handler's written opinion to the lead; the lead's reply reports it (R2)."""

from datetime import datetime
from typing import Any

from huiyin.handling.models import Assignment, CoOpinion
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.words import AssignmentState, UnitRole

also_dates("assignment.give_opinion", "handling.CoOpinion", "assignment", "given_at")


@requirement()
def is_co_handler(call: Call) -> str | None:
    if call.obj.role == UnitRole.CO:
        return None
    return "主办、分办单位直接答复提案者，不用交会办意见，请起草答复。"


@requirement()
def not_given_this_round(call: Call) -> str | None:
    given = call.obj.coopinions.filter(round=call.obj.round).exists()
    return "这一轮已经交过会办意见，请修改原来的意见。" if given else None


@step(
    "assignment.give_opinion",
    label="提交会办意见",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source={AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING},
    target=AssignmentState.OPINION_GIVEN,
    requires=[is_co_handler, not_given_this_round],
    fields=[Field("text", "会办意见", "text")],
    tell=[tell.answering_units_people],
    sentence="{unit}提交会办意见",
)
def give_opinion(assignment: Assignment, *, actor: Actor, at: datetime, text: str) -> dict[str, Any]:
    """会办意见 in writing, once a round; a co-handler does not answer the proposer directly."""
    CoOpinion.objects.create(assignment=assignment, round=assignment.round, text=text, given_at=at)
    return {"round": assignment.round}


@requirement()
def lead_has_not_answered(call: Call) -> str | None:
    answering = call.obj.proposal.assignments.standing().answering()
    answered = answering.filter(state__in=[AssignmentState.ANSWERED, AssignmentState.CLOSED])
    if answering.exists() and not answering.exclude(pk__in=answered).exists():
        return "主办单位已经答复，会办意见不能再修改；情况有变的，请直接告知主办单位。"
    return None


@step(
    "assignment.revise_opinion",
    label="修改会办意见",
    on="handling.Assignment",
    who=who.handles_for_unit,
    source={AssignmentState.OPINION_GIVEN},
    requires=[is_co_handler, lead_has_not_answered],
    fields=[
        Field(
            "text",
            "会办意见",
            "text",
            initial=lambda assignment: (
                assignment.coopinions.filter(round=assignment.round).values_list("text", flat=True).last()
            ),
        )
    ],
    tell=[tell.answering_units_people],
    sentence="{unit}修改会办意见",
)
def revise_opinion(assignment: Assignment, *, actor: Actor, at: datetime, text: str) -> dict[str, Any]:
    """The opinion of this round is put right before the lead answers; the earlier text stays in the journal."""
    opinion = assignment.coopinions.get(round=assignment.round)
    before, opinion.text = opinion.text, text
    opinion.save(update_fields=["text"])
    return {"round": assignment.round, "texts": {"before": before}}
