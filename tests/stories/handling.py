"""In the hands of the units: assigned, signed for, planned, talked over, co-opinions given."""

from collections.abc import Iterable
from typing import Any

from huiyin.contacts import steps as contacts
from huiyin.contacts.models import Contact
from huiyin.handling import steps
from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.models import Proposal
from tests.people import City
from tests.stories import intake, moments
from tests.stories.moments import at


def share(proposal: Proposal, unit: Unit) -> Assignment:
    """The unit's share of the item, as it is now."""
    return proposal.assignments.get(unit=unit)


def assigned(
    city: City,
    proposal: Proposal | None = None,
    *,
    lead: Unit | None = None,
    leads: Iterable[Unit] = (),
    co: Iterable[Unit] = (),
    separate: Iterable[Unit] = (),
    when: str = moments.ASSIGNED,
    **given: Any,
) -> Assignment:
    """Given to 市教育局 unless told otherwise; returns the first answering unit's share."""
    proposal = proposal or intake.classified(city, **given)
    separate = list(separate)
    wanted = list(leads) or ([] if separate and lead is None else [lead or city.education])
    events = steps.assign_all(
        proposal,
        actor=city.lin_lan,
        at=at(when),
        leads=wanted,
        cos=co,
        separates=separate,
        parts={unit.pk: f"涉及{unit.name}的部分" for unit in separate},
    )
    made = [event.subject for event in events]
    return next(share for share in made if share.is_answering)


def person_of(city: City, unit: Unit) -> Actor:
    """Who acts for a unit in the stories."""
    people = {
        city.education.pk: city.chen_jing,
        city.police.pk: city.sun_yue,
        city.land.pk: city.he_shan,
        city.water.pk: city.unit_without_share,
    }
    return people[unit.pk]


def signed(
    city: City, assignment: Assignment | None = None, *, when: str = moments.SIGNED, **given: Any
) -> Assignment:
    assignment = assignment or assigned(city, **given)
    return steps.sign(assignment, actor=person_of(city, assignment.unit), at=at(when)).subject


def planned(
    city: City, assignment: Assignment | None = None, *, when: str = moments.PLANNED, **given: Any
) -> Assignment:
    """周宁 is named as the handler where 市教育局 leads."""
    assignment = assignment or signed(city, **given)
    actor = person_of(city, assignment.unit)
    person = city.zhou_ning.post if assignment.unit_id == city.education.pk else actor.post
    return steps.plan(
        assignment, actor=actor, at=at(when), person=person, measures="摸清学位缺口，列入建设计划"
    ).subject


def contacted(
    city: City,
    assignment: Assignment,
    *,
    when: str = moments.CONTACTED,
    phase: str = "before",
    **given: Any,
) -> Contact:
    """A talk with the lead proposer."""
    given = {"way": "talk", "proposer": city.lead_proposer, "summary": "介绍办理打算"} | given
    return contacts.log(
        assignment, actor=person_of(city, assignment.unit), at=at(when), phase=phase, **given
    ).subject


def opinion_given(city: City, assignment: Assignment, *, when: str = moments.OPINION) -> Assignment:
    """The co-unit signs, where it has not yet, and gives its opinion."""
    actor = person_of(city, assignment.unit)
    if assignment.state == "offered":
        assignment = steps.sign(assignment, actor=actor, at=at(moments.SIGNED)).subject
    return steps.give_opinion(assignment, actor=actor, at=at(when), text="我单位做好安全配合。").subject
