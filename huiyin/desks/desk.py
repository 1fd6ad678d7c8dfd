"""A desk: groups of acts with their rows, ordered by due date and age, each row with light and one button."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min

from huiyin.clock.models import Deadline
from huiyin.desks.acts import Act, acts_of
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal

SHOWN = 8
LIMIT = 1000


@dataclass(frozen=True)
class Row:
    """One line of a desk: what, until when."""

    obj: Any
    proposal: Proposal
    due_on: date | None


@dataclass(frozen=True)
class Group:
    """Rows on which one step waits."""

    act: Act
    rows: list[Row]
    count: int


def _proposal_path(model: Any) -> str:
    """How a row of this kind leads to its item; '' for the item itself."""
    if model is Proposal:
        return ""
    names = {found.name for found in model._meta.get_fields()}
    return "proposal" if "proposal" in names else "assignment__proposal"


def _due(act: Act, objs: list[Any], path: str) -> dict[int, date]:
    """Due dates by item, in one query; a promise carries its own."""
    if act.deadline is None:
        return {}
    items = {obj.pk if not path else obj.proposal.pk for obj in objs}
    rows = Deadline.objects.open().filter(name=act.deadline, proposal__in=items)
    return dict(rows.values_list("proposal").annotate(first=Min("due_on")).values_list("proposal", "first"))


def groups_of(actor: Actor, shown: int = SHOWN) -> list[Group]:
    """The desk of one actor; empty groups are left out. Three queries a group, whatever its length."""
    return [group for act in acts_of(actor) if (group := group_of(act, actor, shown)).count]


def group_of(act: Act, actor: Actor, shown: int) -> Group:
    rows = act.rows(actor)
    path = _proposal_path(rows.model)
    with_parts = [part for part in getattr(rows.model, "lock_with", ()) if part != "jurisdiction"]
    objs = list(rows.select_related(*with_parts).order_by("pk")[:LIMIT])
    due = _due(act, objs, path)
    found = []
    for obj in objs:
        proposal = obj if not path else obj.proposal
        found.append(Row(obj, proposal, due.get(proposal.pk) or getattr(obj, "due_on", None)))
    found.sort(key=lambda row: (row.due_on or date.max, row.obj.pk))
    return Group(act, found[:shown], len(found))
