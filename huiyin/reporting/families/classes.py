"""分类: how many items stand in each class of each taxonomy.

A class says what an item is about, not what happened to it: it is the class as known today, of the items received
by the day. Every class of the pack is listed, also with 0.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet

from huiyin.proposals.models import Classification, Proposal
from huiyin.reporting.families.intake import ALL
from huiyin.reporting.scope import Behind, Figure, Scope


def _counted(scope: Scope) -> QuerySet[Any, Any]:
    """Taxonomy, class and the number of items in it."""
    found = Classification.objects.filter(scope.received("proposal__")).order_by()
    return found.values_list("taxonomy", "item_class__name").annotate(n=Count("pk"))


def figures(scope: Scope) -> list[Figure]:
    total = scope.total
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for taxonomy, name, n in scope.list(_counted):
        found[taxonomy][name] = n
    made = []
    for taxonomy, label, classes in _listed(scope, found):
        without = total - sum(found[taxonomy].values())
        note = f"另有{without}件未分类" if without else ""
        made += [
            scope.figure(
                f"class.{taxonomy}.{name}", f"{label}：{name}", found[taxonomy].get(name, 0), total, ALL, note
            )
            for name in classes
        ]
    return made


def _listed(scope: Scope, found: dict[str, dict[str, int]]) -> list[tuple[str, str, list[str]]]:
    """Taxonomies and classes in the pack's order, then those in use that the pack doesn't know."""
    listed = []
    known = scope.pack.taxonomies_for(scope.kind)
    for entry in known:
        classes = dict.fromkeys([*entry.classes, *sorted(found[entry.name])])
        listed.append((entry.name, entry.label, list(classes)))
    others = sorted(set(found) - {entry.name for entry in known})
    return listed + [(taxonomy, taxonomy, sorted(found[taxonomy])) for taxonomy in others]


def rows(scope: Scope, code: str) -> Behind:
    _, taxonomy, name = code.split(".", 2)
    items = Proposal.objects.filter(
        scope.received(), classifications__taxonomy=taxonomy, classifications__item_class__name=name
    )
    return Behind(items, scope.items())
