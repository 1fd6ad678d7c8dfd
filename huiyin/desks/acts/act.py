"""One group of a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huiyin.desks import dues, said
from huiyin.desks.dues import Expression
from huiyin.people.actor import Actor
from huiyin.words import DeadlineName, Role

SHARE_PARTS = ("proposal__assignments__unit",)
REPLY_PARTS = ("assignment__promises", "assignment__contacts", "assignment__proposal__pack_version")
ITEM_PARTS = ("proposerships__proposer", "classifications__item_class")
ANSWER = (DeadlineName.REPLY, DeadlineName.SECOND_HANDLING)


@dataclass(frozen=True)
class Act:
    """One group of the desk: rows on which `step` waits for somebody in `roles`.

    button: what stands on it, the step's own label where none is given. parts: what `say` reads beside the row.
    """

    label: str
    step: str
    roles: frozenset[Role]
    rows: Callable[[Actor], QuerySet[Any]]
    say: Callable[[Any], str]
    due: Callable[[], Expression] | None = None
    parts: tuple[str, ...] = ()
    button: str = ""

    @property
    def has_due(self) -> bool:
        return self.due is not None


def answer_of_share() -> Expression:
    return dues.of_share(*ANSWER)


def answer_of_reply() -> Expression:
    return dues.of_share(*ANSWER, path="assignment__")


def own_date() -> Expression:
    return dues.column("due_on")


def item(
    label: str,
    step: str,
    roles: frozenset[Role],
    found: Callable[[Actor], QuerySet[Any]],
    *,
    due: Callable[[], Expression] | None = None,
    button: str = "",
) -> Act:
    """A group of items themselves."""
    return Act(label, step, roles, found, said.of_item, due, ITEM_PARTS, button)
