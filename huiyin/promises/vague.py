"""空泛: a promise that names nothing by which anybody could tell whether it has been carried out. Pure."""

from typing import Any

AMOUNT, MILESTONE, PROOF = "数量或者范围", "节点", "完成的凭证"


def not_named(*, amount: Any, milestones: Any, proof: str) -> list[str]:
    """Which of the three it leaves open, in words."""
    named = {AMOUNT: amount is not None, MILESTONE: bool(milestones), PROOF: bool(proof.strip())}
    return [word for word, given in named.items() if not given]


def is_vague(*, amount: Any, milestones: Any, proof: str) -> bool:
    """Neither an amount, nor a milestone, nor a proof: any one of them can be held against what comes of it."""
    return len(not_named(amount=amount, milestones=milestones, proof=proof)) == 3
