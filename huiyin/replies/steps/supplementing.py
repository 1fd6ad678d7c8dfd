"""补录: what paper did not state when a reply was taken in and has become known since; and dates that are corrected."""

from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.replies import marks
from huiyin.replies.models import MarkHistory, Reply
from huiyin.replies.needs.content import explained, meaning_fits, meaning_given, promised, solved_is_shown
from huiyin.replies.steps.issuing import set_mark, shares_answered
from huiyin.words import Meaning, ReplyState


@requirement(late=True)
def stands_empty(call: Call) -> str | None:
    """What stands already is put right openly: the mark by raising or lowering it."""
    filled = [
        label
        for name, label in (("document_number", "文号"), ("mark", "办理结果"))
        if call.given(name) and getattr(call.obj, name)
    ]
    return (
        f"{'、'.join(filled)}已经登记，补录不改动原有内容。要改办理结果的，请办理“提升结果”或“下调结果”。"
        if filled
        else None
    )


def _of_the_mark(need: Any) -> Any:
    """A need of the mark, asked as if the reply carried the one that is filled in."""

    def check(call: Call) -> str | None:
        if not call.given("mark"):
            return None
        reply = copy(call.obj)
        reply.mark, reply.meaning = call.given("mark"), call.given("meaning", "")
        said: str | None = need.check(replace(call, obj=reply))
        return said

    return requirement(gap=need.gap, field="mark", late=True)(check)


MARK_NEEDS = tuple(map(_of_the_mark, (meaning_given, solved_is_shown, promised, explained)))


@step(
    "reply.supplement",
    label="补录答复",
    on="replies.Reply",
    who=who.handles_for_unit,
    source={ReplyState.ISSUED},
    requires=[stands_empty, meaning_fits, *MARK_NEEDS],
    fields=[
        Field("document_number", "文号", "code", required=False, most=80),
        Field(
            "mark",
            "办理结果",
            "choice",
            required=False,
            options=lambda obj, actor: marks.marks_of(obj.proposal),
        ),
        Field("meaning", "含义", "word", words=Meaning, required=False),
    ],
    sentence="{unit}补录答复内容",
)
def supplement(
    reply: Reply, *, actor: Actor, at: datetime, document_number: str = "", mark: str = "", meaning: str = ""
) -> dict[str, Any]:
    """补录: fills what stands empty in a letter that has gone out; a mark counts from the day of the letter."""
    reply.document_number = document_number.strip() or reply.document_number
    said = marks.said(reply.proposal, mark, meaning)
    if said:
        reply.mark, reply.meaning = mark, said.meaning or ""
        reply.scheme = reply.proposal.pack.mark_scheme(reply.proposal.kind).name
    reply.save(update_fields=["document_number", "mark", "meaning", "scheme"])
    if said:
        since = reply.issued_at or at
        for share in shares_answered(reply):
            set_mark(share, reply, said, since=since, since_known=reply.issued_known)
    return {"scheme": reply.scheme} if said else {}


@after("event.correct")
def move_marks(event: Event) -> None:
    """The mark that a letter set holds from the corrected day of the letter."""
    corrected = event.corrects
    if corrected is None or corrected.code != "reply.issue":
        return
    old, new = (datetime.fromisoformat(event.facts[name]) for name in ("old", "new"))
    set_then = MarkHistory.objects.filter(reply=corrected.subject_id, since=old)
    set_then.update(since=new, since_known=True)
