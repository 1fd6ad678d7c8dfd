"""What a reply must say before it is signed: every point, the mark, and what the mark needs (R3).

The same sentences grey the button, refuse the step and pass the tests. Paper entered later may leave them as gaps.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from huiyin.contacts.models import Contact
from huiyin.handling.models import Assignment
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement
from huiyin.promises.points import all_points_of
from huiyin.proposals.models import Point
from huiyin.replies import marks
from huiyin.replies.models import Answer, Reply
from huiyin.words import Disposition, Meaning, ReplyState, Response, UnitRole

NEEDS_A_GROUND = (Disposition.CANNOT, Disposition.HIGHER)


def not_yet(call: Call, why: str) -> str:
    return f"还不能{call.step.label}：{why}"


@Prepared
def _answered_in(reply: int) -> Any:
    return Answer.objects.filter(reply=reply).order_by().values_list("point", flat=True)


def missing_points(reply: Reply) -> list[Point]:
    """Points that nobody answers. Separate units share the points of an item; the last of them finds what is left."""
    points = all_points_of(reply.proposal.pk)
    if not points:
        return []
    answered = set(_answered_in(reply.pk))
    if reply.assignment.role == UnitRole.SEPARATE and answered:
        others = Assignment.objects.standing().filter(proposal=reply.proposal, role=UnitRole.SEPARATE)
        others = others.exclude(pk=reply.assignment_id)
        replies = Reply.objects.filter(assignment__in=others, state=ReplyState.ISSUED)
        if replies.values("assignment").distinct().count() < others.count():
            return []
        answered |= set(Answer.objects.filter(reply__in=replies).values_list("point", flat=True))
    return [point for point in points if point.pk not in answered]


def _named(points: Iterable[Point], reply: Reply) -> str:
    """第2条建议; points of an item handled with it carry that item's number."""
    own = [str(point.number) for point in points if point.proposal_id == reply.proposal.pk]
    names = [f"第{'、'.join(own)}条建议"] if own else []
    others = (point for point in points if point.proposal_id != reply.proposal.pk)
    names += [f"并案的{point.proposal.numbered}第{point.number}条建议" for point in others]
    return "、".join(names)


@requirement(gap="points", field="answers")
def points_answered(call: Call) -> str | None:
    """逐条回应: every point has its own answer."""
    missing = missing_points(call.obj)
    return not_yet(call, f"{_named(missing, call.obj)}没有答复。请在答复稿里逐条回应。") if missing else None


@Prepared
def _without_a_word(reply: int) -> QuerySet[Answer]:
    bare = Answer.objects.filter(reply=reply, disposition__in=[str(word) for word in NEEDS_A_GROUND], text="")
    return bare.select_related("point__proposal").order_by("point__proposal", "point__number")


@requirement(gap="ground", field="answers")
def ground_given(call: Call) -> str | None:
    """What is not taken up says why; what is for a superior says for which."""
    bare = _without_a_word(call.obj.pk)
    if not bare:
        return None
    named = _named([answer.point for answer in bare], call.obj)
    words = "或者".join(f"“{word.label}”" for word in NEEDS_A_GROUND)
    return not_yet(call, f"{named}答复为{words}，没有写明原因。请在逐条回应里写上。")


def office_sets_mark(reply: Reply) -> bool:
    return reply.proposal.option("mark_setter") == "office"


@requirement(gap="mark", field="mark")
def mark_given(call: Call) -> str | None:
    """By the unit before it signs; option mark_setter = office: by the office before it is issued."""
    if call.obj.mark or (office_sets_mark(call.obj) and call.step.code == "reply.sign"):
        return None
    return not_yet(call, "没有写明办理结果类别。请在答复稿里选择办理结果。")


@requirement(field="mark")
def mark_known(call: Call) -> str | None:
    reply = call.obj
    if not reply.mark or marks.said_by(reply):
        return None
    return not_yet(call, f"现行规则没有“{reply.mark}”这一类办理结果，请重新选择。")


