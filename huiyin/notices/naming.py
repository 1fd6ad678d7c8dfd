"""How a message or a feed names an item, and what it may quote of it: where the title stays in, its words do too."""

from huiyin.journal.models import Event
from huiyin.journal.step import STEPS
from huiyin.proposals.models import Proposal
from huiyin.words import Publicity


def is_discreet(item: Proposal) -> bool:
    """Where the proposer asks for discretion, or the item is closed to the public."""
    return item.wish_confidential or item.publicity == Publicity.CLOSED


def item_said(item: Proposal, *, outside: bool) -> str:
    """第12号《…》. The title stays in where the item is discreet; nor is it for a chat of a group."""
    return item.numbered if outside or is_discreet(item) else f"{item.numbered}《{item.title}》"


def said_of(item: Proposal, text: str) -> str:
    """The item with words from it; of a discreet one its number alone."""
    named = item_said(item, outside=False)
    return named if is_discreet(item) else f"{named}：{text}"


def step_said(event: Event) -> str:
    """The step by its name alone: what was written in it is read after logging in."""
    step = STEPS.get(event.code)
    who = f"（{event.unit.name}）" if event.unit else ""
    return f"{step.label if step else event.code}{who}"
