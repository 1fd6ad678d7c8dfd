"""A table of rows in a form: points, answers, promises. Works without JavaScript: blank rows stand ready, and a
button that sends the form asks for more."""

from typing import Any

from django import forms
from django.forms import ModelChoiceField
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.journal.fields import Field, is_empty

BLANK = 3


class ShownRow(forms.HiddenInput):
    """A row that a line of the table is about: shown, sent along, not to be chosen."""

    def __init__(self, labels: dict[str, str]) -> None:
        super().__init__()
        self.labels = labels

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        sent = super().render(name, value, {"id": (attrs or {}).get("id")}, renderer)
        return format_html('{}<span class="about">{}</span>', sent, self.labels.get(str(value), ""))


class TableWidget(forms.Widget):
    """Inputs named NAME-ROW-COLUMN; `columns` are bound form fields of the columns."""

    template_name = "components/table_input.html"
    use_fieldset = True

    def __init__(self, columns: dict[str, forms.Field], fixed: bool) -> None:
        super().__init__()
        self.columns, self.fixed = columns, fixed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = list(value or [])
        rows = given if self.fixed else _trimmed(given) + [{}] * BLANK
        context["widget"]["columns"] = [column.label for column in self.columns.values()]
        context["widget"]["more"] = not self.fixed
        context["widget"]["rows"] = [
            [self._cell(name, number, key, column, row.get(key)) for key, column in self.columns.items()]
            for number, row in enumerate(rows)
        ]
        return context

    def _cell(self, name: str, number: int, key: str, column: forms.Field, value: Any) -> tuple[str, str]:
        cell = f"{name}-{number}-{key}"
        label = f"第{number + 1}行 {column.label}"
        attrs = {"id": f"id_{cell}", "aria-label": label}
        return str(column.label), column.widget.render(cell, column.prepare_value(value), attrs)

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> list[dict[str, Any]]:
        rows = []
        number = 0
        while any(f"{name}-{number}-{key}" in data for key in self.columns):
            rows.append(
                {
                    key: column.widget.value_from_datadict(data, files, f"{name}-{number}-{key}")
                    for key, column in self.columns.items()
                }
            )
            number += 1
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-0-{key}" in data for key in self.columns)


class TableField(forms.Field):
    """Rows as dicts; empty rows are left out; a bad cell is named by row and column."""

    widget: TableWidget

    def __init__(self, spec: Field, columns: dict[str, forms.Field], **common: Any) -> None:
        self.columns = columns
        self.about = [column.name for column in spec.columns if column.kind == "row"]
        # Rows that belong to given rows of the database (answers to points) come from `initial`, neither more nor less.
        fixed = spec.initial is not None and bool(self.about)
        if fixed:
            self._show_what_rows_are_about()
        super().__init__(widget=TableWidget(self.columns, fixed), **common)

    def _show_what_rows_are_about(self) -> None:
        for name in self.about:
            column = self.columns[name]
            if isinstance(column, ModelChoiceField) and column.queryset is not None:
                column.widget = ShownRow({str(row.pk): str(row) for row in column.queryset})

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = []
        for number, row in enumerate(value or [], 1):
            if _is_blank({key: cell for key, cell in row.items() if key not in self.about}):
                continue
            rows.append(
                {key: self._cell(number, column, row.get(key)) for key, column in self.columns.items()}
            )
        if self.required and not rows:
            raise forms.ValidationError(self.error_messages["required"])
        return rows

    def _cell(self, number: int, column: forms.Field, value: Any) -> Any:
        try:
            return column.clean(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                f"第{number}行“{column.label}”：{'、'.join(error.messages)}"
            ) from error


def _is_blank(row: dict[str, Any]) -> bool:
    return all(is_empty(cell) or cell is False for cell in row.values())


def _trimmed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the blank rows at the end."""
    while rows and _is_blank(rows[-1]):
        rows = rows[:-1]
    return rows
