"""A date that comes later: the step has been taken at a moment not known, which a correction puts right."""

from datetime import date, timedelta
from typing import Any

from huiyin.clock.now import moment, now
from huiyin.journal.models import Event
from huiyin.ledgers.importing.filling import Filling
from huiyin.ledgers.importing.moments import When
from huiyin.people.steps import correct

REASON = "台账补录日期"
MINUTE = timedelta(minutes=1)


def date_step(filling: Filling, obj: Any, code: str, day: date, hour: int, column: str) -> bool:
    """Give the step of this code its day; False where the step has a known moment already."""
    event = Event.objects.about(obj).filter(code=code).order_by("pk").last()
    if event is None or event.at_known or event.corrections.exists():
        return False
    to = moment(day, hour)
    if to == event.at:
        # the guess has hit the very minute: known from now on, so it is said anew
        to += MINUTE
    filling.run(correct, event, When(now(), True), column, data={"to": to, "reason": REASON})
    return True
