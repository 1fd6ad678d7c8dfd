"""What belongs to a topic: items and the promises that serve it, joined and taken out with a reason."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import all_units_people, target_unit_people
from huiyin.promises.models import Promise
from huiyin.promises.using import Use
from huiyin.proposals.models import Proposal
from huiyin.topics.models import Topic, TopicItem, TopicPromise
from huiyin.topics.steps.opening import UNSETTLED
from huiyin.words import ProposalState

JOINED = frozenset(ProposalState) - {ProposalState.NOT_FILED, ProposalState.VOID, ProposalState.ELSEWHERE}


def _topics(item: Proposal, actor: Actor) -> Any:
    return Topic.objects.filter(jurisdiction=actor.jurisdiction).unsettled()


@requirement(field="topic", late=True)
def topic_is_open(call: Call) -> str | None:
    topic = call.given("topic")
    if topic is None or (topic.jurisdiction_id == call.obj.jurisdiction_id and topic.state in UNSETTLED):
        return None
    return "这个专题已经认定解决，请先“重新推进”，再列入新的件。"


@requirement(field="topic", late=True, done=True)
def not_joined_yet(call: Call) -> str | None:
    joined = TopicItem.objects.standing().filter(topic=call.given("topic"), proposal=call.obj)
    return "这一件已经列入这个专题。" if joined.exists() else None


@step(
    "topic.join",
    label="列入专题",
    undone_by="topic.leave",
    on="proposals.Proposal",
    creates="topics.TopicItem",
    who=who.registrar,
    source=JOINED,
    stamps="joined_at",
    requires=[topic_is_open, not_joined_yet],
    fields=[
        Field(
            "topic",
            "同类问题、专项行动",
            "row",
            options=_topics,
            help="没有合适的，请先在“专题”页提出。",
        )
    ],
    tell=[all_units_people, target_unit_people],
    bulk=True,
    sentence="列入{kind_label}“{topic_title}”",
)
def join(proposal: Proposal, *, actor: Actor, at: datetime, topic: Topic) -> tuple[TopicItem, dict[str, Any]]:
    """The item is one case of a matter that stands in others too."""
    made = TopicItem.objects.create(topic=topic, proposal=proposal, joined_at=at)
    said = {"kind_label": topic.get_kind_display(), "topic_title": topic.title}
    return made, {"target_unit": topic.unit, "texts": said}


@requirement(done=True)
def still_in(call: Call) -> str | None:
    return "已经移出这个专题。" if call.obj.left_at else None


LEAVING: dict[str, Any] = {
    "who": who.registrar,
    "stamps": "left_at",
    "requires": [still_in],
    "fields": [Field("reason", "理由", "text")],
}


@step(
    "topic.leave",
    label="移出专题",
    on="topics.TopicItem",
    sentence="移出专题“{topic_title}”：{reason}",
    **LEAVING,
)
def leave(joined: TopicItem, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    return {"texts": {"topic_title": joined.topic.title}}


def _promises(topic: Topic, actor: Actor) -> Any:
    """In answer to the items of the topic, or of its owner: what is in force and does not serve it yet."""
    bound = topic.topicpromises.standing().values("promise")
    items = topic.topicitems.standing().values("proposal")
    used = Use.objects.standing().filter(proposal__in=items).order_by().values("promise")
    own = Q(unit=topic.unit, proposal__jurisdiction=topic.jurisdiction_id)
    found = Promise.objects.in_force().filter(Q(proposal__in=items) | Q(pk__in=used) | own)
    return found.exclude(pk__in=bound).select_related("proposal", "unit")


@requirement(field="promise", late=True)
def promise_is_of_the_topic(call: Call) -> str | None:
    promise = call.given("promise")
    if promise is None or _promises(call.obj, call.actor).filter(pk=promise.pk).exists():
        return None
    return "只能列入本专题各件已经生效的承诺，或者牵头单位自己的承诺；已经列入的不用再选。"


@step(
    "topic.bind_promise",
    label="列入承诺",
    undone_by="topic.unbind_promise",
    on="topics.Topic",
    creates="topics.TopicPromise",
    who=who.registrar | who.coordinates_in_unit,
    source=UNSETTLED,
    stamps="joined_at",
    requires=[promise_is_of_the_topic],
    fields=[Field("promise", "承诺事项", "row", options=_promises)],
    tell=[target_unit_people],
    sentence="承诺“{what}”列入专题“{topic_title}”",
)
def bind_promise(
    topic: Topic, *, actor: Actor, at: datetime, promise: Promise
) -> tuple[TopicPromise, dict[str, Any]]:
    """What has been promised for one item serves the whole matter."""
    made = TopicPromise.objects.create(topic=topic, promise=promise, joined_at=at)
    return made, {"target_unit": promise.unit, "texts": {"what": promise.what, "topic_title": topic.title}}


@step(
    "topic.unbind_promise",
    label="移出承诺",
    on="topics.TopicPromise",
    sentence="承诺移出专题“{topic_title}”：{reason}",
    **LEAVING,
)
def unbind_promise(bound: TopicPromise, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    return {"texts": {"topic_title": bound.topic.title}}
