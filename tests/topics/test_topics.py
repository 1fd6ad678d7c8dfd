"""From one case to the field: a problem with one owner, items of several years, promises, outcomes with their source."""

from datetime import date
from decimal import Decimal

import pytest

from huiyin.journal.models import Event
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.people.steps import correct
from huiyin.promises import steps as promises
from huiyin.topics import steps
from huiyin.topics.models import Outcome, Topic, TopicItem
from tests.stories import answering, intake
from tests.stories.moments import at
from tests.stories.widening import COUNTED, begun, opened, raised_before

pytestmark = pytest.mark.django_db
WHEN = at("2020-04-16")


def joined(city, topic, item):
    return steps.join(item, actor=city.lin_lan, at=at("2020-04-02"), topic=topic).subject


def test_a_matter_of_two_years_is_carried_out_by_one_owner(city):
    """Opened, items of two plenaries joined, a promise bound, begun, counted, settled only when the promise is."""
    topic = opened(city)
    old, promise = raised_before(city), answering.promise_in_force(city)
    for item in (old, promise.proposal):
        joined(city, topic, item)
    years = {row.proposal.plenary.opened_on.year for row in topic.topicitems.standing()}
    assert years == {2019, 2020}
    told = Event.objects.get(code="topic.join", proposal=old)
    assert sentence(told) == "列入同类问题“中心城区停车难”"
    bound = steps.bind_promise(topic, actor=city.chen_jing, at=WHEN, promise=promise).subject
    assert (bound.proposal, list(Topic.objects.ready_to_settle())) == (promise.proposal, [])
    topic = begun(city, topic)
    with pytest.raises(Refused, match="还有1项承诺没有着落"):
        steps.settle(topic, actor=city.lin_lan, at=WHEN, result="已增加泊位")
    answering.claimed(city, promise)
    promises.accept(promise, actor=city.lin_lan, at=at("2021-01-20"))
    assert list(Topic.objects.ready_to_settle()) == [topic]
    settled = steps.settle(topic, actor=city.lin_lan, at=at("2021-01-21"), result="新增泊位三千个").subject
    assert settled.settled_at == at("2021-01-21")
    again = steps.reopen(settled, actor=city.lin_lan, at=at("2021-02-01"), reason="又有反映").subject
    assert again.state == "carried_out"


def test_an_item_joins_once_and_is_taken_out_with_a_reason(city):
    topic, item = opened(city), intake.classified(city)
    row = joined(city, topic, item)
    with pytest.raises(AlreadyDone, match="已经列入"):
        joined(city, topic, item)
    steps.leave(row, actor=city.lin_lan, at=WHEN, reason="内容不同")
    assert not TopicItem.objects.standing().exists()
    with pytest.raises(AlreadyDone, match="已经移出"):
        steps.leave(row, actor=city.lin_lan, at=WHEN, reason="内容不同")
    assert joined(city, topic, item) != row
    assert sentence(Event.objects.get(code="topic.leave")) == "移出专题“中心城区停车难”：内容不同"


def test_nothing_joins_what_is_settled(city):
    topic = steps.settle(begun(city), actor=city.lin_lan, at=WHEN, result="已解决").subject
    with pytest.raises(Refused, match="重新推进"):
        joined(city, topic, intake.classified(city))


def test_the_owner_works_in_the_unit(city):
    with pytest.raises(Refused, match="高远不在市公安局任职"):
        opened(city, unit=city.police)
    topic = opened(city)
    changed = steps.change(
        topic,
        actor=city.lin_lan,
        at=WHEN,
        title="停车难、停车乱",
        description="泊位不足，占道停放。",
        unit=city.police,
        reason="职责调整",
    )
    assert (changed.subject.unit, changed.subject.owner) == (city.police, None)
    assert changed.facts["was_unit"] == city.education.pk
    assert sentence(changed) == "修改专题，名称为“停车难、停车乱”，由市公安局牵头。职责调整"


def test_only_promises_in_force_of_the_topic_serve_it(city):
    topic = opened(city, unit=city.water, owner=None)
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="只能列入本专题各件"):
        steps.bind_promise(topic, actor=city.lin_lan, at=WHEN, promise=promise)
    joined(city, topic, promise.proposal)
    bound = steps.bind_promise(topic, actor=city.lin_lan, at=WHEN, promise=promise).subject
    with pytest.raises(Refused, match="已经列入的不用再选"):
        steps.bind_promise(topic, actor=city.lin_lan, at=WHEN, promise=promise)
    steps.unbind_promise(bound, actor=city.lin_lan, at=WHEN, reason="与本专题无关")
    assert not topic.topicpromises.standing().exists()


