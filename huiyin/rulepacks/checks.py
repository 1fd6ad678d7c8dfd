"""What has to hold between the entries of a pack: nothing twice, nothing that points nowhere, nothing that contradicts."""

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from string import Formatter
from typing import TypeVar

from huiyin.rulepacks.entries import Letter, MarkScheme
from huiyin.rulepacks.lengths import rough_days, say_length
from huiyin.rulepacks.options import PLACEHOLDERS
from huiyin.rulepacks.periods import Before, DeadlineRule, Length
from huiyin.rulepacks.problems import Report
from huiyin.rulepacks.schema import HasKind
from huiyin.words import DeadlineName

E = TypeVar("E", bound=HasKind)


def one_answer_each(
    report: Report, table: str, entries: Sequence[E], key: Callable[[E], Hashable], what: str
) -> None:
    """No two entries of one key may hold for the same kind: each question has one answer."""
    for (_, first), (at, second) in combinations(enumerate(entries), 2):
        if key(first) == key(second) and _meet(first.kind, second.kind):
            named = f"“{key(first)}”" if key(first) else ""
            report.say((table, at), f"{what}{named}对同一类型（提案或建议）规定了两次，只能保留一条。")


def nothing_twice(report: Report, table: str, keys: Sequence[Hashable], what: str) -> None:
    """For entries that hold for both kinds: none says again what an earlier one says."""
    for at, key in enumerate(keys):
        if key in keys[:at]:
            report.say((table, at), f"{what}“{key}”规定了两次，只能保留一条。")


def _meet(first: object, second: object) -> bool:
    return first is None or second is None or first == second


def deadlines(report: Report, rules: Sequence[DeadlineRule]) -> None:
    for (_, first), (at, second) in combinations(enumerate(rules), 2):
        if first.name == second.name and _overlap(first, second):
            label = DeadlineName.label_of(first.name)
            report.say(("deadline", at), f"“{label}”期限对同一类型、同一时段规定了两次，只能保留一条。")
    names = {rule.name for rule in rules}
    counting_back = {rule.name for rule in rules if isinstance(rule.length, Before)}
    if DeadlineName.REPLY not in names:
        report.say(("deadline",), "缺少答复期限（name = “reply”）。")
    for at, rule in enumerate(rules):
        place = ("deadline", at)
        if isinstance(rule.length, Before):
            _check_before(report, (*place, "length"), rule, rule.length, names, counting_back)
        if rule.maximum and isinstance(rule.length, Length):
            _check_maximum(report, (*place, "maximum"), rule.length, rule.maximum)
        if not rule.met_by and rule.alerts:
            report.say((*place, "alerts"), "没有met_by的期限只供查阅、不会运行，不能设提醒。")
    _check_extension(report, rules)


def _overlap(first: DeadlineRule, second: DeadlineRule) -> bool:
    same_kind = _meet(first.kind, second.kind) and _meet(first.period, second.period)
    if bool(first.levels or first.proposers) != bool(second.levels or second.proposers):
        return False
    levels = not first.levels or not second.levels or set(first.levels) & set(second.levels)
    proposers = not first.proposers or not second.proposers or set(first.proposers) & set(second.proposers)
    return bool(same_kind and levels and proposers)


def _check_before(
    report: Report,
    place: tuple[str | int, ...],
    rule: DeadlineRule,
    length: Before,
    names: set[str],
    counting_back: set[str],
) -> None:
    if length.deadline not in names:
        report.say(place, f"“{length.deadline}”不是本规则包里的期限，可用的有：{'、'.join(sorted(names))}。")
    elif length.deadline == rule.name:
        report.say(place, "期限不能以自己为准倒推。")
    elif length.deadline in counting_back:
        report.say(place, f"“{length.deadline}”自己也是倒推的，请以直接计算的期限为准。")


def _check_maximum(report: Report, place: tuple[str | int, ...], length: Length, maximum: Length) -> None:
    if rough_days(maximum) < rough_days(length):
        report.say(place, f"最长期限{say_length(maximum)}比期限本身（{say_length(length)}）还短。")


def _check_extension(report: Report, rules: Sequence[DeadlineRule]) -> None:
    """The outer limit of an extension stands as a rule of its own and as the reply's maximum: they must agree."""
    outer = [(at, rule) for at, rule in enumerate(rules) if rule.name == DeadlineName.EXTENSION_MAX]
    for at, limit in outer:
        for rule in rules:
            if rule.name != DeadlineName.REPLY or not _overlap(limit, rule):
                continue
            if rule.maximum and rule.maximum != limit.length:
                report.say(("deadline", at), "延期上限与答复期限的maximum不一致，请改成一样。")


def mark_schemes(report: Report, schemes: Sequence[MarkScheme]) -> None:
    names = [scheme.name for scheme in schemes]
    for at, scheme in enumerate(schemes):
        place = ("mark_scheme", at)
        if scheme.name in names[:at]:
            report.say((*place, "name"), f"方案名称“{scheme.name}”用了两次，类别要随方案保存，名称不能相同。")
        taken: dict[str, str] = {}
        for number, mark in enumerate(scheme.marks):
            for word in dict.fromkeys((mark.code, mark.label, *mark.synonyms)):
                if word in taken:
                    other = taken[word]
                    report.say(
                        (*place, "mark", number), f"“{word}”既指{other}又指{mark.code}，台账里会分不清。"
                    )
                taken.setdefault(word, mark.code)


def letters(report: Report, entries: Sequence[Letter]) -> None:
    for at, entry in enumerate(entries):
        for key, pattern in (("title", entry.title), ("number", entry.number)):
            try:
                names = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
            except ValueError:
                report.say(("letter", at, key), f"{key}里的花括号不成对。")
                continue
            if unknown := sorted(names - PLACEHOLDERS):
                known = "、".join(sorted(PLACEHOLDERS))
                report.say(("letter", at, key), f"{key}里不认识{'、'.join(unknown)}，可用的有：{known}。")
