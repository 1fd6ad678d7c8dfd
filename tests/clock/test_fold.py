"""The fold: what starts, meets, pauses, extends, moves and cancels deadlines."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.clock.fold import advance, replay
from huiyin.clock.now import moment
from huiyin.clock.running import State
from huiyin.clock.runs import Terms, codes_heard, rules_that_run
from huiyin.rulepacks.schema import Before, Length
from huiyin.words import Kind, Period
from tests.clock.made import CALENDARS, RULES, TERMS, happens, pack, rule, terms, the

ASSIGN, ISSUE = "assignment.assign", "reply.issue"


def after(*happenings, by: Terms = TERMS) -> State:
    return replay(happenings, by, CALENDARS)


def assigned(day: str = "2020-02-24", assignment: int = 1, role: str = "lead", **more):
    return happens(ASSIGN, day, assignment, role, **more)


def without_restart() -> Terms:
    return terms(tuple(replace(one, restart=one.name != "reply") for one in RULES))


def test_a_lead_unit_owes_a_reply_and_has_a_window_to_return():
    state = after(assigned())
    assert {one.name for one in state} == {"reply", "return_window"}
    assert the(state, "reply").due_on == date(2020, 5, 25)
    assert the(state, "return_window").due_on == date(2020, 3, 2)


def test_a_co_handler_owes_an_opinion_before_the_lead_is_due():
    state = after(assigned(), assigned(assignment=2, role="co"))
    assert the(state, "co_opinion").assignment_id == 2
    # Twenty days before 25 May is 5 May, a holiday.
    assert the(state, "co_opinion").due_on == date(2020, 5, 6)
    assert [one.assignment_id for one in state if one.name == "reply"] == [1]


def test_a_co_handler_assigned_first_is_counted_again_when_the_lead_is_known():
    first = assigned("2020-02-20", assignment=2, role="co")
    assert the(after(first), "co_opinion").due_on == date(2020, 4, 30)
    assert the(after(first, assigned()), "co_opinion").due_on == date(2020, 5, 6)


def test_a_rule_that_nothing_meets_never_runs():
    assert "extension_max" not in {one.name for one in rules_that_run(TERMS)}


def test_an_event_that_the_pack_does_not_name_is_not_heard():
    assert {ASSIGN, ISSUE, "assignment.pause", "event.correct"} <= codes_heard(TERMS)
    assert "assignment.plan" not in codes_heard(TERMS)


def test_a_reply_meets_its_own_units_deadline_only():
    state = after(assigned(), assigned(assignment=2), happens(ISSUE, "2020-05-20", 1))
    assert the(state, "reply", 1).met_at == moment(date(2020, 5, 20), 10)
    assert the(state, "reply", 1).next_alert_at is None
    assert the(state, "reply", 2).is_open


def test_an_event_of_unknown_date_starts_no_clock_but_may_meet_one():
    assert after(assigned(at_known=False)) == ()
    met = the(after(assigned(), happens(ISSUE, "2020-05-20", 1, at_known=False)), "reply")
    assert not met.is_open
    assert not met.met_known


def test_what_came_in_on_paper_later_counts_from_when_it_happened():
    state = after(assigned(recorded="2020-03-09"), happens(ISSUE, "2020-05-20", 1, recorded="2020-06-03"))
    assert the(state, "reply").due_on == date(2020, 5, 25)
    assert the(state, "reply").met_at == moment(date(2020, 5, 20), 10)


def test_ten_workdays_of_pause_move_the_due_date_ten_workdays():
    state = after(
        assigned(),
        happens("assignment.pause", "2020-03-16", 1),
        happens("assignment.resume", "2020-03-30", 1),
    )
    reply = the(state, "reply")
    assert reply.paused_workdays == 10
    assert (reply.first_due_on, reply.due_on) == (date(2020, 5, 25), date(2020, 6, 8))


def test_a_pause_moves_what_counts_back_from_the_reply_too():
    state = after(
        assigned(),
        assigned(assignment=2, role="co"),
        happens("assignment.pause", "2020-03-16", 1),
        happens("assignment.resume", "2020-03-30", 1),
    )
    assert the(state, "co_opinion").due_on == date(2020, 5, 19)


def test_a_paused_deadline_gives_no_alert_until_it_is_resumed():
    paused = after(assigned(), happens("assignment.pause", "2020-03-16", 1))
    assert the(paused, "reply").next_alert_at is None
    assert the(paused, "reply").paused_since == date(2020, 3, 16)
    resumed = after(
        assigned(),
        happens("assignment.pause", "2020-03-16", 1),
        happens("assignment.resume", "2020-03-30", 1),
    )
    assert the(resumed, "reply").next_alert_at == moment(date(2020, 5, 9))


def test_a_granted_extension_moves_the_reply_and_a_refused_one_does_not():
    asked = happens("assignment.rule_extension", "2020-05-20", 1, ruling="refused", until="2020-07-24")
    assert the(after(assigned(), asked), "reply").due_on == date(2020, 5, 25)
    granted = happens("assignment.rule_extension", "2020-05-20", 1, ruling="granted", until="2020-07-24")
    reply = the(after(assigned(), granted), "reply")
    assert (reply.due_on, reply.extended_to) == (date(2020, 7, 24), date(2020, 7, 24))
    assert reply.first_due_on == date(2020, 5, 25)


def test_an_explained_extension_needs_no_ruling():
    told = happens("assignment.explain_extension", "2020-05-20", 1, until="2020-07-24")
    assert the(after(assigned(), told), "reply").due_on == date(2020, 7, 24)


def test_an_extension_never_passes_the_maximum_nor_shortens():
    far = happens("assignment.rule_extension", "2020-05-20", 1, ruling="granted", until="2020-12-31")
    assert the(after(assigned(), far), "reply").due_on == date(2020, 8, 24)
    back = happens("assignment.rule_extension", "2020-05-20", 1, ruling="granted", until="2020-04-01")
    assert the(after(assigned(), back), "reply").due_on == date(2020, 5, 25)


def test_a_pause_after_an_extension_moves_the_extended_date():
    state = after(
        assigned(),
        happens("assignment.rule_extension", "2020-05-20", 1, ruling="granted", until="2020-07-24"),
        happens("assignment.pause", "2020-06-01", 1),
        happens("assignment.resume", "2020-06-08", 1),
    )
    assert the(state, "reply").due_on == date(2020, 7, 31)


def test_a_granted_return_cancels_and_a_reassignment_starts_anew():
    state = after(
        assigned(),
        happens("assignment.ask_return", "2020-02-28", 1),
        happens("assignment.rule_return", "2020-03-02", 1, ruling="granted"),
        assigned("2020-03-05", assignment=2, replaces=1),
    )
    assert the(state, "reply", 1).cancelled_at == moment(date(2020, 3, 2), 10)
    assert the(state, "return_window", 1).met_at is not None
    assert the(state, "reply", 2).due_on == date(2020, 6, 5)


def test_a_reassignment_goes_on_from_the_first_start_where_the_pack_says_so():
    state = after(
        assigned(),
        happens("assignment.rule_return", "2020-03-02", 1, ruling="granted"),
        assigned("2020-03-05", assignment=2, replaces=1),
        by=without_restart(),
    )
    assert the(state, "reply", 2).starts_on == date(2020, 2, 24)
    assert the(state, "reply", 2).due_on == date(2020, 5, 25)
    assert the(state, "return_window", 2).due_on == date(2020, 3, 12)


def test_a_pause_that_was_running_goes_over_to_the_next_unit():
    state = after(
        assigned(),
        happens("assignment.pause", "2020-03-02", 1),
        happens("assignment.rule_return", "2020-03-04", 1, ruling="granted"),
        assigned("2020-03-09", assignment=2, replaces=1),
        by=without_restart(),
    )
    assert the(state, "reply", 2).paused_workdays == 5
    assert the(state, "reply", 2).due_on == date(2020, 6, 1)


def test_a_refused_return_leaves_the_clock_running():
    refused = happens("assignment.rule_return", "2020-03-02", 1, ruling="refused")
    assert the(after(assigned(), refused), "reply").is_open


@pytest.mark.parametrize("code", ["proposal.withdraw", "proposal.void", "proposal.merge"])
def test_the_end_of_an_item_cancels_every_open_deadline(code):
    state = after(assigned(), happens(ISSUE, "2020-05-20", 1), happens(code, "2020-05-21"))
    assert the(state, "reply").cancelled_at is None
    assert the(state, "return_window").cancelled_at == moment(date(2020, 5, 21), 10)


def test_each_form_has_its_own_feedback_deadline():
    state = after(
        happens("evaluation.invite", "2020-06-01", evaluation=7),
        happens("evaluation.invite", "2020-06-01", evaluation=8),
        happens("evaluation.submit", "2020-06-03", evaluation=7),
        happens("evaluation.revoke", "2020-06-04", evaluation=8),
    )
    of = {one.evaluation_id: one for one in state}
    assert of[7].due_on == date(2020, 6, 22)
    assert of[7].met_at is not None
    assert of[8].cancelled_at is not None


def test_a_second_handling_runs_for_every_answering_unit():
    state = after(
        assigned(),
        assigned(assignment=2, role="co"),
        assigned(assignment=3),
        happens(ISSUE, "2020-05-20", 1, round=1),
        happens(ISSUE, "2020-05-20", 3, round=1),
        happens("evaluation.order_second", "2020-06-15", round=2),
        happens(ISSUE, "2020-07-01", 3, round=2),
    )
    second = {one.assignment_id: one for one in state if one.name == "second_handling"}
    assert set(second) == {1, 3}
    assert second[1].round == 2
    assert second[1].is_open
    assert second[1].due_on == date(2020, 7, 15)
    assert not second[3].is_open


def test_an_extension_goes_to_the_second_handling_while_that_is_open():
    state = after(
        assigned(),
        happens(ISSUE, "2020-05-20", 1, round=1),
        happens("evaluation.order_second", "2020-06-15", round=2),
        happens("assignment.rule_extension", "2020-07-01", 1, ruling="granted", until="2020-08-03"),
    )
    assert the(state, "second_handling").due_on == date(2020, 8, 3)
    assert the(state, "reply").due_on == date(2020, 5, 25)


def test_promises_have_one_outer_limit_counted_from_the_close_of_the_plenary():
    state = after(
        assigned(),
        happens("promise.make", "2020-05-18", 1),
        happens("promise.make", "2020-05-19", 1),
        happens("proposal.settle", "2022-10-10"),
    )
    limit = the(state, "fulfilment")
    assert (limit.assignment_id, limit.starts_on, limit.due_on) == (None, date(2020, 1, 8), date(2023, 1, 9))
    assert limit.met_at == moment(date(2022, 10, 10), 10)


def test_a_new_promise_after_everything_was_settled_runs_again():
    state = after(
        happens("promise.make", "2020-05-18", 1),
        happens("proposal.settle", "2020-10-10"),
        happens("promise.make", "2020-11-02", 1),
    )
    assert the(state, "fulfilment").is_open


def test_without_the_close_of_the_plenary_no_limit_runs():
    assert after(happens("promise.make", "2020-05-18", 1), by=terms(closed_on=None)) == ()


def test_an_event_told_twice_changes_nothing():
    once = after(assigned())
    assert [one.due_on for one in after(assigned(), assigned("2020-03-30"))] == [one.due_on for one in once]


def test_a_second_notice_moves_a_deadline_only_by_its_step():
    early = assigned("2020-01-22")
    state = after(early)
    assert the(state, "return_window").due_on == date(2020, 2, 4)
    moved = after(early, happens("deadline.move", "2020-01-27"))
    assert the(moved, "return_window").due_on == date(2020, 2, 6)
    assert the(moved, "return_window").first_due_on == date(2020, 2, 4)
    assert the(moved, "return_window").notice == "国办发明电〔2020〕1号"


def test_a_provisional_date_is_settled_when_the_years_notice_is_known():
    early = assigned("2020-11-20")
    assert the(after(early), "reply").provisional
    assert the(after(early), "reply").due_on == date(2021, 2, 22)
    settled = the(after(early, happens("deadline.move", "2020-11-25")), "reply")
    assert not settled.provisional
    assert settled.due_on == date(2021, 2, 20)


def test_what_counts_back_from_a_provisional_date_is_provisional():
    state = after(assigned("2020-11-02"), assigned("2020-11-02", assignment=2, role="co"))
    assert the(state, "co_opinion").provisional


def test_alerts_already_past_are_skipped_when_history_is_entered():
    late = assigned(recorded="2020-05-20")
    assert the(after(late), "reply").next_alert_at == moment(date(2020, 5, 25))
    much_later = assigned(recorded="2021-05-20")
    assert the(after(much_later), "reply").next_alert_at is None


def test_after_an_alert_the_next_one_is_set():
    told = {"name": "reply", "round": 1, "evaluation": None}
    state = after(assigned(), happens("clock.alert", "2020-04-24", 1, **told))
    assert the(state, "reply").next_alert_at == moment(date(2020, 5, 18))


def test_the_kind_and_period_choose_the_rule():
    both = (
        rule("reply", ASSIGN, Length(5, "months"), ISSUE, kind=Kind.PROPOSAL, period=Period.IN_PLENARY),
        rule("reply", ASSIGN, Length(3, "months"), ISSUE, period=Period.BETWEEN),
    )
    made = pack(both)
    for kind, period, due_on in [
        (Kind.PROPOSAL, Period.IN_PLENARY, date(2020, 7, 24)),
        (Kind.PROPOSAL, Period.BETWEEN, date(2020, 5, 25)),
    ]:
        assert the(after(assigned(), by=Terms(made, kind, period, None)), "reply").due_on == due_on


def test_a_clock_that_counts_from_the_plenary_starts_with_the_assignment():
    by = terms((rule("reply", "plenary.close", Length(3, "months"), ISSUE),))
    reply = the(after(assigned(), by=by), "reply")
    assert (reply.starts_on, reply.due_on) == (date(2020, 1, 8), date(2020, 4, 8))


def test_a_rule_of_the_own_reply_goes_before_that_of_others():
    by = terms(
        (
            rule("reply", ASSIGN, Length(3, "months"), ISSUE),
            rule("first_contact", ASSIGN, Before(Length(1, "months"), "reply"), "contact.log"),
        )
    )
    state = after(assigned("2020-02-24"), assigned("2020-03-24", assignment=2), by=by)
    assert the(state, "first_contact", 2).due_on == date(2020, 5, 25)


def test_each_event_is_folded_with_what_was_known_when_it_was_recorded():
    state = advance((), assigned("2020-01-22"), TERMS, CALENDARS.as_known(date(2020, 1, 22)))
    assert the(state, "return_window").counted_on == date(2020, 1, 22)
