"""The declared steps as a graph: every state can be reached, every one that is not the last has a way out."""

import re
import string

import pytest
from django.apps import apps
from django.template import Context, Template

from huiyin.journal.step import STEPS, Among, Step
from huiyin.supervision.words import SuperiorState, TaskState
from huiyin.topics.words import RepeatState, TopicState
from huiyin.words import (
    AssignmentState,
    DraftState,
    EvaluationState,
    InvitationState,
    PromiseState,
    ProposalState,
    ReplyState,
    SecondHandlingState,
    Word,
)
from tests.project.source import ROOT, code_only

# Model -> its states and those that end a life.
MACHINES: dict[str, tuple[type[Word], set[Word]]] = {
    "proposals.Draft": (DraftState, {DraftState.SUBMITTED, DraftState.DISCARDED}),
    "proposals.Invitation": (InvitationState, set()),
    "proposals.Proposal": (
        ProposalState,
        {
            ProposalState.NOT_FILED,
            ProposalState.WITHDRAWN,
            ProposalState.ELSEWHERE,
            ProposalState.SETTLED,
            ProposalState.VOID,
        },
    ),
    "handling.Assignment": (AssignmentState, {AssignmentState.CANCELLED}),
    "replies.Reply": (ReplyState, {ReplyState.VOID}),
    "promises.Promise": (PromiseState, {PromiseState.KEPT, PromiseState.DROPPED, PromiseState.VOID}),
    "evaluations.Evaluation": (EvaluationState, {EvaluationState.SUBMITTED, EvaluationState.REVOKED}),
    "topics.Topic": (TopicState, set()),
    "topics.Repeat": (RepeatState, {RepeatState.DISMISSED}),
    "evaluations.SecondHandling": (
        SecondHandlingState,
        {SecondHandlingState.DECLINED, SecondHandlingState.DONE},
    ),
    "supervision.Task": (TaskState, {TaskState.ACCEPTED, TaskState.CANCELLED}),
    "supervision.SuperiorMatter": (SuperiorState, {SuperiorState.ANSWERED, SuperiorState.WITHDRAWN}),
}
# What was entered by mistake is void, wherever it stands: that is no way on.
MISTAKE = "proposal.void"
# What every sentence may name beside the fields of its step (huiyin/journal/tell.py).
ALWAYS = {"unit", "target", "actor"}
NAMES = re.compile(r"^[a-z_]+\.[a-z_]+$")
each_machine = pytest.mark.parametrize("model", MACHINES)
each_step = pytest.mark.parametrize("code", sorted(STEPS))


def moves(model: str, *, with_mistakes: bool = True) -> list[tuple[frozenset[Word] | None, frozenset[Word]]]:
    """(from, to) of every step that sets this model's state; from None where it makes the row."""
    found = []
    for step in STEPS.values():
        if step.target is None or (step.creates or step.on) != model:
            continue
        if step.code == MISTAKE and not with_mistakes:
            continue
        everything = frozenset(MACHINES[model][0])
        found.append((None if step.creates else step.source or everything, step.targets()))
    return found


@each_machine
def test_every_state_is_reached(model):
    states, _ = MACHINES[model]
    start = apps.get_model(model)._meta.get_field("state").get_default()
    reached = {to for source, targets in moves(model) if source is None for to in targets} or {states(start)}
    while (
        more := {to for source, targets in moves(model) if source and source & reached for to in targets}
        - reached
    ):
        reached |= more
    assert set(states) - reached == set()


@each_machine
def test_every_state_that_is_not_the_last_has_a_way_out(model):
    states, last = MACHINES[model]
    without = {
        state
        for state in set(states) - last
        if not any(
            source and state in source and targets - {state}
            for source, targets in moves(model, with_mistakes=False)
        )
    }
    # A share that went back is followed by another one; an issued reply by the next round's.
    follows = {AssignmentState.RETURNED, ReplyState.ISSUED}
    assert without - follows == set()
    for state in without & follows:
        assert any(step.source and state in step.source for step in STEPS.values() if step.on == model)