@requirement(gap="meaning", field="meaning")
def meaning_given(call: Call) -> str | None:
    """A mark that can mean several things says which (R3)."""
    said = marks.said_by(call.obj)
    if said is None or said.meaning:
        return None
    choices = "、".join(f"“{meaning.label}”" for meaning in said.mark.meanings)
    return not_yet(call, f"“{said.mark.label}”有几种含义，请写明是{choices}中的哪一种。")


@requirement(field="meaning", late=True)
def meaning_fits(call: Call) -> str | None:
    """Of a draft as it is written: the meaning is one that the mark has."""
    code = call.given("mark", getattr(call.obj, "mark", ""))
    meaning = call.given("meaning")
    mark = call.obj.proposal.pack.mark(call.obj.proposal.kind, code) if code else None
    if not meaning or mark is None or meaning in mark.meanings:
        return None
    return f"“{mark.label}”不含“{Meaning.label_of(meaning)}”这一含义，请重新选择。"


@requirement(gap="evidence", field="meaning_note")
def solved_is_shown(call: Call) -> str | None:
    """R3: solved needs evidence or a date of completion."""
    reply = call.obj
    said = marks.said_by(reply)
    if said is None or not said.surely(marks.NEEDS_EVIDENCE):
        return None
    if reply.meaning_note or reply.completed_on or reply.evidence.exists():
        return None
    return not_yet(call, "办理结果是“已经解决”，请写明解决的依据、附上佐证，或填写办结日期。")


@requirement(gap="promise", field="meaning")
def promised(call: Call) -> str | None:
    """R3: being solved and planned need a promise with owner and date."""
    reply = call.obj
    said = marks.said_by(reply)
    if said is None or not said.surely(marks.NEEDS_PROMISE):
        return None
    return promise_missing(call, reply, said)


def promise_missing(call: Call, reply: Reply, said: marks.Said) -> str | None:
    promises = list(marks.live_promises(reply.assignment))
    if not promises:
        words = "或".join(f"“{meaning.label}”" for meaning in sorted(said.meanings, key=str))
        return not_yet(call, f"办理结果是{words}，请写入至少一项承诺，写明责任单位和完成期限。")
    for promise in promises:
        if promise.due_on is None or promise.unit_id is None:
            lacking = "完成期限" if promise.due_on is None else "责任单位"
            return not_yet(call, f"承诺“{promise.what}”没有写明{lacking}。请先修改这项承诺。")
    return None


@requirement(gap="explanation", field="meaning_note")
def explained(call: Call) -> str | None:
    """R3: cannot and reference need a reason, and an earlier contact that explained it, with the response."""
    said = marks.said_by(call.obj)
    if said is None or not said.surely(marks.NEEDS_EXPLANATION):
        return None
    if not call.obj.meaning_note:
        return not_yet(call, f"办理结果是“{said.mark.label}”，请写明原因。")
    return explanation_missing(call, call.obj, said)


def explanation_missing(call: Call, reply: Reply, said: marks.Said) -> str | None:
    if marks.explained_before(reply, call.at).exists():
        return None
    why = f"办理结果是“{said.mark.label}”，要先与提案者沟通、说明原因，再作答复。"
    return not_yet(call, why + "请先登记这次沟通，写明说明的原因和提案者的意见。")


@requirement(gap="consent", field="mark")
def consented(call: Call) -> str | None:
    """Where the pack asks for it, the mark needs the proposer's consent (`needs` of a mark)."""
    said = marks.said_by(call.obj)
    if said is None or "consent" not in said.mark.needs:
        return None
    spoken = Contact.objects.filter(proposal=call.obj.proposal, at__lte=call.at)
    if spoken.filter(response=Response.UNDERSTOOD).exists():
        return None
    return not_yet(call, f"办理结果定为“{said.mark.label}”要征得提案者同意。请先沟通，登记提案者的意见。")


SIGNABLE = (
    points_answered,
    ground_given,
    mark_known,
    mark_given,
    meaning_given,
    solved_is_shown,
    promised,
    explained,
    consented,
)
