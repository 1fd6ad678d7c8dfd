"""The ledger: one page of rows in a fixed number of queries, at most twelve with the page's own; what its foot says."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.desks.asked import Asked
from huiyin.desks.columns import Column
from huiyin.desks.filters import Filters
from huiyin.desks.following import news
from huiyin.desks.parts import Rows, with_parts
from huiyin.journal.prepared import in_steps
from huiyin.people.actor import Actor
from huiyin.people.counting import counts_of
from huiyin.proposals.models import Proposal

PAGE = 50
COUNT_LIMIT = 10_000


class CappedPaginator(Paginator):
    """Counting stops at 10000+: a page must not grow with the table. `known`: where all have been counted anyhow."""

    def __init__(self, rows: Any, per_page: int, known: int | None = None) -> None:
        super().__init__(rows, per_page)
        self.known = known

    @cached_property
    def count(self) -> int:
        found = self.object_list.order_by().values("pk")[: COUNT_LIMIT + 1].count
        self.known = found() if self.known is None else self.known
        return min(self.known, COUNT_LIMIT)

    @property
    def capped(self) -> bool:
        return self.known is not None and self.known > COUNT_LIMIT


@dataclass(frozen=True)
class Head:
    """A column as it stands over a page: whether it stays when the others are moved, and how the list is sorted by it."""

    column: Column
    fixed: str = ""
    order: str = ""
    address: str = ""

    @property
    def classes(self) -> str:
        return f"{self.fixed} {self.column.show}".strip()

    @property
    def label(self) -> str:
        """Before the cell itself, where a row becomes a card."""
        return "" if self.column.speaks_for_itself else self.column.label

    @cached_property
    def opening(self) -> SafeString:
        """Of each of its cells."""
        return format_html('<td class="{}" data-label="{}">', self.classes, self.label)


@dataclass(frozen=True)
class Line:
    """One row: the item and what each column says of it."""

    item: Proposal
    cells: list[tuple[Head, Any]]


def heads_of(filters: Filters) -> list[Head]:
    """The first two columns stay where they are when the others are moved; a title, which is wide, stays alone."""
    fixed = ("fix-1",) if filters.columns[0].show == "title" else ("fix-1", "fix-2")
    order = "descending" if filters.descending else "ascending"
    return [
        Head(
            column,
            fixed[place] if place < len(fixed) else "",
            order if column == filters.sorting else "",
            filters.sorted_by(column) if filters.may_sort_by(column) else "",
        )
        for place, column in enumerate(filters.columns)
    ]


def lines_of(page: Page, filters: Filters, heads: list[Head]) -> list[Line]:
    """What stands beside the items is worked out for those of the page alone, however the whole list was put in order."""
    keys = tuple(page.object_list.values_list("pk", flat=True))
    shown = _shown((*needs_of(filters.columns), "shares"))(filters.actor, in_steps(keys)) if keys else []
    of_key = {item.pk: item for item in shown}
    return [line_of(of_key[key], heads) for key in keys]


@lru_cache(maxsize=64)
def _shown(needs: tuple[str, ...]) -> Asked:
    """The items of a page with what their columns need, and whether there is news of them."""
    return Asked(
        lambda actor, keys: with_parts(
            Proposal.objects.filter(pk__in=keys).annotate(has_news=news(actor)).order_by(), actor, needs
        )
    )


def needs_of(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for column in columns for name in column.needs))


def items_of(rows: Rows, columns: Iterable[Column], actor: Actor) -> Rows:
    """With what these columns say of them."""
    return with_parts(rows, actor, needs_of(columns))


def line_of(item: Proposal, heads: list[Head]) -> Line:
    return Line(item, [(head, head.column.value(item)) for head in heads])


@dataclass(frozen=True)
class Foot:
    """The last line: of how many items, and the totals of the columns that have one."""

    items: int
    cells: list[tuple[Head, int | None]]
    said: str


def foot_of_lines(lines: list[Line], heads: list[Head], said: str) -> Foot:
    cells: list[tuple[Head, int | None]] = []
    for place, head in enumerate(heads):
        total = head.column.total
        cells.append((head, total.of_cells([line.cells[place][1] for line in lines]) if total else None))
    return Foot(len(lines), cells, said)


def foot_of_list(rows: Rows, heads: list[Head], actor: Actor) -> Foot:
    """Of every row of the list, in one query."""
    totals = [(head, head.column.total) for head in heads if head.column.total]
    counted = [total.of_list(rows.order_by()) for _, total in totals]
    items, *found = counts_of(actor.jurisdiction, [rows, *counted])
    by_head = dict(zip((head for head, _ in totals), found, strict=True))
    return Foot(items, [(head, by_head.get(head)) for head in heads], "全部合计")
