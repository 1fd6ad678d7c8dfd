"""One promise that serves several items: one date, one proof, and every item hears what becomes of it."""

from datetime import date

import pytest

from huiyin.desks.story import events_for
from huiyin.evaluations.models import Evaluation
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.promises import steps
from huiyin.promises.models import Promise
from huiyin.proposals import check
from huiyin.reporting.figures import figure_of
from huiyin.words import FulfilmentStage
from tests.stories import answering, evaluating, handling
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(city):
    """学位 was promised two kindergartens; 托位 asks for the same and is answered with the same promise."""
    promise = answering.promise_in_force(city, title="关于学位的提案")
    share = answering.at_work(city, title="关于托位的提案")
    steps.use(share, actor=city.zhou_ning, at=at("2020-05-06"), promise=promise)
    evaluating.evaluated(city, _answered(city, share), when="2020-06-01")
    yield promise, share.proposal
    assert list(check.problems()) == []


def _answered(city, share):
    from huiyin.replies import steps as replies

    reply = replies.draft(
        share,
        actor=city.zhou_ning,
        at=at("2020-05-06"),
        mark="B",
        meaning="planned",
        text="您的提案收悉，答复如下。",
        answers=answering.answers(share),
    ).subject
    reply = answering.signed_off(city, reply, when="2020-05-08")
    return answering.issued(city, reply=reply, when="2020-05-09")


def test_the_second_item_needs_no_promise_of_its_own(city, served):
    promise, item = served
    assert not item.promises.exists()
    item.refresh_from_db()
    assert item.fulfilment_stage == FulfilmentStage.BEING_CARRIED_OUT
    assert set(Promise.objects.serving(item)) == {promise}


def test_it_is_counted_once_and_stands_for_the_points_of_both(city, served):
    promise, _ = served
    on = date(2021, 12, 31)
    assert figure_of(city.plenary, "promise.total", on).count == 1
    assert figure_of(city.plenary, "point.fulfilment", on).count == 0
    assert figure_of(city.plenary, "stock.items.zx12-4.open", on).count == 2
    answering.kept(city, promise)
    assert figure_of(city.plenary, "point.fulfilment", on).count == 4
    assert figure_of(city.plenary, "stock.items.zx12-4.kept.1", on).count == 2
    assert figure_of(city.plenary, "promise.carried_out", on).count == 1


def test_what_becomes_of_it_is_told_in_each_item(city, served):
    promise, item = served
    steps.move_date(
        promise, actor=city.zhou_ning, at=at("2021-12-01"), due_on=date(2022, 6, 30), reason="缓建"
    )
    moved = item.events.get(code="promise.follow")
    assert (moved.facts["became"], moved.parent.code) == ("调整了期限", "promise.move_date")
    assert city.chen_yiming.person.pk in moved.deliveries.values_list("receiver", flat=True)
    answering.kept(city, promise)
    item.refresh_from_db()
    assert item.fulfilment_stage == FulfilmentStage.CARRIED_OUT
    assert Evaluation.objects.filter(proposal=item, later=True).exists()


def test_neither_item_is_finished_before_it(city, served):
    promise, item = served
    handling_steps.close_answer(item, actor=city.lin_lan, at=at("2020-06-10"))
    item.refresh_from_db()
    with pytest.raises(Refused, match="还有1项承诺没有落实或说明"):
        handling_steps.settle(item, actor=city.lin_lan, at=at("2020-06-12"))
    answering.kept(city, promise)
    handling_steps.settle(item, actor=city.lin_lan, at=at("2021-12-01"))


def test_only_a_promise_of_ones_own_that_is_open_and_only_once(city, served):
    promise, item = served
    share = item.assignments.get()
    with pytest.raises(Refused, match="已经引用了这项承诺"):
        steps.use(share, actor=city.zhou_ning, promise=promise)
    other = handling.assigned(city, title="关于路口的提案", lead=city.police)
    answering.at_work_on(city, other)
    with pytest.raises(Refused, match="只能引用本单位在其他件里作出、还在落实的承诺"):
        steps.use(other, actor=city.sun_yue, promise=promise)
    answering.kept(city, promise)
    third = answering.at_work(city, title="关于校车的提案")
    with pytest.raises(Refused, match="还在落实的承诺"):
        steps.use(third, actor=city.zhou_ning, promise=promise)


def _told(actor, item):
    return [sentence(event) for event in events_for(actor).filter(proposal=item)]


def test_a_wrong_choice_is_taken_back_before_the_answer_and_nobody_outside_hears_of_it(city):
    promise = answering.promise_in_force(city, title="关于学位的提案")
    share = answering.at_work(city, title="关于托位的提案")
    served = steps.use(share, actor=city.zhou_ning, at=at("2020-05-06"), promise=promise).subject
    ended = steps.end_use(served, actor=city.zhou_ning, at=at("2020-05-07"), reason="选错了承诺")
    assert sentence(ended) == f"撤销对第{promise.proposal.number}号件承诺的引用：{promise.what}（选错了承诺）"
    assert not Promise.objects.serving(share.proposal).exists()
    assert not any("引用" in line for line in _told(city.chen_yiming, share.proposal))
    assert not ended.deliveries.filter(receiver=city.chen_yiming.person.pk).exists()
    with pytest.raises(AlreadyDone, match="已经撤销"):
        steps.end_use(served, actor=city.zhou_ning, reason="再点一次")
    steps.use(share, actor=city.zhou_ning, at=at("2020-05-08"), promise=promise)
    assert set(Promise.objects.serving(share.proposal)) == {promise}
    assert list(check.problems()) == []


def test_after_the_answer_the_office_alone_takes_it_back_and_the_proposer_is_told(city, served):
    _, item = served
    use = item.promise_uses.get()
    with pytest.raises(Refused, match="由其撤销"):
        steps.end_use(use, actor=city.zhou_ning, reason="选错了承诺")
    ended = steps.end_use(use, actor=city.lin_lan, at=at("2020-07-01"), reason="选错了承诺")
    assert ended.deliveries.filter(receiver=city.chen_yiming.person.pk).exists()
    assert any("引用" in line for line in _told(city.chen_yiming, item))

    def stood(on):
        return figure_of(city.plenary, "stock.items.zx12-4.open", on).count

    # Both items stay planned; only one of them still has a promise that will show it.
    assert (stood(date(2020, 6, 30)), stood(date(2020, 7, 31))) == (2, 1)


def test_what_has_been_settled_stays_told_where_it_was_used(city, served):
    promise, item = served
    answering.kept(city, promise)
    with pytest.raises(Refused, match="作为办理记录保留"):
        steps.end_use(item.promise_uses.get(), actor=city.lin_lan, reason="选错了承诺")


def test_a_promise_of_a_draft_is_not_in_the_story_that_the_proposer_reads(city):
    share = answering.at_work(city, title="关于学位的提案")
    steps.make(
        share, actor=city.zhou_ning, at=at("2020-05-06"), what="新建两所幼儿园", due_on=date(2021, 12, 31)
    )
    assert any("新建两所幼儿园" in line for line in _told(city.zhou_ning, share.proposal))
    assert not any("新建两所幼儿园" in line for line in _told(city.chen_yiming, share.proposal))
    given = answering.promise_in_force(city, title="关于校车的提案")
    own = _told(city.chen_yiming, given.proposal)
    assert any(given.what in line for line in own)
