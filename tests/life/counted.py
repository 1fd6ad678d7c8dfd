"""What the database holds as plain data, for the recount in plain Python that knows no query of the figures."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.people.steps import moment_of
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import MarkHistory
from huiyin.reporting.figures import base_of, figures_of, rows_of
from huiyin.words import Grade, Period
from tests.reporting.recount import Recount
from tests.reporting.register import Form, Item, Promised, Share, Talk

DATED = (
    "handed_over_at",
    "filed_at",
    "merged_at",
    "voided_at",
    "refused_at",
    "elsewhere_at",
    "answer_closed_at",
    "reopened_at",
)
GRADES = [str(grade) for grade in Grade]


def differences(plenary: Plenary, on: date) -> list[str]:
    """Figures of a day that are not those of a recount, or whose rows are not as many."""
    found = {figure.code: figure for figure in figures_of(plenary, on)}
    wrong = [
        f"{code} is {figure.count} of {figure.of}, its rows are {rows}"
        for code, figure in found.items()
        if (rows := _rows(plenary, code, on)) != (figure.count, figure.of)
    ]
    by_hand = Recount(register_of(plenary), on)
    for code, count in by_hand.intake().items():
        if found[code].count != count:
            wrong.append(f"{code} is {found[code].count}, by hand {count}")
    for prefix, expected in (
        ("class.category.", by_hand.classes()),
        ("mark.", by_hand.marks()),
        ("contact.", by_hand.contacts()),
    ):
        counts = {code: one.count for code, one in found.items() if code.startswith(prefix) and one.count}
        counts.pop("contact.rate", None)
        if counts != dict(expected):
            wrong.append(f"{counts} by hand {dict(expected)}")
    for code, pair in (by_hand.replies() | by_hand.satisfaction() | by_hand.promises()).items():
        if (found[code].count, found[code].of) != pair:
            wrong.append(f"{code} is {found[code].count} of {found[code].of}, by hand {pair}")
    return wrong


def _rows(plenary: Plenary, code: str, on: date) -> tuple[int, int | None]:
    base = base_of(plenary, code, on)
    return len(set(rows_of(plenary, code, on).values_list("pk", flat=True))), (
        base.count() if base is not None else None
    )


def register_of(plenary: Plenary) -> list[Item]:
    return [_item(proposal) for proposal in plenary.proposals.order_by("pk")]


def _item(proposal: Proposal) -> Item:
    named = proposal.classifications.filter(taxonomy="category").select_related("item_class").first()
    return Item(
        **{name: getattr(proposal, name) for name in DATED},
        in_plenary=proposal.period == Period.IN_PLENARY,
        category=named.item_class.name if named else None,
        shares=[_share(share) for share in proposal.assignments.order_by("pk")],
        contacts=[Talk(*one) for one in Contact.objects.filter(proposal=proposal).values_list(*Talk._fields)],
        forms=[_form(form) for form in proposal.evaluations.filter(later=False)],
        promises=[_promised(promise) for promise in proposal.promises.exclude(state="void")],
        second_handlings=list(
            proposal.second_handlings.exclude(state="declined").values_list("ordered_at", flat=True)
        ),
    )


def _answered(share: Assignment) -> datetime | None:
    """The day of the first answer, whatever has been corrected since."""
    told = Event.objects.filter(assignment=share, code="assignment.answer").order_by("pk").last()
    return moment_of(told) if told else None


def _share(share: Assignment) -> Share:
    clock = Deadline.objects.filter(assignment=share, name="reply", round=1, cancelled_at=None).first()
    marks = MarkHistory.objects.filter(assignment=share).order_by("pk")
    return Share(
        share.role,
        share.offered_at,
        share.returned_at,
        share.cancelled_at,
        answered_at=_answered(share),
        marks=[(mark.order, mark.since) for mark in marks],
        due_on=clock.due_on if clock else None,
        met_at=clock.met_at if clock else None,
        met_known=clock.met_known if clock else True,
    )


def _form(form: Evaluation) -> Form:
    given: dict[str, Any] = {rating.dimension: GRADES.index(rating.grade) for rating in form.ratings.all()}
    counted_at = None if form.state == "revoked" else form.counted_at
    share = form.reply.assignment_id if form.reply else 0
    return Form(share, form.round, counted_at, given.get("attitude"), given.get("result"))


def _promised(promise: Any) -> Promised:
    return Promised(
        promise.undertaken_at,
        promise.first_due_on,
        moves=[(moved.moved_at, moved.due_on) for moved in promise.due_dates.order_by("moved_at", "pk")],
        kept_at=promise.kept_at,
        dropped_at=promise.dropped_at,
        named_at=promise.named_at,
        on_paper=promise.on_paper,
        altered_at=[altered.altered_at for altered in promise.alterations.all()],
    )
