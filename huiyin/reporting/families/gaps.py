"""缺项: what old paper does not state, by name: requirements that history waived, and what an import could not find.

Counted in items: an item that lacks a thing twice lacks it once. The names are those of the declared requirements
(`gap=`) and of the import; each that occurs is listed.
"""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from huiyin.gaps import Gap
from huiyin.journal.models import Event
from huiyin.ledgers.models import ImportRow
from huiyin.proposals.models import Proposal
from huiyin.reporting.families.intake import HANDED_IN, handed_in
from huiyin.reporting.scope import Behind, Figure, Scope

SAID_OF_EVERY_ROW = {str(gap) for gap in (Gap.NUMBER, Gap.PROPOSER, Gap.UNIT, Gap.ASSIGNED_ON)}
"""Gaps of which every row of a ledger says whether it has them."""


def _handed_in(scope: Scope) -> QuerySet[Proposal]:
    return Proposal.objects.filter(handed_in(scope))


def _waived(scope: Scope) -> QuerySet[Any, Any]:
    """Items and the gaps that a step on them has named."""
    own = Event.objects.filter(
        scope.of_plenaries("proposal__"), scope.happened("at"), proposal__in=_handed_in(scope).values("pk")
    )
    return own.exclude(gaps=[]).order_by().values_list("proposal_id", "gaps")


def _imported(scope: Scope) -> QuerySet[Any, Any]:
    """Items and what their rows of a ledger lacked."""
    own = ImportRow.objects.filter(
        scope.of_plenaries("proposal__"), proposal__in=_handed_in(scope).values("pk")
    )
    return own.order_by().values_list("proposal_id", "problems", "unattributed")


def items_lacking(scope: Scope) -> dict[str, set[int]]:
    """The items behind each gap."""
    lacking: dict[str, set[int]] = defaultdict(set)
    for item, names in scope.list(_waived):
        for name in names:
            lacking[name].add(item)
    stated: dict[str, set[int]] = defaultdict(set)
    for item, problems, unattributed in scope.list(_imported):
        names = {problem["name"] for problem in problems if problem["kind"] == "gap"}
        for name in [*names, Gap.UNATTRIBUTED] if unattributed else names:
            lacking[str(name)].add(item)
        for absent in SAID_OF_EVERY_ROW - names:
            stated[absent].add(item)
    # what any row of an item states, the item does not lack: a later ledger fills what an earlier one left out
    for name, items_stating in stated.items():
        lacking[name] -= items_stating
    return {name: found_items for name, found_items in lacking.items() if found_items}


def figures(scope: Scope) -> list[Figure]:
    lacking = items_lacking(scope)
    if not lacking:
        return []
    of = scope.count(_handed_in)
    return [
        scope.figure(f"gap.{name}", f"缺项：{Gap.label_of(name)}", len(lacking[name]), of, HANDED_IN)
        for name in sorted(lacking)
    ]


def rows(scope: Scope, code: str) -> Behind:
    name = code.removeprefix("gap.")
    lacking = items_lacking(scope)
    if name not in lacking and name not in set(Gap):
        raise KeyError(name)
    items = lacking.get(name, set())
    return Behind(Proposal.objects.filter(pk__in=items), _handed_in(scope))
