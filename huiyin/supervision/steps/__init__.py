"""Steps of supervision: division of work, key items, instructions, urging and slips, dispatch, inspection, look-back,
meetings, matters put to superiors; and the tasks that come of them."""

from huiyin.supervision.steps import dispatching as dispatch
from huiyin.supervision.steps import series
from huiyin.supervision.steps import superiors as superior
from huiyin.supervision.steps import tasks as task
from huiyin.supervision.steps.dividing import divide, end_division
from huiyin.supervision.steps.inspecting import inspect_again, look_back, record_inspection, visit
from huiyin.supervision.steps.leading import assign_leader, end_leadership, give_instruction
from huiyin.supervision.steps.meeting import record_meeting
from huiyin.supervision.steps.sampling import draw
from huiyin.supervision.steps.urging import receipt, slip, urge

__all__ = [
    "assign_leader",
    "dispatch",
    "divide",
    "draw",
    "end_division",
    "end_leadership",
    "give_instruction",
    "inspect_again",
    "look_back",
    "receipt",
    "record_inspection",
    "record_meeting",
    "series",
    "slip",
    "superior",
    "task",
    "urge",
    "visit",
]
