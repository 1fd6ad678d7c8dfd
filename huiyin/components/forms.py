"""A form drawn from a step's declaration. The step stays the only place that says what is asked and required."""

from typing import Any

from django import forms

from huiyin.components.tables import TableField
from huiyin.journal.fields import Field
from huiyin.journal.step import Step
from huiyin.people.actor import Actor

ROWS = 5


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one input."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(item, initial) for item in data or []]


class StepForm(forms.Form):
    """The fields of one step on one row, for one actor. Required texts are checked by the step itself as well."""

    required_css_class = "required"

    def __init__(self, step: Step, obj: Any, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.obj, self.actor = step, obj, actor
        for spec in step.fields:
            self.fields[spec.name] = form_field(spec, obj, actor)
            if spec.initial is not None:
                self.initial.setdefault(spec.name, spec.initial(obj))
        if actor.role and not step.automatic:
            self.fields["at"] = forms.DateTimeField(
                label="发生时间",
                required=False,
                widget=MomentInput(),
                help_text="不填就是现在;补录纸面上的事,请填实际发生的时间。",
            )

    def clean_at(self) -> Any:
        from huiyin.clock.now import now

        at = self.cleaned_data.get("at")
        if at and at > now():
            raise forms.ValidationError("发生时间不能晚于现在。")
        return at

    def values(self) -> dict[str, Any]:
        """What the step is called with: empty optional values are left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


def form_field(spec: Field, obj: Any, actor: Actor) -> forms.Field:
    """One Django form field for one declared value."""
    common: dict[str, Any] = {"label": spec.label, "required": spec.required, "help_text": spec.help}
    if spec.required:
        common["error_messages"] = {"required": f"请填写“{spec.label}”。"}
    make = MAKERS[spec.kind]
    field: forms.Field = make(spec, obj, actor, common)
    return field


def _choices(spec: Field, obj: Any, actor: Actor) -> list[tuple[str, str]]:
    given = spec.words.choices() if spec.words else list(spec.options(obj, actor)) if spec.options else []
    return given if spec.required else [("", "(不填)"), *given]


def _choice(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    choices = _choices(spec, obj, actor)
    few = len(choices) <= 5
    widget = forms.RadioSelect if few else forms.Select
    if not few and spec.required:
        choices = [("", "请选择"), *choices]
    return forms.ChoiceField(choices=choices, widget=widget, **common)


def _rows(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    queryset = spec.options(obj, actor) if spec.options else None
    if spec.kind == "rows":
        return forms.ModelMultipleChoiceField(queryset=queryset, **common)
    return forms.ModelChoiceField(
        queryset=queryset, empty_label="请选择" if spec.required else "(不填)", **common
    )


MAKERS: dict[str, Any] = {
    "text": lambda spec, obj, actor, common: forms.CharField(widget=forms.Textarea({"rows": ROWS}), **common),
    "line": lambda spec, obj, actor, common: forms.CharField(max_length=500, **common),
    "code": lambda spec, obj, actor, common: forms.CharField(max_length=80, **common),
    "date": lambda spec, obj, actor, common: forms.DateField(widget=DateInput(), **common),
    "moment": lambda spec, obj, actor, common: forms.DateTimeField(widget=MomentInput(), **common),
    "number": lambda spec, obj, actor, common: forms.IntegerField(min_value=0, **common),
    "flag": lambda spec, obj, actor, common: forms.BooleanField(**(common | {"required": False})),
    "word": _choice,
    "choice": _choice,
    "row": _rows,
    "rows": _rows,
    "files": lambda spec, obj, actor, common: FilesField(**common),
    "table": lambda spec, obj, actor, common: TableField(spec, obj, actor, **common),
}
