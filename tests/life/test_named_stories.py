"""The named stories that belong to no single act. The others stand beside the act they are about:

two leads, two co-units, one late: tests/replies/test_issue.py; three merged: tests/handling/test_merge.py,
tests/replies/test_letter.py, tests/evaluations/test_invite.py; a return asked on the last day and again too late,
and the clock restarted or not: tests/handling/test_return.py; the pause: tests/handling/test_pause.py; a handler who
leaves: tests/handling/test_close.py; an extension asked too late: tests/handling/test_extension.py; one of three
signers: tests/handling/test_withdraw.py; the paper reply: tests/replies/test_issue.py.
Each as a way through the pages: tests/pages/test_named_stories.py.
"""

from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.evaluations.models import SecondHandling
from huiyin.people import steps as people_steps
from huiyin.proposals import check
from huiyin.proposals import steps as proposals
from huiyin.reporting import steps as reporting
from huiyin.reporting.figures import figures_of
from huiyin.reporting.snapshot import frozen_figures
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


def on_time(figures):
    found = next(one for one in figures if one.code == "reply.on_time")
    return found.count, found.of


def test_an_assignment_date_is_corrected_the_dates_move_and_the_frozen_circular_does_not(city):
    """A reply of 10 June is late for an assignment of 2 March, and in time for one of 16 March."""
    share = answering.at_work(city)
    answering.issued(city, share, when="2020-06-10")
    with clock_at(at("2020-12-31")):
        snapshot = reporting.freeze(
            city.plenary, actor=city.lin_lan, as_of=date(2020, 12, 31), label="年度通报"
        ).subject
        assert on_time(frozen_figures(snapshot)) == (0, 1)
        given = share.events.get(code="assignment.assign")
        people_steps.correct(given, actor=city.lin_lan, to=at("2020-03-16"), reason="交办会改期")
    deadline = share.deadlines.get(name="reply")
    assert (deadline.starts_on, deadline.due_on) == (date(2020, 3, 16), date(2020, 6, 16))
    assert on_time(figures_of(city.plenary, date(2020, 12, 31))) == (1, 1)
    snapshot.refresh_from_db()
    assert on_time(frozen_figures(snapshot)) == (0, 1)
    assert list(check.problems()) == []


def test_other_rules_in_mid_year_hold_for_what_comes_after_and_for_what_is_moved(city):
    """From 1 April a reply has two months: an earlier item keeps its three, until a step moves it."""
    share = handling.assigned(city)
    newer = pack_version(valid_from=date(2020, 4, 1), reply_months=2)
    late = intake.received(city, title="关于整治噪声的提案", when="2020-04-02")
    for step, day in ((proposals.file, "2020-04-02"), (proposals.hand_over, "2020-04-03")):
        late = step(late, actor=city.staff, at=at(day)).subject
    late = proposals.register(late, actor=city.lin_lan, at=at("2020-04-07")).subject
    after = handling.assigned(city, late, when="2020-04-08")
    assert (share.proposal.pack_version_id == newer.pk, late.pack_version == newer) == (False, True)
    assert share.deadlines.get(name="reply").due_on == date(2020, 6, 2)
    assert after.deadlines.get(name="reply").due_on == date(2020, 6, 8)
    proposals.move_to_pack(
        share.proposal, actor=city.lin_lan, at=at("2020-04-10"), pack_version=newer, reason="统一口径"
    )
    assert share.deadlines.get(name="reply").due_on == date(2020, 5, 6)
    assert list(check.problems()) == []


def test_dissatisfied_on_attitude_only_then_with_the_result_twice(city):
    """The attitude alone asks for nothing here; the result does, until no round is left."""
    pack_version(second_handling_rounds=1)
    answered = evaluating.evaluated(city, attitude="dissatisfied")
    assert not SecondHandling.objects.exists()
    assert stage(answered.proposal) == "evaluated"
    second = evaluating.dissatisfied(city, answering.issued(city, answering.at_work(city)))
    assert stage(second.proposal) == "second_handling"
    again = evaluating.evaluated(
        city,
        evaluating.answered_again(city, second),
        result="dissatisfied",
        when=evaluating.EVALUATED_AGAIN,
    )
    assert again.round == 2
    assert [one.state for one in SecondHandling.objects.all()] == ["done"]
    assert second.proposal.events.filter(code="evaluation.exhaust").count() == 1
    assert stage(second.proposal) == "evaluated"
    assert list(check.problems()) == []


def stage(proposal):
    proposal.refresh_from_db()
    return proposal.answer_stage
