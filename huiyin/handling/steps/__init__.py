"""Steps of the units' shares, in the order of the procedure: 交办、签收、退办、定案、会办、延期、撤案、办结."""

from huiyin.handling.steps.assigning import assign, assign_all, cancel, sign
from huiyin.handling.steps.closing import close, close_answer, reopen, reopen_answer, settle
from huiyin.handling.steps.extending import (
    ask_extension,
    explain_extension,
    pause,
    resume,
    rule_extension,
)
from huiyin.handling.steps.grading import object_difficulty, rule_difficulty
from huiyin.handling.steps.merging import merge, unmerge
from huiyin.handling.steps.opinions import give_opinion, revise_opinion
from huiyin.handling.steps.planning import pass_on, plan, take_over
from huiyin.handling.steps.returning import ask_return, object_to, reassign, rule_objection, rule_return
from huiyin.handling.steps.withdrawing import void, withdraw, withdraw_signature

__all__ = [
    "ask_extension",
    "ask_return",
    "assign",
    "assign_all",
    "cancel",
    "close",
    "close_answer",
    "explain_extension",
    "give_opinion",
    "merge",
    "object_difficulty",
    "object_to",
    "pass_on",
    "pause",
    "plan",
    "reassign",
    "reopen",
    "reopen_answer",
    "resume",
    "revise_opinion",
    "rule_difficulty",
    "rule_extension",
    "rule_objection",
    "rule_return",
    "settle",
    "sign",
    "take_over",
    "unmerge",
    "void",
    "withdraw",
    "withdraw_signature",
]
