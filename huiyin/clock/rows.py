"""Deadline rows and the fold's values, from one to the other and back."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from huiyin.clock.models import Deadline
from huiyin.clock.running import Running, State
from huiyin.clock.runs import Terms
from huiyin.rulepacks.schema import Pack

# What a row shares with the fold, by name in both; the links to other rows differ in name.
SHARED = (
    "starts_on",
    "due_on",
    "first_due_on",
    "provisional",
    "notice",
    "paused_since",
    "paused_workdays",
    "extended_to",
    "met_at",
    "met_known",
    "cancelled_at",
    "next_alert_at",
)
OTHERWISE_NAMED = {"started_by": "started_by_id", "met_by": "met_by_id", "counted_at": "checked_at"}
assert {*SHARED, *OTHERWISE_NAMED} < {field.name for field in fields(Running)}


def terms_of(proposal: Any) -> Terms:
    """The rules of an item: the version it keeps, its kind and period, the close of its plenary."""
    pack: Pack = proposal.pack_version.pack
    return Terms(
        pack=pack,
        kind=proposal.kind,
        period=proposal.period,
        plenary_closed_on=proposal.plenary.closed_on,
        version=proposal.pack_version_id,
        level=proposal.plenary.jurisdiction.level if _asks_for_level(pack) else "",
        proposer_kind=proposal.proposer_kind,
    )


def _asks_for_level(pack: Pack) -> bool:
    """Whether a rule has an exception for a level; only then is the plenary's government looked up."""
    return any(rule.levels for rule in pack.deadlines)


def state_of(rows: Iterable[Deadline], terms: Terms) -> State:
    return tuple(running_of(row, terms) for row in rows)


def running_of(row: Deadline, terms: Terms) -> Running:
    """A row as the fold reads it; its rule is that of the version it was started under."""
    own = terms if row.pack_version_id == terms.version else replace(terms, pack=row.pack_version.pack)
    rule = own.rule(row.name)
    if rule is None:
        raise LookupError(f"{row.pack_version} has no rule {row.name}, but deadline {row.pk} rests on it")
    shared = {name: getattr(row, name) for name in SHARED}
    others = {name: getattr(row, column) for name, column in OTHERWISE_NAMED.items()}
    return Running(
        name=row.name,
        rule=rule,
        assignment_id=row.assignment_id,
        evaluation_id=row.evaluation_id,
        promise_id=row.promise_id,
        round=row.round,
        version=row.pack_version_id,
        **shared,
        **others,
    )


def new_row(one: Running, proposal: Any) -> Deadline:
    assert one.version is not None  # what is stored runs under a published version
    row = Deadline(
        jurisdiction_id=proposal.jurisdiction_id,
        proposal=proposal,
        assignment_id=one.assignment_id,
        evaluation_id=one.evaluation_id,
        promise_id=one.promise_id,
        name=one.name,
        round=one.round,
        pack_version_id=one.version,
    )
    changed_row(row, one)
    return row


def changed_row(row: Deadline, one: Running) -> set[str]:
    """Bring a row to the fold's value; returns the names of the fields that have changed."""
    values = {name: getattr(one, name) for name in SHARED}
    values |= {column: getattr(one, name) for name, column in OTHERWISE_NAMED.items()}
    values["pack_version_id"] = one.version
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    return changed
