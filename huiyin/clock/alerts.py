"""The running clock: notices that became known, alerts that have come. Safe to run in several processes."""

import threading
from collections.abc import Callable
from datetime import datetime

from huiyin.clock.holidays import sync_shipped_notices
from huiyin.clock.models import Deadline
from huiyin.clock.now import now
from huiyin.clock.settling import settle_notices
from huiyin.clock.steps import remind
from huiyin.journal.step import Refused
from huiyin.journal.work import LIMIT, work
from huiyin.people.actor import Actor

SECONDS = 60
TURNS: list[Callable[[], None]] = []
AFTERWARDS: list[Callable[[datetime], None]] = []


def every_turn(act: Callable[[], None]) -> Callable[[], None]:
    """What a lower app does at each turn of the clock, by steps of its own and as often as it likes."""
    TURNS.append(act)
    return act


def after_alerts(act: Callable[[datetime], None]) -> None:
    """What is done at the end of each turn; every alert that had come at the moment it is given has been recorded."""
    if act not in AFTERWARDS:
        AFTERWARDS.append(act)


def run_once() -> int:
    """One turn; returns how many reminders were recorded."""
    began = now()
    sync_shipped_notices()
    settle_notices()
    for act in TURNS:
        act()
    recorded = send_alerts()
    for end in AFTERWARDS:
        end(began)
    return recorded


def send_alerts() -> int:
    """Record a reminder for each deadline whose alert has come.

    The step takes the row under a lock and looks again, so that another process's reminder is not repeated, and
    the clock sets the next alert in the same transaction, so that a kill leaves the alert either sent or due.
    """
    sent = 0
    due = Deadline.objects.alerting(now()).select_related("jurisdiction").order_by("next_alert_at", "pk")
    waiting = list(due)
    for first in range(0, len(waiting), LIMIT):
        with work(batch=True):
            for deadline in waiting[first : first + LIMIT]:
                try:
                    remind(deadline, actor=Actor.system(deadline.jurisdiction))
                except Refused:
                    continue  # Another process was faster.
                sent += 1
    return sent


def run_clock(*, once: bool = False, stop: threading.Event | None = None) -> int:
    """Turn after turn until stopped, or a single one."""
    sent = run_once()
    stop = stop or threading.Event()
    while not once and not stop.wait(SECONDS):
        sent += run_once()
    return sent
