"""The fold: which deadlines run, after each event. Pure, so that a replay of the events gives what is stored.

Events are folded in the order in which they were recorded, each with its corrected `at` and with the calendar that
was known when it was recorded. An event whose moment is not known starts no clock, but may meet one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from huiyin.clock import runs
from huiyin.clock.due import latest, next_alert, on_workday, paused_between
from huiyin.clock.now import day_of
from huiyin.clock.running import Happening, Running, State, begun, recount
from huiyin.clock.runs import Terms
from huiyin.clock.workdays import Calendar, Calendars
from huiyin.rulepacks.schema import Before, DeadlineRule
from huiyin.words import DeadlineName, Ruling


def advance(running: State, happening: Happening, terms: Terms, calendar: Calendar) -> State:
    """The deadlines after one event: controlled, met, started, and those that count back from another recounted."""
    step = _Step(happening, terms, calendar)
    after = tuple(step.controlled(one, running) if one.is_open else one for one in running)
    after = tuple(step.met(one) if one.is_open else one for one in after)
    after = step.started(after)
    moved = _moved(running, after)
    return tuple(step.counted_back(one, after, moved) if one.is_open else one for one in after)


def _moved(before: State, after: State) -> frozenset[str]:
    """The names of deadlines that are new, have another date, or no longer count."""
    was = {one.key: (one.due_on, one.provisional, one.cancelled_at) for one in before}
    return frozenset(
        one.name for one in after if was.get(one.key) != (one.due_on, one.provisional, one.cancelled_at)
    )


def replay(happenings: Iterable[Happening], terms: Terms, calendars: Calendars) -> State:
    """All deadlines from all events."""
    state: State = ()
    for happening in happenings:
        state = advance(state, happening, terms, calendars.as_known(happening.recorded_at))
    return state


@dataclass(frozen=True)
class _Step:
    """One event against the deadlines that run."""

    happening: Happening
    terms: Terms
    calendar: Calendar

    # Controls: pause, resume, cancel, extend, move

    def controlled(self, one: Running, state: State) -> Running:
        code = self.happening.code
        if code in runs.ENDINGS or self._ends(one):
            return replace(one, cancelled_at=self.happening.at, next_alert_at=None)
        if code in (runs.MOVE, runs.CORRECT):
            return self.counted(one, state)
        if code == runs.ALERT:
            return self._alerted(one)
        if code == runs.MOVE_TO_PACK:
            return self._under_new_rules(one, state)
        if one.assignment_id is None or one.assignment_id != self.happening.assignment_id:
            return one
        if code == runs.PAUSE and one.paused_since is None and one.name in runs.PAUSABLE:
            return replace(one, paused_since=self.happening.day, next_alert_at=None)
        if code == runs.RESUME and one.paused_since is not None:
            return self._resumed(one, state)
        if code == runs.EXPLAIN_EXTENSION or (code == runs.RULE_EXTENSION and self._is_granted()):
            return self._extended(one, state)
        return one

    def _is_granted(self) -> bool:
        return bool(self.happening.facts.get("ruling") == Ruling.GRANTED)

    def _ends(self, one: Running) -> bool:
        """The assignment is returned or cancelled, the form is taken back or waited for no longer, or
        the promise has come to its end."""
        code = self.happening.code
        if code in (runs.KEEP, runs.DROP):
            return one.promise_id is not None and one.promise_id == self.happening.promise_id
        if code in (runs.REVOKE, runs.LAPSE):
            return one.evaluation_id is not None and one.evaluation_id == self.happening.evaluation_id
        over = code == runs.CANCEL or (code == runs.RULE_RETURN and self._is_granted())
        return over and one.assignment_id is not None and one.assignment_id == self.happening.assignment_id

    def _resumed(self, one: Running, state: State) -> Running:
        assert one.paused_since is not None
        paused = paused_between(one.paused_since, self.happening.day, self.calendar)
        extended = (
            self.calendar.add_workdays(one.extended_to, paused)
            if one.extended_to and paused
            else one.extended_to
        )
        resumed = replace(
            one, paused_since=None, paused_workdays=one.paused_workdays + paused, extended_to=extended
        )
        return self.counted(resumed, state, alerts=True)

    def _extended(self, one: Running, state: State) -> Running:
        """The answer's deadline to the day ruled, never to an earlier one and never over the rule's maximum."""
        names = {other.name for other in state if other.is_open and other.assignment_id == one.assignment_id}
        second = DeadlineName.SECOND_HANDLING
        wanted = second if second in names else DeadlineName.REPLY
        until = self.happening.facts.get("until")
        if one.name != wanted or not until:
            return one
        last = latest(one.rule, one.starts_on, self.calendar, one.paused_workdays)
        to = min(date.fromisoformat(until), last) if last else date.fromisoformat(until)
        if on_workday(to, one.rule.if_rest_day, self.calendar) <= one.due_on:
            return one
        return self.counted(replace(one, extended_to=to), state)

    def _under_new_rules(self, one: Running, state: State) -> Running:
        """The item follows another version: what runs goes on from its start by the rule that this version has."""
        rule = self.terms.rule(one.name)
        if rule is None or not rule.met_by:
            return one
        return self.counted(replace(one, rule=rule, version=self.terms.version), state, alerts=True)

    def _alerted(self, one: Running) -> Running:
        facts = self.happening.facts
        about = (self.happening.assignment_id, facts.get("evaluation"), facts.get("promise"))
        told = (facts.get("name"), *about, facts.get("round"))
        return self._with_alert(one) if told == one.key else one

    # Meeting

    def met(self, one: Running) -> Running:
        happening = self.happening
        said = {happening.code, runs.STANDS_FOR.get(happening.code, happening.code)}
        if said.isdisjoint(one.rule.met_by) or not self._concerns(one):
            return one
        return replace(
            one,
            met_at=happening.at,
            met_by=happening.event,
            met_known=happening.at_known,
            next_alert_at=None,
        )

    def _concerns(self, one: Running) -> bool:
        """An event of another assignment, evaluation or round says nothing about this deadline."""
        happening = self.happening
        if one.evaluation_id is not None:
            return one.evaluation_id == happening.evaluation_id
        if one.promise_id is not None:
            # What is reported twice in a period is the report of that period still.
            return one.promise_id == happening.promise_id and happening.day >= one.starts_on
        if (
            None not in (one.assignment_id, happening.assignment_id)
            and one.assignment_id != happening.assignment_id
        ):
            return False
        answers = one.name in (DeadlineName.REPLY, DeadlineName.SECOND_HANDLING)
        return not answers or happening.round is None or happening.round == one.round

    # Starting

    def started(self, state: State) -> State:
        """With the deadlines that this event starts; one that runs goes on, one that was met or cancelled restarts."""
        if not self.happening.at_known:
            return state
        for rule in runs.rules_that_run(self.terms):
            if runs.comes_again(rule.name) and (new := self._again(rule, state)) is not None:
                state = (*state, new)
            if runs.started_when(rule) != self.happening.code:
                continue
            for assignment_id in self._assignments(rule, state):
                new = self._start(rule, assignment_id, state)
                old = next((one for one in state if new and one.key == new.key), None)
                if new and old is None:
                    state = (*state, new)
                elif new and old and not old.is_open:
                    state = tuple(new if one is old else one for one in state)
        return state

    def _assignments(self, rule: DeadlineRule, state: State) -> tuple[int | None, ...]:
        """Whose deadline the rule starts: the assignments that the event names, else its own if its role carries the
        deadline; for an event about the whole item the answering units; None for one of an evaluation or the item."""
        if not runs.is_of_assignment(rule.name):
            return (None,)
        happening = self.happening
        if "assignments" in happening.facts:
            return tuple(happening.facts["assignments"])
        if happening.assignment_id is not None:
            return (happening.assignment_id,) if happening.role in runs.ROLES[rule.name] else ()
        answering = (one for one in state if one.name == DeadlineName.REPLY and one.cancelled_at is None)
        return tuple(one.assignment_id for one in answering)

    def _again(self, rule: DeadlineRule, state: State) -> Running | None:
        """The next one after the one that this event has met: from the day after it was due, or came late."""
        met = (
            one
            for one in state
            if one.name == rule.name and one.met_by == self.happening.event and one.met_at is not None
        )
        before = max(met, key=lambda one: one.round, default=None)
        if before is None or any(one.key == replace(before, round=before.round + 1).key for one in state):
            return None
        starts_on = self._asked_from(rule, max(before.due_on, self.happening.day) + timedelta(days=1))
        new = replace(
            begun(rule, starts_on),
            promise_id=before.promise_id,
            round=before.round + 1,
            started_by=self.happening.event,
            version=self.terms.version,
        )
        counted = self.counted(new, state, alerts=True)
        return replace(counted, first_due_on=counted.due_on)

    def _asked_from(self, rule: DeadlineRule, day: date) -> date:
        """What comes again and again was asked of nobody before the office kept the item here."""
        if runs.comes_again(rule.name) and self.happening.history:
            return max(day, day_of(self.happening.recorded_at))
        return day

    def _start(self, rule: DeadlineRule, assignment_id: int | None, state: State) -> Running | None:
        happening = self.happening
        closed_on = self.terms.plenary_closed_on
        starts_on = closed_on if rule.starts == runs.PLENARY_CLOSE else happening.day
        evaluation_id = happening.evaluation_id if runs.is_of_evaluation(rule.name) else None
        if starts_on is None or (runs.is_of_evaluation(rule.name) and evaluation_id is None):
            return None
        starts_on = self._asked_from(rule, starts_on)
        first_round = 2 if rule.name == DeadlineName.SECOND_HANDLING else 1
        new = replace(
            begun(rule, starts_on),
            assignment_id=assignment_id,
            evaluation_id=evaluation_id,
            promise_id=self.happening.promise_id if runs.comes_again(rule.name) else None,
            round=happening.round or first_round,
            started_by=happening.event,
            version=self.terms.version,
        )
        before = self._replaced(rule, state)
        if before is not None:
            return self.counted(self._going_on(new, before), state, alerts=True)
        counted = self.counted(new, state, alerts=True)
        return replace(counted, first_due_on=counted.due_on)

    def _replaced(self, rule: DeadlineRule, state: State) -> Running | None:
        """The deadline of the unit that this one takes over from, where a reassignment does not start it anew."""
        replaces = self.happening.facts.get("replaces")
        if rule.restart or replaces is None:
            return None
        return next((one for one in state if one.name == rule.name and one.assignment_id == replaces), None)

    def _going_on(self, new: Running, before: Running) -> Running:
        paused = before.paused_workdays
        if before.paused_since:
            paused += paused_between(before.paused_since, self.happening.day, self.calendar)
        return replace(
            new,
            started_by=before.started_by,
            starts_on=before.starts_on,
            first_due_on=before.first_due_on,
            paused_workdays=paused,
            extended_to=before.extended_to,
        )

    # Counting

    def counted_back(self, one: Running, state: State, moved: frozenset[str]) -> Running:
        """A deadline that counts back from another moves with it, and only then."""
        length = one.rule.length
        return self.counted(one, state) if isinstance(length, Before) and length.deadline in moved else one

    def counted(self, one: Running, state: State, *, alerts: bool = False) -> Running:
        """With its due date counted anew; the next alert is set again where the date has moved."""
        found = recount(one, state, self.terms, self.calendar)
        moved = found.due_on != one.due_on
        counted = replace(
            one,
            due_on=found.due_on,
            provisional=found.provisional,
            notice=found.notice,
            counted_at=self.happening.recorded_at,
        )
        return self._with_alert(counted) if moved or alerts else counted

    def _with_alert(self, one: Running) -> Running:
        if one.paused_since is not None:
            return replace(one, next_alert_at=None)
        when = next_alert(one.rule, one.due_on, self.happening.recorded_at, self.calendar)
        return replace(one, next_alert_at=when)
