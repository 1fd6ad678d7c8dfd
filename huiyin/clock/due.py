"""Due dates. Pure: a rule, a start and a calendar give a day and the reason for it.

Counting follows 民法典 arts. 200-204 unless the rule says otherwise: the day of the start is not counted (art. 201);
a span of months or years ends on the corresponding day, or on the month's last where there is none (art. 202); a
last day that is a rest day moves to the next workday (art. 203).
"""

import calendar as gregorian
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiyin.clock import sentences
from huiyin.clock.now import moment
from huiyin.clock.workdays import DAY, Calendar, days_after
from huiyin.rulepacks.schema import Alert, Before, DeadlineRule, FixedDate, Length

Skipped = tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Due:
    """A due date with its reason: the rest days skipped, the notice it rests on, the rule and the sentences."""

    due_on: date
    provisional: bool
    skipped: Skipped
    notice: str
    rule: str
    explanation: str


@dataclass(frozen=True)
class Other:
    """The deadline that a `Before` rule counts back from."""

    name: str
    due_on: date
    provisional: bool = False


class OtherDeadlineError(ValueError):
    """A rule of "N before another deadline" was counted without that other deadline."""


def due(
    rule: DeadlineRule,
    start: date,
    calendar: Calendar,
    *,
    other: Other | None = None,
    paused_workdays: int = 0,
    extended_to: date | None = None,
) -> Due:
    """When a deadline that started on a day is due. `extended_to` already holds what was paused after its ruling."""
    raw = extended_to or _last_day(rule, start, calendar, other)
    settled = on_workday(raw, rule.if_rest_day, calendar)
    moved = 0 if extended_to else paused_workdays
    due_on = calendar.add_workdays(settled, moved) if moved else settled
    by_workdays = _unit(rule.length) == "workdays" and not extended_to
    skipped = calendar.rest_days(start if by_workdays else raw - DAY, max(due_on, raw - DAY))
    if settled < raw:
        skipped = calendar.rest_days(settled, raw)
    told = sentences.Told(
        rule=rule,
        start=start,
        raw=raw,
        settled=settled,
        due_on=due_on,
        calendar=calendar,
        other_name=other.name if other else "",
        other_due=other.due_on if other else None,
        paused_workdays=paused_workdays,
        extended_to=extended_to,
        provisional=_is_provisional(rule, calendar, (raw, due_on), moved, other),
    )
    return Due(
        due_on=due_on,
        provisional=told.provisional,
        skipped=skipped,
        notice=_notice(calendar, start if by_workdays else raw - DAY, max(raw, due_on), due_on),
        rule=rule.name,
        explanation=sentences.explain(told),
    )


def latest(rule: DeadlineRule, start: date, calendar: Calendar, paused_workdays: int = 0) -> date | None:
    """The last day to which the rule lets a deadline be extended; None where it names no maximum."""
    if rule.maximum is None:
        return None
    last = on_workday(_span_end(rule.maximum, start, rule.count_from, calendar), rule.if_rest_day, calendar)
    return calendar.add_workdays(last, paused_workdays) if paused_workdays else last


def on_workday(day: date, if_rest_day: str, calendar: Calendar) -> date:
    """A last day after the rest-day rule."""
    if if_rest_day == "next_workday":
        return calendar.next_workday(day)
    if if_rest_day == "previous_workday":
        return calendar.previous_workday(day)
    return day


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months on, or the month's last where there is none (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def paused_between(since: date, resumed_on: date, calendar: Calendar) -> int:
    """The workdays of a pause: the day of the pause counts, the day of the resumption does not."""
    return max(0, calendar.workdays_between(since - DAY, resumed_on - DAY))


def next_alert(rule: DeadlineRule, due_on: date, after: datetime, calendar: Calendar) -> datetime | None:
    """The first alert after a moment, at nine on a workday: one before the due date falls back to the workday
    before it, the others go on to the next workday. Moments already past are skipped."""
    moments = {_alert_moment(alert, due_on, calendar) for alert in rule.alerts}
    return min((when for when in moments if when > after), default=None)


def _alert_moment(alert: Alert, due_on: date, calendar: Calendar) -> datetime:
    if alert.unit == "workdays":
        return moment(calendar.add_workdays(due_on, alert.count))
    day = _shift(due_on, Length(alert.count, alert.unit))
    return moment(calendar.previous_workday(day) if alert.count < 0 else calendar.next_workday(day))


def _last_day(rule: DeadlineRule, start: date, calendar: Calendar, other: Other | None) -> date:
    length = rule.length
    if isinstance(length, FixedDate):
        return _fixed_date(length, start)
    if isinstance(length, Before):
        if other is None:
            raise OtherDeadlineError(f"{rule.name} counts back from {length.deadline}, which was not given")
        if length.length.unit == "workdays":
            return calendar.add_workdays(other.due_on, -length.length.count)
        return _shift(other.due_on, Length(-length.length.count, length.length.unit))
    return _span_end(length, start, rule.count_from, calendar)


def _span_end(length: Length, start: date, count_from: str, calendar: Calendar) -> date:
    """The last day of a span before the rest-day rule."""
    same_day = count_from == "same_day"
    if length.unit == "workdays":
        return calendar.add_workdays(start - DAY if same_day else start, length.count)
    end = _shift(start, length)
    if not same_day:
        return end
    if length.unit == "days" or end.day == start.day:
        return end - DAY
    return end  # No corresponding day: the month's last ends the span either way.


def _shift(day: date, length: Length) -> date:
    if length.unit == "days":
        return day + timedelta(days=length.count)
    return add_months(day, length.count * (12 if length.unit == "years" else 1))


def _fixed_date(fixed: FixedDate, start: date) -> date:
    """That date of the year, on or after the start; 29 February is the 28th in a common year."""
    for year in (start.year, start.year + 1):
        day = date(year, fixed.month, min(fixed.day, gregorian.monthrange(year, fixed.month)[1]))
        if day >= start:
            break
    return day


def _unit(length: Length | FixedDate | Before) -> str:
    return length.unit if isinstance(length, Length) else ""


def _is_provisional(
    rule: DeadlineRule, calendar: Calendar, days: Iterable[date], moved: int, other: Other | None
) -> bool:
    """A date is provisional when it rests on workdays of a year whose notice is not known."""
    counts_back = isinstance(rule.length, Before) and rule.length.length.unit == "workdays"
    asks_calendar = rule.if_rest_day != "keep" or _unit(rule.length) == "workdays" or counts_back or moved
    unknown = bool(asks_calendar) and not all(calendar.covers(day) for day in days)
    return unknown or (other is not None and other.provisional)


def _notice(calendar: Calendar, after: date, until: date, due_on: date) -> str:
    """The notice a date rests on: the latest that names a day looked at, else that of the due date's year."""
    if not calendar.covers(due_on):
        return ""
    naming = calendar.notices_naming(days_after(after, until))
    notice = naming[-1] if naming else calendar.notice_for(due_on)
    return str(notice) if notice else ""
