"""When the steps of a row happened: its own date, else the next date known in the row (design §8)."""

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.clock.now import moment
from huiyin.ledgers.reading import Row

STAGES = ("handed_in", "assigned", "signed", "contacted", "replied", "evaluated")
"""The columns that may carry a date, in the order of the procedure; no ledger dates an evaluation."""


@dataclass(frozen=True)
class When:
    """The moment of a step, and whether the row states its day."""

    at: datetime
    known: bool


@dataclass(frozen=True)
class Moments:
    """The days of one row, by stage."""

    opened_on: date
    days: tuple[date | None, ...]

    @classmethod
    def of(cls, row: Row, opened_on: date) -> "Moments":
        contacts = [contact.on for contact in row.contacts if contact.on]
        known = (
            row.handed_in_on,
            row.assigned_on,
            row.signed_on,
            min(contacts, default=None),
            row.replied_on,
            None,
        )
        return cls(opened_on, known)

    def at(self, stage: str, hour: int, minute: int = 0, *, own: date | None = None) -> When:
        """The moment of a step of this stage. Where no later day is known it is the opening of the plenary, but never
        before an earlier day that is known: what follows the hand-in did not happen before it.
        """
        if own is not None:
            return When(moment(own, hour, minute), True)
        place = STAGES.index(stage)
        later = next((day for day in self.days[place:] if day), None)
        earlier = max((day for day in self.days[:place] if day), default=self.opened_on)
        return When(moment(later or max(earlier, self.opened_on), hour, minute), False)
