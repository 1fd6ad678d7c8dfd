"""The life of a topic: opened with one owner, carried out by a plan, settled when its promises are."""

from datetime import date, datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Post, Unit
from huiyin.people.tell import registrars, target_unit_people
from huiyin.promises.models import Promise
from huiyin.topics.models import Topic
from huiyin.topics.words import TopicKind, TopicState
from huiyin.words import UNIT_ROLES

UNSETTLED = {TopicState.OPEN, TopicState.CARRIED_OUT}


def _units(obj: Any, actor: Actor) -> Any:
    return Unit.objects.of(actor.jurisdiction).open()


def _people(obj: Any, actor: Actor) -> Any:
    posts = Post.objects.in_role(*UNIT_ROLES).filter(jurisdiction=actor.jurisdiction, to_on=None)
    return posts.select_related("person", "unit")


@requirement(field="owner", late=True)
def owner_works_there(call: Call) -> str | None:
    owner, unit = call.given("owner"), call.given("unit", getattr(call.obj, "unit", None))
    if owner is None or unit is None or owner.unit_id == unit.pk:
        return None
    return f"{owner.person.name}不在{unit.name}任职，请选择{unit.name}的人。"


OWNERSHIP = [
    Field("unit", "牵头单位", "row", options=_units, initial=lambda obj: getattr(obj, "unit_id", None)),
    Field(
        "owner",
        "责任人",
        "row",
        required=False,
        options=_people,
        initial=lambda obj: getattr(obj, "owner_id", None),
        help="要在牵头单位任职。",
    ),
]


@step(
    "topic.open",
    label="提出同类问题、专项行动",
    on="people.Jurisdiction",
    creates="topics.Topic",
    who=who.registrar,
    target=TopicState.OPEN,
    stamps="opened_at",
    requires=[owner_works_there],
    fields=[
        Field("kind", "类别", "word", words=TopicKind),
        Field("title", "名称", "line", most=100),
        Field("description", "说明", "text", help="反映的是什么问题，希望做到什么程度。"),
        *OWNERSHIP,
    ],
    tell=[target_unit_people],
    sentence="提出{kind}“{title}”，由{target}牵头",
)
def open_topic(
    here: Jurisdiction, *, actor: Actor, at: datetime, unit: Unit, **given: Any
) -> tuple[Topic, dict[str, Any]]:
    """由点及面: what many items ask for is one matter with one owner."""
    kept = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    made = Topic.objects.create(jurisdiction=here, unit=unit, opened_at=at, **kept)
    return made, {"target_unit": unit}


@step(
    "topic.change",
    label="修改专题",
    on="topics.Topic",
    who=who.registrar,
    source=UNSETTLED,
    requires=[owner_works_there],
    fields=[
        Field("title", "名称", "line", initial=lambda topic: topic.title, most=100),
        Field("description", "说明", "text", initial=lambda topic: topic.description),
        *OWNERSHIP,
        Field("reason", "修改理由", "text"),
    ],
    tell=[target_unit_people],
    sentence="修改专题，名称为“{title}”，由{target}牵头。{reason}",
)
def change(
    topic: Topic,
    *,
    actor: Actor,
    at: datetime,
    title: str,
    description: str,
    unit: Unit,
    reason: str,
    owner: Post | None = None,
) -> dict[str, Any]:
    """What it is called and who owns it; what it was before is kept in the event."""
    was = {"was_unit": topic.unit_id, "was_owner": topic.owner_id}
    texts = {"was_title": topic.title, "was_description": topic.description}
    topic.title, topic.description, topic.unit, topic.owner = title.strip(), description.strip(), unit, owner
    topic.save(update_fields=["title", "description", "unit", "owner"])
    return was | {"target_unit": unit, "texts": texts}


@step(
    "topic.begin",
    label="开始推进",
    on="topics.Topic",
    who=who.coordinates_in_unit,
    source={TopicState.OPEN},
    target=TopicState.CARRIED_OUT,
    stamps="begun_at",
    fields=[Field("plan", "推进办法", "text"), Field("due_on", "完成时限", "date")],
    tell=[registrars],
    sentence="{unit}开始推进，{due_on}前完成：{plan}",
)
def begin(topic: Topic, *, actor: Actor, at: datetime, plan: str, due_on: date) -> None:
    topic.plan, topic.due_on = plan.strip(), due_on
    topic.save(update_fields=["plan", "due_on"])


@step(
    "topic.report",
    label="报告进展",
    on="topics.Topic",
    who=who.coordinates_in_unit,
    source={TopicState.CARRIED_OUT},
    stamps="reported_at",
    fields=[Field("progress", "进展和困难", "text", help="做到哪一步了，卡在哪里，下一步什么时候完成。")],
    tell=[registrars],
    sentence="{unit}报告进展：{progress}",
)
def report(topic: Topic, *, actor: Actor, at: datetime, progress: str) -> None:
    """Every quarter, and when its day has passed: it stands in the story of the topic."""


@requirement()
def promises_settled(call: Call) -> str | None:
    """Answered is not carried out: a matter is no more solved than what was promised for it."""
    bound = call.obj.topicpromises.standing().values("promise")
    waiting = Promise.objects.open().filter(pk__in=bound).count()
    if waiting:
        return f"还有{waiting}项承诺没有着落，落实或终止说明以后再办。"
    return None


@step(
    "topic.settle",
    label="认定已解决",
    undone_by="topic.reopen",
    on="topics.Topic",
    who=who.registrar,
    source={TopicState.CARRIED_OUT},
    target=TopicState.SETTLED,
    stamps="settled_at",
    requires=[promises_settled],
    fields=[Field("result", "解决情况", "text")],
    tell=[target_unit_people],
    sentence="认定已解决：{result}",
)
def settle(topic: Topic, *, actor: Actor, at: datetime, result: str) -> dict[str, Any]:
    topic.result = result.strip()
    topic.save(update_fields=["result"])
    return {"target_unit": topic.unit}


@step(
    "topic.reopen",
    label="重新推进",
    on="topics.Topic",
    who=who.registrar,
    source={TopicState.SETTLED},
    target=TopicState.CARRIED_OUT,
    fields=[Field("reason", "理由", "text")],
    tell=[target_unit_people],
    sentence="重新推进：{reason}",
)
def reopen(topic: Topic, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """It has come back, or was not solved: it falls openly."""
    return {"target_unit": topic.unit}
