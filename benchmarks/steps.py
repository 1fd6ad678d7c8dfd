"""Steps per second through the runner: whole lives of items, and the same rows by plain ORM inserts."""

import statistics
import sys

from benchmarks import part

part.begin()

from django.db import connection  # noqa: E402

from benchmarks import lives, rows  # noqa: E402
from huiyin.journal.models import Event  # noqa: E402
from tests.people import city as make_city  # noqa: E402

RUNS = 5
FAR = 10_000_000  # where the ids of the rows written by hand begin


def main(items: int) -> None:
    """The lives first, then the same rows by hand, run beside run."""
    part.prepare()
    city = make_city()
    people = lives.pool(city)
    lives.whole(lives.of_item(city, people, 1), 1)
    each = items // RUNS
    runs, made = [], []
    for run in range(RUNS):
        before = Event.objects.count()
        numbers = range(2 + run * each, 2 + (run + 1) * each)
        spent, found = part.timed(
            lambda nth=numbers: [lives.whole(lives.of_item(city, people, n), n) for n in nth]
        )
        runs.append((Event.objects.count() - before, spent))
        made.append(found)
    steps = Event.objects.count()
    memory = part.peak_memory()
    plain = [part.timed(rows.ByHand([rows.rows_of(item) for item in found], FAR).insert)[0] for found in made]
    told = {
        "database": connection.vendor,
        "steps": steps,
        "per_item": round(steps / (items + 1), 1),
        "per_second": statistics.median(count / spent for count, spent in runs),
        "by_hand": statistics.median(run[0] / hand for run, hand in zip(runs, plain, strict=True)),
        "ratio": statistics.median(run[1] / hand for run, hand in zip(runs, plain, strict=True)),
        "memory": memory,
    }
    part.say(
        f"{told['database']}: {told['per_second']:.0f} steps a second, {told['ratio']:.2f} times by hand"
    )
    part.tell(told)


if __name__ == "__main__":
    main(int(sys.argv[1]))
