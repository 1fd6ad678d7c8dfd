"""An event as a sentence, from the declaration of its step, the event's facts and its texts."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from huiyin.journal.models import Event
from huiyin.journal.step import STEPS


class _Values(dict[str, str]):
    """What is not known is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def values_of(event: Event) -> dict[str, Any]:
    """Everything a sentence may name: unit, target, actor, facts with their labels, texts."""
    step = STEPS.get(event.code)
    found: dict[str, Any] = {
        name: in_words(value, event.at)
        for name, value in event.facts.items()
        if not isinstance(value, dict | list)
    }
    for spec in step.fields if step else ():
        if spec.words and spec.name in found:
            found[spec.name] = spec.words.label_of(found[spec.name])
    found |= {text.name: "（已按规定删除）" if text.erased else text.text for text in event.texts.all()}
    found["unit"] = event.unit.name if event.unit else ""
    found["target"] = event.target_unit.name if event.target_unit else ""
    found["actor"] = event.actor.name if event.actor else "系统"
    return found


def in_words(value: Any, beside: datetime) -> Any:
    """A stored date or moment as it is said, with the year where it is not that of the event; anything else as it is."""
    if not isinstance(value, str) or value[4:5] != "-":
        return value
    try:
        when: date = datetime.fromisoformat(value)
    except ValueError:
        return value
    hour = f" {localtime(when):%H:%M}" if isinstance(when, datetime) and when.tzinfo else ""
    on = localtime(when) if isinstance(when, datetime) and when.tzinfo else when
    year = "" if on.year == localtime(beside).year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日{hour}"


def sentence(event: Event) -> str:
    """One line for the timeline; trailing punctuation of what was left out is dropped."""
    step = STEPS.get(event.code)
    if step is None:
        return event.code
    said = step.sentence.format_map(_Values(values_of(event))).strip().rstrip(":;,：；，、")
    return f"{said}（代录）" if event.on_paper else said
