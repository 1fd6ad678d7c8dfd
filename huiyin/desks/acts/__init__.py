"""What is due for whom: one table, the same for the desk, its counts, its lists and its tests.

An act is a step that waits on rows of one kind. The step's declaration stays the only judge of whether it may be
taken; here stands where to look for rows, when they are due, and what is said about each.
"""

from huiyin.desks.acts.act import Act
from huiyin.desks.acts.offices import FOR_LEADERS_AND_PROPOSERS, FOR_THE_ASSEMBLY, FOR_THE_OFFICE
from huiyin.desks.acts.units import FOR_UNITS
from huiyin.people.actor import Actor

ACTS: tuple[Act, ...] = FOR_THE_OFFICE + FOR_THE_ASSEMBLY + FOR_UNITS + FOR_LEADERS_AND_PROPOSERS

__all__ = ["ACTS", "Act", "acts_of"]


def acts_of(actor: Actor) -> list[Act]:
    return [act for act in ACTS if actor.role in act.roles]
