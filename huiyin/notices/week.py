"""一周要情: for a leader the own items, what moved in a week, and what is late."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from huiyin.clock.models import Deadline
from huiyin.clock.now import moment
from huiyin.desks.beside import LAST
from huiyin.desks.story import REMINDER, events_for
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event, EventQuerySet
from huiyin.journal.tell import sentence
from huiyin.notices.naming import is_discreet, item_said, said_of, step_said
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.reporting.families.promises import held_on
from huiyin.supervision.models import Leadership
from huiyin.words import AnswerStage, Role

LEADERS = (Role.GOVERNMENT_LEADER, Role.UNIT_LEADER)
DAYS = 7


@dataclass(frozen=True)
class Week:
    """`moved`: own items in which something happened in it, each with the last things; `late` and `promises`: past their
    day when it ended, whatever has become of them since.
    """

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
            f"您关心的{len(self.items)}件中，{len(self.moved)}件有进展；"
            f"到{self.ends.month}月{self.ends.day}日，"
            f"{len(self.late)}项期限已超期，{len(self.promises)}项承诺逾期。"
        )

    def in_full(self) -> Iterator[tuple[str, list[str]]]:
        """Headings with their lines, as a mail says them."""
        yield "有进展", [self._moved_line(item, events[0]) for item, events in self.moved]
        yield "已超期", [self._late_line(deadline, how) for deadline, how in self.late]
        yield "承诺逾期", [said_of(one.proposal, one.what) for one in self.promises]

    def _moved_line(self, item: Proposal, event: Event) -> str:
        said = step_said(event) if is_discreet(item) else sentence(event)
        return f"{item_said(item, outside=False)}：{said}"

    def _late_line(self, deadline: Deadline, how: str) -> str:
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
    events = _last(happened)
    items = list(
        own.select_related("plenary", "jurisdiction").order_by("-plenary__opened_on", "number_key", "pk")
    )
    return Week(
        begins,
        ends,
        items,
        [(item, events[item.pk]) for item in items if item.pk in events],
        _late(actor, items, ends),
        _promises(actor, items, ends),
    )


def _last(happened: EventQuerySet) -> dict[int | None, list[Event]]:
    """The last things of each item: a reminder is none of them."""
    place = Window(RowNumber(), partition_by=F("proposal"), order_by=[F("at").desc(), F("id").desc()])
    said = happened.exclude(code=REMINDER).annotate(place=place).filter(place__lte=LAST)
    by_item: dict[int | None, list[Event]] = defaultdict(list)
    for event in said.told().order_by("-at", "-pk"):
        by_item[event.proposal_id].append(event)
    return by_item


def own_items(actor: Actor) -> Any:
    """A city's leader: the items led or supervised. A unit's: those that the unit has in hand."""
    seen = Proposal.objects.visible_to(actor)
    if actor.role == Role.GOVERNMENT_LEADER:
        led = Leadership.objects.current().filter(leader__person=actor.person)
        return seen.filter(pk__in=led.order_by().values("proposal"))
    shares = Assignment.objects.standing().filter(unit=actor.unit)
    closed = (AnswerStage.ANSWER_CLOSED, AnswerStage.ENDED, AnswerStage.WITH_HEAD)
    return seen.filter(pk__in=shares.order_by().values("proposal")).exclude(answer_stage__in=closed)


def _late(actor: Actor, items: list[Proposal], on: date) -> list[tuple[Deadline, str]]:
    """A unit's leader answers for the unit's own deadlines."""
    rows = Deadline.objects.was_overdue(on).filter(proposal__in=items)
    if actor.role == Role.UNIT_LEADER:
        rows = rows.filter(Q(assignment__unit=actor.unit) | Q(promise__unit=actor.unit))
    found = rows.select_related("proposal__plenary", "assignment__unit", "promise__unit").order_by(
        "due_on", "id"
    )
    return [(deadline, f"已超期{(on - deadline.due_on).days}天") for deadline in found]


def _promises(actor: Actor, items: list[Proposal], on: date) -> list[Promise]:
    """Each with `held_on`, the date that held when the week ended."""
    end = moment(on + timedelta(days=1), 0)
    seen = Promise.objects.visible_to(actor).in_force().annotate(held_on=held_on(end))
    rows = seen.filter(
        Q(kept_at=None) | Q(kept_at__gte=end),
        Q(dropped_at=None) | Q(dropped_at__gte=end),
        proposal__in=items,
        undertaken_at__lt=end,
        held_on__lt=on,
    )
    if actor.role == Role.UNIT_LEADER:
        rows = rows.filter(unit=actor.unit)
    return list(rows.select_related("proposal__plenary", "unit").order_by("held_on", "id"))
