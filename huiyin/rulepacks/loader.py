"""Reads a pack's TOML into a `Pack`, strictly: whatever is not understood is refused, with all problems at once."""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from huiyin.rulepacks import checks, deadlines, scores, tables
from huiyin.rulepacks.citing import Sources
from huiyin.rulepacks.entries import Difficulty, Letter, Numbering, Option, Publication, Rate
from huiyin.rulepacks.events import EVENT_CODES
from huiyin.rulepacks.options import OPTIONS
from huiyin.rulepacks.periods import NO_SOURCE, Escalation, Told
from huiyin.rulepacks.problems import PackError, Problem, Report
from huiyin.rulepacks.reading import Table
from huiyin.rulepacks.schema import Pack
from huiyin.words import Kind

E = TypeVar("E")
Reader = Callable[[Table, Sources], E]

REQUIRED = {"deadline": "期限", "mark_scheme": "办理结果类别方案", "taxonomy": "分类", "evaluation": "评价"}
FIRST_TAXONOMY = "category"  # what a ledger's 类别 is read by


def load(path: Path, event_codes: frozenset[str] = EVENT_CODES) -> Pack:
    """The pack in a file. Raises PackError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        meaning = f"读不了这个文件（{error.__class__.__name__}），请检查路径，并用UTF-8编码保存。"
        raise PackError([Problem(str(path), 0, "", meaning)]) from error
    return parse(text, file=str(path), event_codes=event_codes)


def check(path: Path, event_codes: frozenset[str] = EVENT_CODES) -> tuple[Pack | None, tuple[Problem, ...]]:
    """A file with everything found wrong, also against the other versions that lie beside it."""
    try:
        made = load(path, event_codes)
    except PackError as error:
        return None, error.problems
    beside = [other for other in path.parent.glob("*.toml") if not other.samefile(path)]
    others = [(str(other), pack) for other in sorted(beside) if (pack := _readable(other, event_codes))]
    same_code = [(file, pack) for file, pack in others if pack.code == made.code]
    found = [
        Problem(str(path), 0, "[pack]的version", f"版本{made.version}在{file}里已经有了，请改用新的版本号。")
        for file, pack in same_code
        if pack.version == made.version
    ]
    return made, (*found, *overlapping([(str(path), made), *same_code]))


def _readable(path: Path, event_codes: frozenset[str]) -> Pack | None:
    """A neighbour that is itself wrong is told of when it is checked."""
    try:
        return load(path, event_codes)
    except PackError:
        return None


def parse(text: str, *, file: str = "规则包", event_codes: frozenset[str] = EVENT_CODES) -> Pack:
    """The pack in a text. Raises PackError with every problem found."""
    report = Report(file, text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        report.say((), f"不是合格的TOML:{error}。")
        report.refuse_if_any()
    made = _Reading(Table(data, (), report), event_codes).pack()
    report.refuse_if_any()
    return made


class _Reading:
    """One file being read."""

    def __init__(self, root: Table, event_codes: frozenset[str]) -> None:
        self.root, self.report, self.event_codes = root, root.report, event_codes
        self.sources = Sources(root.table("source"))

    def many(self, key: str, reader: Reader[E]) -> tuple[E, ...]:
        made = []
        for table in self.root.tables(key):
            made.append(reader(table, self.sources))
            table.done()
        if not made and key in REQUIRED:
            self.report.say((key,), f"没有规定{REQUIRED[key]}，请用[[{key}]]写明。")
        return tuple(made)

    def pack(self) -> Pack:
        head = self.root.table("pack")
        if not self.root.has("pack"):
            self.report.say((), "缺少[pack]，请写明规则包的代码、名称、版本和施行日期。")
        valid_from, valid_to = head.day("valid_from"), head.day("valid_to")
        if valid_from is None and not head.has("valid_from"):
            head.say("", "缺少valid_from（施行日期），请补上。")
        made = Pack(
            code=head.text("code", most=40),
            label=head.text("label", most=60),
            version=head.text("version", most=20),
            jurisdiction=head.text("jurisdiction", ""),
            valid_from=valid_from or date.min,
            valid_to=valid_to,
            summary=head.text("summary", ""),
            deadlines=self.many("deadline", lambda t, s: deadlines.deadline(t, s, self.event_codes)),
            other_periods=self.many("other_period", deadlines.other_period),
            mark_schemes=self.many("mark_scheme", tables.mark_scheme),
            taxonomies=self.many("taxonomy", tables.taxonomy),
            evaluating=self.many("evaluation", tables.evaluating),
            difficulties=self.many("difficulty", tables.difficulty) or USUAL_DIFFICULTY,
            rates=self.many("rate", tables.rate) or DEFAULT_RATES,
            options=_with_defaults(self.many("option", tables.option)),
            grounds=self.many("ground", tables.ground),
            routes=self.many("route", tables.ground),
            numbering=self.many("numbering", tables.numbering) or (Numbering(NO_SOURCE, assumed=True),),
            required_contacts=self.many("contact", tables.contact),
            letters=_with_usual_letters(self.many("letter", tables.letter)),
            scoring=self.many("score", scores.score) or scores.USUAL_SCORING,
            warning_colours=self.many("warning", tables.warning_colour),
            escalations=self.many("escalation", tables.escalation) or USUAL_ESCALATION,
            role_names=self.many("role", tables.role_name),
            publications=self.many("publication", tables.publication) or USUAL_PUBLICATION,
        )
        self._check(head, made)
        return made

    def _check(self, head: Table, made: Pack) -> None:
        head.done()
        self.root.done()
        self.sources.check_all_cited()
        if made.jurisdiction and not (made.jurisdiction.isdecimal() and len(made.jurisdiction) == 6):
            head.say("jurisdiction", "jurisdiction应当是6位行政区划代码（GB/T 2260），如 370300。")
        if made.valid_to and made.valid_to < made.valid_from:
            head.say("valid_to", "失效日期（valid_to）不能早于施行日期（valid_from）。")
        report = self.report
        for kind in Kind:
            first = next(iter(made.taxonomies_for(kind)), None)
            if made.taxonomies and (first is None or first.name != FIRST_TAXONOMY):
                said = f"{kind.label}的第一个分类，name要用“{FIRST_TAXONOMY}”，台账的类别按它读入。"
                report.say(("taxonomy", 0), said)
        checks.deadlines(report, made.deadlines)
        checks.mark_schemes(report, made.mark_schemes)
        checks.letters(report, made.letters)
        checks.nothing_twice(report, "warning", [entry.colour for entry in made.warning_colours], "预警颜色")
        checks.nothing_twice(
            report, "warning", [entry.days for entry in made.warning_colours], "预警起始天数"
        )
        checks.nothing_twice(report, "escalation", [entry.to for entry in made.escalations], "提醒对象")
        once = checks.one_answer_each
        once(report, "mark_scheme", made.mark_schemes, lambda entry: "", "办理结果类别方案")
        once(report, "taxonomy", made.taxonomies, lambda entry: entry.name, "分类")
        once(report, "evaluation", made.evaluating, lambda entry: "", "评价")
        once(report, "difficulty", made.difficulties, lambda entry: "", "难易程度")
        once(report, "rate", made.rates, lambda entry: entry.name, "比率")
        once(report, "option", made.options, lambda entry: entry.name, "选项")
        once(report, "ground", made.grounds, lambda entry: entry.code, "不予立案理由")
        once(report, "route", made.routes, lambda entry: entry.code, "去向")
        once(report, "numbering", made.numbering, lambda entry: "", "编号")
        once(report, "contact", made.required_contacts, lambda entry: entry.phase, "沟通")
        once(report, "letter", made.letters, lambda entry: entry.name, "函件")
        once(report, "role", made.role_names, lambda entry: entry.role, "角色名称")
        once(report, "publication", made.publications, lambda entry: "", "公开")
        once(report, "score", made.scoring, lambda entry: entry.measure, "考核项目")
        once(report, "other_period", made.other_periods, lambda entry: entry.name, "期限")


DEFAULT_RATES = (Rate("satisfaction", "forms_returned", NO_SOURCE, assumed=True),)
USUAL_DIFFICULTY = (
    Difficulty(
        ("很容易", "较容易", "一般", "较难", "很难"), hard=4, quiet=15, source=NO_SOURCE, assumed=True
    ),
)
USUAL_LETTERS = (
    Letter("reply", "关于{plenary}第{number}号提案的答复", NO_SOURCE, Kind.PROPOSAL, assumed=True),
    Letter("reply", "关于{plenary}第{number}号建议的答复", NO_SOURCE, Kind.SUGGESTION, assumed=True),
    Letter("co_opinion", "关于{plenary}第{number}号提案的会办意见", NO_SOURCE, Kind.PROPOSAL, assumed=True),
    Letter("co_opinion", "关于{plenary}第{number}号建议的会办意见", NO_SOURCE, Kind.SUGGESTION, assumed=True),
    Letter("evaluation", "提案办理情况征询意见表", NO_SOURCE, Kind.PROPOSAL, assumed=True),
    Letter("evaluation", "代表建议办理情况征询意见表", NO_SOURCE, Kind.SUGGESTION, assumed=True),
)
USUAL_PUBLICATION = (
    Publication(
        ("report", "reply"), NO_SOURCE, never=("国家秘密", "商业秘密", "个人隐私"), wish=True, assumed=True
    ),
)
ALWAYS_TOLD = -3650
# Level by level; no text seen says from which day on.
USUAL_ESCALATION = tuple(
    Escalation(to, days, NO_SOURCE, assumed=True)
    for to, days in (
        (Told.LIAISON, ALWAYS_TOLD),
        (Told.HANDLER, ALWAYS_TOLD),
        (Told.CHIEF, 0),
        (Told.UNIT_LEADER, 3),
        (Told.REGISTRAR, 7),
        (Told.GOVERNMENT_LEADER, 30),
    )
)


def _missing_kinds(present: Iterable[Kind | None]) -> tuple[Kind | None, ...]:
    """For which kinds nothing has been said: none, one of the two, or (None,) for both."""
    said = set(present)
    if None in said or said == set(Kind):
        return ()
    return tuple(kind for kind in Kind if kind not in said) if said else (None,)


def _with_defaults(chosen: Sequence[Option]) -> tuple[Option, ...]:
    """Every option has a value for each kind: the other kind's where the pack names only that, else the catalogue's.

    Either way it is assumed, and says what it leans on.
    """
    made = list(chosen)
    for name, spec in OPTIONS.items():
        named = [entry for entry in chosen if entry.name == name]
        usual = named[0] if named else Option(name, spec.default, NO_SOURCE)
        kinds = _missing_kinds(entry.kind for entry in named)
        made += [replace(usual, kind=kind, assumed=True) for kind in kinds]
    return tuple(made)


def _with_usual_letters(stated: Sequence[Letter]) -> tuple[Letter, ...]:
    usual = []
    for letter in USUAL_LETTERS:
        if letter.kind in _missing_kinds(entry.kind for entry in stated if entry.name == letter.name) or not [
            entry for entry in stated if entry.name == letter.name
        ]:
            usual.append(letter)
    return (*stated, *usual)


def overlapping(packs: Sequence[tuple[str, Pack]]) -> list[Problem]:
    """Versions of one code must follow one another: none begins with another, or before another's last day."""
    found = []
    ordered = sorted(packs, key=lambda pair: pair[1].valid_from)
    for (_, earlier), (file, later) in pairwise(ordered):
        if earlier.code != later.code:
            continue
        same_day = earlier.valid_from == later.valid_from
        if same_day or (earlier.valid_to is not None and earlier.valid_to >= later.valid_from):
            until = "同一天施行" if same_day else f"到{earlier.valid_to}才失效"
            meaning = (
                f"版本{later.version}与版本{earlier.version}的施行日期重叠（{earlier.version}{until}）。"
            )
            found.append(Problem(file, 0, "[pack]", meaning))
    return found
