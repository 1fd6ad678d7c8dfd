"""House rules that no ready-made linter knows, each with lines that it must find and lines that it must let be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.project.source import code_only, name_of, python_files, said_only, templates, whole


@dataclass(frozen=True)
class Rule:
    name: str
    why: str
    pattern: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    folders: tuple[str, ...] = ("huiyin",)
    only: str = ""  # where in these folders: a pattern that names match
    allowed_in: tuple[str, ...] = ()
    templates: bool = False
    reads: Callable[[str], str] = code_only

    def breaks(self, text: str) -> Iterator[int]:
        """Numbers of the lines that break the rule."""
        text = whole(text) if self.templates else self.reads(text)
        for found in re.finditer(self.pattern, text, re.IGNORECASE if self.templates else 0):
            yield text.count("\n", 0, found.start()) + 1

    def files(self) -> Iterator[Path]:
        found = templates() if self.templates else python_files(*self.folders)
        for path in found:
            if name_of(path) not in self.allowed_in and re.search(self.only, name_of(path)):
                yield path


PYTHON_RULES = (
    Rule(
        name="now-comes-from-the-clock",
        why="The demo city lives in 2021 and every test sets its own day: ask huiyin.clock.now().",
        pattern=r"\b(datetime|timezone|date|dt)\.(now|utcnow|today)\b|\bauto_now(_add)?\b|\bNow\(\)|\blocal(date|time)\(\)"
        r"|\btime\.(time|time_ns|ctime|gmtime|localtime|strftime)\(",
        bad=(
            "recorded_at = DateTimeField(db_default=Now())",
            "day = timezone.localtime().date()",
            "stamp = time.time()",
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
            "day = localtime(at).date()",
            "began = time.monotonic()",
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
        folders=("huiyin", "tests"),
        # `settle` stores the derived stages, called by the runner alone; the test of `check-life` spoils what is stored.
        allowed_in=("huiyin/journal/step.py", "huiyin/proposals/stage.py", "tests/journal/test_chain.py"),
    ),
    Rule(
        name="pages-write-nothing",
        why="A page checks its form and takes a step; what it wrote itself would leave no event.",
        pattern=r"\.(save|create|get_or_create|update_or_create|bulk_create|bulk_update|delete)\(|\.objects\b[^\n]*\.update\(",
        bad=(
            "form.save()",
            "Reply.objects.create(x=1)",
            "Reply.objects.filter(pk=1).update(x=2)",
            "row.delete()",
        ),
        good=(
            "steps.draft(share, actor=actor, at=at)",
            "shown.update(steps=4)",
            "created(x)",
            "saved = form.saved",
        ),
        only=r"/(views|forms|templatetags)(/|\.py$)",
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
        name="no-markup-unescaped",
        why="What somebody typed would be run in the browser of whoever reads it: format_html escapes it.",
        pattern=r"\bmark_safe\(|\bSafeString\(\s*[^\s)]|\bautoescape\b",
        bad=("return mark_safe(text)", "SafeString(text)", "Engine(autoescape=False)"),
        good=('return SafeString("")', "def dot() -> SafeString:", 'format_html("<b>{}</b>", text)'),
    ),
    Rule(
        name="no-inline-style-in-markup-from-python",
        why="The Content-Security-Policy forbids it, wherever the markup is written.",
        pattern=r"<\w[^<>]*\s(style|on\w+)\s*=|[\"'](style|on(click|change|input|submit|load))[\"']\s*:",
        bad=(
            "format_html('<b style=\"x\">{}</b>', text)",
            'Select(attrs={"onchange": "go()"})',
            "attrs={'style': 'color: red'}",
        ),
        good=("format_html('<b class=\"x\">{}</b>', text)", 'attrs={"class": "style"}', "style = 3"),
        reads=whole,
    ),
    Rule(
        name="full-width-punctuation",
        why="A Chinese sentence is punctuated as Chinese sentences are.",
        pattern=r"[\u4e00-\u9fff]([,;!]|:(?!\?)|\?(?=\s|$))",
        bad=('say("退回须说明理由,请补充")', 'raise Refused("期限已过!")', 'f"申请退办:{reason}"'),
        good=(
            'say("退回须说明理由，请补充")',
            'say("期限：x")',
            '"""沟通: what was said."""',
            "# 沟通: x",
            'd["会办"]: int',
        ),
        reads=said_only,
    ),
    Rule(
        name="identifiers-are-english",
        why="One language for what the program reads, the other for what people read.",
        pattern=r"[^\x00-\x7f]",
        bad=("期限 = 3", "def 退办(): ...", "row.案由"),
        good=('title = "案由"', "# 案由", 'd["案由"]'),
        # A part of a pack is said as label=value, and the labels are the readers'.
        allowed_in=("huiyin/rulepacks/say.py",),
    ),
    Rule(
        name="tests-do-not-sleep",
        why="A test that waits is slow on a good day and wrong on a bad one.",
        pattern=r"\bsleep\(|\bwait_for_timeout\(",
        bad=("time.sleep(1)", "sleep(0.1)", "page.wait_for_timeout(500)"),
        good=("page.wait_for_url(address)", "asleep = True"),
        folders=("tests",),
    ),
    Rule(
        name="browsers-evaluate-no-strings",
        why="The page's policy forbids it from the second look on: wait with expect(...), which looks from outside.",
        pattern=r"\.wait_for_function\(",
        bad=("page.wait_for_function(\"document.title === 'x'\")",),
        good=('expect(page).to_have_title("x")', "page.evaluate(it)"),
        folders=("tests", "docs"),
    ),
    Rule(
        name="tests-do-not-time",
        why="How long something takes says more of the machine than of the code: benchmarks/ measure.",
        pattern=r"\btime\.(time|monotonic|perf_counter|process_time)\w*\(|\bperf_counter\(",
        bad=("began = time.monotonic()", "perf_counter()"),
        good=("from datetime import time", "at(day, time(9))"),
        folders=("tests",),
    ),
    Rule(
        name="tests-are-not-put-aside",
        why="What fails is mended or deleted; only what a machine lacks is a reason to skip, and it is asked for.",
        pattern=r"\bmark\.(skip|xfail)\b|\bpytest\.xfail\(",
        bad=("@pytest.mark.skip", '@pytest.mark.xfail(reason="")', "pytest.xfail()"),
        good=("@pytest.mark.skipif(not DATA.exists())", "pytest.skip(reason)"),
        folders=("tests",),
    ),
    Rule(
        name="no-unfinished-notes",
        why="What is missing belongs in an issue, not in the code.",
        pattern=r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
        bad=("# TO" + "DO: later", "x = 1  # FIX" + "ME"),
        good=("# what remains to be done is in the plan", "todo = tasks()"),
        folders=("huiyin", "tests", "benchmarks"),
        reads=whole,
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
    Rule(
        name="no-text-unescaped",
        why="What somebody typed would be run in the browser of whoever reads it.",
        pattern=r"\|\s*safe(seq)?\b|\bautoescape\b",
        bad=("{{ text|safe }}", "{{ rows | safeseq }}", "{% autoescape off %}"),
        good=("{{ text }}", "{{ text|linebreaks }}", "{{ safe }}"),
        templates=True,
    ),
    Rule(
        name="full-width-punctuation-in-templates",
        why="A Chinese sentence is punctuated as Chinese sentences are.",
        pattern=r"[\u4e00-\u9fff](\s*[,;?!]|:)",
        bad=("<p>请补充,谢谢</p>", "<b>期限:</b>", "<p>没有了!</p>"),
        good=("<p>请补充，谢谢</p>", "<b>期限：</b>", '<a title="期限" href="x?a=1">'),
        templates=True,
    ),
)

RULES = PYTHON_RULES + TEMPLATE_RULES
