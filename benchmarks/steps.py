"""Steps per second through the runner: whole lives of items, and the same rows by plain ORM inserts."""

import statistics
import sys

from benchmarks import part

part.begin()

from django.db import connection  # noqa: E402
from django.db.models import Max  # noqa: E402

from benchmarks import lives, rows  # noqa: E402
from huiyin.journal.models import Event  # noqa: E402
from tests.people import city as make_city  # noqa: E402

RUNS = 5


def main(items: int) -> None:
    part.prepare()
    city = make_city()
    people = lives.pool(city)
    lives.whole(lives.of_item(city, people, 1), 1)
    each = items // RUNS
    speeds, ratios, by_hand = [], [], []
    first = 2
    for _ in range(RUNS):
        before = Event.objects.aggregate(last=Max("pk"))["last"]
        numbers = range(first, first + each)
        first += each
        spent, made = part.timed(
            lambda nth=numbers: [lives.whole(lives.of_item(city, people, n), n) for n in nth]
        )
        steps = Event.objects.filter(pk__gt=before).count()
        speeds.append(steps / spent)
        hand = rows.ByHand([rows.rows_of(item) for item in made], 10_000_000)
        plain = _taken_back(hand)
        by_hand.append(steps / plain)
        ratios.append(spent / plain)
        part.say(
            f"{connection.vendor}: {steps / spent:.0f} steps a second, {spent / plain:.2f} times by hand"
        )
    part.tell(
        {
            "database": connection.vendor,
            "steps": Event.objects.count(),
            "per_item": round(Event.objects.count() / (first - 1), 1),
            "per_second": statistics.median(speeds),
            "by_hand": statistics.median(by_hand),
            "ratio": statistics.median(ratios),
            "memory": part.peak_memory(),
        }
    )


def _taken_back(hand: rows.ByHand) -> float:
    """The time of the inserts; the rows stay, under ids far away, and are never looked at."""
    spent, _ = part.timed(hand.insert)
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
