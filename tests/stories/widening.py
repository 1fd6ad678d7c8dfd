"""From one case to the field: two plenaries of one place, so that a matter can come back, and a topic with its owner."""

from dataclasses import replace
from datetime import date

from huiyin.proposals.models import Plenary, Proposal
from huiyin.topics import steps
from huiyin.topics.models import Topic
from tests.people import City
from tests.stories import intake
from tests.stories.moments import at

TITLE = "关于增加中心城区公共停车泊位的提案"
AGAIN = "关于加快增加中心城区公共停车泊位建设的提案"

COUNTED = {
    "kind": "count",
    "what": "公共停车泊位",
    "before": "1,200",
    "after": "3500.50",
    "measure": "个",
    "from_on": date(2019, 1, 1),
    "to_on": date(2019, 12, 31),
    "source": "市停车办统计年报",
}


def a_year_before(city: City) -> City:
    """The same people in the plenary of 2019."""
    before, _ = Plenary.objects.get_or_create(
        code="zx12-3",
        defaults={
            "jurisdiction": city.here,
            "assembly": "cppcc",
            "term": 12,
            "meeting": 3,
            "label": "十二届三次会议",
            "opened_on": date(2019, 1, 5),
            "closed_on": date(2019, 1, 8),
            "pack_code": "city-test",
        },
    )
    return replace(city, plenary=before)


def raised_before(city: City, **given: object) -> Proposal:
    return intake.classified(a_year_before(city), **{"title": TITLE} | given)


def opened(city: City, **given: object) -> Topic:
    given = {
        "kind": "problem",
        "title": "中心城区停车难",
        "description": "公共泊位不足，连年有提案反映。",
        "unit": city.education,
        "owner": city.gao_yuan.post,
    } | given
    return steps.open_topic(city.here, actor=city.lin_lan, at=at("2020-04-01"), **given).subject


def begun(city: City, topic: Topic | None = None, *, due_on: date = date(2021, 12, 31)) -> Topic:
    return steps.begin(
        topic or opened(city),
        actor=city.chen_jing,
        at=at("2020-04-03"),
        plan="盘活闲置地块，两年新增泊位三千个",
        due_on=due_on,
    ).subject
