"""审核签发: the unit reviews its draft; its leader signs it or sends it back with a reason."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import handler_of, unit_leaders, unit_people
from huiyin.replies.models import Reply
from huiyin.replies.needs.content import SIGNABLE, not_yet
from huiyin.words import ReplyState


@requirement(field="text")
def has_text(call: Call) -> str | None:
    return None if call.obj.text.strip() else not_yet(call, "答复还没有正文。请先在答复稿里写上正文。")


@step(
    "reply.submit",
    label="送审",
    on="replies.Reply",
    who=who.handles_for_unit,
    source={ReplyState.DRAFT},
    target=ReplyState.IN_REVIEW,
    stamps="submitted_at",
    requires=[has_text],
    tell=[unit_leaders],
    sentence="{unit}把答复稿送本单位审核",
)
def submit(reply: Reply, *, actor: Actor, at: datetime) -> None:
    """To the unit's own review; what is still missing is found at the latest when it is signed."""


@step(
    "reply.send_back",
    label="退回修改",
    on="replies.Reply",
    who=who.coordinates_in_unit,
    source={ReplyState.IN_REVIEW, ReplyState.SIGNED},
    target=ReplyState.DRAFT,
    fields=[Field("reason", "退回原因", "text")],
    tell=[handler_of, unit_people],
    sentence="{unit}把答复稿退回修改：{reason}",
)
def send_back(reply: Reply, *, actor: Actor, at: datetime, reason: str) -> None:
    """Within the unit, before it goes out."""
    reply.agreements.all().delete()


@step(
    "reply.sign",
    label="签发",
    on="replies.Reply",
    who=who.leads_unit,
    source={ReplyState.IN_REVIEW},
    target=ReplyState.SIGNED,
    stamps="signed_at",
    requires=SIGNABLE,
    fields=[
        Field("signatory", "签发人", "line", required=False, help="不填就是您本人。", most=40),
        Field(
            "document_number",
            "文号",
            "code",
            required=False,
            initial=lambda reply: reply.document_number,
            most=80,
        ),
    ],
    tell=[handler_of, unit_people],
    sentence="{unit}签发答复",
)
def sign(reply: Reply, *, actor: Actor, at: datetime, **given: Any) -> None:
    """The unit's leader signs; the reply says everything that its mark needs."""
    reply.signatory = (given.get("signatory") or actor.name).strip()
    reply.document_number = (given.get("document_number") or reply.document_number).strip()
    reply.save(update_fields=["signatory", "document_number"])
