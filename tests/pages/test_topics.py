"""Topics on their pages: made, filled and settled by those who may; an item shows what it belongs to and repeats."""

from datetime import date

from django.urls import reverse

from huiyin.topics import steps
from huiyin.topics.models import Repeat, Topic
from tests.pages.walking import Walker, words_on
from tests.pages.world import NOW, World, title
from tests.stories import answering
from tests.stories.moments import at
from tests.stories.widening import AGAIN, COUNTED


def test_a_problem_from_its_opening_to_its_outcome(here: World) -> None:
    city, walker = here.city, Walker()
    item = answering.promise_in_force(city, title=title("治理校门口乱停车")).proposal
    walker.is_(city.lin_lan).does(
        steps.open_topic,
        city.here,
        kind="problem",
        title="校门口乱停车",
        description="几年都有提案反映。",
        unit=city.education,
    )
    topic = Topic.objects.get(title="校门口乱停车")
    walker.does(steps.join, item, topic=topic)
    case = words_on(walker.sees(item.get_absolute_url()))
    assert "由点及面" in case
    assert "同类问题 校门口乱停车" in case
    assert "牵头的专题待推进" in words_on(walker.is_(city.chen_jing).sees("/"))
    walker.does(steps.begin, topic, plan="划线、错时、共享", due_on=date(2021, 6, 30))
    walker.does(steps.bind_promise, topic, promise=item.promises.get())
    walker.does(steps.record_outcome, topic, **COUNTED)
    page = words_on(walker.sees(topic.get_absolute_url()))
    for said in ("划线、错时、共享", "新建两所公办幼儿园", "由1200个增加到3500.5个", "市停车办统计年报"):
        assert said in page
    refused = walker.is_(city.lin_lan).is_refused(steps.settle, topic, result="已解决")
    assert "还有1项承诺没有着落" in refused


def test_a_long_promise_is_cut_with_the_dots_of_the_house(here: World) -> None:
    city = here.city
    share = answering.at_work(city, title=title("长长的承诺"))
    answering.promised(city, share, what="建" * 80)
    answering.issued(city, share)
    topic = Topic.objects.get(title="停车便民行动")
    steps.join(share.proposal, actor=city.lin_lan, at=at(NOW), topic=topic)
    page = words_on(Walker().is_(city.lin_lan).sees(topic.get_absolute_url()))
    assert f"承诺：{'建' * 60}……（市教育局）" in page


def test_what_is_raised_again_stands_beside_what_was_answered(here: World) -> None:
    city, walker = here.city, Walker().is_(here.city.lin_lan)
    supposed = Repeat.objects.proposed().get(proposal__title=AGAIN)
    assert "可能往年提过，待认定" in words_on(walker.sees("/"))
    walker.does(steps.confirm, supposed)
    case = words_on(walker.sees(supposed.proposal.get_absolute_url()))
    assert f"往年提过 2019年{supposed.earlier}" in case
    assert f"后来又提 2020年{supposed.proposal}" in words_on(walker.sees(supposed.earlier.get_absolute_url()))
    listed = words_on(walker.sees(f"{reverse('desks:repeats')}?plenary={city.plenary.code}"))
    assert supposed.earlier.title in listed


def test_a_unit_sees_of_a_topic_the_items_that_are_its_own(here: World) -> None:
    city = here.city
    topic = Topic.objects.get(title="停车便民行动")
    foreign = Repeat.objects.proposed().get(proposal__title=AGAIN).proposal
    steps.join(foreign, actor=city.lin_lan, at=at(NOW), topic=topic)
    page = words_on(Walker().is_(city.chen_jing).sees(topic.get_absolute_url()))
    assert "另有 1 件不是您经办的" in page
    assert foreign.title not in page
    assert foreign.title in words_on(Walker().is_(city.staff).sees(topic.get_absolute_url()))
