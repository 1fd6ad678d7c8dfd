"""Writes a pack as TOML, so that reading it again gives the same pack."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from huiyin.rulepacks.citing import declare
from huiyin.rulepacks.entries import Evaluating, Mark, MarkScheme
from huiyin.rulepacks.lengths import write_alert, write_length
from huiyin.rulepacks.periods import NO_SOURCE, Alert, Before, FixedDate, Length, Source
from huiyin.rulepacks.schema import Pack

# The table of each list of entries, in the order in which people ask.
TABLES: dict[str, str] = {
    "deadlines": "deadline",
    "other_periods": "other_period",
    "mark_schemes": "mark_scheme",
    "taxonomies": "taxonomy",
    "evaluating": "evaluation",
    "difficulties": "difficulty",
    "rates": "rate",
    "options": "option",
    "grounds": "ground",
    "routes": "route",
    "numbering": "numbering",
    "required_contacts": "contact",
    "letters": "letter",
    "role_names": "role",
    "publications": "publication",
    "scoring": "score",
    "warning_colours": "warning",
    "escalations": "escalation",
}
HEAD = ("code", "label", "version", "jurisdiction", "valid_from", "valid_to", "summary")
# What is written even when it is the default: it reads better, and one has no default in the file.
ALWAYS = {"width", "days", "value", "wish", "reason_below", "hard", "quiet"}


def dump(pack: Pack) -> str:
    keys = _source_keys(pack)
    lines = ["[pack]", *_pairs({name: getattr(pack, name) for name in HEAD}), ""]
    for key, declared in declare({key: Source(*group) for group, key in keys.items()}).items():
        lines += [f"[source.{key}]", *_pairs(declared), ""]
    for field, table in TABLES.items():
        for entry in getattr(pack, field):
            lines += [f"[[{table}]]", *_pairs(_written(entry, keys))]
            if isinstance(entry, MarkScheme):
                for mark in entry.marks:
                    lines += [f"[[{table}.mark]]", *_pairs(_mark(mark))]
            lines.append("")
    return "\n".join(lines)


Group = tuple[str, str, str]


def _group(source: Source) -> Group:
    return source.document, source.number, source.dated


def _source_keys(pack: Pack) -> dict[Group, str]:
    """A key for each document, in the order of first citation; the articles stand with the entries."""
    cited = (entry.source for field in TABLES for entry in getattr(pack, field))
    groups = dict.fromkeys(_group(source) for source in cited if source != NO_SOURCE)
    return {group: f"s{number}" for number, group in enumerate(groups, start=1)}


def _written(entry: Any, keys: Mapping[Group, str]) -> dict[str, Any]:
    values = {name: value for name, value in vars(entry).items() if name not in ("source", "marks")}
    if isinstance(entry, Evaluating):
        values["labels"] = dict(entry.labels)
    if not values.get("assumed"):
        values.pop("assumed", None)
    if entry.source != NO_SOURCE:
        values |= {"source": keys[_group(entry.source)], "article": entry.source.article}
    return values


def _mark(mark: Mark) -> dict[str, Any]:
    values = {name: value for name, value in vars(mark).items() if name != "order"}
    return values | {"says": dict(mark.says)}


def _pairs(values: Mapping[str, Any]) -> Iterable[str]:
    for name, value in values.items():
        if name in ALWAYS or value not in ("", None, (), {}):
            yield f"{name} = {_toml(value)}"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Length | FixedDate | Before):
        return _text(write_length(value))
    if isinstance(value, Alert):
        return _text(write_alert(value))
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_text(str(key))} = {_toml(one)}" for key, one in value.items()) + " }"
    return _text(str(value))


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def _text(value: str) -> str:
    """A TOML basic string."""
    written = "".join(
        _ESCAPES.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign)
        for sign in value
    )
    return f'"{written}"'
