"""What a step asks for. One declaration serves the form, the check, the event's facts and its texts.

Free text and personal values (`text`, `line`) go into EventText; ids, codes, dates and numbers into the facts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from huiyin.words import Word

TEXTS = frozenset({"text", "line"})
TEN_YEARS = 3650  # days: the most that is asked for where days are counted
KINDS = TEXTS | {
    "code",
    "date",
    "moment",
    "word",
    "row",
    "rows",
    "number",
    "amount",
    "flag",
    "files",
    "table",
    "choice",
}


@dataclass(frozen=True)
class Field:
    """One value.

    kind: text (long), line (short) | code (a short code as it stands, such as a document number) | date | moment
    | word (a code of `words`) | choice (a code of `options(obj, actor)`: (code, label) pairs) | row, rows (of the
    QuerySet `options(obj, actor)`) | number (whole) | amount | flag | files | table (a list of dicts with `columns`, for points,
    answers, promises: the body stores it and says what of it belongs into the facts). hidden: carried along by the
    form, not shown. clears: emptied in the form where something stood, it is cleared; others keep what stands.
    most: the most characters of a line or code, the greatest number.
    each: where the step is taken on several rows and this is left empty, what each of them gets.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    words: type[Word] | None = None
    options: Callable[[Any, Any], Any] | None = None
    columns: tuple["Field", ...] = ()
    initial: Callable[[Any], Any] | None = None
    each: Callable[[Any], Mapping[int, str]] | None = None
    help: str = ""
    hidden: bool = False
    clears: bool = False
    most: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of field: {self.kind}")

    @property
    def is_text(self) -> bool:
        return self.kind in TEXTS

    def at_most(self, size: Any) -> str:
        """What is said of a value that is too long or too great, in forms and by the step itself."""
        if self.kind == "number":
            return f"“{self.label}”最多填{self.most}。"
        return f"“{self.label}”最多{self.most}个字，现在有{size}个字，请改短。"


def is_empty(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, (list, tuple)) and not value)
    )


def given_only(fields: tuple[Field, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was not given: a form leaves a text empty and a box unticked, and None there means neither."""
    never = {spec.name for spec in fields if spec.kind in TEXTS | {"code", "word", "choice", "flag"}}
    return {name: value for name, value in data.items() if value is not None or name not in never}


def plain(value: Any) -> Any:
    """A value as it stands in the facts: ids, codes, ISO dates."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, models.QuerySet | list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def offered(spec: Field, value: Any, obj: Any, actor: Any) -> bool:
    """Whether a code is one of those that the field offers. Rows are looked up by forms and checked by requirements."""
    if is_empty(value):
        return True
    if spec.words:
        return value in list(spec.words)
    if spec.kind == "choice" and spec.options:
        return value in {code for code, _ in spec.options(obj, actor)}
    return True


def beyond(spec: Field, value: Any) -> str:
    """The sentence for a text that is longer, or a number that is greater, than there is room for; '' where it fits."""
    if spec.most is None or is_empty(value):
        return ""
    size = value if spec.kind == "number" else len(str(value).strip())
    return spec.at_most(size) if size > spec.most else ""


@dataclass
class Given:
    """Values of a call, sorted by where they belong."""

    facts: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def sort_out(fields: tuple[Field, ...], data: Mapping[str, Any]) -> Given:
    """Facts and texts of a call's data; tables and files are the body's business and left out here."""
    given = Given()
    for spec in fields:
        value = data.get(spec.name)
        if spec.clears and spec.name in data and is_empty(value):
            given.facts.setdefault("cleared", []).append(spec.name)
        if is_empty(value) or spec.kind in ("table", "files"):
            continue
        if spec.is_text:
            given.texts[spec.name] = str(value).strip()
        else:
            given.facts[spec.name] = plain(value)
    return given


def strings_in(value: Any) -> Iterator[str]:
    """Every string in a value, those in the cells of a table too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (string for cell in value.values() for string in strings_in(cell))
    elif isinstance(value, list | tuple):
        yield from (string for item in value for string in strings_in(item))
