"""The house rules hold in every file, and each rule finds what it is meant to find."""

import pytest

from tests.project.rules import RULES, Rule
from tests.project.source import code_only, name_of

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_the_rule_finds_every_bad_line(rule: Rule) -> None:
    assert [line for line in rule.bad if not list(rule.breaks(line))] == []


@each_rule
def test_the_rule_lets_every_good_line_be(rule: Rule) -> None:
    assert [line for line in rule.good if list(rule.breaks(line))] == []


@each_rule
def test_the_rule_holds_in_every_file(rule: Rule) -> None:
    found = [
        f"{name_of(path)}:{line}: {rule.why}"
        for path in rule.files()
        for line in rule.breaks(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@each_rule
def test_whoever_may_break_the_rule_exists(rule: Rule) -> None:
    names = {name_of(path) for path in Rule.files(Rule("", "", "", (), (), rule.folders))}
    assert set(rule.allowed_in) <= names


def test_blanking_out_strings_keeps_every_line_in_its_place() -> None:
    text = 'a = """one\ntwo"""  # three\nb = a\n'
    assert [line.rstrip() for line in code_only(text).split("\n")] == ["a =", "", "b = a"]
    assert [len(line) for line in code_only(text).split("\n")] == [len(line) for line in text.splitlines()]
