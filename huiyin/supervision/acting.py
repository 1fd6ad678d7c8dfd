"""第一步实事: what a unit has really done on a share, so that a signature or an empty entry is not taken for work."""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, Least, Length, NullIf, Trim
from django.utils.timezone import get_fixed_timezone

from huiyin.contacts.models import Contact
from huiyin.handling.models import HandlingPlan
from huiyin.supervision.models import Meeting
from huiyin.supervision.words import MeetingKind

NOTE = 6  # characters below which an entry says nothing of what was done
HELD_ON_ITEMS = (MeetingKind.SPECIAL, MeetingKind.FACE_TO_FACE, MeetingKind.INSPECTION, MeetingKind.TALK)
NEVER = datetime(9000, 1, 1, tzinfo=get_fixed_timezone(0))
ALWAYS = datetime(1900, 1, 1, tzinfo=get_fixed_timezone(0))


def _said(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.order_by().annotate(said=Length(Trim(text))).filter(said__gte=NOTE)


def real_acts(share: str = "pk", item: str = "proposal") -> tuple[tuple[QuerySet[Any], str], ...]:
    """What counts on a share, each with its moment: a contact or a plan that says what, a meeting about the item.

    `share` and `item` lead from the row that is asked about to the share and to its item.
    """
    contacts = Contact.objects.filter(assignment=OuterRef(share), at_known=True)
    plans = HandlingPlan.objects.filter(assignment=OuterRef(share))
    meetings = Meeting.objects.filter(proposals=OuterRef(item), kind__in=HELD_ON_ITEMS)
    return (
        (_said(contacts, "summary"), "at"),
        (_said(plans, "measures"), "made_at"),
        (_said(meetings, "outcome"), "at"),
    )


def first_act(until: Any) -> Any:
    """The moment of the first real act on a share before `until`; None where there was none."""
    return _end_of(until, first=True)


def last_act(until: Any) -> Any:
    return _end_of(until, first=False)


def _end_of(until: Any, *, first: bool) -> Any:
    none, pick = (NEVER, Least) if first else (ALWAYS, Greatest)
    found = [
        Coalesce(
            Subquery(
                rows.filter(**{f"{moment}__lt": until})
                .order_by(moment if first else f"-{moment}")
                .values(moment)[:1],
                output_field=DateTimeField(),
            ),
            none,
            output_field=DateTimeField(),
        )
        for rows, moment in real_acts()
    ]
    return NullIf(pick(*found), none, output_field=DateTimeField())


def acted_between(since: Any, until: Any) -> Q:
    """Shares with a real act from `since` on and before `until`."""
    found = Q()
    for rows, moment in real_acts():
        found |= Q(Exists(rows.filter(**{f"{moment}__gte": since, f"{moment}__lt": until})))
    return found
