"""The ledger: filters in the address, one page of rows in a fixed number of queries, at most twelve with the page's own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.desks import said
from huiyin.evaluations.models import Evaluation, Rating
from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.classes import Classification
from huiyin.proposals.models import Proposal, Proposership
from huiyin.replies.models import MarkHistory
from huiyin.words import AnswerStage, Dimension, FulfilmentStage, Grade, UnitRole

PAGE = 50
COUNT_LIMIT = 10_000
RUNNING = ("reply", "second_handling", "co_opinion")


class CappedPaginator(Paginator):
    """Counting stops at 10000+: a page must not grow with the table. `bare`: the rows without what stands beside."""

    def __init__(self, rows: QuerySet[Any], per_page: int, bare: QuerySet[Any] | None = None) -> None:
        super().__init__(rows, per_page)
        self.bare = rows if bare is None else bare

    @property
    def count(self) -> int:  # type: ignore[override]
        """Of the bare rows: neither their order nor what stands beside them is worked out."""
        if not hasattr(self, "_count"):
            found: int = self.bare.order_by().values("pk")[: COUNT_LIMIT + 1].count()
            self._count, self.capped = min(found, COUNT_LIMIT), found > COUNT_LIMIT
        return self._count


@dataclass(frozen=True)
class Line:
    """One row of the ledger, as it is shown and exported."""

    item: Proposal
    signers: str
    classes: str
    leads: str
    others: str
    deadline: Deadline | None
    contacts: int
    mark: str
    promises: int
    grade: str

    @property
    def stage(self) -> str:
        return AnswerStage.label_of(self.item.answer_stage)

    @property
    def fulfilment(self) -> str:
        stage = self.item.fulfilment_stage
        return "" if stage == FulfilmentStage.NOT_ANSWERED else FulfilmentStage.label_of(stage)

    @property
    def due_on(self) -> date | None:
        return self.deadline.due_on if self.deadline else None


def with_parts(rows: QuerySet[Proposal], actor: Actor) -> QuerySet[Proposal]:
    """What a line shows: three more queries, the rest in the query of the rows."""
    shares = Assignment.objects.standing().select_related("unit").order_by("id")
    return (
        rows.select_related("plenary", "pack_version")
        .defer("pack_version__text", "text", "situation", "analysis")
        .annotate(
            contacts_made=_number_of(Contact.objects.all()),
            promises_made=_number_of(Promise.objects.in_force()),
            mark=_least_favourable_mark(),
            grade=_lowest_grade(actor),
        )
        .prefetch_related(
            Prefetch("proposerships", Proposership.objects.select_related("proposer")),
            Prefetch("classifications", Classification.objects.select_related("item_class")),
            Prefetch("assignments", shares),
            Prefetch("deadlines", Deadline.objects.open().filter(name__in=RUNNING)),
        )
    )


def _number_of(parts: QuerySet[Any]) -> Any:
    own = parts.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    counted = own.annotate(count=Count("pk", distinct=True)).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _least_favourable_mark() -> Subquery:
    """As it stands; of several units the least favourable (design, figures)."""
    later = MarkHistory.objects.filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
    standing = MarkHistory.objects.filter(~Exists(later), proposal=OuterRef("pk"))
    return Subquery(standing.order_by("-order").values("mark")[:1], output_field=CharField())


def _lowest_grade(actor: Actor) -> Subquery:
    """The least favourable grade of the result, of the forms that this actor may see."""
    order = Case(
        *(When(grade=grade, then=Value(place)) for place, grade in enumerate(Grade)),
        output_field=IntegerField(),
    )
    seen = Evaluation.objects.shown_beside_item(actor).filter(proposal=OuterRef(OuterRef("pk")), later=False)
    found = Rating.objects.filter(evaluation__in=seen.order_by().values("pk"), dimension=Dimension.RESULT)
    return Subquery(found.order_by(order.desc()).values("grade")[:1], output_field=CharField())


def lines(items: list[Proposal]) -> list[Line]:
    return [line_of(item) for item in items]


def line_of(item: Proposal) -> Line:
    """From what has been fetched along."""
    units: dict[str, list[str]] = {role.value: [] for role in UnitRole}
    for share in item.assignments.all():
        units[share.role].append(said.unit_name(share))
    running = sorted(item.deadlines.all(), key=lambda row: row.due_on)
    return Line(
        item,
        said.signers(item),
        said.classes(item),
        "、".join(units["lead"] + units["separate"]),
        "、".join(units["co"]),
        running[0] if running else None,
        item.contacts_made,
        said.mark_label(item, item.mark or ""),
        item.promises_made,
        Grade.label_of(item.grade or ""),
    )


def totals(shown: list[Line], today: date) -> dict[str, int]:
    """What the foot of a page says."""
    late = [line for line in shown if line.deadline and line.deadline.is_overdue(today)]
    return {
        "items": len(shown),
        "late": len(late),
        "contacts": sum(line.contacts for line in shown),
        "promises": sum(line.promises for line in shown),
    }
