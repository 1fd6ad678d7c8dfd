"""When a notice becomes known: provisional dates are settled and others moved, each item by a step of its own."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from huiyin.clock.fold import advance
from huiyin.clock.holidays import calendars_in_force
from huiyin.clock.models import Deadline
from huiyin.clock.now import day_of, now
from huiyin.clock.rows import state_of, terms_of
from huiyin.clock.running import Happening
from huiyin.clock.runs import MOVE
from huiyin.clock.steps import move_deadlines
from huiyin.clock.workdays import Calendar
from huiyin.people.actor import Actor


def settle_notices() -> int:
    """Hold what is open against the calendar as it is known today; returns how many items had a date moved."""
    calendars, at = calendars_in_force(), now()
    turn = calendars.turn(at)
    if turn is None:
        return 0
    # A notice names days to come; one month back covers a holiday lengthened while it ran (as in 2020).
    concerned = Q(provisional=True) | Q(due_on__gte=day_of(turn) - timedelta(days=31))
    stale = Deadline.objects.open().filter(concerned, checked_at__lte=turn)
    items = {row.proposal_id: row.proposal for row in stale.select_related(*_with("proposal"))}
    moved = sum(_settle(proposal, calendars.as_known(at)) for proposal in items.values())
    stale.update(checked_at=at)
    return moved


def moves_of(proposal: Any, calendar: Calendar) -> list[dict[str, Any]]:
    """The deadlines of an item that a calendar moves or settles."""
    terms = terms_of(proposal)
    before = state_of(proposal.deadlines.select_related("pack_version"), terms)
    asked = Happening(event=None, code=MOVE, at=now(), recorded_at=now())
    return [
        {
            "name": was.name,
            "assignment": was.assignment_id,
            "evaluation": was.evaluation_id,
            "promise": was.promise_id,
            "round": was.round,
            "from": was.due_on.isoformat(),
            "to": is_now.due_on.isoformat(),
            "provisional": is_now.provisional,
            "notice": is_now.notice,
        }
        for was, is_now in zip(before, advance(before, asked, terms, calendar), strict=True)
        if (was.due_on, was.provisional) != (is_now.due_on, is_now.provisional)
    ]


def _settle(proposal: Any, calendar: Calendar) -> bool:
    moves = moves_of(proposal, calendar)
    if moves:
        notices = [move["notice"] for move in moves if move["notice"]]
        actor = Actor.system(proposal.jurisdiction)
        move_deadlines(proposal, actor=actor, moves=moves, notice=notices[-1] if notices else "现行放假办法")
    return bool(moves)


def _with(name: str) -> list[str]:
    return [name, *(f"{name}__{part}" for part in ("plenary", "pack_version", "jurisdiction"))]
