"""Writes a register of `register.py` into the database as rows."""

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Evaluation, Rating, SecondHandling
from huiyin.handling.models import Assignment
from huiyin.promises.models import Alteration, DueDate, Promise
from huiyin.proposals.models import Classification, ItemClass, Plenary, Proposal
from huiyin.replies.models import MarkHistory, Reply
from huiyin.rulepacks.store import version_in_force
from huiyin.words import Grade
from tests.people import City
from tests.reporting.register import FIRST, Item, Promised, Share

MARKS = {1: "A", 2: "B", 3: "C"}
SCHEME = "测试2020"


def write(city: City, register: list[Item], plenary: Plenary | None = None) -> list[Proposal]:
    return [_item(city, plenary or city.plenary, item, n) for n, item in enumerate(register, 1)]


def _item(city: City, plenary: Plenary, item: Item, n: int) -> Proposal:
    dated = ("handed_over", "filed", "merged", "voided", "refused", "elsewhere", "answer_closed", "reopened")
    moments = {f"{name}_at": getattr(item, f"{name}_at") for name in dated}
    begun = min([moment for moment in moments.values() if moment], default=None)
    proposal = Proposal.objects.create(
        plenary=plenary,
        jurisdiction=plenary.jurisdiction,
        pack_version=version_in_force(plenary.pack_code, FIRST),
        kind=plenary.kind,
        period="in_plenary" if item.in_plenary else "between",
        number=str(n),
        title=f"第{n}件",
        title_key=f"第{n}件",
        received_at=begun,
        **moments,
    )
    if item.category:
        known, _ = ItemClass.objects.get_or_create(
            jurisdiction=plenary.jurisdiction, taxonomy="category", name=item.category
        )
        Classification.objects.create(proposal=proposal, taxonomy="category", item_class=known)
    units = [city.education, city.police, city.land]
    shares = [
        _share(proposal, unit, share) for unit, share in zip(units, _at_least_two(item.shares), strict=False)
    ]
    for talk in item.contacts:
        Contact.objects.create(proposal=proposal, **talk._asdict())
    for promised in item.promises:
        _promise(proposal, promised)
    for ordered_at in item.second_handlings:
        SecondHandling.objects.create(proposal=proposal, ordered_at=ordered_at)
    _forms(proposal, shares, item)
    return proposal


def _at_least_two(shares: list[Share]) -> list[Share]:
    """Forms are about the answer of one of two shares; those that the register lacks were never offered."""
    return [*shares, *[Share("co", None)] * (2 - len(shares))]


def _share(proposal: Proposal, unit, share: Share) -> Assignment:
    gone = share.returned_at or share.cancelled_at
    assignment = Assignment.objects.create(
        proposal=proposal,
        unit=unit,
        role=share.role,
        state="returned" if gone else "offered",
        offered_at=share.offered_at,
        returned_at=share.returned_at,
        cancelled_at=share.cancelled_at,
        answered_at=share.answered_at,
    )
    replies = [Reply.objects.create(assignment=assignment, round=round_) for round_ in (1, 2)]
    MarkHistory.objects.bulk_create(
        MarkHistory(
            proposal=proposal,
            assignment=assignment,
            reply=replies[0],
            scheme=SCHEME,
            mark=MARKS[order],
            order=order,
            since=since,
        )
        for order, since in share.marks
    )
    if share.due_on:
        Deadline.objects.create(
            jurisdiction=proposal.jurisdiction,
            proposal=proposal,
            assignment=assignment,
            name="reply",
            pack_version=proposal.pack_version,
            starts_on=FIRST,
            due_on=share.due_on,
            first_due_on=share.due_on,
            met_at=share.met_at,
            met_known=share.met_known,
        )
    return assignment


def _promise(proposal: Proposal, promised: Promised) -> None:
    moves = sorted(promised.moves)
    promise = Promise.objects.create(
        proposal=proposal,
        what="新建一所",
        first_due_on=promised.due_on,
        due_on=moves[-1][1] if moves else promised.due_on,
        made_at=promised.undertaken_at or proposal.received_at or _any(),
        undertaken_at=promised.undertaken_at,
        kept_at=promised.kept_at,
        dropped_at=promised.dropped_at,
        named_at=promised.named_at,
    )
    for altered_at in promised.altered_at:
        Alteration.objects.create(promise=promise, was_what="新建三所", reason="核减", altered_at=altered_at)
    was = promised.due_on
    for moved_at, to in moves:
        DueDate.objects.create(promise=promise, was=was, due_on=to, reason="缓建", moved_at=moved_at)
        was = to


def _any():
    from tests.stories.moments import at

    return at("2020-01-10")


def _forms(proposal: Proposal, shares: list[Assignment], item: Item) -> None:
    grades = list(Grade)
    for form in item.forms:
        made = Evaluation.objects.create(
            proposal=proposal,
            reply=shares[form.share].replies.get(round=form.round),
            round=form.round,
            invited_at=shares[form.share].answered_at,
            counted_at=form.counted_at,
            submitted_at=form.counted_at,
            state="submitted" if form.counted_at else "invited",
        )
        if form.counted_at:
            given = {"attitude": form.attitude, "result": form.result}
            Rating.objects.bulk_create(
                Rating(evaluation=made, dimension=dimension, grade=grades[place])
                for dimension, place in given.items()
                if place is not None
            )
