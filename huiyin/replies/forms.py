"""The form of a revision: where somebody else saved a version meanwhile, both texts stand side by side."""

from typing import Any, cast

from django.http import QueryDict

from huiyin.components.forms import StepForm
from huiyin.journal.step import Step
from huiyin.people.actor import Actor
from huiyin.promises.points import points_of
from huiyin.replies.compare import Content, Row, answer_text, parts_compared, result_text
from huiyin.replies.marks import marks_of
from huiyin.replies.models import Reply, ReplyVersion


def content_of(version: ReplyVersion) -> Content:
    labels = dict(marks_of(version.reply.proposal))
    answers = {row["point"]: answer_text(row["disposition"], row["text"]) for row in version.answers}
    return Content(
        version.text, result_text(labels.get(version.mark, version.mark), version.meaning), answers
    )


def between(reply: Reply, old: Content, new: Content) -> list[tuple[str, list[Row]]]:
    names = {point.pk: f"第{point.number}条建议的回应" for point in points_of(reply.proposal)}
    return parts_compared(old, new, names)


class ReviseForm(StepForm):
    """Saving is refused while a later version than the one begun from is there; then it may be saved over it knowingly."""

    beside = "replies/_overtaken.html"

    def __init__(self, step: Step, obj: Any, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(step, obj, actor, *args, **kwargs)
        if self.is_bound and (seen := self.data.get("over")):
            data = cast(QueryDict, self.data).copy()
            data["based_on"] = seen  # seen beside one's own, and saved after it
            self.data = data

    def extra(self) -> dict[str, Any]:
        """The version that came in between, beside what was typed."""
        based_on = self.cleaned_data.get("based_on") if self.is_bound else self.initial.get("based_on")
        latest = self.obj.versions.select_related("by__person", "reply__assignment__proposal").last()
        if latest is None or based_on in (None, "") or int(based_on) >= latest.number:
            return {"latest": None}
        own = self._typed()
        return {"latest": latest, "comparison": between(self.obj, content_of(latest), own)}

    def _typed(self) -> Content:
        given = self.cleaned_data if self.is_bound else {name: self[name].value() for name in self.fields}
        labels = dict(marks_of(self.obj.proposal))
        mark = given.get("mark") or ""
        answers = {
            getattr(row["point"], "pk", row["point"]): answer_text(
                row.get("disposition") or "", row.get("text") or ""
            )
            for row in given.get("answers") or []
            if row.get("point")
        }
        return Content(
            given.get("text") or "",
            result_text(labels.get(mark, mark), given.get("meaning") or ""),
            {int(pk): text for pk, text in answers.items()},
        )