def test_the_owner_alone_begins_and_others_are_refused(city):
    topic = opened(city)
    for other in (city.sun_yue, city.mayor_wang, city.chen_yiming, city.staff):
        with pytest.raises(Refused, match="承办单位联络员、负责人"):
            steps.begin(topic, actor=other, at=WHEN, plan="…", due_on=date(2021, 1, 1))


def test_the_owner_tells_every_quarter_and_when_its_day_has_passed_how_it_stands(city):
    topic = begun(city)
    waiting = Topic.objects.waiting_for_a_report
    assert not waiting(at("2020-06-30")).exists()
    assert list(waiting(at("2020-07-03"))) == [topic]
    steps.report(topic, actor=city.chen_jing, at=at("2020-07-03"), progress="已划线一千个")
    assert not waiting(at("2020-09-30")).exists()
    steps.report(topic, actor=city.chen_jing, at=at("2021-12-20"), progress="还差两处")
    assert not waiting(at("2021-12-31")).exists()
    assert list(waiting(at("2022-01-01"))) == [topic]
    event = steps.report(topic, actor=city.chen_jing, at=at("2022-01-02"), progress="延至三月")
    assert not waiting(at("2022-01-03")).exists()
    assert sentence(event) == "市教育局报告进展：延至三月"
    assert city.lin_lan.person.pk in event.deliveries.values_list("receiver", flat=True)


class TestOutcomes:
    def recorded(self, city, **given):
        topic = Topic.objects.first() or begun(city)
        return steps.record_outcome(topic, actor=city.chen_jing, at=WHEN, **COUNTED | given).subject

    def test_a_number_stands_with_its_measure_period_and_source(self, city):
        outcome = self.recorded(city)
        assert (outcome.before, outcome.after) == (Decimal("1200"), Decimal("3500.5"))
        assert str(outcome) == "公共停车泊位由1200个增加到3500.5个（市停车办统计年报）"
        assert self.recorded(city, what="完成投资", before="", after="40", measure="万元").change == "40万元"

    def test_it_is_corrected_openly(self, city):
        outcome = self.recorded(city)
        event = steps.correct_outcome(
            outcome,
            actor=city.chen_jing,
            at=WHEN,
            before="1200",
            after="3000",
            source="审计核定",
            reason="重复计算",
        )
        outcome.refresh_from_db()
        assert (outcome.after, outcome.replaced_at) == (Decimal("3500.5"), WHEN)
        assert list(Outcome.objects.standing()) == [event.subject]
        assert sentence(event) == "更正成效“公共停车泊位”：由3500.5改为3000。重复计算"
        with pytest.raises(AlreadyDone, match="更正新的数字"):
            steps.correct_outcome(
                outcome, actor=city.chen_jing, at=WHEN, after="1", source="审计核定", reason="再改"
            )
        earlier = at("2020-04-14")
        correct(event, actor=city.lin_lan, at=at("2020-04-20"), to=earlier, reason="日期写错")
        outcome.refresh_from_db()
        event.subject.refresh_from_db()
        assert (outcome.replaced_at, event.subject.recorded_at) == (earlier, earlier)

    @pytest.mark.parametrize("text", ["三千", "1e30", "0.00001", "NaN", "12个"])
    def test_what_is_no_number_is_refused(self, city, text):
        with pytest.raises(Refused, match="不是数字") as refused:
            self.recorded(city, after=text)
        assert refused.value.field == "after"

    def test_only_what_has_happened_counts(self, city):
        with pytest.raises(Refused, match="还没有结束"):
            self.recorded(city, to_on=date(2020, 12, 31))
        with pytest.raises(Refused, match="不能早于"):
            self.recorded(city, to_on=date(2018, 12, 31))


def test_who_sees_a_topic(city):
    topic = opened(city)
    item = intake.classified(city)
    joined(city, topic, item)
    for insider in (
        city.lin_lan,
        city.staff,
        city.mayor_wang,
        city.auditor,
        city.chen_jing,
        city.chen_yiming,
    ):
        assert list(Topic.objects.visible_to(insider)) == [topic], insider.name
    for other in (city.stranger, city.sun_yue):
        assert not Topic.objects.visible_to(other).exists(), other.name
