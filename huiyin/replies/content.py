"""The content of a draft: its fields, the answers to points, and the versions kept of it."""

from typing import Any

from huiyin.files.keep import keep
from huiyin.journal.fields import Field
from huiyin.people.actor import Actor
from huiyin.promises.points import points_of
from huiyin.proposals.models import Point
from huiyin.replies.marks import marks_of, said
from huiyin.replies.models import Answer, Reply, ReplyVersion
from huiyin.words import Disposition, Meaning, Publicity

PLAIN = (
    "text",
    "mark",
    "meaning",
    "meaning_note",
    "completed_on",
    "publicity",
    "document_number",
    "contact_person",
    "contact_phone",
    "went_without",
    "lead_consents",
)
EMPTY = {"completed_on": None, "lead_consents": False}


def _points(obj: Any, actor: Actor) -> Any:
    return points_of(obj.proposal)


def _answers_so_far(obj: Any) -> list[dict[str, Any]]:
    """One row for each point, with what the draft says to it."""
    given = {answer.point_id: answer for answer in obj.answers.all()} if isinstance(obj, Reply) else {}
    return [
        {
            "point": point.pk,
            "disposition": given[point.pk].disposition if point.pk in given else "",
            "text": given[point.pk].text if point.pk in given else "",
        }
        for point in points_of(obj.proposal)
    ]


def _as_it_stands(name: str) -> Any:
    return lambda obj: getattr(obj, name, "") if isinstance(obj, Reply) else None


def draft_fields() -> list[Field]:
    """What a draft is made of; asked when it is begun and whenever it is revised."""
    fields = [
        Field("text", "答复正文", "text", required=False),
        Field(
            "answers",
            "逐条回应",
            "table",
            required=False,
            initial=_answers_so_far,
            columns=(
                Field("point", "建议", "row", options=_points),
                Field("disposition", "处理", "word", words=Disposition),
                Field("text", "回应", "text", required=False),
            ),
        ),
        Field(
            "mark", "办理结果", "choice", required=False, options=lambda obj, actor: marks_of(obj.proposal)
        ),
        Field("meaning", "含义", "word", words=Meaning, required=False),
        Field("meaning_note", "依据或原因", "text", required=False),
        Field("completed_on", "办结日期", "date", required=False),
        Field("evidence", "佐证", "files", required=False),
        Field("publicity", "公开属性", "word", words=Publicity, required=False),
        Field("document_number", "文号", "code", required=False, most=80),
        Field("contact_person", "联系人", "line", required=False, most=40),
        Field("contact_phone", "联系电话", "line", required=False, most=30),
        Field("went_without", "未等会办意见的原因", "text", required=False),
        Field("lead_consents", "联名人同意只答复第一提案人", "flag", required=False),
    ]
    return [
        Field(**(vars(spec) | {"initial": _as_it_stands(spec.name)})) if spec.name in PLAIN else spec
        for spec in fields
    ]


def write(
    reply: Reply, given: dict[str, Any], *, actor: Actor, at: Any, whole: bool = False
) -> dict[str, Any]:
    """Take over what was given and keep a version of it.

    whole: a form was sent, so what is empty in it has been emptied; otherwise only what is given changes.
    """
    for name in PLAIN:
        if name in given or whole:
            value = given.get(name)
            setattr(reply, name, EMPTY.get(name, "") if value in (None, "") else value)
    taken = said(reply.proposal, reply.mark, reply.meaning)
    reply.scheme = reply.proposal.pack.mark_scheme(reply.proposal.kind).name if reply.mark else ""
    reply.meaning = taken.meaning or "" if taken else reply.meaning
    new = reply.pk is None
    reply.save()
    facts: dict[str, Any] = {}
    if "answers" in given or (whole and not new):
        facts = _set_answers(reply, list(given.get("answers") or []))
    if files := keep(given.get("evidence"), proposal=reply.proposal, actor=actor, at=at):
        reply.evidence.add(*files)
        facts["attachments"] = [file.pk for file in files]
    return facts | {"version": _keep_version(reply, actor, at, first=new)}


def _set_answers(reply: Reply, rows: list[dict[str, Any]]) -> dict[str, Any]:
    points = {point.pk: point for point in points_of(reply.proposal)}
    found = [(points[_pk(row["point"])], row) for row in rows if _pk(row["point"]) in points]
    reply.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            reply=reply,
            point=point,
            disposition=row["disposition"],
            text=(row.get("text") or "").strip(),
        )
        for point, row in found
    )
    return {
        "answers": {str(point.pk): str(row["disposition"]) for point, row in found},
        "texts": {f"answer_{point.pk}": row["text"].strip() for point, row in found if row.get("text")},
    }


def _pk(point: Any) -> int:
    return point.pk if isinstance(point, Point) else int(point)


def _keep_version(reply: Reply, actor: Actor, at: Any, *, first: bool) -> int:
    last = None if first else reply.versions.order_by("number").last()
    made = ReplyVersion.objects.create(
        reply=reply,
        number=last.number + 1 if last else 1,
        text=reply.text,
        mark=reply.mark,
        meaning=reply.meaning,
        answers=list(reply.answers.values("point", "disposition", "text")),
        by=actor.post,
        at=at,
    )
    return made.number
