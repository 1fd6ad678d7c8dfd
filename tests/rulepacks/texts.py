"""A small pack as text, and how to change it: what the tests of the loader read."""

from huiyin.rulepacks.loader import parse
from huiyin.rulepacks.problems import PackError, Problem
from huiyin.rulepacks.schema import Pack

SMALL = """\
[pack]
code = "sample"
label = "示例市"
version = "2020.1"
jurisdiction = "370300"
valid_from = 2020-01-01

[source.rule]
document = "示例市办理办法"
number = "示政发〔2020〕1号"
dated = 2020-01-01

[[deadline]]
name = "reply"
starts = "assignment.assign"
length = "3 months"
met_by = ["reply.issue"]
maximum = "6 months"
source = "rule"
article = "第五条"

[[mark_scheme]]
name = "sample-2020"
lettered = true
source = "rule"
[[mark_scheme.mark]]
code = "A"
label = "已经解决或者正在解决"
meanings = ["solved", "being_solved"]
synonyms = ["已解决", "正在解决"]
says = { "正在解决" = "being_solved" }
[[mark_scheme.mark]]
code = "B"
label = "留作参考"
meanings = ["reference"]

[[taxonomy]]
name = "category"
label = "类别"
classes = ["工交城建", "科教文卫体"]
source = "rule"

[[evaluation]]
dimensions = ["attitude", "result"]
grades = ["satisfied", "basic", "dissatisfied"]
source = "rule"
"""


def small(old: str = "", new: str = "", *, more: str = "") -> str:
    """The small pack with one passage changed and something added at its end."""
    assert old in SMALL, f"the sample has no {old!r}"
    return SMALL.replace(old, new, 1) + more


def entry(table: str, *lines: str) -> str:
    """An assumed entry to be added."""
    return "\n".join(["", f"[[{table}]]", *lines, "assumed = true", ""])


def read(old: str = "", new: str = "", *, more: str = "") -> Pack:
    return parse(small(old, new, more=more), file="sample.toml")


def problems(text: str) -> tuple[Problem, ...]:
    """Everything found wrong with a text; none where it is taken."""
    try:
        parse(text, file="sample.toml")
    except PackError as error:
        return error.problems
    return ()
