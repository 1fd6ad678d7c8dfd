"""Which deadlines run for which part of an item, and which events the clock listens to. Pure.

A rule with no `met_by` never runs: it is a limit that steps read (extension_max). The scope of a deadline follows
from its name: an assignment's, an evaluation's, a promise's or the whole item's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from huiyin.rulepacks.schema import DeadlineRule, Pack
from huiyin.words import DeadlineName, UnitRole

PLENARY_CLOSE = "plenary.close"

ASSIGN = "assignment.assign"
PAUSE = "assignment.pause"
RESUME = "assignment.resume"
CANCEL = "assignment.cancel"
RULE_RETURN = "assignment.rule_return"
RULE_EXTENSION = "assignment.rule_extension"
EXPLAIN_EXTENSION = "assignment.explain_extension"
REVOKE = "evaluation.revoke"
LAPSE = "evaluation.lapse"
INVITE = "evaluation.invite"
ISSUE = "reply.issue"
PROMISE = "promise.make"
MOVE = "deadline.move"
ALERT = "clock.alert"
UNDERTAKE = "promise.undertake"
KEEP, DROP = "promise.accept", "promise.drop"
CORRECT = "event.correct"
MOVE_TO_PACK = "proposal.move_to_pack"
ENDINGS = frozenset({"proposal.withdraw", "proposal.void", "proposal.merge"})
CONTROLS = ENDINGS | {
    PAUSE,
    RESUME,
    CANCEL,
    RULE_RETURN,
    RULE_EXTENSION,
    EXPLAIN_EXTENSION,
    REVOKE,
    LAPSE,
    MOVE,
    ALERT,
    CORRECT,
    MOVE_TO_PACK,
}

ANSWERING: frozenset[str] = frozenset({UnitRole.LEAD, UnitRole.SEPARATE})
EVERYBODY: frozenset[str] = frozenset(UnitRole)
# The deadlines of one assignment, and the roles that carry them.
ROLES: dict[str, frozenset[str]] = {
    DeadlineName.REPLY: ANSWERING,
    DeadlineName.SECOND_HANDLING: ANSWERING,
    DeadlineName.FIRST_CONTACT: ANSWERING,
    DeadlineName.PUBLICATION: ANSWERING,
    DeadlineName.CO_OPINION: frozenset[str]({UnitRole.CO}),
    DeadlineName.RETURN_WINDOW: EVERYBODY,
}
# What stands still while a superior decides: the unit's own answer, not the proposer's days nor the window to return.
PAUSABLE = frozenset({DeadlineName.REPLY, DeadlineName.SECOND_HANDLING, DeadlineName.CO_OPINION})
# What starts a rule that counts from the plenary's close: the event that makes the part it is about.
AFTER_PLENARY: dict[str, str] = {
    DeadlineName.FEEDBACK: INVITE,
    DeadlineName.PUBLICATION: ISSUE,
    DeadlineName.FULFILMENT: PROMISE,
}

# One letter may answer for several shares: each share's own event says for it what the letter says for its writer.
STANDS_FOR = {"assignment.answer": ISSUE, "assignment.answer_again": ISSUE}

Made = TypeVar("Made")


@dataclass(frozen=True)
class Terms:
    """The rules of one item: its pack (and that version's row), kind, period and the close of its plenary."""

    pack: Pack
    kind: str
    period: str
    plenary_closed_on: date | None
    version: int | None = None
    level: str = ""
    proposer_kind: str = ""

    def rule(self, name: str) -> DeadlineRule | None:
        """The item's rule for a deadline; some have exceptions for a level or a kind of proposer."""
        return self.pack.deadline(
            name, self.kind, self.period, level=self.level, proposer_kind=self.proposer_kind
        )


@dataclass
class _PerPack(Generic[Made]):
    """Made once for each pack and sort of item. Packs are immutable, and held here, so their ids stay theirs."""

    make: Callable[[Terms], Made]
    made: dict[tuple[int, str, str, str, str], tuple[Pack, Made]] = field(default_factory=dict)

    def __call__(self, terms: Terms) -> Made:
        key = (id(terms.pack), terms.kind, terms.period, terms.level, terms.proposer_kind)
        if key not in self.made:
            self.made[key] = (terms.pack, self.make(terms))
        return self.made[key][1]


def _rules(terms: Terms) -> tuple[DeadlineRule, ...]:
    found = (terms.rule(name) for name in DeadlineName)
    return tuple(rule for rule in found if rule is not None and rule.met_by)


def _codes(terms: Terms) -> frozenset[str]:
    rules = rules_that_run(terms)
    named = {started_when(rule) for rule in rules} | {code for rule in rules for code in rule.met_by}
    if any(comes_again(rule.name) for rule in rules):
        named |= {KEEP, DROP}
    return CONTROLS | named | {code for code, other in STANDS_FOR.items() if other in named}


rules_that_run = _PerPack(_rules)
codes_heard = _PerPack(_codes)


def started_when(rule: DeadlineRule) -> str:
    """The event that sets a rule running. The outer limit of promises runs once something is promised."""
    if rule.name == DeadlineName.FULFILMENT:
        return PROMISE
    if rule.starts == PLENARY_CLOSE:
        return AFTER_PLENARY.get(rule.name, ASSIGN)
    return rule.starts


def is_of_assignment(name: str) -> bool:
    return name in ROLES


def comes_again(name: str) -> bool:
    """Met, it falls due once more a period later, until what it is about has come to its end."""
    return name == DeadlineName.PROMISE_REPORT


def is_of_evaluation(name: str) -> bool:
    return name == DeadlineName.FEEDBACK
