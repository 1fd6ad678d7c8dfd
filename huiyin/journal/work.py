"""One transaction of steps: events are gathered, written together, heard by the clock, settled and sealed.

A single step is a work of one; an import is a work of many. The order is always the same: objects first, then
events and texts, deadlines, derived stages, notices, and the seals last, under the lock of the chain's head.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from huiyin.journal import chain
from huiyin.journal.models import Delivery, Event, EventText
from huiyin.journal.prepared import Prepared, insert

LIMIT = 200  # rows a transaction, so that nobody waits long for the head of the chain


def _nobody_asked() -> datetime:
    raise RuntimeError("huiyin.wiring has not handed the clock to the runner")


@dataclass
class Hooks:
    """What lower apps do for the runner; `wiring.py` fills it in, so that the journal imports none of them."""

    now: Callable[[], datetime] = _nobody_asked
    hear: Callable[[list[Event]], None] = lambda events: None
    settle: Callable[[set[int]], None] = lambda proposals: None
    follow: Callable[[list[Event]], list[Delivery]] = lambda events: []
    outward: Callable[[list[Delivery]], list[Delivery]] = lambda deliveries: []
    screen: Callable[[str], str | None] = lambda text: None
    install: Callable[[BaseDatabaseWrapper], None] = lambda connection: None


hooks = Hooks()


@dataclass
class Work:
    """Events and texts of the running transaction, not yet written."""

    history: bool = False
    batch: bool = False
    events: list[Event] = field(default_factory=list)
    texts: list[EventText] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    parents: list[Event] = field(default_factory=list)
    written: list[tuple[Event, list[EventText]]] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: iter(()))
    rows: dict[tuple[str, int], Any] = field(default_factory=dict)
    asked: dict[Hashable, Any] = field(default_factory=dict)

    def held(self, obj: Any) -> Any:
        """The row as this transaction has locked, made or changed it last, None where it is to be read.

        Nobody else can have changed it since, so a batch need not read it again before each of the steps that one
        transaction takes on it. Only in a batch; a single step always reads what it locks.
        """
        return self.rows.get(_key(obj)) if self.batch else None

    def hold(self, obj: Any) -> Any:
        """The runner has locked, made or changed this row."""
        if self.batch:
            self.rows[_key(obj)] = obj
        return obj

    def forget(self) -> None:
        """Something has been written past the objects at hand: every row is read again when next it is needed."""
        self.rows.clear()

    def next_id(self) -> int:
        """Ids are known before the rows are written, so that parts may refer to their event at once."""
        found = next(self.ids, None)
        if found is None:
            self.ids = iter(reserve(LIMIT if self.batch else 1))
            found = next(self.ids)
        return found

    @contextmanager
    def inside(self, event: Event) -> Iterator[None]:
        """While the body of a step runs: the event stands before those of the steps it calls, as their parent."""
        if self.parents:
            event.parent = self.parents[-1]
        self.events.append(event)
        with self.under(event):
            yield

    @contextmanager
    def under(self, event: Event) -> Iterator[None]:
        """Steps called here are children of the event."""
        self.parents.append(event)
        try:
            yield
        finally:
            self.parents.pop()

    def write(self) -> None:
        """Write what has been gathered; the clock hears it and the stages are settled.

        A step whose body is still running, and what it has called, wait for its end: its event is not complete.
        """
        done = next(
            (place for place, event in enumerate(self.events) if event.subject_id is None), len(self.events)
        )
        events, self.events = self.events[:done], self.events[done:]
        waiting = {event.pk for event in self.events}
        texts = [text for text in self.texts if text.event_id not in waiting]
        self.texts = [text for text in self.texts if text.event_id in waiting]
        if not events:
            return
        insert(events)
        insert(texts)
        of_event: dict[int, list[EventText]] = {}
        for text in texts:
            of_event.setdefault(text.event_id, []).append(text)
        self.written += [(event, of_event.get(event.pk, [])) for event in events]
        self.forget()
        hooks.hear(events)
        hooks.settle({event.proposal_id for event in events if event.proposal_id})

    def finish(self) -> None:
        self.write()
        if not self.history:
            self.deliveries += hooks.follow([event for event, _ in self.written])
            self.deliveries += hooks.outward(self.deliveries)
        insert(self.deliveries, ignore_conflicts=True)
        if self.written:
            chain.seal(
                [event for event, _ in self.written], [text for _, texts in self.written for text in texts]
            )

    @contextmanager
    def row(self) -> Iterator[None]:
        """One row of a batch: what it did is taken back whole if a step of it is refused."""
        marks = (len(self.events), len(self.texts), len(self.deliveries), len(self.written))
        try:
            with transaction.atomic():
                yield
        except BaseException:
            if len(self.written) > marks[3]:
                raise  # rows before this one were written inside its savepoint: the whole batch is taken back
            self.forget()
            del self.events[marks[0] :], self.texts[marks[1] :], self.deliveries[marks[2] :]
            raise


def _key(obj: Any) -> tuple[str, int]:
    return obj._meta.label_lower, obj.pk


_current: ContextVar[Work | None] = ContextVar("work", default=None)
_looking: ContextVar[dict[Hashable, Any] | None] = ContextVar("looking", default=None)


def current() -> Work | None:
    return _current.get()


@contextmanager
def work(*, history: bool = False, batch: bool = False) -> Iterator[Work]:
    """The running work, or a new one in a transaction of its own.

    history: paper entered later. Waivable requirements become gaps, nobody is told, no past alert fires.
    batch: many steps share the transaction (at most LIMIT), so what it has read need not be read again; history is one.
    """
    if running := _current.get():
        yield running
        return
    with transaction.atomic():
        made = Work(history=history, batch=history or batch)
        token = _current.set(made)
        try:
            yield made
            made.finish()
        finally:
            _current.reset(token)


def is_history() -> bool:
    """Whether paper is being entered later."""
    running = _current.get()
    return running is not None and running.history


def up_to_date() -> None:
    """Write what is gathered; for requirements that read deadlines or events inside a running work."""
    if running := _current.get():
        running.write()


def once(question: Hashable, ask: Callable[[], Any]) -> Any:
    """The answer to what neither a step of a batch nor a look at a page changes (rules, calendars): asked once a batch
    and once a page, elsewhere each time."""
    running = _current.get()
    asked = _looking.get() if running is None else running.asked if running.batch else None
    if asked is None:
        return ask()
    if question not in asked:
        asked[question] = ask()
    return asked[question]


@contextmanager
def looking() -> Iterator[None]:
    """While a page is made that only shows."""
    token = _looking.set({})
    try:
        yield
    finally:
        _looking.reset(token)


def forget() -> None:
    """For a body that writes by a QuerySet what a running batch may hold as objects."""
    if running := _current.get():
        running.forget()


def reserve(count: int) -> Iterable[int]:
    """Ids for the next events. SQLite: the transaction holds the write lock, so the counter can't move."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('journal_event', 'id')) FROM generate_series(1, %s)",
                [count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_event'")
        found: Any = cursor.fetchone()
    running = _current.get()
    last = max([found[0] if found else 0, *(event.pk for event in (running.events if running else []))])
    return range(last + 1, last + 1 + count)


def lock(obj: Any) -> Any:
    """The row as it is now, locked until the end of the transaction."""
    model: Any = type(obj)
    found = _locking(model)(obj.pk)
    if not found:
        raise model.DoesNotExist(f"{model._meta.label} {obj.pk}")
    return found[0]


@cache
def _locking(model: type[Model]) -> Prepared:
    """The row of an id, with what the steps on it look at."""
    rows = model._default_manager.select_related(*getattr(model, "lock_with", ())).order_by()
    return Prepared(lambda pk: rows.select_for_update(of=("self",)).filter(pk=pk))
