"""A table of rows in a form: points, answers, promises. Works without JavaScript: blank rows stand ready."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from huiyin.journal.fields import Field, is_empty

BLANK = 3


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
        rows = given if self.fixed else given + [{}] * BLANK
        context["widget"]["columns"] = [column.label for column in self.columns.values()]
        context["widget"]["rows"] = [
            [self._cell(name, number, key, column, row.get(key)) for key, column in self.columns.items()]
            for number, row in enumerate(rows)
        ]
        return context

    def _cell(self, name: str, number: int, key: str, column: forms.Field, value: Any) -> str:
        cell = f"{name}-{number}-{key}"
        label = f"第{number + 1}行 {column.label}"
        return column.widget.render(
            cell, column.prepare_value(value), {"id": f"id_{cell}", "aria-label": label}
        )

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

    def __init__(self, spec: Field, obj: Any, actor: Any, **common: Any) -> None:
        from huiyin.components.forms import form_field

        self.columns = {column.name: form_field(column, obj, actor) for column in spec.columns}
        # Rows that belong to given rows of the database (answers to points) come from `initial` and are neither more nor less.
        fixed = spec.initial is not None and any(column.kind == "row" for column in spec.columns)
        super().__init__(widget=TableWidget(self.columns, fixed), **common)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = []
        for number, row in enumerate(value or [], 1):
            if all(is_empty(cell) or cell is False for key, cell in row.items() if key != "point"):
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
                f"第{number}行“{column.label}”:{'、'.join(error.messages)}"
            ) from error
