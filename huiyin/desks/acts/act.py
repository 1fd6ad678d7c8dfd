"""One group of a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from huiyin.desks import dues, said
from huiyin.desks.dues import Expression, numbers_of_share
from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.proposals.classes import Classification
from huiyin.proposals.models import Proposership
from huiyin.words import DeadlineName, Role

SHARE_PARTS = (Prefetch("proposal__assignments", Assignment.objects.select_related("unit").order_by("id")),)
ITEM_PARTS = (
    Prefetch("proposerships", Proposership.objects.select_related("proposer")),
    Prefetch("classifications", Classification.objects.select_related("item_class")),
)
REPLY_JOINED = ("assignment__proposal__pack_version",)
ANSWER = (DeadlineName.REPLY, DeadlineName.SECOND_HANDLING)


@dataclass(frozen=True)
class Act:
    """One group of the desk: rows on which `step` waits for somebody in `roles`.

    bench: the name of the page on which many of them are done at once, where there is one of their own.
    button: what stands on it, the step's own label where none is given. What `say` reads beside the row: `joined` in
    the same query, `parts` in one of their own each, `numbers` counted along. could: whether what the case page has at
    hand leaves it open that a row of this case waits; where it does not, nothing is asked.
    """

    label: str
    step: str
    roles: frozenset[Role]
    rows: Callable[[Actor], QuerySet[Any]]
    say: Callable[[Any], str]
    due: Callable[[], Expression] | None = None
    parts: tuple[str | Prefetch, ...] = ()
    button: str = ""
    joined: tuple[str, ...] = ()
    bench: str = ""
    numbers: Callable[[], dict[str, Expression]] | None = None
    could: Callable[[Any], bool] = lambda case: True

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
    bench: str = "",
) -> Act:
    """A group of items themselves."""
    return Act(label, step, roles, found, said.of_item, due, ITEM_PARTS, button, bench=bench)


def reply(
    label: str,
    step: str,
    roles: frozenset[Role],
    found: Callable[[Actor], QuerySet[Any]],
    button: str = "",
) -> Act:
    """A group of replies, each with its mark and with how much was talked and promised."""
    return Act(
        label,
        step,
        roles,
        found,
        said.of_reply,
        answer_of_reply,
        button=button,
        joined=REPLY_JOINED,
        numbers=lambda: numbers_of_share("assignment"),
    )
