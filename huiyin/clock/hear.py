"""What the clock does when steps have been taken."""

from huiyin.journal.models import Event


def hear(events: list[Event]) -> None:
    return None
