"""Steps of replies: drafted, reviewed, signed, checked, issued; marks raised and lowered."""

from huiyin.replies.steps.checking import agree, fail_check, pass_check, to_check
from huiyin.replies.steps.drafting import draft, revise, void
from huiyin.replies.steps.issuing import answer, answer_again, issue
from huiyin.replies.steps.marking import lower_mark, raise_mark
from huiyin.replies.steps.signing import send_back, sign, submit
from huiyin.replies.steps.supplementing import supplement

__all__ = [
    "agree",
    "answer",
    "answer_again",
    "draft",
    "fail_check",
    "issue",
    "lower_mark",
    "pass_check",
    "raise_mark",
    "revise",
    "send_back",
    "sign",
    "submit",
    "supplement",
    "to_check",
    "void",
]
