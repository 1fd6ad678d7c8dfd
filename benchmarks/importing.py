"""A finished ledger taken in, beside the same rows by plain ORM inserts, and the memory of both."""

import sys
from pathlib import Path

from benchmarks import part

part.begin()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks import rows  # noqa: E402
from huiyin.journal.models import Event  # noqa: E402
from huiyin.ledgers.models import ImportRow  # noqa: E402
from huiyin.proposals.models import Proposal  # noqa: E402
from tests.ledgers.importing import makers  # noqa: E402
from tests.people import city as make_city  # noqa: E402

SAMPLE = 200  # items whose rows are written again by hand, as many as the import puts into a transaction


def main(count: int) -> None:
    part.prepare()
    city = make_city()
    with transaction.atomic():
        path: Path = makers.ledger(settings.HOME / "ledger.xlsx", *makers.many(count))
    spent, report = part.timed(lambda: makers.take_in(city, path))
    memory = part.peak_memory()
    again, _ = part.timed(lambda: makers.take_in(city, path))
    part.say(f"{connection.vendor}: {count} rows in {spent:.0f} s, {memory} MiB")
    items = Proposal.objects.order_by("pk")[:SAMPLE]
    hand = rows.ByHand([rows.rows_of(item) for item in items], 100_000_000)
    plain, _ = part.timed(lambda: hand.insert(together=True))
    part.tell(
        {
            "database": connection.vendor,
            "rows": count,
            "counts": report.counts(),
            "imported": ImportRow.objects.filter(created=True).count(),
            "steps": Event.objects.filter(pk__lt=100_000_000).count(),
            "seconds": spent,
            "again": again,
            "by_hand": plain / len(hand.lives) * count,
            "memory": memory,
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
