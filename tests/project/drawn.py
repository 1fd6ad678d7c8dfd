"""The pages and the picture that are drawn from the code. `python -m tests.project.drawn` writes them anew; read what changed."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import django

from tests.project.picture import life

DOCS = Path(__file__).parents[2] / "docs"
ANY_TIME = "any time"
DRAWN = "Drawn by `python -m tests.project.drawn`, held by a test."


def glossary() -> str:
    """Every row and every word with its Chinese term, as models.py and words.py have them."""
    from django.apps import apps

    from huiyin import gaps, words
    from huiyin.scores import words as of_scores
    from huiyin.topics import words as of_topics

    lines = [
        "# Glossary",
        "",
        f"One word per idea, as the models, the `words.py` and `huiyin/gaps.py` have them. {DRAWN}",
        "",
        "## Rows",
        "",
        "| identifier | 术语 | app |",
        "|---|---|---|",
    ]
    named = [model for model in apps.get_models() if not str(model._meta.verbose_name).isascii()]
    for model in named:
        if model.__module__.startswith("huiyin."):
            lines.append(f"| {model.__name__} | {model._meta.verbose_name} | {model._meta.app_label} |")
    lines += ["", "## Words", ""]
    for module in (words, of_topics, of_scores, gaps):
        for name, made in vars(module).items():
            if inspect.isclass(made) and issubclass(made, words.Word) and made.__module__ == module.__name__:
                said = "、".join(f"{word.label} `{word.value}`" for word in made)
                lines += [f"- **{name}**: {said}"] if len(made) else []
    return "\n".join(lines) + "\n"


def procedure() -> str:
    """Every step, by what it is taken on, in the order of its states."""
    from django.apps import apps

    import huiyin.steps  # noqa: F401  declares them
    from huiyin.journal.step import STEPS

    lines = [
        "# The procedure",
        "",
        f"The {len(STEPS)} steps that can be taken, as they are declared; nothing else changes life-cycle data. {DRAWN}",
        "*Automatic* ones are taken by the system. Each stands in `steps.py` of the lowest app whose rows it changes.",
    ]
    taken_on = {step.on for step in STEPS.values()}
    for on in (model._meta.label for model in apps.get_models() if model._meta.label in taken_on):
        lines += [
            "",
            f"## On {on}",
            "",
            "| step | 步骤 | by | from | to | requires |",
            "|---|---|---|---|---|---|",
        ]
        lines += sorted_rows([step for step in STEPS.values() if step.on == on])
    return "\n".join(lines) + "\n"


def sorted_rows(steps: list) -> Iterator[str]:
    for step in sorted(steps, key=first_state):
        name = f"`{step.code}`" + (" *automatic*" if step.automatic else "")
        made = f"new {step.creates.rpartition('.')[2]}" if step.creates else ""
        to = "、".join(state.label for state in in_order(targets(step))) or made or "–"
        asked = dict.fromkeys(one.gap if one.name == "check" else one.name for one in step.requires)
        requires = ", ".join(name.replace("_", " ") for name in asked)
        yield f"| {name} | {step.label} | {step.who.label} | {sources(step)} | {to} | {requires} |"


def first_state(step) -> int:
    """What makes a row comes first, what may be done at any time last."""
    if step.source is None:
        return 99 if step.target is None else -1
    return list(type(next(iter(step.source)))).index(in_order(step.source)[0])


def targets(step) -> frozenset:
    if step.target is None:
        return frozenset()
    return getattr(step.target, "states", None) or frozenset({step.target})


def sources(step) -> str:
    if step.source is None:
        return ANY_TIME
    whole = type(next(iter(step.source)))
    left_out = [state for state in whole if state not in step.source]
    if len(step.source) > 5:
        return f"{ANY_TIME} but " + "、".join(state.label for state in left_out) if left_out else ANY_TIME
    return "、".join(state.label for state in in_order(step.source))


def in_order(states: frozenset) -> list:
    return sorted(states, key=lambda state: list(type(state)).index(state))


PAGES = {"glossary.md": glossary, "procedure.md": procedure, "manual/life.svg": life}

if __name__ == "__main__":
    django.setup()
    for name, drawn in PAGES.items():
        (DOCS / name).write_text(drawn(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
