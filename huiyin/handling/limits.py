"""What the steps ask of the clock: the deadline of a share, and how far it may be extended."""

from datetime import date

from huiyin.clock.due import due, latest
from huiyin.clock.holidays import calendar_today
from huiyin.clock.models import Deadline
from huiyin.handling.models import Assignment
from huiyin.journal.work import up_to_date
from huiyin.rulepacks.schema import Before
from huiyin.words import DeadlineName


def deadline_of(assignment: Assignment, name: str) -> Deadline | None:
    """The latest deadline of this name on the share, met or not; None where no clock of that name was started."""
    up_to_date()
    found = assignment.deadlines.filter(name=name, cancelled_at=None)
    return found.order_by("round", "id").last()


def answer_deadline(assignment: Assignment) -> Deadline | None:
    """What an extension moves: the second handling's deadline where one runs, else the reply's."""
    second = deadline_of(assignment, DeadlineName.SECOND_HANDLING)
    return second if second and second.is_open else deadline_of(assignment, DeadlineName.REPLY)


def extension_limit(assignment: Assignment, deadline: Deadline) -> date | None:
    """The last day that the pack allows: its `extension_max`, else the rule's own maximum; None where it names none."""
    proposal = assignment.proposal
    calendar = calendar_today()
    outer = proposal.pack.deadline(DeadlineName.EXTENSION_MAX, proposal.kind, proposal.period)
    if outer is not None and not isinstance(outer.length, Before):
        return due(outer, deadline.starts_on, calendar, paused_workdays=deadline.paused_workdays).due_on
    rule = proposal.pack.deadline(deadline.name, proposal.kind, proposal.period)
    return latest(rule, deadline.starts_on, calendar, deadline.paused_workdays) if rule else None
