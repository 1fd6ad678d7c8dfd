"""An event as a sentence, from the declaration of its step, the event's facts and its texts."""

from typing import Any

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
        name: value for name, value in event.facts.items() if not isinstance(value, dict | list)
    }
    for spec in step.fields if step else ():
        if spec.words and spec.name in found:
            found[spec.name] = spec.words.label_of(found[spec.name])
    found |= {text.name: "（已按规定删除）" if text.erased else text.text for text in event.texts.all()}
    found["unit"] = event.unit.name if event.unit else ""
    found["target"] = event.target_unit.name if event.target_unit else ""
    found["actor"] = event.actor.name if event.actor else "系统"
    return found


def sentence(event: Event) -> str:
    """One line for the timeline; trailing punctuation of what was left out is dropped."""
    step = STEPS.get(event.code)
    if step is None:
        return event.code
    said = step.sentence.format_map(_Values(values_of(event))).strip().rstrip(":;,：；，、")
    return f"{said}（代录）" if event.on_paper else said
