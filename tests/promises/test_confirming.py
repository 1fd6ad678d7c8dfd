"""Unit, office and proposer each say for themselves whether it is done."""

from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.desks.desk import groups_of
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.promises import steps
from huiyin.reporting.figures import figure_of, rows_of
from huiyin.supervision.steps import look_back
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
SOON = date(2021, 12, 1)


def waiting(actor, step, on=SOON):
    with clock_at(on):
        return [row.obj for group in groups_of(actor) if group.act.step == step for row in group.rows]


def test_each_proposer_says_once_whether_it_is_done(city):
    promise = answering.kept(city)
    assert waiting(city.chen_yiming, "promise.confirm") == [promise]
    event = steps.confirm(promise, actor=city.chen_yiming, at=at("2021-11-25"), said="done")
    assert event.facts["said_label"] == "认可承诺已经办成"
    with pytest.raises(AlreadyDone, match="您已经表过态"):
        steps.confirm(promise, actor=city.chen_yiming, said="done")
    steps.confirm(promise, actor=city.co_signer, at=at("2021-11-26"), said="done")
    assert [str(one) for one in promise.confirmations.all()] == ["陈一鸣认可已经办成", "刘敏认可已经办成"]
    assert waiting(city.chen_yiming, "promise.confirm") == []


def test_nobody_speaks_for_the_proposer_nor_before_the_office(city):
    promise = answering.claimed(city)
    with pytest.raises(Refused, match="要在“已落实”时才能办这一步"):
        steps.confirm(promise, actor=city.chen_yiming, said="done")
    steps.accept(promise, actor=city.lin_lan, at=at(answering.ACCEPTED))
    for actor in (city.zhou_ning, city.lin_lan, city.staff, city.mayor_wang):
        with pytest.raises(Refused, match="这一步由提案者办理"):
            steps.confirm(promise, actor=actor, said="done")


def test_who_says_no_says_what_is_missing_and_the_office_looks(city):
    promise = answering.kept(city)
    with pytest.raises(Refused, match="请写明哪里没有办成"):
        steps.confirm(promise, actor=city.chen_yiming, said="not_done")
    event = steps.confirm(
        promise, actor=city.chen_yiming, at=at("2021-11-25"), said="not_done", note="只建成一所"
    )
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert {city.lin_lan.person.pk, city.staff.person.pk, city.gao_yuan.person.pk} <= told
    assert waiting(city.lin_lan, "look_back.record") == [promise.proposal]
    look_back(
        promise.proposal, actor=city.lin_lan, at=at("2021-11-30"), finding="第二所还没有招生", promise=promise
    )
    assert waiting(city.lin_lan, "look_back.record") == []


def test_the_figures_set_the_proposers_word_beside_the_offices(city):
    promise = answering.kept(city)
    steps.confirm(promise, actor=city.chen_yiming, at=at("2021-11-25"), said="done")
    steps.confirm(promise, actor=city.co_signer, at=at("2021-12-05"), said="not_done", note="只建成一所")

    def count(code, day):
        found = figure_of(city.plenary, code, date.fromisoformat(day))
        return found.count, found.of

    assert count("promise.confirmed", "2021-11-24") == (0, 1)
    assert count("promise.confirmed", "2021-11-30") == (1, 1)
    assert count("promise.confirmed", "2021-12-31") == (0, 1)
    assert count("promise.disputed", "2021-12-31") == (1, 1)
    assert list(rows_of(city.plenary, "promise.disputed", date(2021, 12, 31))) == [promise]
