"""Steps of supervision: leaders' key items and instructions, urging, inspection and look-back, meetings."""

from huiyin.supervision.steps.inspecting import look_back, record_inspection, redress
from huiyin.supervision.steps.leading import assign_leader, end_leadership, fulfil, give_instruction
from huiyin.supervision.steps.urging import receipt, record_meeting, urge

__all__ = [
    "assign_leader",
    "end_leadership",
    "fulfil",
    "give_instruction",
    "look_back",
    "receipt",
    "record_inspection",
    "record_meeting",
    "redress",
    "urge",
]
