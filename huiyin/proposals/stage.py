"""Where an item stands: two axes, derived from its parts by one pure function and stored by the runner.

Answered is not carried out: `answer_stage` ends with the answer, `fulfilment_stage` with the deed (R6).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from huiyin.journal.prepared import Prepared
from huiyin.proposals.models import Proposal
from huiyin.words import (
    AnswerStage,
    AssignmentState,
    FulfilmentStage,
    Meaning,
    PromiseState,
    ProposalState,
    SecondHandlingState,
    UnitRole,
)

OVER = {ProposalState.WITHDRAWN, ProposalState.NOT_FILED, ProposalState.ELSEWHERE, ProposalState.VOID}
INTAKE = {ProposalState.RECEIVED, ProposalState.REVIEWED, ProposalState.FILED}
GONE = {AssignmentState.RETURNED, AssignmentState.CANCELLED}
HAS_ANSWERED = {AssignmentState.ANSWERED, AssignmentState.CLOSED}
# Of several second handlings the one that is most in motion tells the stage.
IN_MOTION = [SecondHandlingState.PROPOSED, SecondHandlingState.ORDERED]
OPEN_PROMISE = {PromiseState.ACTIVE, PromiseState.CLAIMED}
SOLVED = {Meaning.SOLVED}
TOLD_WHY = {Meaning.CANNOT, Meaning.REFERENCE}


@dataclass(frozen=True)
class Parts:
    """What the stages follow from.

    assignments: (role, state) of every share; evaluated: whether forms of the latest round count;
    second_handling: state of the latest one or ""; promises: states of those in force; meanings: of the
    latest mark of each answering unit.
    """

    state: str
    assignments: tuple[tuple[str, str], ...] = ()
    evaluated: bool = False
    second_handling: str = ""
    promises: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    answering: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        states = tuple(state for role, state in self.assignments if role != UnitRole.CO and state not in GONE)
        object.__setattr__(self, "answering", states)

    @property
    def answered(self) -> bool:
        return bool(self.answering) and all(state in HAS_ANSWERED for state in self.answering)


def stage_of(parts: Parts) -> tuple[AnswerStage, FulfilmentStage]:
    """The two stages of an item, from its parts and nothing else."""
    return _answer_stage(parts), _fulfilment_stage(parts)


def _answer_stage(parts: Parts) -> AnswerStage:
    if parts.state in OVER:
        return AnswerStage.ENDED
    if parts.state == ProposalState.MERGED:
        return AnswerStage.WITH_HEAD
    if parts.state in (ProposalState.ANSWER_CLOSED, ProposalState.SETTLED):
        late = parts.second_handling == SecondHandlingState.PROPOSED  # a form came in after the closing
        return AnswerStage.REDO_PROPOSED if late else AnswerStage.ANSWER_CLOSED
    if parts.state in INTAKE:
        return AnswerStage.INTAKE
    if not any(state not in GONE for _, state in parts.assignments):
        return AnswerStage.ASSIGNING
    if parts.second_handling == SecondHandlingState.ORDERED:
        return AnswerStage.SECOND_HANDLING
    if parts.second_handling == SecondHandlingState.PROPOSED:
        return AnswerStage.REDO_PROPOSED
    if not parts.answered:
        return AnswerStage.HANDLING
    return AnswerStage.EVALUATED if parts.evaluated else AnswerStage.ANSWERED


def _fulfilment_stage(parts: Parts) -> FulfilmentStage:
    if not parts.answered and not parts.promises:
        return FulfilmentStage.NOT_ANSWERED
    if any(state in OPEN_PROMISE for state in parts.promises):
        return FulfilmentStage.BEING_CARRIED_OUT
    if PromiseState.KEPT in parts.promises:
        return FulfilmentStage.CARRIED_OUT
    if PromiseState.DROPPED in parts.promises:
        return FulfilmentStage.EXPLAINED
    if parts.meanings and all(meaning in SOLVED for meaning in parts.meanings):
        return FulfilmentStage.DONE_AT_REPLY
    if parts.meanings and all(meaning in TOLD_WHY | SOLVED for meaning in parts.meanings):
        return FulfilmentStage.EXPLAINED
    return FulfilmentStage.NOTHING_PROMISED


# By item ids. The parts are rows of lower apps, read through their models' names and relations alone.
_ITEMS = Prepared(
    lambda ids: (
        Proposal.objects.filter(pk__in=ids)
        .order_by("assignments__id")
        .values_list("pk", "state", "assignments__role", "assignments__state", "assignments__round")
    )
)
_STORED = Prepared(
    lambda ids: (
        Proposal.objects.filter(pk__in=ids).order_by().values_list("pk", "answer_stage", "fulfilment_stage")
    )
)
_EVALUATED = Prepared(
    lambda ids: (
        _rows("evaluations.Evaluation").counted().filter(later=False, proposal__pk__in=ids)
    ).values_list("proposal", "round")
)
_SECOND = Prepared(
    lambda ids: (
        _rows("evaluations.SecondHandling").filter(proposal__pk__in=ids).values_list("proposal", "state")
    )
)
_PROMISES = Prepared(
    lambda ids: (
        _rows("promises.Promise").in_force().filter(proposal__pk__in=ids).values_list("proposal", "state")
    )
)
_USED = Prepared(
    lambda ids: (
        _rows("promises.Use")
        .standing()
        .filter(proposal__pk__in=ids)
        .values_list("proposal", "promise__state")
    )
)
_MARKS = Prepared(
    lambda ids: (
        _rows("replies.MarkHistory")
        .filter(proposal__pk__in=ids)
        .exclude(assignment__state__in=GONE)
        .values_list("proposal", "assignment", "meaning")
    )
)


def _rows(model: str) -> Any:
    return apps.get_model(model).objects.order_by("id")


def parts_of(proposals: Iterable[int]) -> dict[int, Parts]:
    """The parts of many items in six queries, whatever their number."""
    ids = tuple(proposals)
    states: dict[int, str] = {}
    assignments: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rounds: dict[int, int] = defaultdict(lambda: 1)
    for pk, item_state, role, state, round_ in _ITEMS(ids) if ids else ():
        states[pk] = item_state
        if role is None:
            continue
        assignments[pk].append((role, state))
        if role != UnitRole.CO and state not in GONE:
            rounds[pk] = max(rounds[pk], round_)
    answered = tuple(
        pk
        for pk in states
        if any(state in HAS_ANSWERED or state == AssignmentState.REHANDLING for _, state in assignments[pk])
    )
    return _with_outcomes(states, assignments, rounds, answered)


def _with_outcomes(
    states: dict[int, str],
    assignments: dict[int, list[tuple[str, str]]],
    rounds: dict[int, int],
    answered: tuple[int, ...],
) -> dict[int, Parts]:
    """Evaluations, second handlings, promises and marks exist only where somebody has answered."""
    evaluated: set[int] = set()
    second: dict[int, str] = {}
    promises: dict[int, list[str]] = defaultdict(list)
    meanings: dict[int, dict[int, str]] = defaultdict(dict)
    if answered:
        evaluated = {pk for pk, round_ in _EVALUATED(answered) if round_ == rounds[pk]}
        for pk, state in _SECOND(answered):
            second[pk] = max(state, second.get(pk, ""), key=_weight)
        for pk, state in (*_PROMISES(answered), *_USED(answered)):
            promises[pk].append(state)
        for pk, assignment, meaning in _MARKS(answered):
            meanings[pk][assignment] = meaning
    return {
        pk: Parts(
            state,
            tuple(assignments[pk]),
            pk in evaluated,
            second.get(pk, ""),
            tuple(promises[pk]),
            tuple(meanings[pk].values()),
        )
        for pk, state in states.items()
    }


def _weight(state: str) -> int:
    return IN_MOTION.index(SecondHandlingState(state)) + 1 if state in IN_MOTION else 0


def settle(proposals: set[int]) -> None:
    """Store the stages of these items where they have changed; called by the runner, never by hand.

    The items of a batch that have come to the same stages are written together.
    """
    reached = stages(proposals)
    stored = (
        {pk: (answer, fulfilment) for pk, answer, fulfilment in _STORED(tuple(reached))} if reached else {}
    )
    together: dict[tuple[AnswerStage, FulfilmentStage], list[int]] = defaultdict(list)
    for pk, now in reached.items():
        if stored[pk] != now:
            together[now].append(pk)
    for (answer, fulfilment), ids in together.items():
        Proposal.objects.filter(pk__in=ids).update(answer_stage=answer, fulfilment_stage=fulfilment)


def stages(proposals: Iterable[int]) -> dict[int, tuple[AnswerStage, FulfilmentStage]]:
    """The recomputed stages, for the runner and for `check-life`."""
    return {pk: stage_of(parts) for pk, parts in parts_of(proposals).items()}
