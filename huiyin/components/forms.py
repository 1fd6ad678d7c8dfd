"""A form drawn from a step's declaration. The step stays the only place that says what is asked and required."""

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.module_loading import import_string

from huiyin.clock.now import now, today
from huiyin.components.drafts import DROP
from huiyin.components.picking import PickField, PickManyField
from huiyin.components.tables import TableField
from huiyin.journal.fields import Field, is_empty
from huiyin.journal.step import Step
from huiyin.people.actor import Actor
from huiyin.words import Role

ROWS = 5
FEW = 5  # choices that are shown as buttons side by side
SEEN = 15  # rows that are chosen from a list; more are named
TICKED = 12  # rows that are ticked; more are named
MORE = "more"  # the button that asks for further rows of a table


class DateInput(forms.DateInput):
    """The browser's own field; workdays.js sets a calendar beside it that knows the workdays."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        day = today()
        known = {
            "data-today": day.isoformat(),
            "data-workdays": reverse("components:workdays", args=[day.year]),
        }
        return super().get_context(name, value, (attrs or {}) | known)


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

    template_name = "components/_fields.html"
    page = "components/step.html"
    beside = ""  # a template shown above the fields
    required_css_class = "required"

    def __init__(self, step: Step, obj: Any, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.obj, self.actor = step, obj, actor
        for spec in step.fields:
            self.fields[spec.name] = form_field(spec, obj, actor)
            if spec.initial is not None:
                self.initial.setdefault(spec.name, spec.initial(obj))
        if may_date_back(actor):
            self.fields["at"] = forms.DateTimeField(
                label="发生时间",
                required=False,
                widget=MomentInput(),
                help_text="不填就是现在；补录纸面上的事，请填实际发生的时间。",
            )
        self._focus_first()

    def _focus_first(self) -> None:
        first = next((field for field in self.fields.values() if not field.widget.is_hidden), None)
        if first is not None and self.fields.get("at") is not first:
            first.widget.attrs["autofocus"] = True

    def extra(self) -> dict[str, Any]:
        """What the page of this form shows besides."""
        return {}

    def clean_at(self) -> Any:
        at = self.cleaned_data.get("at")
        if at and at > now():
            raise forms.ValidationError("发生时间不能晚于现在。")
        return at

    def values(self) -> dict[str, Any]:
        """What the step is called with: empty optional values are left out, other than those that are emptied."""
        given, emptied = self.cleaned_data.items(), self._emptied()
        return {name: value for name, value in given if name in emptied or value not in (None, "", [])}

    def _emptied(self) -> set[str]:
        """What stood there as the form was opened, may be cleared, and has been sent."""
        stood = {
            spec.name
            for spec in self.step.fields
            if spec.clears and not is_empty(self.initial.get(spec.name))
        }
        return {
            name
            for name in stood & self.fields.keys()
            if not self.fields[name].widget.value_omitted_from_data(self.data, self.files, name)
        }


def may_date_back(actor: Actor) -> bool:
    """Offices enter later what happened on paper; a proposer or a leader acts now."""
    return actor.role not in (None, Role.PROPOSER, Role.GOVERNMENT_LEADER) and actor.by_link is None


def form_of(
    step: Step, obj: Any, actor: Actor, request: HttpRequest, kept: QueryDict | None = None
) -> StepForm:
    """The form of a step for a request: bound where it was sent, with more rows in its tables where those were asked for,
    and with what was typed before and kept."""
    made: type[StepForm] = import_string(step.form) if step.form else StepForm
    given = kept
    if request.method == "POST":
        if not {MORE, DROP} & request.POST.keys():
            return made(step, obj, actor, request.POST, request.FILES)
        given = request.POST if MORE in request.POST else None
    blank = made(step, obj, actor)
    if given is None:
        return blank
    typed = {
        name: field.widget.value_from_datadict(given, request.FILES, name)
        for name, field in blank.fields.items()
    }
    return made(step, obj, actor, initial=typed)


def form_field(spec: Field, obj: Any, actor: Actor, *, in_table: bool = False) -> forms.Field:
    """One Django form field for one declared value."""
    common: dict[str, Any] = {"label": spec.label, "required": spec.required, "help_text": spec.help}
    if spec.required:
        common["error_messages"] = {"required": f"请填写“{spec.label}”。"}
    if spec.hidden:
        common["widget"] = forms.HiddenInput()
    if spec.kind in ("word", "choice"):
        return _choice(spec, obj, actor, common, in_table=in_table)
    field: forms.Field = MAKERS[spec.kind](spec, obj, actor, common)
    if in_table and isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 2
    return field


def _choice(
    spec: Field, obj: Any, actor: Actor, common: dict[str, Any], *, in_table: bool = False
) -> forms.Field:
    given = spec.words.choices() if spec.words else list(spec.options(obj, actor)) if spec.options else []
    few = len(given) <= FEW and not in_table
    empty = [] if few and spec.required else [("", "不填" if not spec.required else "请选择")]
    widget = forms.RadioSelect if few else forms.Select
    return forms.ChoiceField(choices=[*empty, *given], **{"widget": widget, **common})


def _row(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    rows = _rows_of(spec, obj, actor)
    if _named(rows, SEEN):
        return PickField(rows, **common)
    return forms.ModelChoiceField(
        queryset=rows, empty_label="请选择" if spec.required else "（不填）", **common
    )


def _rows(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    rows = _rows_of(spec, obj, actor)
    if _named(rows, TICKED):
        return PickManyField(rows, **common)
    return TickedField(queryset=rows, widget=forms.CheckboxSelectMultiple, **common)


class TickedField(forms.ModelMultipleChoiceField):
    """A few rows, ticked; what comes out is a list like that of rows that are named."""

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]
        return list(super().clean(value))


def _rows_of(spec: Field, obj: Any, actor: Actor) -> QuerySet[Any]:
    if spec.options is None:
        raise ValueError(f"the field {spec.name} does not say which rows it offers")
    rows: QuerySet[Any] = spec.options(obj, actor)
    return rows


def _named(rows: QuerySet[Any], limit: int) -> bool:
    """Whether there are so many that a row is named instead of chosen."""
    return hasattr(rows.model, "picked_by") and rows[: limit + 1].count() > limit


def _code(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    if spec.options:
        common = {"widget": Suggesting([code for code, _ in spec.options(obj, actor)])} | common
    return _line(spec, common, 80)


def _line(spec: Field, common: dict[str, Any], usual: int) -> forms.Field:
    most = spec.most or usual
    return _said_by(replace(spec, most=most), forms.CharField(max_length=most, **common), "max_length")


def _number(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    return _said_by(spec, forms.IntegerField(min_value=0, max_value=spec.most, **common), "max_value")


def _said_by(spec: Field, field: forms.Field, what: str) -> forms.Field:
    """Of what is too long or too great the form says what the step would say."""
    field.error_messages[what] = spec.at_most("SIZE").replace("%", "%%").replace("SIZE", "%(show_value)s")
    return field


def _table(spec: Field, obj: Any, actor: Actor, common: dict[str, Any]) -> forms.Field:
    columns = {column.name: form_field(column, obj, actor, in_table=True) for column in spec.columns}
    return TableField(spec, columns, **common)


class Suggesting(forms.TextInput):
    """A line with suggestions; anything else may be written too."""

    template_name = "components/suggesting.html"

    def __init__(self, suggestions: list[str]) -> None:
        super().__init__({"autocomplete": "off"})
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, (attrs or {}) | {"list": f"list_{name}"})
        context["widget"]["suggestions"] = self.suggestions
        return context


MAKERS: dict[str, Any] = {
    "text": lambda spec, obj, actor, common: forms.CharField(
        **{"widget": forms.Textarea({"rows": ROWS}), **common}
    ),
    "line": lambda spec, obj, actor, common: _line(spec, common, 500),
    "code": _code,
    "date": lambda spec, obj, actor, common: forms.DateField(**{"widget": DateInput(), **common}),
    "moment": lambda spec, obj, actor, common: forms.DateTimeField(**{"widget": MomentInput(), **common}),
    "amount": lambda spec, obj, actor, common: forms.DecimalField(
        **{"min_value": 0, "max_digits": 14, "decimal_places": 2, **common}
    ),
    "number": _number,
    "flag": lambda spec, obj, actor, common: forms.BooleanField(**(common | {"required": False})),
    "row": _row,
    "rows": _rows,
    "files": lambda spec, obj, actor, common: FilesField(**common),
    "table": _table,
}
