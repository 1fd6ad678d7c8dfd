"""Steps of topics, in the order of their life: opened, items and promises taken in, carried out, counted, settled."""

from huiyin.topics.steps.grouping import bind_promise, join, leave, unbind_promise
from huiyin.topics.steps.measuring import correct_outcome, record_outcome
from huiyin.topics.steps.opening import begin, change, open_topic, reopen, report, settle
from huiyin.topics.steps.repeating import confirm, dismiss, mark, propose, search

__all__ = [
    "begin",
    "bind_promise",
    "change",
    "confirm",
    "correct_outcome",
    "dismiss",
    "join",
    "leave",
    "mark",
    "open_topic",
    "propose",
    "record_outcome",
    "reopen",
    "report",
    "search",
    "settle",
    "unbind_promise",
]
