"""The evaluation forms: two or three questions as large buttons, and the words that a lower grade needs."""

from typing import Any

from django import forms

from huiyin.clock.holidays import calendar_today
from huiyin.components.forms import StepForm
from huiyin.evaluations.asked import asked_by, dimensions_of, grades_of
from huiyin.evaluations.models import Evaluation
from huiyin.handling.track import Parts, stops_of
from huiyin.promises.models import Promise
from huiyin.replies.models import Answer, Reply
from huiyin.words import Dimension


class Graded(StepForm):
    """Asks only what the pack asks, with the grades that it has."""

    template_name = "evaluations/_grades.html"
    questions: tuple[str, ...] = ()

    def ask(self, asked: tuple[Dimension, ...], *, required: bool) -> None:
        grades = [(grade.value, grade.label) for grade in grades_of(self.obj.proposal)]
        for dimension in Dimension:
            if dimension not in asked:
                del self.fields[dimension.value]
                continue
            field = forms.ChoiceField(
                label=dimension.label,
                choices=grades,
                required=required,
                widget=forms.RadioSelect,
                error_messages={"required": f"请对{dimension.label}作出评价。"},
            )
            self.fields[dimension.value] = field
        self.questions = tuple(dimension.value for dimension in asked)

    def graded(self) -> list[Any]:
        return [self[name] for name in self.questions]

    def others(self) -> list[Any]:
        """What stands around the questions."""
        return [field for field in self if field.name not in (*self.questions, "reason", "at")]


class EvaluationForm(Graded):
    """Filled in by the evaluator, by link or logged in."""

    page = "evaluations/give.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(dimensions_of(self.obj.proposal, later=self.obj.later), required=True)
        self.fields["reason"].label = "还差什么？"
        self.fields["reason"].help_text = "选了“满意”以外的，请写一句。"

    def extra(self) -> dict[str, Any]:
        return what_is_evaluated(self.obj)


class PaperForm(Graded):
    """Entered by the assembly's staff or the office from a form on paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = dimensions_of(self.obj.proposal, later=False)
        later = dimensions_of(self.obj.proposal, later=True)
        self.ask((*now, *(one for one in later if one not in now)), required=False)
        if not later:
            del self.fields["later"]
        self._begin_with_what_is_out()

    def _begin_with_what_is_out(self) -> None:
        """The paper in hand is most likely of a form that is still out."""
        waiting = list(Evaluation.objects.waiting().filter(reply=self.obj))
        if len(waiting) == 1:
            self.initial.setdefault("evaluator", waiting[0].evaluator_id)
        if waiting and all(form.later for form in waiting):
            self.initial.setdefault("later", True)


def what_is_evaluated(form: Evaluation) -> dict[str, Any]:
    """The reply, what it says to each point, what it promises, and the way of the item."""
    item, reply = form.proposal, form.reply
    in_force = Promise.objects.in_force().serving(item).select_related("unit")
    promises = list(in_force.order_by("due_on", "id"))
    shares = list(item.assignments.select_related("unit").order_by("id"))
    replies = Reply.objects.issued().filter(assignment__in=shares)
    parts = Parts(shares, replies, [form], promises, list(item.deadlines.open()))
    return {
        "evaluation": form,
        "own": form.item or item,
        "reply": reply,
        "answers": Answer.objects.filter(reply=reply).select_related("point") if reply else [],
        "promises": promises,
        "stops": stops_of(item, parts, calendar_today()),
        "readers": readers_of(form),
        "asked_again": bool(promises and dimensions_of(item, later=True)) and not form.later,
    }


def readers_of(form: Evaluation) -> str:
    """Who sees it (R4)."""
    return f"评价直接送达市政府办公室和{asked_by(form)}，承办单位在结果计入前看不到。"
