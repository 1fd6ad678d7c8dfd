"""Picking rows by their names where a list to choose from would be too long: units, proposers, items.

A row is known by what its model names in `picked_by` (and by `described`, which tells two of one name apart). An
exact name is taken; anything else gets a sentence and the rows that come near, one press each. Works without JavaScript.
"""

from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LISTED = 1000  # rows that a page can carry as suggestions
NEAR = 6
MARK = "#"


class Known:
    """The rows of one field and the texts by which people name them."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.by: tuple[str, ...] = rows.model.picked_by
        listed = list(rows[: LISTED + 1])
        self.listed = listed if len(listed) <= LISTED else []
        self.of_text: dict[str, list[Any]] = defaultdict(list)
        for row in self.listed:
            for text in texts_of(row):
                self.of_text[text].append(row)

    def suggestions(self) -> list[tuple[str, str]]:
        """(what is filled in, what is said beside it) for each row."""
        found = []
        for row in self.listed:
            short = str(_value(row, self.by[0]))
            alone = short and len(self.of_text[short]) == 1
            found.append((short if alone else described(row), described(row) if alone else ""))
        return found

    def named(self, text: str) -> list[Any]:
        """The rows that this text names in full."""
        if text.startswith(MARK) and text[1:].isdigit():
            return list(self.rows.filter(pk=int(text[1:])))
        if self.listed:
            return self.of_text.get(text, [])
        exact = Q()
        for name in self.by:
            exact |= Q(**{f"{name}__iexact": text})
        return list(self.rows.filter(exact)[:NEAR])

    def near(self, text: str) -> list[Any]:
        """The rows whose name contains this text."""
        part = Q()
        for name in self.by:
            part |= Q(**{f"{name}__icontains": text})
        return list(self.rows.filter(part)[:NEAR])

    def one(self, text: str, what: str) -> tuple[Any | None, str, list[Any]]:
        """The row, or the sentence that says why there is none and the rows to choose from."""
        found = self.named(text)
        if len(found) == 1:
            return found[0], "", []
        if found:
            return None, f"有{len(found)}个“{text}”，请选是哪一个。", found
        near = self.near(text)
        if near:
            return None, f"没有正好叫“{text}”的{what}，请选列出的一个，或换一个说法再找。", near
        return None, f"没有找到“{text}”，请核对{what}。", []


def described(row: Any) -> str:
    """How a row is told apart from others of the same name."""
    return str(getattr(row, "described", row))


def texts_of(row: Any) -> set[str]:
    names = {str(_value(row, name)) for name in row.picked_by}
    return (names | {described(row), str(row), str(getattr(row, "numbered", ""))}) - {"", "None"}


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _written(value: Any) -> str:
    """A row given as initial value as its text; what was typed as it stands."""
    return described(value) if hasattr(value, "picked_by") else str(value or "")


def _suggestions(known: Known, name: str) -> SafeString:
    options = format_html_join(
        "", "<option{}></option>", ((_option(text, more),) for text, more in known.suggestions())
    )
    return format_html('<datalist id="list_{}">{}</datalist>', name, options)


def _option(text: str, more: str) -> SafeString:
    return flatatt({"value": text} | ({"label": more} if more else {}))


class _Candidates:
    """Rows offered as buttons under the input after a text that named none or several."""

    rows: list[Any]

    def choices(self, name: str) -> SafeString:
        if not self.rows:
            return SafeString("")
        made = format_html_join(
            "",
            '<label><input type="radio" name="{}-one" value="{}"> {}</label>',
            ((name, f"{MARK}{row.pk}", described(row)) for row in self.rows),
        )
        return format_html('<div class="near">{}</div>', made)


class PickWidget(_Candidates, forms.TextInput):
    """A line with suggestions."""

    def __init__(self, known: Known) -> None:
        super().__init__({"autocomplete": "off"})
        self.known, self.rows = known, []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = (attrs or {}) | {"list": f"list_{name}"}
        line = super().render(name, value, attrs, renderer)
        return format_html("{}{}{}", line, _suggestions(self.known, name), self.choices(name))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(f"{name}-one") or data.get(name)


class PickField(forms.Field):
    """One row by its name."""

    def __init__(self, rows: QuerySet[Any], **common: Any) -> None:
        self.known = Known(rows)
        super().__init__(widget=PickWidget(self.known), **common)

    def prepare_value(self, value: Any) -> str:
        text = _written(value)
        found = self.known.named(text) if text.startswith(MARK) else []
        return described(found[0]) if found else text

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        super().validate(text)
        if not text:
            return None
        row, sentence, near = self.known.one(text, str(self.label))
        self.widget.rows = near  # type: ignore[attr-defined]
        if row is None:
            raise ValidationError(sentence)
        return row


class PickManyWidget(forms.Textarea):
    """One name a line; with JavaScript a line above it looks names up and adds them."""

    def __init__(self, known: Known) -> None:
        super().__init__({"rows": 4})
        self.known = known

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        area = super().render(name, value, attrs, renderer)
        adding = format_html(
            '<span class="adding" hidden><input type="text" list="list_{0}" autocomplete="off" aria-label="查找并添加"'
            ' data-adds-to="id_{0}"> <button type="button" class="btn">添加</button></span>',
            name,
        )
        return format_html("{}{}{}", area, adding, _suggestions(self.known, name))


class PickManyField(forms.Field):
    """Several rows by their names, in the order in which they are written."""

    def __init__(self, rows: QuerySet[Any], **common: Any) -> None:
        self.known = Known(rows)
        common["help_text"] = common.get("help_text") or "一行写一个，也可以用“、”隔开。"
        super().__init__(widget=PickManyWidget(self.known), **common)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(_written(row) for row in value or [])

    def clean(self, value: Any) -> list[Any]:
        names = [name.strip() for line in str(value or "").splitlines() for name in line.split("、")]
        names = [name for name in names if name]
        super().validate(names)
        found, errors = [], []
        for name in names:
            row, sentence, near = self.known.one(name, str(self.label))
            if row is None:
                errors.append(sentence + _spelled(near))
            else:
                found.append(row)
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(found))


def _spelled(near: list[Any]) -> str:
    return f"可以写成：{'；'.join(described(row) for row in near)}。" if near else ""
