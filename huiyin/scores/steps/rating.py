"""互评与提案质量: how lead and co-units worked together, each unseen; what a unit found a proposal to be worth."""

from datetime import date, datetime, timedelta
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.models import ANSWERING, Assignment
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.rulepacks.scores import DAYS
from huiyin.scores.models import PartnerRating, QualityRating
from huiyin.scores.words import QualityDimension, QualityGrade
from huiyin.words import AssignmentState, Grade, UnitRole

AT_WORK = {
    AssignmentState.PLANNED,
    AssignmentState.OPINION_GIVEN,
    AssignmentState.ANSWERED,
    AssignmentState.REHANDLING,
    AssignmentState.CLOSED,
}


def partners(share: Assignment, actor: Actor) -> Any:
    """The co-units of who answers, and who answers of a co-unit."""
    roles = ANSWERING if share.role == UnitRole.CO else (UnitRole.CO,)
    others = Assignment.objects.standing().filter(proposal=share.proposal_id, role__in=roles)
    return others.exclude(pk=share.pk).select_related("unit")


def closes_on(item: Proposal) -> date | None:
    """Until when the units may rate each other: so many days after the first answer; None before it."""
    first = Reply.objects.issued().filter(assignment__proposal=item).order_by("issued_at").first()
    if first is None or first.issued_at is None:
        return None
    return day_of(first.issued_at) + timedelta(days=days_of(item))


def days_of(item: Proposal) -> int:
    entries = [one for one in item.pack.scoring_for(item.kind) if one.measure == "partner_rating"]
    return next((one.within_days for one in entries if one.within_days is not None), DAYS)


@requirement()
def answered_and_open(call: Call) -> str | None:
    until = closes_on(call.obj.proposal)
    if until is None:
        return "互评在答复送出以后进行，现在还没有答复。"
    if day_of(call.at) > until:
        return f"互评到{in_full(until)}截止，现在不能再评。"
    return None


@requirement()
def has_partners(call: Call) -> str | None:
    return None if partners(call.obj, call.actor).exists() else "这一件没有与本单位一起主办、会办的单位。"


@requirement(field="rated", late=True)
def a_partner_not_rated_yet(call: Call) -> str | None:
    rated = call.given("rated")
    if rated is None:
        return None
    if not partners(call.obj, call.actor).filter(pk=rated.pk).exists():
        return "只能评价与本单位一起主办、会办这一件的单位。"
    done = PartnerRating.objects.filter(assignment=call.obj, rated=rated).exists()
    return f"本单位已经评价过{rated.unit.name}，互评不能修改。" if done else None


def _not_rated(share: Assignment, actor: Actor) -> Any:
    done = PartnerRating.objects.filter(assignment=share).values("rated")
    return partners(share, actor).exclude(pk__in=done)


@step(
    "partner.rate",
    label="评价配合情况",
    on="handling.Assignment",
    creates="scores.PartnerRating",
    who=who.coordinates_in_unit,
    source=AT_WORK,
    stamps="given_at",
    requires=[has_partners, answered_and_open, a_partner_not_rated_yet],
    fields=[
        Field("rated", "单位", "row", options=_not_rated),
        Field("grade", "配合情况", "word", words=Grade),
        Field(
            "reason", "说明", "text", required=False, help="双方都评价以后，或者互评截止以后，对方才能看到。"
        ),
    ],
    sentence="{unit}评价了办理这一件的配合情况",
)
def rate_partner(
    share: Assignment, *, actor: Actor, at: datetime, rated: Assignment, grade: str, reason: str = ""
) -> tuple[PartnerRating, None]:
    """Unseen: the sentence says only that it was done."""
    until = closes_on(share.proposal)
    assert until is not None  # the requirement has seen to it
    made = PartnerRating.objects.create(
        assignment=share, rated=rated, grade=grade, reason=reason.strip(), given_at=at, closes_on=until
    )
    return made, None


@requirement(done=True)
def quality_not_rated_yet(call: Call) -> str | None:
    return "本单位已经评价过这件提案的质量。" if call.obj.qualityratings.exists() else None


@step(
    "quality.rate",
    label="评价提案质量",
    on="handling.Assignment",
    creates="scores.QualityRating",
    who=who.handles_for_unit,
    source=AT_WORK,
    stamps="given_at",
    requires=[quality_not_rated_yet],
    fields=[
        *(Field(one.value, one.label, "word", words=QualityGrade) for one in QualityDimension),
        Field(
            "reason", "说明", "text", required=False, help="只给政协提案委、人大代表工委和市政府办公室看。"
        ),
    ],
    sentence="{unit}评价了提案质量",
)
def rate_quality(
    share: Assignment, *, actor: Actor, at: datetime, reason: str = "", **grades: str
) -> tuple[QualityRating, None]:
    """For the assembly, so that next year's proposals are better; never held against the proposer."""
    made = QualityRating.objects.create(assignment=share, given_at=at, reason=reason.strip(), **grades)
    return made, None
