"""The figures of a register counted by hand in plain Python, straight from the definitions of design §7."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from huiyin.clock.now import SHANGHAI, day_of
from huiyin.words import Grade
from tests.reporting.register import Form, Item, Promised, Share
from tests.reporting.rows import MARKS


class Recount:
    """What had happened by the end of a day."""

    def __init__(self, register: list[Item], as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self.items = [item for item in register if self.is_received(item)]

    def by_then(self, moment: datetime | None) -> bool:
        return moment is not None and moment.astimezone(SHANGHAI).date() <= self.as_of

    def is_received(self, item: Item) -> bool:
        out = (item.merged_at, item.voided_at, item.refused_at, item.elsewhere_at)
        return self.by_then(item.handed_over_at) and not any(map(self.by_then, out))

    def owing(self, item: Item) -> list[Share]:
        return [
            share
            for share in item.shares
            if share.role != "co"
            and self.by_then(share.offered_at)
            and not self.by_then(share.returned_at)
            and not self.by_then(share.cancelled_at)
        ]

    def is_closed(self, item: Item) -> bool:
        """Closed by then, and not open again by then; what was opened before it was closed last is closed."""
        if not self.by_then(item.answer_closed_at):
            return False
        assert item.answer_closed_at is not None
        reopened = item.reopened_at
        return not self.by_then(reopened) or (reopened is not None and reopened < item.answer_closed_at)

    def intake(self) -> dict[str, int]:
        entered = [item for item in self.register if not self.by_then(item.voided_at)]
        return {
            "received.total": len(self.items),
            "received.in_plenary": sum(item.in_plenary for item in self.items),
            "filed.total": sum(self.by_then(item.filed_at) for item in entered),
            "merged.count": sum(self.by_then(item.merged_at) for item in entered),
            "answer_closed.count": sum(map(self.is_closed, self.items)),
            "second_handling.count": sum(
                self.by_then(at) for item in self.items for at in item.second_handlings
            ),
        }

    def classes(self) -> Counter[str]:
        return Counter(f"class.category.{item.category}" for item in self.items if item.category)

    def mark_of(self, item: Item) -> int | None:
        orders = []
        for share in self.owing(item):
            past = [(at, n, order) for n, (order, at) in enumerate(share.marks) if self.by_then(at)]
            if past:
                orders.append(max(past)[2])
        return max(orders, default=None)

    def marks(self) -> Counter[str]:
        found = [self.mark_of(item) for item in self.items]
        return Counter(f"mark.{MARKS[order]}" for order in found if order)

    def replies(self) -> dict[str, tuple[int, int]]:
        assigned = [item for item in self.items if self.owing(item)]
        done = [item for item in assigned if all(map(self.has_answered, self.owing(item)))]
        verdicts = [verdict for item in assigned if (verdict := self.in_time(item)) is not None]
        reached = [item for item in assigned if any(self.by_then(talk.at) for talk in item.contacts)]
        return {
            "reply.rate": (len(done), len(assigned)),
            "reply.on_time": (sum(verdicts), len(verdicts)),
            "contact.rate": (len(reached), len(assigned)),
        }

    def has_answered(self, share: Share) -> bool:
        return self.by_then(share.answered_at)

    def in_time(self, item: Item) -> bool | None:
        """None where the clocks don't tell yet, or a date is not known."""
        verdicts = [self.clock(share) for share in self.owing(item) if share.due_on]
        if not verdicts:
            return None
        if False in verdicts:
            return False
        return None if None in verdicts else True

    def clock(self, share: Share) -> bool | None:
        if self.by_then(share.met_at):
            late = share.met_at.astimezone(SHANGHAI).date() > share.due_on
            return not late if share.met_known else None
        return False if share.due_on < self.as_of else None

    def contacts(self) -> Counter[str]:
        logged = [talk for item in self.items for talk in item.contacts if self.by_then(talk.at)]
        explained = [talk for talk in logged if talk.explained]
        understood = [talk for talk in explained if talk.response == "understood"]
        counted = Counter(f"contact.phase.{talk.phase}" for talk in logged)
        counted += Counter(f"contact.way.{talk.way}" for talk in logged)
        for code, found in (("total", logged), ("explained", explained), ("understood", understood)):
            counted += Counter({f"contact.{code}": len(found)})
        return counted

    def forms(self, item: Item, which: str = "latest") -> list[Form]:
        back = [form for form in item.forms if self.by_then(form.counted_at)]
        if which == "first":
            return [form for form in back if form.round == 1]
        return [
            form
            for form in back
            if form.round == max(other.round for other in back if other.share == form.share)
        ]

    def satisfaction(self, *, items: bool = False, which: str = "latest") -> dict[str, tuple[int, int]]:
        made: dict[str, tuple[int, int]] = {}
        for dimension in ("attitude", "result"):
            places: list[int] = []
            for item in self.items:
                given = [getattr(form, dimension) for form in self.forms(item, which)]
                given = [place for place in given if place is not None]
                places += [max(given)] if items and given else given
            for place, grade in enumerate(Grade):
                made[f"satisfaction.{dimension}.{grade}"] = (places.count(place), len(places))
            made[f"satisfaction.{dimension}.rate"] = (len(places) - places.count(2), len(places))
        return made

    def promises(self) -> dict[str, tuple[int, int | None]]:
        made = [one for item in self.items for one in item.promises if self.by_then(one.undertaken_at)]
        kept = sum(self.by_then(one.kept_at) for one in made)
        judged = [one for one in made if self.is_judged(one)]

        def of_all(which: Callable[[Promised], bool]) -> tuple[int, int]:
            return sum(map(which, made)), len(made)

        return {
            "promise.total": (len(made), None),
            "promise.carried_out": (kept, len(made)),
            "promise.overdue": of_all(self.is_overdue),
            "promise.dropped": of_all(lambda one: self.by_then(one.dropped_at)),
            "promise.slipped": of_all(lambda one: self.held_on(one) > one.due_on),
            "promise.first_date": (sum(map(self.is_in_first_time, judged)), len(judged)),
            "promise.altered": of_all(lambda one: any(map(self.by_then, one.altered_at))),
            "promise.vague": of_all(self.is_vague),
            "fulfilment.rate": (kept, len(made)),
        }

    def held_on(self, one: Promised) -> date:
        due = one.due_on
        for moved_at, to in sorted(one.moves):
            if self.by_then(moved_at):
                due = to
        return due

    def is_overdue(self, one: Promised) -> bool:
        settled = self.by_then(one.kept_at) or self.by_then(one.dropped_at)
        return self.held_on(one) < self.as_of and not settled

    def is_judged(self, one: Promised) -> bool:
        if self.by_then(one.kept_at):
            return True
        dropped_before = self.by_then(one.dropped_at) and day_of(one.dropped_at) <= one.due_on
        return one.due_on < self.as_of and not dropped_before

    def is_in_first_time(self, one: Promised) -> bool:
        return self.by_then(one.kept_at) and day_of(one.kept_at) <= one.due_on

    def is_vague(self, one: Promised) -> bool:
        return not one.on_paper and (one.named_at is None or one.named_at > one.undertaken_at)
