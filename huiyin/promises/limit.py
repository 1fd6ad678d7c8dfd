"""The outer limit of promises (deadline `fulfilment` of the pack), e.g. three years from the close of the plenary."""

from datetime import date, datetime

from huiyin.clock.due import due
from huiyin.clock.holidays import calendars_in_force
from huiyin.clock.now import day_of
from huiyin.clock.runs import PLENARY_CLOSE
from huiyin.clock.said import in_full
from huiyin.proposals.models import Proposal
from huiyin.rulepacks.schema import Before
from huiyin.words import DeadlineName


def last_day(proposal: Proposal, promised_at: datetime) -> date | None:
    """The last day that a promise of this item may be given or moved to; None where the pack sets no limit."""
    rule = proposal.pack.deadline(DeadlineName.FULFILMENT, proposal.kind, proposal.period)
    if rule is None or isinstance(rule.length, Before):
        return None
    start = proposal.plenary.closed_on if rule.starts == PLENARY_CLOSE else day_of(promised_at)
    return due(rule, start, calendars_in_force().as_known(day_of(promised_at))).due_on


def beyond(proposal: Proposal, promised_at: datetime, day: date | None) -> str | None:
    """The sentence for a date beyond the limit, with what to do instead."""
    last = last_day(proposal, promised_at) if day else None
    if day is None or last is None or day <= last:
        return None
    rule = proposal.pack.deadline(DeadlineName.FULFILMENT, proposal.kind, proposal.period)
    source = f"（{rule.source}）" if rule else ""
    return (
        f"承诺期限最晚为{in_full(last)}{source}，不能定到{in_full(day)}。"
        "请改定较早的日期；到期确实不能完成的，请办理“终止承诺”并向提案者说明。"
    )
