"""What the line of a row names: its item and whatever else its `str` says, fetched with the rows themselves."""

from typing import Any

from django.db.models import QuerySet

from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment, ReturnRequest
from huiyin.proposals.models import Proposal
from huiyin.scores.models import PartnerRating, QualityRating
from huiyin.supervision.models import DispatchLine, SampledItem

# Beside the item. A model whose `str` names another row stands here, else a page asks for it once a line.
NAMED: dict[Any, tuple[str, ...]] = {
    Assignment: ("unit",),
    ReturnRequest: ("assignment__unit",),
    Evaluation: ("evaluator",),
    DispatchLine: ("promise",),
    SampledItem: ("sample",),
    PartnerRating: ("assignment__unit", "rated__unit"),
    QualityRating: ("assignment__unit",),
}


def with_names(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows, each with all that its line names."""
    path = path_to_item(rows.model)
    if rows.model is Proposal:
        item: tuple[str, ...] = ("plenary",)
    else:
        item = (f"{path}plenary",) if path else getattr(rows.model, "lock_with", ())
    joined = (*item, *NAMED.get(rows.model, ()))
    return rows.select_related(*joined) if joined else rows


def path_to_item(model: Any) -> str:
    """How a row of this kind leads to its item; '' where it belongs to none."""
    names = {field.name for field in model._meta.get_fields()}
    if "proposal" in names:
        return "proposal__"
    leading = next((name for name in ("assignment", "task") if name in names), "")
    return f"{leading}__proposal__" if leading else ""
