"""A home of any size: the year made by real steps, and its finished items cloned in SQL, without events.

The one place that writes past the runner (design: budgets). The items in hand are not cloned: what grows with
the years is the archive, not the work of today.
"""

import sys
from datetime import date, timedelta

from benchmarks import part

part.begin()

from django.db import connection  # noqa: E402
from django.db.models import Max, Model  # noqa: E402

from benchmarks import lives  # noqa: E402
from benchmarks.rows import hanging, links, unchecked_links  # noqa: E402
from huiyin.people.models import Unit  # noqa: E402
from huiyin.proposals.models import Plenary, Proposal  # noqa: E402
from tests.people import city as make_city  # noqa: E402

PLENARIES = 9  # the clones are spread over as many plenaries of the same year
UNITS = 20  # and each unit's shares over as many units, so that a unit's own work stays a unit's
APART = 1000  # ids of a unit and of its next clone lie so far from each other
STEP = 250  # copies of the year a transaction


def base() -> None:
    """The year of 436 items, by real steps."""
    part.prepare()
    lives.year(make_city())
    # The plenary with items is the latest: it is what a desk begins with.
    Plenary.objects.exclude(code="zx12-4").update(opened_on=date(2020, 1, 3))
    _analyze()


def grow(items: int) -> None:
    """Clone the finished items until there are as many."""
    tables = hanging()
    finished = Proposal.objects.filter(answer_closed_at__isnull=False)
    each = finished.count()
    copies = max(0, -(-(items - Proposal.objects.count()) // each))
    stride = 1 + max(model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in tables)
    first = _plenaries()
    _units()
    keys = list(finished.values_list("pk", flat=True))
    with unchecked_links(), connection.cursor() as cursor:
        _seed(cursor, tables, keys)
        indexes = _without_indexes(cursor, tables)
        for start in range(1, copies + 1, STEP):
            cursor.execute("DELETE FROM copies")
            numbers = range(start, min(start + STEP, copies + 1))
            cursor.executemany("INSERT INTO copies VALUES (%s)", [[n] for n in numbers])
            for model in tables:
                cursor.execute(_copying(model, tables, stride, first))
            part.say(f"{connection.vendor}: {numbers[-1]} of {copies} copies")
        for statement in indexes:
            cursor.execute(statement)
    _analyze()


def _plenaries() -> int:
    """Plenaries of the same year for the clones; gives the first one's id, the others follow it."""
    model = Plenary.objects.get(code="zx12-4")
    last = Plenary.objects.aggregate(last=Max("pk"))["last"]
    for place in range(1, PLENARIES + 1):
        Plenary.objects.create(
            pk=last + place,
            code=f"clone-{place}",
            jurisdiction=model.jurisdiction,
            assembly=model.assembly,
            term=model.term,
            meeting=10 + place,
            label=f"{model.label}（{place}）",
            opened_on=model.opened_on - timedelta(days=1),
            closed_on=model.closed_on,
            pack_code=model.pack_code,
        )
    return int(last) + 1


def _units() -> None:
    for unit in list(Unit.objects.all()):
        for place in range(1, UNITS):
            Unit.objects.create(
                pk=unit.pk + place * APART, jurisdiction=unit.jurisdiction, name=f"{unit.name}（{place}）"
            )


def _seed(cursor, tables: dict[type[Model], str], keys: list[int]) -> None:
    cursor.execute("CREATE TEMPORARY TABLE copies (n bigint)")
    for model, path in tables.items():
        table = model._meta.db_table
        found = model._default_manager.filter(**{f"{path}__in": keys}).values_list("pk", flat=True)
        chosen = ",".join(str(pk) for pk in found) or "NULL"
        cursor.execute(f"CREATE TEMPORARY TABLE seed_{table} AS SELECT * FROM {table} WHERE id IN ({chosen})")


def _without_indexes(cursor, tables: dict[type[Model], str]) -> list[str]:
    """Take the plain indexes away while rows pour in; gives the statements that make them again."""
    names = [model._meta.db_table for model in tables]
    marks = ",".join(["%s"] * len(names))
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -2000000")
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL AND tbl_name IN ({marks})",
            names,
        )
    else:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = 'public' AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
            f" AND tablename IN ({marks})",
            names,
        )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def _copying(model: type[Model], tables: dict[type[Model], str], stride: int, first: int) -> str:
    """INSERT … SELECT of every seed row for every copy, ids and links shifted alike."""
    table, into, taken = model._meta.db_table, [], []
    linked = {field.column: field.related_model for field in links(model)}
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        into.append(column)
        if field.primary_key or linked.get(field.column) in tables:
            taken.append(f"s.{column} + c.n * {stride}")
        elif field.column in linked and linked[field.column]._meta.label_lower == "journal.event":
            taken.append("NULL")
        elif linked.get(field.column) is Unit:
            taken.append(f"s.{column} + c.n % {UNITS} * {APART}")
        elif model is Proposal and field.name == "plenary":
            taken.append(f"{first} + c.n % {PLENARIES}")
        elif model is Proposal and field.name == "number":
            taken.append(f"s.{column} || '-' || c.n")
        else:
            taken.append(f"s.{column}")
    return (
        f"INSERT INTO {table} ({','.join(into)}) SELECT {','.join(taken)}"
        f" FROM copies c CROSS JOIN seed_{table} s ORDER BY c.n, s.id"
    )


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        spent, _ = part.timed(lambda: grow(int(sys.argv[1])))
    else:
        spent, _ = part.timed(base)
    part.tell({"items": Proposal.objects.count(), "seconds": spent, "memory": part.peak_memory()})
