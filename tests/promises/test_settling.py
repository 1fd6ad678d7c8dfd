"""A promise slips openly, is accepted on evidence, or is dropped with the proposer told (R6)."""

from datetime import date

import pytest

from huiyin.journal.step import AlreadyDone, Refused
from huiyin.people.steps import change_unit
from huiyin.promises import steps
from huiyin.promises.models import Promise
from huiyin.words import FulfilmentStage, PromiseState, Role
from tests import people
from tests.stories import answering, handling
from tests.stories.moments import at


def test_a_slip_leaves_every_earlier_date_and_never_moves_the_first(city):
    promise = answering.promise_in_force(city)
    steps.move_date(promise, actor=city.zhou_ning, due_on=date(2022, 6, 30), reason="征地未完")
    steps.move_date(promise, actor=city.zhou_ning, due_on=date(2022, 9, 30), reason="雨季")
    promise.refresh_from_db()
    assert promise.first_due_on == answering.PROMISED_FOR
    assert promise.due_on == date(2022, 9, 30)
    assert [(row.was, row.due_on, row.reason) for row in promise.due_dates.all()] == [
        (date(2021, 12, 31), date(2022, 6, 30), "征地未完"),
        (date(2022, 6, 30), date(2022, 9, 30), "雨季"),
    ]
    assert list(Promise.objects.slipped()) == [promise]


def test_a_slip_beyond_the_limit_is_refused(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match=r"最晚为2023年1月9日.*请办理“终止承诺”并向提案者说明"):
        steps.move_date(promise, actor=city.zhou_ning, due_on=date(2023, 2, 1), reason="征地未完")
    assert not promise.due_dates.exists()


def test_a_slip_needs_a_reason_and_another_day(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="请填写“理由”"):
        steps.move_date(promise, actor=city.zhou_ning, due_on=date(2022, 1, 1), reason=" ")
    with pytest.raises(Refused, match="同一天"):
        steps.move_date(promise, actor=city.zhou_ning, due_on=answering.PROMISED_FOR, reason="核对")


def test_a_drafts_date_does_not_slip(city):
    promise = answering.promised(city, answering.at_work(city))
    with pytest.raises(Refused, match="还没有随答复生效"):
        steps.move_date(promise, actor=city.zhou_ning, due_on=date(2022, 1, 1), reason="核对")


def test_everybody_concerned_is_told_of_a_slip(city):
    promise = answering.promise_in_force(city)
    event = steps.move_date(promise, actor=city.zhou_ning, due_on=date(2022, 1, 1), reason="征地未完")
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert {city.lin_lan.person.pk, city.chen_yiming.person.pk, city.gao_yuan.person.pk} <= told
    assert city.zhou_ning.person.pk not in told


def test_done_is_claimed_with_evidence_only(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="请附上佐证"):
        steps.claim_done(promise, actor=city.zhou_ning, what="建好了")
    assert answering.claimed(city, promise).state == PromiseState.CLAIMED
    assert promise.evidence.get().document_number == "淄教字〔2021〕3号"


def test_the_office_accepts_the_evidence(city):
    promise = answering.kept(city)
    assert promise.state == PromiseState.KEPT
    assert promise.kept_at == at(answering.ACCEPTED)
    assert promise.evidence.get().accepted_at == at(answering.ACCEPTED)
    promise.proposal.refresh_from_db()
    assert promise.proposal.fulfilment_stage == FulfilmentStage.CARRIED_OUT
    with pytest.raises(AlreadyDone):
        steps.accept(promise, actor=city.lin_lan)


def test_the_unit_may_not_accept_its_own_evidence(city):
    promise = answering.claimed(city)
    for actor in (city.zhou_ning, city.gao_yuan, city.stranger, city.staff):
        with pytest.raises(Refused, match="市政府办公室"):
            steps.accept(promise, actor=actor)


