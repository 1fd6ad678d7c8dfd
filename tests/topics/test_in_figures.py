"""Topics and items raised again in the figures, with the rows behind each, and in the circular, frozen too."""

from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from huiyin.clock.now import at as clock_at
from huiyin.reporting.circular import circular_of, frozen_circular_of, numbers_of
from huiyin.reporting.figures import figure_of, figures_of, rows_of
from huiyin.reporting.steps import freeze
from huiyin.topics import steps
from huiyin.topics.models import Repeat
from tests.stories import answering, intake
from tests.stories.moments import at
from tests.stories.widening import AGAIN, COUNTED, begun, opened, raised_before

pytestmark = pytest.mark.django_db
LATER = date(2020, 6, 1)


def counts(city, as_of=LATER):
    return {
        one.code: one.count
        for one in figures_of(city.plenary, as_of)
        if one.code.startswith(("topic.", "repeat."))
    }


def text_of(content):
    """The running text with what stands in the controls."""
    return "".join(node.text or "" for node in docx.Document(BytesIO(content)).element.body.iter(qn("w:t")))


def test_every_number_opens_its_rows_and_stands_on_its_day(city):
    raised_before(city)
    again = intake.registered(city, title=AGAIN)
    other = answering.issued(city, answering.at_work(city, title="关于开放学校操场的提案")).proposal
    steps.confirm(Repeat.objects.get(), actor=city.lin_lan, at=at("2020-01-15"))
    topic = opened(city)
    for item in (again, other):
        steps.join(item, actor=city.lin_lan, at=at("2020-04-02"), topic=topic)
    topic = begun(city, topic)
    outcome = steps.record_outcome(topic, actor=city.chen_jing, at=at("2020-05-02"), **COUNTED).subject
    wanted = {
        "topic.problem": 1,
        "topic.initiative": 0,
        "topic.settled": 0,
        "topic.items": 2,
        "topic.outcomes": 1,
        "repeat.count": 1,
    }
    assert counts(city) == wanted
    for code, count in wanted.items():
        assert rows_of(city.plenary, code, LATER).count() == count, code
    assert figure_of(city.plenary, "repeat.count", LATER).of == 2
    assert list(rows_of(city.plenary, "topic.outcomes", LATER)) == [outcome]

    for row in topic.topicitems.standing():
        steps.leave(row, actor=city.lin_lan, at=at("2020-07-01"), reason="另行推进")
    steps.dismiss(Repeat.objects.get(), actor=city.lin_lan, at=at("2020-07-01"))
    assert counts(city) == wanted
    assert set(counts(city, date(2020, 7, 1)).values()) == {0}


def test_a_matter_that_came_back_was_solved_on_its_day_still(city):
    topic = begun(city)
    steps.join(intake.classified(city), actor=city.lin_lan, at=at("2020-04-04"), topic=topic)
    steps.settle(topic, actor=city.lin_lan, at=at("2020-05-01"), result="已解决")
    steps.reopen(topic, actor=city.lin_lan, at=at("2020-05-10"), reason="又有反映")
    steps.settle(topic, actor=city.lin_lan, at=at("2020-05-20"), result="再次解决")
    days = [date(2020, 4, 30), date(2020, 5, 1), date(2020, 5, 10), date(2020, 5, 20)]
    assert [counts(city, day)["topic.settled"] for day in days] == [0, 1, 0, 1]


def test_the_circular_names_what_came_of_them_and_a_frozen_one_what_was_known_then(city):
    with clock_at(LATER):
        item = answering.issued(city).proposal
        topic = begun(city)
        steps.join(item, actor=city.lin_lan, at=at("2020-04-02"), topic=topic)
        outcome = steps.record_outcome(topic, actor=city.chen_jing, at=at("2020-05-02"), **COUNTED).subject
        frozen = freeze(
            city.plenary, actor=city.lin_lan, at=at("2020-06-01"), as_of=date(2020, 5, 31), label="通报"
        ).subject
        again = steps.correct_outcome(
            outcome,
            actor=city.chen_jing,
            at=at("2020-06-01"),
            after="3000",
            source="审计核定",
            reason="重复计算",
        ).subject
        now_file = circular_of(city.plenary, LATER)
        now = text_of(now_file)
        then = text_of(frozen_circular_of(frozen, LATER))
    assert (
        "同类问题“中心城区停车难”，2019年1月1日至2019年12月31日公共停车泊位由1200个增加到3500.5个（市停车办统计年报）"
        in then
    )
    assert "公共停车泊位3000个（审计核定）" in now
    assert "3500.5" not in now
    assert numbers_of(BytesIO(now_file))[f"outcome.{again.pk}"] == "3000"
