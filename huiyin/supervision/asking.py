"""What a dispatch asks of whom: the lines of a round by a rule, and the round with a sheet for each unit."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.handling.models import Assignment
from huiyin.people.models import Unit
from huiyin.promises.models import Promise
from huiyin.proposals.models import Plenary
from huiyin.replies.models import MarkHistory
from huiyin.supervision.models import DispatchLine, DispatchRound, DispatchSheet
from huiyin.words import AnswerStage, FulfilmentStage, ProposalState

IN_HAND = (ProposalState.REGISTERED, ProposalState.ANSWER_CLOSED)
# Nothing more is to come of an item whose answer is closed: it is not asked about again by itself.
SETTLED = (
    FulfilmentStage.NOTHING_PROMISED,
    FulfilmentStage.DONE_AT_REPLY,
    FulfilmentStage.CARRIED_OUT,
    FulfilmentStage.EXPLAINED,
)
Pair = tuple[int, int, int | None]  # unit, item, promise


def asked_about(plenary: Plenary, *, promises_until: date | None = None, **filters: Any) -> set[Pair]:
    """The lines of a round: items by their answering units, or promises by the unit that owes them."""
    if promises_until is not None:
        due = {"due_on__lte": promises_until, "unit__isnull": False}
        owed = Promise.objects.open().filter(proposal__plenary=plenary, **due)
        return set(_narrowed(owed, **filters).values_list("unit", "proposal", "pk"))
    shares = Assignment.objects.standing().answering()
    shares = shares.filter(proposal__plenary=plenary, proposal__state__in=IN_HAND)
    return {(unit, item, None) for unit, item in _narrowed(shares, **filters).values_list("unit", "proposal")}


def _narrowed(
    rows: QuerySet[Any],
    *,
    units: list[Unit] | None = None,
    mark: str | None = "",
    key_only: bool | None = False,
    unfinished: bool = False,
) -> QuerySet[Any]:
    if unfinished:
        rows = rows.exclude(
            proposal__answer_stage=AnswerStage.ANSWER_CLOSED, proposal__fulfilment_stage__in=SETTLED
        )
    if units:
        rows = rows.filter(unit__in=units)
    if key_only:
        rows = rows.filter(proposal__is_key=True)
    if mark:
        later = MarkHistory.objects.filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
        rows = rows.filter(
            Exists(MarkHistory.objects.filter(~Exists(later), proposal=OuterRef("proposal"), mark=mark))
        )
    return rows


def made_round(
    plenary: Plenary, at: datetime, *, title: str, asks: str, pairs: set[Pair], **more: Any
) -> tuple[DispatchRound, dict[str, Any]]:
    """The round with a sheet for each unit that has a line in it."""
    made = DispatchRound.objects.create(
        jurisdiction_id=plenary.jurisdiction_id,
        plenary=plenary,
        title=title.strip(),
        asks=asks.strip(),
        opened_at=at,
        **more,
    )
    of_unit: dict[int, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[2] or 0)):
        of_unit[pair[0]].append(pair)
    for unit, own in of_unit.items():
        sheet = DispatchSheet.objects.create(round=made, unit_id=unit)
        DispatchLine.objects.bulk_create(
            DispatchLine(sheet=sheet, proposal_id=item, promise_id=promise) for _, item, promise in own
        )
    return made, {"units_count": len(of_unit), "lines_count": sum(map(len, of_unit.values()))}
