"""中止与恢复计时 (assignment.pause, resume)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import Refused
from tests.stories import handling
from tests.stories.moments import at


def pause(city, share, when="2020-03-16", **given):
    given = {"reason": "用地指标要由省里批准", "superior": "省自然资源厅"} | given
    return steps.pause(share, actor=city.lin_lan, at=at(when), **given).subject


def resume(city, share, when="2020-03-30", actor=None):
    return steps.resume(share, actor=actor or city.lin_lan, at=at(when), outcome="已批复").subject


def test_ten_workdays_for_a_superior_move_the_due_date_ten(city):
    share = handling.planned(city)
    assert str(share.deadlines.get(name="reply").due_on) == "2020-06-02"
    pause(city, share)
    resume(city, share)
    deadline = share.deadlines.get(name="reply")
    assert deadline.paused_workdays == 10
    assert str(deadline.due_on) == "2020-06-16"


def test_while_paused_nothing_is_overdue(city):
    share = pause(city, handling.planned(city))
    deadline = share.deadlines.get(name="reply")
    assert str(deadline.paused_since) == "2020-03-16"
    assert not share.deadlines.filter(name="reply").overdue(at("2020-12-01").date()).exists()


def test_it_is_paused_once_at_a_time(city):
    share = pause(city, handling.planned(city))
    with pytest.raises(Refused, match="已经中止计时"):
        pause(city, share, when="2020-03-17")


def test_nothing_is_resumed_that_was_not_paused(city):
    with pytest.raises(Refused, match="计时没有中止"):
        resume(city, handling.planned(city))


def test_it_is_not_resumed_before_it_was_paused(city):
    share = pause(city, handling.planned(city))
    with pytest.raises(Refused, match="不能早于"):
        resume(city, share, when="2020-03-15")


def test_the_unit_reports_the_superiors_answer(city):
    share = pause(city, handling.planned(city))
    resume(city, share, actor=city.chen_jing)
    assert share.pauses.get().to_at == at("2020-03-30")


def test_the_unit_does_not_stop_its_own_clock(city):
    share = handling.planned(city)
    for stranger in (city.chen_jing, city.gao_yuan, city.stranger):
        with pytest.raises(Refused, match="这一步由市政府办公室"):
            steps.pause(share, actor=stranger, reason="x")
