"""Tables that people read: written from what is, and held against what stands in the repository.

With HUIYIN_WRITE_TABLES=1 the committed file is written anew; the difference is what is looked at in a review.
"""

import csv
import os
from pathlib import Path

TABLES = Path(__file__).parents[1] / "tables"


def read(name: str) -> list[list[str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(name: str, rows: list[list[str]]) -> None:
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def differences(name: str, rows: list[list[str]]) -> list[str]:
    """What the table says otherwise than it is, row by row, named by the first cells."""
    if os.environ.get("HUIYIN_WRITE_TABLES"):
        write(name, rows)
    stored = {tuple(row[:2]): row for row in read(name)}
    found = {tuple(row[:2]): row for row in rows}
    said = [f"no row for {key}" for key in found.keys() - stored.keys()]
    said += [f"a row too many: {key}" for key in stored.keys() - found.keys()]
    heads = rows[0]
    for key in found.keys() & stored.keys():
        for head, is_so, says in zip(heads, found[key], stored[key], strict=True):
            if is_so != says:
                said.append(f"{key} {head}: the table says “{says}”, it is “{is_so}”")
    return said