def test_what_was_sent_back_is_not_accepted_later(city):
    promise = answering.claimed(city)
    promise = steps.send_back(promise, actor=city.lin_lan, reason="只有图纸", at=at("2021-11-12")).subject
    assert promise.state == PromiseState.ACTIVE
    steps.claim_done(
        promise, actor=city.zhou_ning, what="已招生", link="https://example.cn/1", at=at("2021-11-15")
    )
    steps.accept(promise, actor=city.lin_lan, at=at("2021-11-20"))
    first, second = promise.evidence.all()
    assert first.refused_at is not None
    assert first.accepted_at is None
    assert second.accepted_at == at("2021-11-20")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "www.example.cn/1", "https://", "https://example.cn/ 1"]
)
def test_a_link_that_is_no_address_of_the_web_is_refused(city, link):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="要以http://或者https://开头") as said:
        steps.claim_done(promise, actor=city.zhou_ning, what="已招生", link=link)
    assert said.value.field == "link"


def test_a_link_is_an_address_as_the_browser_shows_it(city):
    promise = answering.promise_in_force(city)
    steps.claim_done(promise, actor=city.zhou_ning, what="已招生", link=" HTTP://example.cn/学校?id=1 ")
    assert promise.evidence.get().link == "HTTP://example.cn/学校?id=1"


def test_it_is_dropped_only_when_the_proposer_has_been_told(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="要先向提案者说明"):
        steps.drop(promise, actor=city.gao_yuan, reason="规划调整")
    with pytest.raises(Refused, match="要先向提案者说明"):
        steps.drop(promise, actor=city.gao_yuan, reason="规划调整", told_how="电话")
    contact = handling.contacted(
        city,
        promise.assignment,
        when="2021-05-01",
        phase="revisit",
        explained="规划调整",
        response="understood",
    )
    promise = steps.drop(promise, actor=city.gao_yuan, reason="规划调整", told_in=contact).subject
    assert promise.state == PromiseState.DROPPED
    assert promise.told_in == contact
    promise.proposal.refresh_from_db()
    assert promise.proposal.fulfilment_stage == FulfilmentStage.EXPLAINED


def test_overdue_is_a_comparison(city):
    promise = answering.promise_in_force(city)
    assert not Promise.objects.overdue(date(2021, 12, 31)).exists()
    assert list(Promise.objects.overdue(date(2022, 1, 1))) == [promise]
    answering.kept(city, promise)
    assert not Promise.objects.overdue(date(2022, 1, 1)).exists()


def test_who_leaves_hands_it_on_and_its_dates_stay(city):
    """promise.take_over: a promise outlives people and units."""
    promise = answering.promise_in_force(city)
    follower = people.actor("吴桐", Role.HANDLER, city.here, city.education)
    event = steps.take_over(
        promise, actor=city.chen_jing, at=at("2021-03-01"), owner=follower.post, reason="周宁调离"
    )
    promise.refresh_from_db()
    assert (promise.unit, promise.owner) == (city.education, follower.post)
    assert promise.due_on == answering.PROMISED_FOR
    assert follower.person.pk in event.deliveries.values_list("receiver", flat=True)
    moved = steps.take_over(
        promise, actor=city.lin_lan, at=at("2021-04-01"), unit=city.land, reason="机构改革，职责划转"
    )
    promise.refresh_from_db()
    assert (promise.unit, promise.owner) == (city.land, None)
    assert moved.facts["before_owner"] == follower.post.pk
    with pytest.raises(Refused, match="市自然资源局还有1项承诺没有落实，请先改由承接职责的单位办理"):
        change_unit(city.land, actor=city.lin_lan, name="市自然资源局", closed_on=date(2021, 12, 31))


def test_somebody_takes_it_over(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="请选择接手的单位或人员"):
        steps.take_over(promise, actor=city.chen_jing, reason="调离")
    with pytest.raises(Refused, match="孙悦不在市教育局任职"):
        steps.take_over(promise, actor=city.chen_jing, owner=city.sun_yue.post, reason="调离")
    with pytest.raises(Refused, match="这一步由"):
        steps.take_over(promise, actor=city.he_shan, unit=city.land, reason="抢过来")