@each_machine
def test_nothing_leaves_a_last_state(model):
    _, last = MACHINES[model]
    leaving = {
        (step.code, state)
        for step in STEPS.values()
        if step.on == model and not step.creates and step.target is not None and step.code != MISTAKE
        for state in last & (step.source or frozenset(last))
        if step.targets() - {state}
    }
    assert leaving == set()


def test_every_model_with_a_state_is_a_machine_here():
    assert {step.creates or step.on for step in STEPS.values() if step.target is not None} == set(MACHINES)


@each_step
def test_states_are_those_of_its_own_model(code):
    step = STEPS[code]
    kinds = {type(state) for state in step.targets()}
    if step.target is not None:
        assert kinds == {MACHINES[step.creates or step.on][0]}
    if step.source is not None:
        assert {type(state) for state in step.source} == {MACHINES[step.on][0]}


@each_step
def test_it_has_a_code_a_label_and_somebody_to_take_it(code):
    step = STEPS[code]
    assert NAMES.match(code)
    assert step.label
    assert re.search(r"[\u4e00-\u9fff]", step.label)
    assert getattr(step.who, "label", ""), "a refusal names who takes it"
    assert {apps.get_model(label) for label in (step.on, step.creates) if label}
    if step.stamps:
        apps.get_model(step.creates or step.on)._meta.get_field(step.stamps)


@each_step
def test_what_it_asks_for_has_a_label_and_a_known_name(code):
    step = STEPS[code]
    names = [spec.name for spec in step.fields]
    assert len(set(names)) == len(names)
    assert all(spec.label for spec in step.fields)
    about = {need.field for need in step.requires if need.field}
    assert about <= set(names) | CONTENT_OF_A_DRAFT


# Requirements of a reply are about inputs of its draft, and are asked again when it is signed and issued.
CONTENT_OF_A_DRAFT = {spec.name for spec in STEPS["reply.draft"].fields}


@each_step
def test_its_sentence_names_what_is_known(code):
    """Its fields, what is always known, and what its body says in so many words."""
    step = STEPS[code]
    named = {name for _, name, _, _ in string.Formatter().parse(step.sentence) if name}
    unknown = (
        named - ALWAYS - {spec.name for spec in step.fields if spec.kind not in ("table", "files", "rows")}
    )
    said = source_of(step)
    assert {name for name in unknown if not re.search(rf'"{name}"|\b{name}\b\s*[:=]', said)} == set()


def source_of(step: Step) -> str:
    """The app that the body stands in: facts are written there, or by the helpers beside it."""
    app = ROOT / "huiyin" / step.body.__module__.split(".")[1]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(app.rglob("*.py")))


@each_step
def test_some_test_takes_it(code):
    """By its name in the module of steps, or by its code."""
    assert code in mentioned() or name_of(STEPS[code]) in called(), f"no test takes {code}"


def name_of(step: Step) -> str:
    return step.body.__name__


TESTS = [
    path
    for path in (ROOT / "tests").rglob("*.py")
    if path.name not in ("test_graph.py", "machine.py") and "project" not in path.parts
]


def called() -> set[str]:
    """Names that are called, or looked up in a module, in some test or story."""
    if not CALLED:
        for path in TESTS:
            CALLED.update(re.findall(r"\b(\w+)\(", code_only(path.read_text(encoding="utf-8"))))
    return CALLED


def mentioned() -> set[str]:
    if not MENTIONED:
        for path in TESTS:
            MENTIONED.update(re.findall(r"\"([a-z_]+\.[a-z_]+)\"", path.read_text(encoding="utf-8")))
    return MENTIONED


CALLED: set[str] = set()
MENTIONED: set[str] = set()


def test_a_target_that_is_picked_is_one_of_those_declared():
    """The stateful test sees to it while lives run; here: more than one, or it need not be picked."""
    picked = [step.target for step in STEPS.values() if isinstance(step.target, Among)]
    assert picked
    assert all(len(target.states) > 1 for target in picked)


def test_a_template_shows_a_step_and_takes_none():
    """A step can be called; Django calls whatever it can call, unless it is told not to."""
    shown = Template("{{ step.label }}").render(Context({"step": STEPS["assignment.sign"]}))
    assert shown == "签收"
