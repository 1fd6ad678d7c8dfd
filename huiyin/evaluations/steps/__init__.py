"""Steps of evaluations, in the order of the procedure: asked for, given, counted; second handling."""

from huiyin.evaluations.steps.counting import count, count_all, count_due, exhaust
from huiyin.evaluations.steps.giving import enter_paper, submit, supplement
from huiyin.evaluations.steps.inviting import invite, lapse, renew_link, revoke
from huiyin.evaluations.steps.second import decline, done, order, propose

__all__ = [
    "count",
    "count_all",
    "count_due",
    "decline",
    "done",
    "enter_paper",
    "exhaust",
    "invite",
    "lapse",
    "order",
    "propose",
    "renew_link",
    "revoke",
    "submit",
    "supplement",
]
