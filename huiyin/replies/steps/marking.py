"""结果升降: a mark rises only with evidence that the office has accepted, and falls openly (R5)."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.people.tell import assembly_staff_of, leaders_of, proposers_of, registrars, unit_people
from huiyin.promises.models import Evidence
from huiyin.replies import marks
from huiyin.replies.models import Reply
from huiyin.replies.needs.content import explanation_missing, meaning_fits, promise_missing
from huiyin.replies.needs.issuing import accepted_evidence
from huiyin.replies.steps.issuing import set_mark, shares_answered
from huiyin.words import Meaning, ReplyState

also_dates("reply.raise_mark", "replies.MarkHistory", "reply", "since")
also_dates("reply.lower_mark", "replies.MarkHistory", "reply", "since")


def _said(call: Call) -> marks.Said | None:
    return marks.said(call.obj.proposal, call.given("mark", ""), call.given("meaning", ""))


@requirement()
def latest_reply(call: Call) -> str | None:
    """Of an item answered twice, the mark is that of the last reply."""
    now = marks.mark_now(call.obj.assignment)
    if now is None:
        return "这份答复没有办理结果，请先用“补录答复”补上，再作调整。"
    return None if now.reply_id == call.obj.pk else "这不是最近一次答复，请在最近一次答复上调整办理结果。"


@requirement(field="mark", late=True)
def rises(call: Call) -> str | None:
    now, said = marks.mark_now(call.obj.assignment), _said(call)
    if now is None or said is None or said.mark.order < now.order:
        return None
    return f"“{said.mark.label}”并不好于现在的办理结果，不能提升。要下调的，请办理“下调结果”。"


@requirement(field="mark", late=True)
def falls(call: Call) -> str | None:
    now, said = marks.mark_now(call.obj.assignment), _said(call)
    if now is None or said is None or said.mark.order > now.order:
        return None
    return f"“{said.mark.label}”并不低于现在的办理结果，不能下调。要提升的，请办理“提升结果”。"


@requirement(field="meaning", late=True)
def meaning_said(call: Call) -> str | None:
    said = _said(call)
    return "这一类结果有几种含义，请写明是哪一种。" if said and said.meaning is None else None


@requirement()
def evidence_accepted(call: Call) -> str | None:
    if accepted_evidence(call.obj.assignment).exists():
        return None
    return "办理结果只能凭市政府办公室认可的佐证提升。请先由单位报请确认承诺已落实，经认可后再提升。"


@requirement(late=True, field="evidence")
def evidence_is_its_own(call: Call) -> str | None:
    shown = call.given("evidence")
    if shown is None or accepted_evidence(call.obj.assignment).filter(pk=shown.pk).exists():
        return None
    return "这份佐证不是本件的，或者还没有经市政府办公室认可，请重新选择。"


@requirement(late=True)
def promise_for_it(call: Call) -> str | None:
    said = _said(call)
    return (
        promise_missing(call, call.obj, said)
        if said and said.meaning and said.surely(marks.NEEDS_PROMISE)
        else None
    )


@requirement(late=True)
def explained_first(call: Call) -> str | None:
    said = _said(call)
    return (
        explanation_missing(call, call.obj, said)
        if said and said.meaning and said.surely(marks.NEEDS_EXPLANATION)
        else None
    )


def _evidence(reply: Reply, actor: Actor) -> Any:
    return accepted_evidence(reply.assignment)


def _new_mark() -> list[Field]:
    return [
        Field("mark", "新的办理结果", "choice", options=lambda obj, actor: marks.marks_of(obj.proposal)),
        Field("meaning", "含义", "word", words=Meaning, required=False),
        Field("reason", "理由", "text"),
    ]


def _change(reply: Reply, at: datetime, mark: str, meaning: str, reason: str) -> dict[str, Any]:
    said, was = marks.said(reply.proposal, mark, meaning), marks.mark_now(reply.assignment)
    assert said is not None  # the requirements have seen to both
    assert was is not None
    for share in shares_answered(reply):
        set_mark(share, reply, said, since=at, reason=reason.strip())
    return {"was": was.mark, "scheme": reply.scheme, "meaning": said.meaning, "mark_label": said.mark.label}


@step(
    "reply.raise_mark",
    label="提升结果",
    on="replies.Reply",
    who=who.registrar,
    source={ReplyState.ISSUED},
    requires=[
        latest_reply,
        evidence_accepted,
        evidence_is_its_own,
        rises,
        meaning_fits,
        meaning_said,
        promise_for_it,
    ],
    fields=[*_new_mark(), Field("evidence", "认可的佐证", "row", options=_evidence)],
    tell=[proposers_of, unit_people, assembly_staff_of, leaders_of],
    sentence="办理结果提升为“{mark_label}”：{reason}",
)
def raise_mark(
    reply: Reply,
    *,
    actor: Actor,
    at: datetime,
    mark: str,
    reason: str,
    evidence: Evidence,
    meaning: str = "",
) -> dict[str, Any]:
    """With the evidence named; the reply keeps the mark that it went out with."""
    return _change(reply, at, mark, meaning, reason)


@step(
    "reply.lower_mark",
    label="下调结果",
    on="replies.Reply",
    who=who.registrar | who.leads_unit,
    source={ReplyState.ISSUED},
    requires=[latest_reply, falls, meaning_fits, meaning_said, promise_for_it, explained_first],
    fields=_new_mark(),
    tell=[proposers_of, unit_people, registrars, assembly_staff_of, leaders_of],
    sentence="办理结果下调为“{mark_label}”：{reason}",
)
def lower_mark(
    reply: Reply, *, actor: Actor, at: datetime, mark: str, reason: str, meaning: str = ""
) -> dict[str, Any]:
    """Openly: everybody concerned is told why."""
    return _change(reply, at, mark, meaning, reason)
