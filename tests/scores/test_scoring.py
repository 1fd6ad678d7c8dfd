"""Scores from the rows of the life: who games the system loses by it; sheets freeze, units appeal, the office rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.promises import steps as promise_steps
from huiyin.rulepacks.dump import dump
from huiyin.rulepacks.scores import Score
from huiyin.rulepacks.store import publish
from huiyin.scores import steps
from huiyin.scores.measures import ROWS
from huiyin.scores.models import ScoreSheet, UnitScore, rows_behind
from huiyin.scores.sheets import sheet_of, versions_of
from huiyin.supervision import steps as supervision
from tests.packs_for_tests import SOURCE, pack, pack_version, yearly_report
from tests.stories import answering, evaluating, handling
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
SUMMER = date(2020, 7, 1)
NOW = at("2021-02-20")


def lines(city, unit, as_of=SUMMER, **given):
    """The lines of a unit in a dry run, by measure."""
    sheet = sheet_of(city.plenary, as_of, **given)
    [scored] = [one for one in sheet.units if one.unit == unit]
    return {line.measure: line for line in scored.result.lines}


def tally(line):
    return (line.count, line.of)


def test_what_was_done_in_time_counts_and_what_was_not_does_not(city):
    share = answering.at_work(city, co=[city.police])
    handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
    answering.issued(city, share)
    late = handling.assigned(city, title="关于校车的提案")
    found = lines(city, city.education)
    assert tally(found["signed_in_time"]) == (1, 2)
    assert tally(found["answered_in_time"]) == (1, 2)
    assert tally(found["contact_made"]) == (1, 1)
    assert [row.pk for row in found["answered_in_time"].rows if row.worth == 0] == [late.pk]
    assert (found["answered_in_time"].got, found["answered_in_time"].applies) == (Decimal(0), True)
    assert not found["opinion_in_time"].applies
    assert tally(lines(city, city.police)["opinion_in_time"]) == (1, 1)
    assert tally(lines(city, city.education, date(2020, 5, 1))["answered_in_time"]) == (1, 1)


def test_a_late_reply_lowers_the_score_and_whoever_answers_early_but_carries_nothing_out_loses_too(city):
    """Easy promises, early answers: the dates come and nothing is there."""
    promise = answering.promise_in_force(city)
    assert not lines(city, city.education)["fulfilment"].applies
    before = sheet_of(city.plenary, SUMMER).units[0].result.score
    over = date(2022, 1, 1)
    assert promise.due_on < over
    found = lines(city, city.education, over)
    assert tally(found["fulfilment"]) == (0, 1)
    after = sheet_of(city.plenary, over).units[0].result.score
    assert after < before
    answering.kept(city, promise)
    kept = lines(city, city.education, over)["fulfilment"]
    assert (tally(kept), kept.got) == ((1, 1), Decimal(25))


def test_a_moved_date_costs_a_slip(city):
    promise = answering.promise_in_force(city)
    promise_steps.move_date(
        promise, actor=city.chen_jing, at=at("2020-06-01"), due_on=date(2022, 12, 31), reason="资金未到位"
    )
    found = lines(city, city.education)
    assert tally(found["slips"]) == (1, 1)
    assert found["slips"].got == 3
    assert not lines(city, city.education, date(2020, 5, 31))["slips"].rows


def test_a_promise_handed_over_leaves_behind_what_was_put_off_before(city):
    """Each unit answers for its own time with the promise, and an earlier day says what it said then."""
    promise = answering.promise_in_force(city)
    handling.assigned(city, title="关于校门口停车的提案", lead=city.police)

    def put_off(actor, when, due_on):
        promise_steps.move_date(promise, actor=actor, at=at(when), due_on=due_on, reason="资金未到位")

    def of_both(measure, as_of):
        return [tally(lines(city, unit, as_of)[measure]) for unit in (city.education, city.police)]

    put_off(city.chen_jing, "2020-06-01", date(2022, 3, 31))
    put_off(city.chen_jing, "2020-06-02", date(2022, 6, 30))
    promise_steps.take_over(
        promise, actor=city.lin_lan, at=at("2020-06-10"), unit=city.police, reason="职责划转"
    )
    put_off(city.sun_yue, "2020-06-20", date(2022, 9, 30))
    assert of_both("slips", date(2020, 6, 9)) == [(2, 2), (0, 0)]
    assert of_both("slips", SUMMER) == [(2, 2), (1, 1)]
    promise_steps.take_over(
        promise, actor=city.lin_lan, at=at("2022-11-01"), unit=city.education, reason="职责划回"
    )
    assert of_both("slips", date(2022, 12, 1)) == [(2, 2), (1, 1)]
    assert of_both("fulfilment", date(2022, 10, 31)) == [(0, 0), (0, 1)]
    assert of_both("fulfilment", date(2022, 12, 1)) == [(0, 1), (0, 0)]


def test_dropping_is_no_keeping_however_well_it_was_explained(city):
    """Whoever drops what cannot be done in time does not get rid of it in the score."""
    promise = answering.promise_in_force(city)
    told = {"told_how": "当面说明", "told_on": date(2020, 6, 1)}
    promise_steps.drop(promise, actor=city.gao_yuan, at=at("2020-06-02"), reason="规划调整", **told)
    line = lines(city, city.education)["fulfilment"]
    assert (tally(line), line.got) == ((0, 1), Decimal(0))
    assert not lines(city, city.education, date(2020, 6, 1))["fulfilment"].applies


def test_a_report_on_a_promise_counts_by_its_day(city):
    """Reported in time once, late once, and the third time not at all."""
    pack_version(more_rules=(yearly_report(),))
    promise = answering.promise_in_force(city)
    for when in ("2020-12-10", "2022-02-10"):
        promise_steps.report(promise, actor=city.zhou_ning, at=at(when), share_done=30, text="完成设计")

    def in_time(as_of):
        return tally(lines(city, city.education, as_of)["reports_in_time"])

    assert in_time(SUMMER) == (0, 0)
    assert in_time(date(2021, 6, 1)) == (1, 1)
    assert in_time(date(2022, 6, 1)) == (1, 2)
    assert in_time(date(2023, 6, 1)) == (1, 3)


def test_a_return_asked_in_vain_costs(city):
    share = handling.assigned(city)
    handling_steps.ask_return(
        share, actor=city.chen_jing, at=at("2020-03-04"), reason="不属本单位职责", proposed=city.police
    )
    handling_steps.rule_return(
        share, actor=city.lin_lan, at=at("2020-03-05"), ruling="refused", reason="属教育局职责"
    )
    assert tally(lines(city, city.education)["returns_refused"]) == (1, 1)


def test_what_a_look_back_finds_costs_the_units_that_answered(city):
    reply = answering.issued(city)
    supervision.look_back(
        reply.proposal,
        actor=city.lin_lan,
        at=at("2020-06-01"),
        finding="没有开工",
        redress="开工",
        redress_due_on=date(2020, 7, 1),
    )
    supervision.look_back(reply.proposal, actor=city.lin_lan, at=at("2020-06-02"), finding="已经开工")
    line = lines(city, city.education)["look_back_findings"]
    assert (tally(line), line.got) == ((1, 1), Decimal(2))


def test_evaluations_count_when_they_count(city):
    reply = answering.issued(city)
    evaluating.given(city, evaluating.form_of(reply, city.lead_proposer), result="basic")
    assert not lines(city, city.education)["result"].applies
    evaluating.evaluated(city, reply)
    found = lines(city, city.education)
    assert [row.worth for row in sorted(found["result"].rows, key=lambda row: row.worth)] == [60, 100, 100]
    assert (found["attitude"].got, tally(found["result"])) == (Decimal(5), (2, 3))


def test_every_point_opens_as_many_rows_as_it_says(city):
    evaluating.evaluated(city, answering.issued(city))
    handling.assigned(city, title="关于校车的提案", co=[city.police])
    for scored in sheet_of(city.plenary, date(2022, 1, 1)).units:
        for line in scored.result.lines:
            assert rows_behind(ROWS[line.measure].model, line.rows).count() == line.of, line.label


def test_a_new_formula_is_tried_on_last_years_data(city):
    answering.issued(city)
    scoring = (
        Score("answered_in_time", 60, SOURCE, low=80),
        Score("slips", 40, SOURCE, each=Decimal("10.5")),
    )
    new = publish(dump(replace(pack(), version="2021.1", valid_from=date(2021, 1, 1), scoring=scoring)))
    assert lines(city, city.education)["answered_in_time"].points == 15
    tried = lines(city, city.education, version=new)
    assert {name: line.points for name, line in tried.items()} == {"answered_in_time": 60, "slips": 40}
    assert versions_of(city.plenary)[0] == new
    assert lines(city, city.education, date(2021, 1, 1)).keys() == tried.keys()


def frozen(city, **given):
    given = {"as_of": SUMMER, "label": "年度考核", "appeals_until": date(2021, 3, 10)} | given
    return steps.freeze(city.plenary, actor=city.lin_lan, at=NOW, **given)


def own(event, unit):
    return event.subject.scores.get(unit=unit)


class TestSheets:
    def test_a_frozen_sheet_never_changes(self, city):
        share = handling.assigned(city)
        answering.issued(city, answering.at_work(city, title="关于校车的提案"))
        event = frozen(city)
        score = own(event, city.education)
        before = score.result
        assert before == next(
            one.result for one in sheet_of(city.plenary, SUMMER).units if one.unit == city.education
        )
        assert city.chen_jing.person.pk in event.deliveries.values_list("receiver", flat=True)
        answering.issued(city, answering.at_work_on(city, share), when="2020-06-30")
        assert sheet_of(city.plenary, SUMMER).units[0].result != before
        assert UnitScore.objects.get(pk=score.pk).result == before

    def test_it_is_of_a_day_that_is_over_and_leaves_time_to_appeal(self, city):
        handling.assigned(city)
        with clock_at(NOW.date()):
            for given, said in (
                ({"as_of": date(2021, 3, 1)}, "还没有到"),
                ({"appeals_until": date(2021, 2, 20)}, "晚于今天"),
                ({"as_of": date(2020, 1, 1)}, "没有可以考核的件"),
            ):
                with pytest.raises(Refused, match=said):
                    frozen(city, **given)

    def test_who_sees_which(self, city):
        handling.assigned(city)
        event = frozen(city)
        score = own(event, city.education)
        for insider in (city.lin_lan, city.staff, city.mayor_wang, city.auditor, city.chen_jing):
            assert score in UnitScore.objects.visible_to(insider), insider.name
        for other in (city.sun_yue, city.chen_yiming, city.congress_staff, city.stranger):
            assert not UnitScore.objects.visible_to(other).exists(), other.name
            assert not ScoreSheet.objects.visible_to(other).exists(), other.name


class TestAppeals:
    def lodged(self, city, measure="answered_in_time", when=NOW):
        handling.assigned(city)
        score = own(frozen(city), city.education)
        return steps.appeal(
            score, actor=city.chen_jing, at=when, measure=measure, reason="系统停用期间未能送出"
        ).subject

    def test_what_is_granted_is_given_back_beside_the_frozen_score(self, city):
        appeal = self.lodged(city)
        score = appeal.score
        was = score.result.got
        with pytest.raises(Refused, match="只扣了15.0分"):
            steps.rule(appeal, actor=city.lin_lan, at=NOW, ruling="granted", points="20.1", reason="属实")
        with pytest.raises(Refused, match="加回多少分"):
            steps.rule(appeal, actor=city.lin_lan, at=NOW, ruling="granted", reason="属实")
        event = steps.rule(appeal, actor=city.lin_lan, at=NOW, ruling="granted", points="12.5", reason="属实")
        score = UnitScore.objects.get(pk=score.pk)
        assert (score.result.got, score.given_back) == (was, Decimal("12.5"))
        assert score.after_rulings > score.score
        assert sentence(event) == "对市教育局的考核申诉裁定：同意。属实"
        assert city.chen_jing.person.pk in event.deliveries.values_list("receiver", flat=True)
        with pytest.raises(AlreadyDone, match="已经裁定"):
            steps.rule(appeal, actor=city.lin_lan, at=NOW, ruling="refused", reason="再议")

    def test_what_is_refused_gives_nothing_back(self, city):
        appeal = self.lodged(city)
        with pytest.raises(Refused, match="不用填加回分数"):
            steps.rule(appeal, actor=city.lin_lan, at=NOW, ruling="refused", points="1", reason="不属实")
        steps.rule(appeal, actor=city.lin_lan, at=NOW, ruling="refused", reason="不属实")
        score = UnitScore.objects.get(pk=appeal.score_id)
        assert (score.given_back, score.after_rulings) == (0, score.score)

    def test_once_a_line_and_in_time_and_by_the_unit_itself(self, city):
        appeal = self.lodged(city)
        score = appeal.score
        given = {"measure": "answered_in_time", "reason": "再诉"}
        with pytest.raises(AlreadyDone, match="已经申诉过"):
            steps.appeal(score, actor=city.chen_jing, at=NOW, **given)
        with pytest.raises(Refused, match="3月10日截止"):
            steps.appeal(score, actor=city.chen_jing, at=at("2021-03-11"), **given)
        with pytest.raises(Refused, match="没有“slips”"):
            steps.appeal(score, actor=city.chen_jing, at=NOW, measure="slips", reason="没有扣分")
        for other in (city.sun_yue, city.zhou_ning, city.chen_yiming):
            with pytest.raises(Refused, match="承办单位联络员、负责人"):
                steps.appeal(score, actor=other, at=NOW, **given)
