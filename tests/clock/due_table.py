"""What the due table is made of. `python -m tests.clock.due_table` writes it anew; then read it line by line.

A rule is written as in a pack, in short: "3 months", "5 workdays", "06-30" (that date of the year), "20 days before
reply 2020-05-25"; then, where they differ from 民法典's way of counting, "same_day", "previous_workday" or "keep".
"with": "paused 10", "extended 2020-08-24". "known": the day whose knowledge of the holiday notices is used.
"""

import csv
import io
import sys
from datetime import date
from pathlib import Path

from huiyin.clock.due import Due, Other, due
from huiyin.clock.workdays import shipped_calendars
from huiyin.rulepacks.schema import Before, DeadlineRule, FixedDate, Length, Source

TABLE = Path(__file__).parent.parent / "tables" / "due.csv"
HEAD = ("start", "rule", "with", "known", "expected", "provisional", "reason")
CALENDARS = shipped_calendars()
SOURCE = Source("示例办理办法", article="第五条")

# start, rule, with, known
CASES = """
2020-02-24 | 3 months
2020-01-08 | 3 months
2019-11-30 | 3 months
2020-08-31 | 6 months
2020-05-31 | 1 months
2021-01-29 | 1 months
2021-01-31 | 1 months
2020-01-31 | 1 months
2020-03-31 | 6 months
2020-10-31 | 4 months
2023-10-31 | 4 months
2020-12-31 | 2 months
2021-02-28 | 1 months
2020-02-29 | 1 years
2020-02-29 | 4 years
2020-01-08 | 3 years
2021-01-20 | 3 years
2020-07-01 | 3 months
2021-02-11 | 2 months
2019-12-24 | 1 months
2020-02-24 | 3 months keep
2020-02-24 | 3 months previous_workday
2020-09-04 | 1 months previous_workday
2020-02-24 | 3 months same_day
2020-03-01 | 3 months same_day
2020-08-31 | 6 months same_day
2020-02-24 | 10 days
2020-02-24 | 10 days same_day
2020-09-21 | 10 days
2020-09-21 | 15 days keep
2020-02-24 | 5 workdays
2020-02-24 | 5 workdays same_day
2020-02-22 | 5 workdays
2020-02-22 | 5 workdays same_day
2020-01-17 | 3 workdays
2020-01-22 | 5 workdays | | 2020-01-25
2020-01-22 | 5 workdays
2020-04-24 | 7 workdays
2020-09-25 | 10 workdays
2020-06-24 | 30 workdays
2019-09-27 | 3 workdays
2019-04-26 | 3 workdays | | 2019-03-01
2019-04-26 | 3 workdays
2019-04-02 | 1 months | | 2019-03-01
2019-04-02 | 1 months
2015-09-01 | 3 workdays | | 2015-05-01
2015-09-01 | 3 workdays
2015-06-03 | 3 months | | 2015-05-12
2015-06-03 | 3 months
2015-08-06 | 1 months | | 2015-05-12
2015-08-06 | 1 months
2018-12-28 | 1 workdays | | 2018-11-01
2018-12-28 | 1 workdays
2007-12-28 | 1 workdays
2011-12-30 | 1 workdays
2025-01-24 | 5 workdays
2026-09-18 | 5 workdays
2026-10-09 | 1 workdays
2020-02-24 | 06-30
2020-02-24 | 08-31
2020-09-01 | 08-31
2020-08-31 | 08-31
2019-12-30 | 05-10
2021-03-01 | 02-29
2020-02-24 | 20 days before reply 2020-05-25
2020-02-24 | 10 workdays before reply 2020-05-25
2020-02-24 | 1 months before reply 2020-05-25
2020-02-24 | 3 months | paused 10
2020-04-20 | 5 workdays | paused 10
2020-02-24 | 3 months | extended 2020-08-24
2020-02-24 | 3 months | extended 2020-08-22
2020-02-24 | 3 months | extended 2020-08-24 paused 10
2026-11-24 | 3 months
2026-12-25 | 5 workdays
2026-12-25 | 30 workdays
2026-11-05 | 3 months
2027-03-02 | 2 months
2026-11-24 | 3 months keep
2020-11-20 | 3 months | | 2020-11-24
2020-11-20 | 3 months | | 2020-11-25
2021-01-20 | 3 years | | 2021-02-20
"""


def read_rule(text: str) -> tuple[DeadlineRule, Other | None]:
    words = text.split()
    other = None
    count_from = "same_day" if "same_day" in words else "next_day"
    rest = next((word for word in words if word in ("previous_workday", "keep")), "next_workday")
    length: Length | FixedDate | Before
    if "-" in words[0]:
        month, day = words[0].split("-")
        length = FixedDate(int(month), int(day))
    elif "before" in words:
        length = Before(Length(int(words[0]), words[1]), words[3])
        other = Other(words[3], date.fromisoformat(words[4]))
    else:
        length = Length(int(words[0]), words[1])
    rule = DeadlineRule(
        name="reply",
        starts="assignment.assign",
        length=length,
        source=SOURCE,
        met_by=("reply.issue",),
        count_from=count_from,
        if_rest_day=rest,
    )
    return rule, other


def counted(start: str, rule: str, more: str, known: str) -> Due:
    read, other = read_rule(rule)
    words = more.split()
    values = dict(zip(words[::2], words[1::2], strict=True))
    return due(
        read,
        date.fromisoformat(start),
        CALENDARS.as_known(date.fromisoformat(known)),
        other=other,
        paused_workdays=int(values.get("paused", 0)),
        extended_to=date.fromisoformat(values["extended"]) if "extended" in values else None,
    )


def rows() -> list[tuple[str, ...]]:
    found = []
    for line in CASES.strip().splitlines():
        start, rule, more, known, *_ = [part.strip() for part in f"{line} | | ".split("|")]
        known = known or "2026-11-20"
        result = counted(start, rule, more, known)
        provisional = "provisional" if result.provisional else ""
        reason = result.explanation.removesuffix("依据：《示例办理办法》第五条。")
        found.append((start, rule, more, known, result.due_on.isoformat(), provisional, reason))
    return found


def written() -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(rows())
    return out.getvalue()


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{TABLE.name}: {len(rows())}\n")
