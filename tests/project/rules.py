"""House rules that no ready-made linter knows, each with lines that it must find and lines that it must let be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.project.source import code_only, name_of, python_files, templates


@dataclass(frozen=True)
class Rule:
    name: str
    why: str
    pattern: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    folders: tuple[str, ...] = ("huiyin",)
    allowed_in: tuple[str, ...] = ()
    comments_too: bool = False
    templates: bool = False

    def breaks(self, text: str) -> Iterator[int]:
        """Numbers of the lines that break the rule."""
        if not self.templates and not self.comments_too:
            text = code_only(text)
        for found in re.finditer(self.pattern, text, re.IGNORECASE if self.templates else 0):
            yield text.count("\n", 0, found.start()) + 1

    def files(self) -> Iterator[Path]:
        found = templates() if self.templates else python_files(*self.folders)
        for path in found:
            if name_of(path) not in self.allowed_in:
                yield path


PYTHON_RULES = (
    Rule(
        name="now-comes-from-the-clock",
        why="The demo city lives in 2021 and every test sets its own day: ask huiyin.clock.now().",
        pattern=r"\b(datetime|timezone|date|dt)\.(now|utcnow|today)\b|\btime\.time\(|\bauto_now(_add)?\b|\blocaldate\(\)",
        bad=(
            "at = timezone.now()",
            "day = date.today()",
            "at = datetime.datetime.now(tz)",
            "x = DateField(auto_now=True)",
        ),
        good=(
            "at = clock.now()",
            "at = now()",
            "# not timezone.now()",
            'say("date.today()")',
            "day = at.date()",
        ),
        allowed_in=("huiyin/clock/now.py",),
    ),
    Rule(
        name="only-a-step-writes-a-state",
        why="Whatever changes without a step leaves no event, moves no clock and asks nobody's right.",
        pattern=r"(\.(state|answer_stage|fulfilment_stage)\s*=(?!=))|(\.update\([^()]*\b(state|\w+_stage)\s*=(?!=))",
        bad=(
            "assignment.state = SIGNED",
            "rows.update(state=SIGNED)",
            "rows.update(\n    a=1,\n    state=2)",
            "p.answer_stage = x",
        ),
        good=(
            "if assignment.state == SIGNED:",
            "rows.filter(state=SIGNED)",
            "rows.filter(state=1).update(seen=2)",
        ),
        # `settle` stores the derived stages, called by the runner alone.
        allowed_in=("huiyin/journal/step.py", "huiyin/proposals/stage.py"),
    ),
    Rule(
        name="no-signals",
        why="What a step causes is called in the open, where a reader finds it.",
        pattern=r"\bsignals\b|\bdjango\.dispatch\b|@receiver\b",
        bad=(
            "from django.db.models.signals import post_save",
            "from django.dispatch import receiver",
            "@receiver(x)",
        ),
        good=("signal_strength = 3", "# no signals here"),
    ),
    Rule(
        name="no-save-override",
        why="A save that does more than save hides a step.",
        pattern=r"\bdef save\(\s*self",
        bad=("    def save(self, *args):", "def save(\n    self):"),
        good=("thing.save()", "def save_file(self):", "def saved(self):"),
    ),
    Rule(
        name="no-generic-relations",
        why="The database must be able to hold every reference.",
        pattern=r"\bGeneric(ForeignKey|Relation)\b|\bcontenttypes\.fields\b",
        bad=("owner = GenericForeignKey()", "from django.contrib.contenttypes.fields import GenericRelation"),
        good=("owner = ForeignKey(Unit, on_delete=PROTECT)",),
    ),
    Rule(
        name="tests-do-not-sleep",
        why="A test that waits is slow on a good day and wrong on a bad one.",
        pattern=r"\bsleep\(",
        bad=("time.sleep(1)", "sleep(0.1)"),
        good=("page.wait_for_url(address)", "asleep = True"),
        folders=("tests",),
    ),
    Rule(
        name="no-unfinished-notes",
        why="What is missing belongs in an issue, not in the code.",
        pattern=r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
        bad=("# TO" + "DO: later", "x = 1  # FIX" + "ME"),
        good=("# what remains to be done is in the plan", "todo = tasks()"),
        folders=("huiyin", "tests"),
        comments_too=True,
    ),
)

TEMPLATE_RULES = (
    Rule(
        name="no-inline-style",
        why="The Content-Security-Policy forbids it; the page would look different from what was tried.",
        pattern=r"\sstyle\s*=|<style\b",
        bad=('<p style="color: red">', "<style>", "<td\n  style='x'>"),
        good=('<p class="text-red">', '<link rel="stylesheet" href="x.css">', "{{ cell_style }}"),
        templates=True,
    ),
    Rule(
        name="no-inline-script",
        why="The Content-Security-Policy forbids it, and no page may need JavaScript to work.",
        pattern=r"<script\b(?![^>]*\b(src=|type=\"application/json\"))|\son[a-z]+\s*=|\shx-on\b|javascript:",
        bad=(
            "<script>",
            '<script type="module">',
            '<a onclick="go()">',
            '<a href="javascript:go()">',
            '<p hx-on:click="x">',
        ),
        good=(
            "<script src=\"{% static 'x.js' %}\" defer></script>",
            '<a data-on="x" href="/">',
            '<p class="on">',
        ),
        templates=True,
    ),
)

RULES = PYTHON_RULES + TEMPLATE_RULES
