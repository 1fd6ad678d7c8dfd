"""What the clock does when steps have been taken: it folds their events and writes what has changed.

At most four queries for any number of events: the notices, the deadlines of the items concerned, one insert, one
update; none at all when no pack names the events. A correction replays the whole item.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from huiyin.clock.due import Due
from huiyin.clock.fold import advance
from huiyin.clock.history import happening_of, happenings_of, with_terms
from huiyin.clock.holidays import calendars_in_force
from huiyin.clock.models import Deadline
from huiyin.clock.now import day_of, now
from huiyin.clock.rows import SHARED, changed_row, new_row, running_of, state_of, terms_of
from huiyin.clock.running import Key, State, recount
from huiyin.clock.runs import CORRECT, codes_heard
from huiyin.clock.said import short
from huiyin.clock.workdays import Calendars
from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared


def hear(events: list[Event]) -> None:
    """Start, meet, pause, move and cancel the deadlines that these events are about."""
    heard = _heard(events)
    if not heard:
        return
    calendars = calendars_in_force()
    rows = _rows_of(heard)
    changes = _Changes()
    for proposal_id, of_item in heard.items():
        proposal = of_item[-1].proposal
        if any(event.code == CORRECT for event in of_item):
            state = _replayed(proposal, calendars)
        else:
            state = state_of(rows[proposal_id], terms_of(proposal))
            for event in of_item:
                terms = terms_of(event.proposal)
                calendar = calendars.as_known(event.recorded_at)
                state = advance(state, happening_of(event), terms, calendar)
        changes.take(proposal, rows[proposal_id], state)
    changes.write()


def recompute(proposal: Any) -> None:
    """Replay an item's events and write what differs from what is stored."""
    rows = list(proposal.deadlines.select_related("pack_version"))
    changes = _Changes()
    changes.take(proposal, rows, _replayed(proposal, calendars_in_force()))
    changes.write()


def mismatches(proposal: Any, calendars: Calendars | None = None) -> list[str]:
    """Where the stored deadlines differ from those that the events give, in sentences; for check-life."""
    rows = {_key(row): row for row in proposal.deadlines.select_related("pack_version")}
    terms = terms_of(proposal)
    wanted = {one.key: one for one in _replayed(proposal, calendars or calendars_in_force())}
    said = [f"{proposal}：期限“{rows[key].label}”没有对应的事件。" for key in rows.keys() - wanted.keys()]
    for key, one in wanted.items():
        if key not in rows:
            said.append(f"{proposal}：缺少应有的期限“{one.name}”（应为{one.due_on}）。")
            continue
        stored = running_of(rows[key], terms)
        for name in SHARED:
            was, is_to_be = getattr(stored, name), getattr(one, name)
            if was != is_to_be:
                said.append(f"{proposal}：期限“{rows[key].label}”的{name}存为{was}，按事件应为{is_to_be}。")
    return said


def explain(deadline: Deadline) -> Due:
    """Why a stored deadline falls on its date: rule, source, start, skipped days and notice."""
    rows = list(deadline.proposal.deadlines.select_related("pack_version"))
    return explain_all(deadline.proposal, rows)[deadline.pk]


def explain_all(proposal: Any, rows: list[Deadline]) -> dict[int, Due]:
    """The reasons of all deadlines of one item, by row; `rows` are all of them, since one may hang on another."""
    terms = terms_of(proposal)
    state = state_of(rows, terms)
    calendars = calendars_in_force()
    return {
        row.pk: recount(running_of(row, terms), state, terms, calendars.as_known(row.checked_at or now()))
        for row in rows
    }


def standing(deadline: Deadline, on: date) -> str:
    """How a deadline stands on a day, in a word or two for beside the date."""
    if deadline.cancelled_at:
        return "已取消"
    if deadline.met_at and not deadline.met_known:
        return "已完成，日期不详"
    if deadline.met_at:
        late = (day_of(deadline.met_at) - deadline.due_on).days
        return f"已完成，超期{late}天" if late > 0 else "按期完成"
    if deadline.paused_since:
        return f"自{short(deadline.paused_since, on)}起中止计时"
    left = (deadline.due_on - on).days
    if left >= 0:
        return "今日到期" if left == 0 else f"还有{left}天"
    return f"已超期{-left}天" if deadline.is_overdue(on) else "已过期限"


def _replayed(proposal: Any, calendars: Calendars) -> State:
    """All deadlines of an item from its events, each under the rules and the calendar of its time."""
    state: State = ()
    for happening, terms in with_terms(happenings_of(proposal), proposal):
        state = advance(state, happening, terms, calendars.as_known(happening.recorded_at))
    return state


class _Changes:
    """Rows to insert, update and drop, gathered over many items and written in a query each."""

    def __init__(self) -> None:
        self.new: list[Deadline] = []
        self.changed: list[Deadline] = []
        self.gone: list[int] = []
        self.fields: set[str] = set()

    def take(self, proposal: Any, rows: Iterable[Deadline], state: State) -> None:
        """A row that no event gives any more (its start was corrected away) goes; the events keep the story."""
        of_key = {_key(row): row for row in rows}
        self.gone += [of_key[key].pk for key in of_key.keys() - {one.key for one in state}]
        for one in state:
            row = of_key.get(one.key)
            if row is None:
                self.new.append(new_row(one, proposal))
                continue
            if changed := changed_row(row, one):
                self.changed.append(row)
                self.fields |= changed

    def write(self) -> None:
        if self.gone:
            Deadline.objects.filter(pk__in=self.gone).delete()
        if self.new:
            Deadline.objects.bulk_create(self.new)
        names = sorted(name.removesuffix("_id") for name in self.fields)
        if len(self.changed) == 1:
            self.changed[0].save(update_fields=names)
        elif self.changed:
            Deadline.objects.bulk_update(self.changed, names)


def _heard(events: list[Event]) -> dict[int, list[Event]]:
    """The events that some rule of their item's pack is about, by item."""
    heard: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.proposal is not None and event.code in codes_heard(terms_of(event.proposal)):
            heard[event.proposal.pk].append(event)
    return heard


def _rows_of(heard: dict[int, list[Event]]) -> dict[int, list[Deadline]]:
    rows: dict[int, list[Deadline]] = defaultdict(list)
    for row in _OF_ITEMS(tuple(heard)):
        rows[row.proposal_id].append(row)
    return rows


_OF_ITEMS = Prepared(lambda ids: Deadline.objects.filter(proposal__pk__in=ids).select_related("pack_version"))


def _key(row: Deadline) -> Key:
    return (row.name, row.assignment_id, row.evaluation_id, row.promise_id, row.round)
