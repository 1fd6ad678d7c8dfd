"""定期调度: the same question again every week or month, on working days, until a day or until it is ended."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from huiyin.clock.due import add_months
from huiyin.clock.workdays import Calendar
from huiyin.people.models import Jurisdiction, Unit
from huiyin.proposals.models import Plenary
from huiyin.supervision.words import Every, Sent

if TYPE_CHECKING:
    from huiyin.supervision.dispatching import DispatchRound


class SeriesQuerySet(models.QuerySet["DispatchSeries"]):
    def running(self, on: date) -> Self:
        return self.filter(ended_at=None, first_on__lte=on, until__gte=on)


class DispatchSeries(models.Model):
    """What is asked again and again, by which rule the items are found each time, and how many days there are to say it."""

    lock_with = ("plenary", "jurisdiction")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="dispatch_series")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="dispatch_series", verbose_name="届次")
    title = models.CharField("名称", max_length=90)
    asks = models.TextField("要报什么")
    every = models.CharField("多久一次", max_length=8, choices=Every.choices())
    first_on = models.DateField("第一次")
    until = models.DateField("到哪天为止")
    days = models.PositiveSmallIntegerField("几天内报送")
    key_only = models.BooleanField("只调度重点件", default=False)
    mark = models.CharField("办理结果", max_length=10, blank=True)
    promise_days = models.PositiveSmallIntegerField("多少天以内到期的承诺", null=True)
    units = models.ManyToManyField(Unit, related_name="dispatch_series", blank=True, verbose_name="单位")
    begun_at = models.DateTimeField("发起时间")
    ended_at = models.DateTimeField("停止时间", null=True)
    reason = models.TextField("停止原因", blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "定期调度"
        ordering = ["-begun_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its latest round, which shows all of them."""
        latest = self.rounds.order_by("-period").first()
        return latest.get_absolute_url() if latest else ""

    @property
    def assembly(self) -> str:
        return self.plenary.assembly

    def selection(self, day: date) -> dict[str, Any]:
        """The rule by which its items are found, as of a day."""
        found = {"units": list(self.units.all()), "mark": self.mark, "key_only": self.key_only}
        if self.promise_days is not None:
            found["promises_until"] = day + timedelta(days=self.promise_days)
        return found

    def due_period(self, day: date, calendar: Calendar) -> date | None:
        """The period whose round is to stand on a day. A clock that was off makes up for the last one, not for all."""
        if not calendar.is_workday(day):
            return None
        begun = [period for period in self._periods(day) if calendar.next_workday(period) <= day]
        return begun[-1] if begun else None

    def next_on(self, day: date, calendar: Calendar) -> date | None:
        """The next day after this one on which a round is opened."""
        if self.ended_at is not None:
            return None
        opening = (calendar.next_workday(period) for period in self._periods(self.until))
        return next((found for found in opening if day < found <= self.until), None)

    def _periods(self, until: date) -> list[date]:
        return list(takewhile(lambda period: period <= until, map(self._period, range(MOST))))

    def _period(self, number: int) -> date:
        """Counted from the first, so that a series of the 31st comes back to the 31st."""
        if self.every == Every.WEEK:
            return self.first_on + timedelta(weeks=number)
        return add_months(self.first_on, number)


MOST = 600  # weeks: longer than two terms


def silent_running(sent: Sequence[Sent | None]) -> int:
    """In how many rounds in a row a unit has said nothing, the latest counted back; None: it was not asked there."""
    asked = [one for one in sent if one not in (None, Sent.WAITING)]
    return len(list(takewhile(lambda one: one == Sent.SILENT, reversed(asked))))


def table_of(rounds: "Sequence[DispatchRound]", on: date) -> list[tuple[Unit, list[Sent | None], int]]:
    """Per unit what it sent in each of these rounds, the longest silent first; sheets with units must be fetched."""
    units: dict[int, Unit] = {}
    said: dict[tuple[int, int], Sent] = {}
    for found in rounds:
        for sheet in found.sheets.all():
            units[sheet.unit_id] = sheet.unit
            said[sheet.unit_id, found.pk] = sheet.sent(found, on)
    lines = []
    for pk, unit in units.items():
        row = [said.get((pk, found.pk)) for found in rounds]
        lines.append((unit, row, silent_running(row)))
    return sorted(lines, key=lambda line: (-line[2], line[0].pk))
