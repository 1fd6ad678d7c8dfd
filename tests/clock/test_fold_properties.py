"""Whatever happens in whatever order: a replay gives what the events gave one by one, and nothing impossible."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.clock.fold import advance, replay
from huiyin.clock.now import day_of, moment
from huiyin.clock.running import Happening, State
from huiyin.clock.workdays import Calendar
from tests.clock.made import CALENDARS, TERMS, WHOLE
from tests.depth import DEPTH

FIRST = date(2019, 11, 1)
ROLES = {1: "lead", 2: "lead", 3: "co", 4: "separate"}
OF_ASSIGNMENT = (
    "assignment.assign",
    "assignment.sign",
    "assignment.ask_return",
    "assignment.give_opinion",
    "assignment.pause",
    "assignment.resume",
    "assignment.rule_return",
    "assignment.rule_extension",
    "contact.log",
    "promise.make",
    "reply.issue",
)
OF_FORM = ("evaluation.invite", "evaluation.submit", "evaluation.revoke")
OF_ITEM = ("proposal.settle", "proposal.withdraw", "second_handling.order", "deadline.move")
FACTS = st.sampled_from(
    [
        {},
        {"ruling": "granted", "until": "2020-09-30"},
        {"ruling": "granted", "until": "2021-03-01"},
        {"ruling": "refused"},
        {"replaces": 1},
    ]
)


@st.composite
def histories(draw) -> list[Happening]:
    """Events in the order they were recorded; what happened may lie up to thirty days before."""
    day, found = FIRST, []
    for event in range(1, draw(st.integers(1, 14)) + 1):
        day += timedelta(days=draw(st.integers(0, 40)))
        code = draw(st.sampled_from(OF_ASSIGNMENT * 3 + OF_FORM + OF_ITEM))
        assignment = draw(st.sampled_from(list(ROLES))) if code in OF_ASSIGNMENT else None
        found.append(
            Happening(
                event=event,
                code=code,
                at=moment(day - timedelta(days=draw(st.integers(0, 30)))),
                recorded_at=moment(day, 15),
                at_known=draw(st.booleans()) or draw(st.booleans()),
                assignment_id=assignment,
                role=ROLES.get(assignment or 0, ""),
                evaluation_id=draw(st.sampled_from([7, 8])) if code in OF_FORM else None,
                facts=draw(FACTS),
            )
        )
    return found


def one_by_one(history: list[Happening], always: Calendar | None = None) -> list[State]:
    """The states between the events, each with the calendar then known, or all with the same."""
    states: list[State] = [()]
    for happening in history:
        calendar = always or CALENDARS.as_known(day_of(happening.recorded_at))
        states.append(advance(states[-1], happening, TERMS, calendar))
    return states


@settings(max_examples=150 * DEPTH)
@given(histories())
def test_a_replay_gives_what_the_events_gave_one_by_one(history):
    assert replay(history, TERMS, CALENDARS) == one_by_one(history)[-1]


@settings(max_examples=150 * DEPTH)
@given(histories())
def test_what_is_met_or_cancelled_stays_so_unless_it_starts_anew(history):
    states = one_by_one(history)
    for before, after in pairwise(states):
        now = {one.key: one for one in after}
        for one in before:
            assert one.key in now
            if not one.is_open:
                assert now[one.key] == one or now[one.key].started_by != one.started_by


@settings(max_examples=150 * DEPTH)
@given(histories())
def test_no_state_is_impossible(history):
    for state in one_by_one(history):
        keys = [one.key for one in state]
        assert len(keys) == len(set(keys))
        for one in state:
            assert one.due_on >= one.starts_on or one.name == "co_opinion"
            assert one.next_alert_at is None or (one.is_open and one.paused_since is None)
            assert one.met_at is None or one.cancelled_at is None
            assert CALENDARS.as_known(one.counted_at).is_workday(one.due_on)


@settings(max_examples=150 * DEPTH)
@given(histories())
def test_a_pause_and_an_extension_never_bring_a_date_forward(history):
    states = one_by_one(history, always=WHOLE)
    for happening, (before, after) in zip(history, pairwise(states), strict=True):
        if happening.code not in ("assignment.pause", "assignment.resume", "assignment.rule_extension"):
            continue
        was = {one.key: one for one in before}
        assert [one for one in after if one.due_on < was[one.key].due_on] == []
