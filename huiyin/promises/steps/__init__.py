"""Steps of promises, in the order of the procedure: written into a draft, undertaken, carried out or dropped."""

from huiyin.promises.steps.confirming import confirm
from huiyin.promises.steps.making import add_milestone, change, make, reach_milestone, undertake, void
from huiyin.promises.steps.reporting import explain, report, skip_report
from huiyin.promises.steps.settling import (
    accept,
    alter,
    claim_done,
    drop,
    move_date,
    send_back,
    set_date,
    take_over,
)
from huiyin.promises.steps.using import end_use, follow, use

__all__ = [
    "accept",
    "add_milestone",
    "alter",
    "change",
    "claim_done",
    "confirm",
    "drop",
    "end_use",
    "explain",
    "follow",
    "make",
    "move_date",
    "reach_milestone",
    "report",
    "send_back",
    "set_date",
    "skip_report",
    "take_over",
    "undertake",
    "use",
    "void",
]
