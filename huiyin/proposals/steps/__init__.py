"""Steps of an item up to its assignment, in the order of the procedure: 接收、审查、立案、移交、登记、分类."""

from huiyin.proposals.steps.classifying import add_class, classify
from huiyin.proposals.steps.filing import accept, file, refuse
from huiyin.proposals.steps.opening import change_plenary, choose_pack, open_plenary
from huiyin.proposals.steps.receiving import ask_completion, receive, review, revise, wish_confidential
from huiyin.proposals.steps.registering import (
    difficulty_is_on_the_scale,
    grade_difficulty,
    hand_over,
    handle_elsewhere,
    mark_key,
    move_to_pack,
    register,
    set_publicity,
    split,
)
from huiyin.proposals.steps.supplementing import correct, supplement
from huiyin.proposals.steps.writing import (
    ask_to_sign,
    decline_to_sign,
    discard_draft,
    invite_co_signers,
    sign_draft,
    submit_draft,
)

__all__ = [
    "accept",
    "add_class",
    "ask_completion",
    "ask_to_sign",
    "change_plenary",
    "choose_pack",
    "classify",
    "correct",
    "decline_to_sign",
    "difficulty_is_on_the_scale",
    "discard_draft",
    "file",
    "grade_difficulty",
    "hand_over",
    "handle_elsewhere",
    "invite_co_signers",
    "mark_key",
    "move_to_pack",
    "open_plenary",
    "receive",
    "refuse",
    "register",
    "review",
    "revise",
    "set_publicity",
    "sign_draft",
    "split",
    "submit_draft",
    "supplement",
    "wish_confidential",
]
