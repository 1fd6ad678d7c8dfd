"""Shares and events laid out for the clock's own tests, which need no step of the apps above it."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.hear import hear
from huiyin.clock.models import Deadline
from huiyin.clock.now import moment
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.people.models import Unit
from huiyin.proposals.models import Proposal
from huiyin.rulepacks.store import version_in_force
from huiyin.words import Kind, Period, UnitRole
from tests.people import City


def laid_out(city: City, title: str = "关于增加公办幼儿园学位的提案", **more: Any) -> Proposal:
    """An item of the city's plenary under the test pack in force."""
    return Proposal.objects.create(
        plenary=city.plenary,
        jurisdiction=city.here,
        pack_version=version_in_force(city.plenary.pack_code, city.plenary.opened_on),
        kind=Kind.PROPOSAL,
        period=Period.IN_PLENARY,
        title=title,
        title_key=title,
        **more,
    )


def share(proposal: Proposal, unit: Unit, role: str = UnitRole.LEAD, **more: Any) -> Assignment:
    return Assignment.objects.create(proposal=proposal, unit=unit, role=role, **more)


def event(code: str, day: str, subject: Any, *, recorded: str | datetime | None = None, **more: Any) -> Event:
    """An event that has been written; `recorded` is the day (or moment) of its entry, else when it happened."""
    at = moment(date.fromisoformat(day), 10)
    if not isinstance(recorded, datetime):
        recorded = moment(date.fromisoformat(recorded), 10) if recorded else at
    made = Event.objects.create(
        jurisdiction_id=subject.jurisdiction_id,
        proposal=subject.proposal,
        assignment=getattr(subject, "assignment", None),
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        code=code,
        at=at,
        at_known=more.pop("at_known", True),
        recorded_at=recorded,
        corrects=more.pop("corrects", None),
        facts=more,
    )
    made.subject = subject
    return made


def tell(code: str, day: str, subject: Any, **more: Any) -> Event:
    """An event that the clock has heard."""
    made = event(code, day, subject, **more)
    hear([made])
    return made


def deadline(subject: Any, name: str) -> Deadline:
    """The one deadline of that name of a share or an item, as it is stored."""
    return Deadline.objects.get(**{subject._meta.model_name: subject}, name=name)
