"""政府办审核与会签: the office checks a reply before or after its issue; other leads agree to it."""

from datetime import datetime
from typing import Any

from huiyin.handling.steps import reopen
from huiyin.journal.fields import Field
from huiyin.journal.step import Among, Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import registrars, unit_people
from huiyin.replies import marks
from huiyin.replies.models import Agreement, Reply, other_leads
from huiyin.replies.needs.content import meaning_fits, office_sets_mark
from huiyin.replies.needs.issuing import leads_not_agreed
from huiyin.replies.steps.issuing import shares_answered
from huiyin.words import Meaning, ReplyState


def _rises(reply: Reply) -> bool:
    before, said = marks.mark_now(reply.assignment), marks.said_by(reply)
    return before is not None and said is not None and said.mark.order < before.order


@requirement()
def check_is_due(call: Call) -> str | None:
    """Before issue where the pack says so, and where a better mark than the last needs the office's word (R5)."""
    reply = call.obj
    before = reply.proposal.option("office_check") == "before_issue" or office_sets_mark(reply)
    if before or _rises(reply):
        return None
    return "现行规则不要求答复前送政府办审核，可以直接答复提案者。"


@requirement()
def check_is_open(call: Call) -> str | None:
    """A reply that has gone out is checked once, and only where the pack checks afterwards."""
    reply = call.obj
    if reply.state != ReplyState.ISSUED:
        return None
    if reply.proposal.option("office_check") != "after_issue":
        return "答复已经发出，现行规则不在答复后审核；认为不当的，请与承办单位商量，或下调办理结果。"
    return "这份答复已经审核过了。" if reply.passed_at or reply.failed_at else None


@requirement()
def answers_in_common(call: Call) -> str | None:
    if call.obj.proposal.option("several_leads") == "one_agreed_reply":
        return None
    return "现行规则由各主办单位分别答复，不用会签。"


@requirement()
def ready_to_be_agreed(call: Call) -> str | None:
    """A draft still changes; one that is entered from paper was agreed on before it went out."""
    if call.obj.state != ReplyState.DRAFT or call.actor.on_behalf_of is not None:
        return None
    return "答复还在起草，送审以后才能会签。"


@requirement(done=True)
def not_agreed_yet(call: Call) -> str | None:
    waiting = {share.unit_id for share in leads_not_agreed(call.obj)}
    unit = call.actor.acting_unit
    return None if unit and unit.pk in waiting else "本单位已经会签过了。"


@step(
    "reply.agree",
    label="会签",
    on="replies.Reply",
    who=who.agrees_for_unit,
    source={
        ReplyState.DRAFT,
        ReplyState.IN_REVIEW,
        ReplyState.SIGNED,
        ReplyState.IN_CHECK,
        ReplyState.PASSED,
    },
    requires=[answers_in_common, ready_to_be_agreed, not_agreed_yet],
    fields=[Field("note", "会签意见", "text", required=False)],
    tell=[unit_people],
    sentence="{unit}会签答复",
)
def agree(reply: Reply, *, actor: Actor, at: datetime, note: str = "") -> dict[str, Any]:
    """Another lead stands behind the common reply."""
    share = other_leads(reply).get(unit=actor.acting_unit)
    Agreement.objects.create(reply=reply, assignment=share, at=at)
    return {"agreed": share.pk, "target_unit": reply.assignment.unit}


@step(
    "reply.to_check",
    label="送政府办审核",
    on="replies.Reply",
    who=who.handles_for_unit,
    source={ReplyState.SIGNED},
    target=ReplyState.IN_CHECK,
    requires=[check_is_due],
    tell=[registrars],
    sentence="{unit}把答复送市政府办公室审核",
)
def to_check(reply: Reply, *, actor: Actor, at: datetime) -> None:
    """The office looks at it before it goes out."""


@requirement(field="mark", late=True)
def mark_set_by_office(call: Call) -> str | None:
    """Option mark_setter = office."""
    if call.obj.mark or call.given("mark") or not office_sets_mark(call.obj):
        return None
    return "办理结果由市政府办公室确定，请选择办理结果类别。"


@requirement(field="mark", late=True)
def mark_may_be_changed(call: Call) -> str | None:
    """Option mark_changer = office; a letter that has gone out keeps its mark and has it raised or lowered."""
    reply, mark = call.obj, call.given("mark")
    if not mark or mark == reply.mark:
        return None
    if reply.state == ReplyState.ISSUED:
        return "答复已经发出，要改办理结果的，请办理“提升结果”或“下调结果”。"
    if office_sets_mark(reply) or reply.proposal.option("mark_changer") == "office":
        return None
    return "办理结果由承办单位确定。认为不当的，请写明理由，退回承办单位改正。"


def _passed(call: Call) -> ReplyState:
    return ReplyState.ISSUED if call.obj.state == ReplyState.ISSUED else ReplyState.PASSED


@step(
    "reply.pass_check",
    label="审核通过",
    on="replies.Reply",
    who=who.registrar,
    source={ReplyState.IN_CHECK, ReplyState.ISSUED},
    target=Among(frozenset({ReplyState.PASSED, ReplyState.ISSUED}), _passed),
    stamps="passed_at",
    requires=[check_is_open, mark_set_by_office, mark_may_be_changed, meaning_fits],
    fields=[
        Field("note", "审核意见", "text", required=False),
        Field(
            "mark",
            "办理结果",
            "choice",
            required=False,
            options=lambda obj, actor: marks.marks_of(obj.proposal),
            help="不填就是不改动承办单位所定的类别。",
        ),
        Field("meaning", "含义", "word", words=Meaning, required=False),
    ],
    tell=[unit_people],
    sentence="市政府办公室审核通过答复",
)
def pass_check(
    reply: Reply, *, actor: Actor, at: datetime, note: str = "", mark: str = "", meaning: str = ""
) -> dict[str, Any]:
    """Before issue it may now go out, with the office's mark where the pack lets it set or change one."""
    if not mark:
        return {}
    was, said = reply.mark, marks.said(reply.proposal, mark, meaning)
    reply.mark, reply.meaning = mark, said.meaning or "" if said else ""
    reply.scheme = reply.proposal.pack.mark_scheme(reply.proposal.kind).name
    reply.save(update_fields=["mark", "meaning", "scheme"])
    return {"was": was, "scheme": reply.scheme}


def _failed(call: Call) -> ReplyState:
    return ReplyState.ISSUED if call.obj.state == ReplyState.ISSUED else ReplyState.DRAFT


@step(
    "reply.fail_check",
    label="审核退回",
    on="replies.Reply",
    who=who.registrar,
    source={ReplyState.IN_CHECK, ReplyState.PASSED, ReplyState.ISSUED},
    target=Among(frozenset({ReplyState.DRAFT, ReplyState.ISSUED}), _failed),
    stamps="failed_at",
    requires=[check_is_open],
    fields=[Field("reason", "退回原因", "text")],
    tell=[unit_people],
    sentence="市政府办公室退回答复：{reason}",
)
def fail_check(reply: Reply, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """Before issue the draft is open again; after issue the letter stays and the unit answers anew."""
    if reply.state != ReplyState.ISSUED:
        reply.agreements.all().delete()
        return {}
    shares = shares_answered(reply)
    system = Actor.system(reply.proposal.jurisdiction)
    for share in shares:
        reopen(share, actor=system, at=at)
    return {"reopened": [share.pk for share in shares]}
