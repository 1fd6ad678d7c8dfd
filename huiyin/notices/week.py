"""一周要情: for a leader the own items, what moved in a week, and what is late."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from huiyin.clock.hear import standing
from huiyin.clock.models import Deadline
from huiyin.clock.now import moment, today
from huiyin.desks.beside import last_events
from huiyin.desks.story import REMINDER, events_for
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.journal.tell import sentence
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.supervision.models import Leadership
from huiyin.words import AnswerStage, Role

LEADERS = (Role.GOVERNMENT_LEADER, Role.UNIT_LEADER)
DAYS = 7
Said = Callable[..., str]


@dataclass(frozen=True)
class Week:
    """`moved`: own items in which something happened, each with the last things; `late` and `promises`: past their day."""

    begins: date
    ends: date
    items: list[Proposal]
    moved: list[tuple[Proposal, list[Event]]]
    late: list[tuple[Deadline, str]]
    promises: list[Promise]

    @property
    def in_short(self) -> str:
        return (
            f"{self.begins.month}月{self.begins.day}日至{self.ends.month}月{self.ends.day}日："
            f"您关心的{len(self.items)}件中，{len(self.moved)}件有进展，"
            f"{len(self.late)}项期限已超期，{len(self.promises)}项承诺逾期。"
        )

    def in_full(self, item_said: Said) -> Iterator[tuple[str, list[str]]]:
        """Headings with their lines, as a mail says them."""
        yield (
            "有进展",
            [f"{item_said(item, outside=False)}：{sentence(events[0])}" for item, events in self.moved],
        )
        yield "已超期", [self._late_line(deadline, how, item_said) for deadline, how in self.late]
        yield "承诺逾期", [f"{item_said(one.proposal, outside=False)}：{one.what}" for one in self.promises]

    def _late_line(self, deadline: Deadline, how: str, item_said: Said) -> str:
        whose = f"（{deadline.unit.name}）" if deadline.unit else ""
        return f"{item_said(deadline.proposal, outside=False)}：{deadline.label}{whose}，{how}"


def week_of(actor: Actor, ends: date) -> Week | None:
    """The seven days up to a day; None for who leads nothing."""
    if actor.role not in LEADERS:
        return None
    begins = ends - timedelta(days=DAYS - 1)
    own = own_items(actor)
    happened = events_for(actor).filter(
        proposal__in=own.order_by().values("pk"),
        recorded_at__gte=moment(begins, 0),
        recorded_at__lt=moment(ends + timedelta(days=1), 0),
    )
    moved_items = set(happened.exclude(code=REMINDER).order_by().values_list("proposal", flat=True))
    items = list(
        own.select_related("plenary", "jurisdiction").order_by("-plenary__opened_on", "number_key", "pk")
    )
    moved = [item for item in items if item.pk in moved_items]
    events = last_events(actor, moved)
    return Week(
        begins,
        ends,
        items,
        [(item, events[item.pk]) for item in moved if events[item.pk]],
        _late(actor, items),
        _promises(actor, items),
    )


def own_items(actor: Actor) -> Any:
    """A city's leader: the items led or supervised. A unit's: those that the unit has in hand."""
    seen = Proposal.objects.visible_to(actor)
    if actor.role == Role.GOVERNMENT_LEADER:
        led = Leadership.objects.current().filter(leader__person=actor.person)
        return seen.filter(pk__in=led.order_by().values("proposal"))
    shares = Assignment.objects.standing().filter(unit=actor.unit)
    closed = (AnswerStage.ANSWER_CLOSED, AnswerStage.ENDED, AnswerStage.WITH_HEAD)
    return seen.filter(pk__in=shares.order_by().values("proposal")).exclude(answer_stage__in=closed)


def _late(actor: Actor, items: list[Proposal]) -> list[tuple[Deadline, str]]:
    """A unit's leader answers for the unit's own deadlines."""
    rows = Deadline.objects.overdue(today()).filter(proposal__in=items)
    if actor.role == Role.UNIT_LEADER:
        rows = rows.filter(Q(assignment__unit=actor.unit) | Q(promise__unit=actor.unit))
    found = rows.select_related("proposal__plenary", "assignment__unit", "promise__unit").order_by(
        "due_on", "id"
    )
    return [(deadline, standing(deadline, today())) for deadline in found]


def _promises(actor: Actor, items: list[Proposal]) -> list[Promise]:
    rows = Promise.objects.visible_to(actor).in_force().overdue(today()).filter(proposal__in=items)
    if actor.role == Role.UNIT_LEADER:
        rows = rows.filter(unit=actor.unit)
    return list(rows.select_related("proposal__plenary", "unit").order_by("due_on", "id"))
