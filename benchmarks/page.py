"""docs/benchmarks.md from what the parts have told."""

from collections.abc import Iterable
from typing import Any

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

HEAD = """# Benchmarks

Written by `make bench` (`python -m benchmarks --out docs/benchmarks.md`); ratios are what count, since everything
hand-written was run beside it, in the same process, on the same rows. Numbers are medians over runs. On SQLite,
which runs inside the process, seconds are processor time, so that other work on the machine does not stretch them;
on PostgreSQL they are seconds on the wall, and its cluster runs without fsync.
"""

STEPS = """## Steps through the runner

Whole lives of items, from the assembly to the closed answer and a promise carried out, one process, every step in a
transaction of its own with its event, texts, seal, deadlines, stages and notices. By hand: the same rows inserted by
plain ORM saves, one transaction a step, without any check, rule, deadline or stage being worked out. Aim: 250 a second on SQLite.
"""
IMPORT = """## A finished ledger

Every row a finished item (two proposers beside the first, lead and co-handler, two contacts, answer, promises, two
grades), taken in through the real steps in history mode. By hand: the rows of 200 items inserted by plain ORM saves
in one transaction, times the number of rows. Aim: 10,000 rows in five minutes.
"""
FIGURES = """## Figures

All figures that were also written by hand (all but those of hard items and what came after), of one plenary of 436
items and of all plenaries of the year, which is the whole table; by hand the same
numbers in SQL, one statement a subject, compared number by number before anything is timed. The larger tables are
the finished items of the year cloned in SQL without events. Aim: within twice the hand-written SQL.
"""
PAGES = """## Pages

Server time of a page as the named person opens it, queries made, and growth against the table of 436. Aim: no growth beyond
an index look-up. A list stands within a plenary unless all are asked for; counts stop at 10,000.
"""
MEMORY = """## Memory
"""


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def text(found: dict[str, Any]) -> str:
    parts = found["parts"]

    def of(name: str) -> list[dict[str, Any]]:
        return [part for part in parts if part["part"] == name]

    sections = [
        HEAD,
        table(("Machine", ""), found["machine"].items()),
        STEPS,
        _steps(of("steps")),
        IMPORT,
        _imports(of("importing")),
        FIGURES,
        _figures(of("figures")),
        PAGES,
        *(_pages(NAMES[name], [one for one in of("pages") if one["database"] == name]) for name in NAMES),
        MEMORY,
        _memory(found, of),
        f"The whole run took {found['minutes']:.0f} minutes on the wall.\n",
        "".join(f"This part failed and is missing here: {part}.\n" for part in found.get("failed", ())),
    ]
    return "\n".join(section for section in sections if section)


def _steps(parts: list[dict[str, Any]]) -> str:
    head = ("Database", "steps a second", "by hand", "times by hand", "steps an item", "steps run")
    return table(
        head,
        (
            (
                NAMES[one["database"]],
                f"{one['per_second']:.0f}",
                f"{one['by_hand']:.0f}",
                f"{one['ratio']:.1f}",
                one["per_item"],
                one["steps"],
            )
            for one in parts
        ),
    )


def _imports(parts: list[dict[str, Any]]) -> str:
    head = (
        "Database",
        "rows",
        "steps",
        "time",
        "rows a second",
        "by hand",
        "times by hand",
        "again",
        "memory",
    )
    return table(
        head,
        (
            (
                NAMES[one["database"]],
                f"{one['rows']:,}",
                f"{one['steps']:,}",
                seconds(one["seconds"]),
                f"{one['rows'] / one['seconds']:.0f}",
                seconds(one["by_hand"]),
                f"{one['seconds'] / one['by_hand']:.1f}",
                seconds(one["again"]),
                f"{one['memory']} MiB",
            )
            for one in parts
        ),
    )


def _figures(parts: list[dict[str, Any]]) -> str:
    rows = []
    for one in parts:
        for scope, label in (("plenary", "one plenary"), ("year", "the year")):
            told = one[scope]
            rows.append(
                (
                    NAMES[one["database"]],
                    f"{one['items']:,}",
                    f"{label} ({told['items']:,})",
                    seconds(told["seconds"]),
                    seconds(told["by_hand"]),
                    f"{told['ratio']:.2f}",
                    told["queries"],
                )
            )
    return table(("Database", "table", "scope (items)", "figures", "by hand", "times", "queries"), rows)


def _pages(database: str, parts: list[dict[str, Any]]) -> str:
    if not parts:
        return ""
    head = ["Page"]
    for one in parts:
        head += [f"{one['items']:,}: p50", "p95", "queries"]
    head.append("growth")
    rows = []
    for name in parts[0]["pages"]:
        row: list[object] = [name]
        for one in parts:
            told = one["pages"][name]
            row += [seconds(told["p50"]), seconds(told["p95"]), told["queries"]]
        row.append(f"{parts[-1]['pages'][name]['p50'] / parts[0]['pages'][name]['p50']:.1f}")
        rows.append(row)
    return f"### {database}\n\n{table(head, rows)}"


def _memory(found: dict[str, Any], of: Any) -> str:
    rows: list[tuple[str, str]] = []
    if serve := found.get("serve"):
        rows.append(
            ("`huiyin serve` on the largest SQLite table, after start", f"{serve['started']:.0f} MiB")
        )
        rows.append((f"the same after {serve['requests']} pages", f"{serve['peak']:.0f} MiB"))
    rows += [(f"import of {one['rows']:,} rows", f"{one['memory']} MiB") for one in of("importing")]
    rows += [(f"steps on {NAMES[one['database']]}", f"{one['memory']} MiB") for one in of("steps")]
    rows += [
        (f"figures over {one['items']:,} items on {NAMES[one['database']]}", f"{one['memory']} MiB")
        for one in of("figures")
    ]
    return table(("Peak memory of", ""), rows)
