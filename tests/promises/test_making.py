"""A promise is written into a draft, changed there, and holds from the day its reply is issued."""

from datetime import date

import pytest

from huiyin.journal.step import Refused
from huiyin.promises import steps
from huiyin.promises.models import Promise
from huiyin.words import PromiseState
from tests.stories import answering, handling
from tests.stories.moments import at


def test_it_stands_with_its_unit_owner_date_points_and_milestones(city):
    share = answering.at_work(city)
    points = list(share.proposal.points.all())
    promise = answering.promised(
        city,
        share,
        owner=city.zhou_ning.post,
        points=points[:1],
        milestones=[{"what": "开工", "due_on": date(2020, 9, 1)}, {"what": "封顶"}],
    )
    assert promise.unit == city.education
    assert promise.owner == city.zhou_ning.post
    assert promise.first_due_on == promise.due_on == answering.PROMISED_FOR
    assert list(promise.points.all()) == points[:1]
    assert [(one.what, one.due_on) for one in promise.milestones.all()] == [
        ("开工", date(2020, 9, 1)),
        ("封顶", None),
    ]
    assert promise.is_draft
    assert not Promise.objects.in_force().exists()


def test_its_words_are_texts_of_the_event_and_its_dates_facts(city):
    share = answering.at_work(city)
    event = steps.make(
        share,
        actor=city.zhou_ning,
        what="新建两所",
        due_on=answering.PROMISED_FOR,
        milestones=[{"what": "开工", "due_on": date(2020, 9, 1)}],
    )
    assert event.facts["due_on"] == "2021-12-31"
    assert event.facts["milestones"] == ["2020-09-01"]
    assert {text.name: text.text for text in event.texts.all()} == {"what": "新建两所", "milestone_1": "开工"}
    assert event.target_unit == city.education


def test_a_promise_without_a_date_is_refused(city):
    share = answering.at_work(city)
    with pytest.raises(Refused, match="没有写明完成期限"):
        steps.make(share, actor=city.zhou_ning, what="新建两所")


def test_a_date_beyond_the_packs_limit_is_refused_with_what_to_do(city):
    share = answering.at_work(city)
    with pytest.raises(Refused, match=r"最晚为2023年1月9日.*请改定较早的日期"):
        steps.make(share, actor=city.zhou_ning, what="新建两所", due_on=date(2023, 1, 10))
    made = steps.make(share, actor=city.zhou_ning, what="新建两所", due_on=date(2023, 1, 9))
    assert made.subject.due_on == date(2023, 1, 9)


def test_a_co_unit_does_not_promise(city):
    lead = handling.assigned(city, co=[city.police])
    share = handling.signed(city, handling.share(lead.proposal, city.police))
    with pytest.raises(Refused, match="会办单位不直接向提案者承诺"):
        steps.make(share, actor=city.sun_yue, what="配合", due_on=answering.PROMISED_FOR)


def test_another_unit_and_a_stranger_may_not_make_it(city):
    share = answering.at_work(city)
    for actor in (city.sun_yue, city.unit_without_share, city.stranger, city.lin_lan, city.staff):
        with pytest.raises(Refused, match="承办单位联络员、承办人"):
            steps.make(share, actor=actor, what="新建", due_on=answering.PROMISED_FOR)


def test_a_draft_is_changed_and_its_first_date_with_it(city):
    promise = answering.promised(city, answering.at_work(city))
    steps.change(promise, actor=city.zhou_ning, due_on=date(2021, 6, 30), milestones=[{"what": "验收"}])
    promise.refresh_from_db()
    assert promise.first_due_on == promise.due_on == date(2021, 6, 30)
    assert promise.what == "新建两所公办幼儿园"
    assert promise.milestones.get().what == "验收"


def test_a_draft_is_taken_back(city):
    promise = answering.promised(city, answering.at_work(city))
    promise = steps.void(promise, actor=city.zhou_ning, reason="改由公安局承诺").subject
    assert promise.state == PromiseState.VOID
    assert not Promise.objects.live().exists()


def test_it_holds_from_the_issue_of_its_reply(city):
    promise = answering.promise_in_force(city)
    assert promise.undertaken_at == at(answering.ISSUED)
    undertaken = promise.proposal.events.get(code="promise.undertake")
    assert undertaken.parent.code == "reply.issue"
    assert undertaken.facts["due_on"] == "2021-12-31"


def test_once_it_holds_it_is_neither_rewritten_nor_taken_back(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="请办理“调整期限”"):
        steps.change(promise, actor=city.zhou_ning, what="少建一所")
    with pytest.raises(Refused, match="已随答复生效"):
        steps.void(promise, actor=city.zhou_ning)


def test_one_made_after_the_reply_holds_at_once(city):
    share = answering.issued(city).assignment
    share.refresh_from_db()
    promise = steps.make(
        share, actor=city.zhou_ning, what="再建一所", due_on=answering.PROMISED_FOR, at=at("2020-06-01")
    ).subject
    promise.refresh_from_db()
    assert promise.undertaken_at == at("2020-06-01")


def test_milestones_are_added_and_reached(city):
    promise = answering.promise_in_force(city)
    steps.add_milestone(promise, actor=city.zhou_ning, what="开工", due_on=date(2020, 9, 1))
    milestone = promise.milestones.get()
    milestone = steps.reach_milestone(milestone, actor=city.zhou_ning, at=at("2020-08-30")).subject
    assert milestone.reached_at == at("2020-08-30")
    with pytest.raises(Refused, match="这个节点已于2020年8月30日完成"):
        steps.reach_milestone(milestone, actor=city.zhou_ning)


def test_the_unit_that_carries_it_out_sees_it_without_a_share(city):
    share = answering.at_work(city)
    promise = answering.promised(city, share, unit=city.land)
    assert not Promise.objects.visible_to(city.he_shan).exists()
    answering.issued(city, share)
    assert list(Promise.objects.visible_to(city.he_shan)) == [promise]
    assert promise in Promise.objects.visible_to(city.chen_yiming)
    assert promise in Promise.objects.visible_to(city.lin_lan)
    for outsider in (city.stranger, city.unit_without_share, city.sun_yue, city.congress_staff):
        assert promise not in Promise.objects.visible_to(outsider)


def test_a_proposer_sees_no_promise_of_a_draft(city):
    promise = answering.promised(city, answering.at_work(city))
    assert promise not in Promise.objects.visible_to(city.chen_yiming)
    assert promise in Promise.objects.visible_to(city.zhou_ning)
