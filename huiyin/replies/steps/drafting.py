"""起草: a unit drafts its reply, revises it version by version, or gives the draft up."""

from datetime import datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.handling.models import Assignment
from huiyin.journal.fields import Field
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.replies.content import draft_fields, write
from huiyin.replies.models import Reply, other_leads
from huiyin.replies.needs.content import meaning_fits
from huiyin.words import AssignmentState, ReplyState

WORKING = {AssignmentState.SIGNED, AssignmentState.PLANNED, AssignmentState.REHANDLING}


@requirement()
def unit_answers(call: Call) -> str | None:
    return None if call.obj.is_answering else "会办单位不单独答复提案者。请提交会办意见，由主办单位统一答复。"


@Prepared
def _replies(share: int, round: int) -> Any:
    return Reply.objects.live().filter(assignment=share, round=round).order_by().values_list("pk")


@requirement()
def no_reply_yet(call: Call) -> str | None:
    if _replies(call.obj.pk, call.obj.round):
        return "这一轮已经有一份答复了。请在原来的答复稿上修改。"
    return None


@requirement()
def no_common_reply_begun(call: Call) -> str | None:
    """Option several_leads = one_agreed_reply: the leads write one reply together."""
    if call.obj.proposal.option("several_leads") != "one_agreed_reply":
        return None
    leads = other_leads(Reply(assignment=call.obj))
    begun = Reply.objects.live().filter(assignment__in=leads, round=call.obj.round)
    drafted = begun.select_related("assignment__unit").first()
    if drafted is None:
        return None
    return f"本件由几个主办单位共同答复，{drafted.assignment.unit.name}已在起草。请在那份答复上会签。"


@requirement(field="based_on", late=True)
def nobody_revised_it_since(call: Call) -> str | None:
    """Two people may have the draft open; nobody's words are overwritten unseen."""
    based_on = call.given("based_on")
    last = call.obj.versions.order_by("number").select_related("by__person").last()
    if based_on is None or last is None or last.number <= int(based_on):
        return None
    name = last.by.person.name if last.by else "系统"
    day = day_of(last.at)
    return (
        f"这份答复在您打开以后，{name}于{day.month}月{day.day}日改过，现在是第{last.number}稿。"
        "您填写的内容还在这里，没有覆盖别人的改动：请与新稿对照后再保存。"
    )


@step(
    "reply.draft",
    label="起草答复",
    undone_by="reply.void",
    on="handling.Assignment",
    creates="replies.Reply",
    who=who.handles_for_unit,
    source=WORKING,
    target=ReplyState.DRAFT,
    stamps="drafted_at",
    requires=[unit_answers, no_reply_yet, no_common_reply_begun, meaning_fits],
    fields=draft_fields(),
    sentence="{unit}起草答复",
)
def draft(
    assignment: Assignment, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Reply, dict[str, Any]]:
    """The reply of this round; the first version is kept at once."""
    reply = Reply(assignment=assignment, round=assignment.round, drafted_by=actor.post, drafted_at=at)
    facts = write(reply, given, actor=actor, at=at, whole=True)
    return reply, facts | {"round": reply.round}


@step(
    "reply.revise",
    label="修改答复稿",
    on="replies.Reply",
    who=who.handles_for_unit,
    source={ReplyState.DRAFT},
    form="huiyin.replies.forms.ReviseForm",
    requires=[nobody_revised_it_since, meaning_fits],
    fields=[
        *draft_fields(),
        Field(
            "based_on",
            "所据稿次",
            "number",
            required=False,
            initial=lambda reply: reply.versions.count(),
            hidden=True,
        ),
    ],
    sentence="{unit}修改答复稿（第{version}稿）",
)
def revise(
    reply: Reply, *, actor: Actor, at: datetime, based_on: int | None = None, **given: Any
) -> dict[str, Any]:
    """A new version. With `based_on` the whole draft is given anew, otherwise only what is named changes."""
    return write(reply, given, actor=actor, at=at, whole=based_on is not None)


@step(
    "reply.void",
    label="作废答复稿",
    on="replies.Reply",
    who=who.handles_for_unit,
    source={ReplyState.DRAFT, ReplyState.IN_REVIEW},
    target=ReplyState.VOID,
    fields=[Field("reason", "原因", "text")],
    sentence="{unit}作废答复稿：{reason}",
)
def void(reply: Reply, *, actor: Actor, at: datetime, reason: str) -> None:
    """The draft is given up; its versions stay."""
