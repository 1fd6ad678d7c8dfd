"""Database triggers that keep the journal append-only, published rules and frozen figures unchanged, on both databases.

Table rebuilds in a migration drop them, so `migrate` puts them back after every run and reading commands
refuse to work when one is missing.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = {
    "journal_event": ("UPDATE", "DELETE"),
    "journal_seal": ("UPDATE", "DELETE"),
    "journal_eventtext": ("UPDATE", "DELETE"),
    "rulepacks_packversion": ("UPDATE", "DELETE"),
    "reporting_snapshot": ("UPDATE", "DELETE"),
}
SENTENCE = "the journal is append-only; published rules and frozen figures never change"

# An erasure empties a text and keeps its digest; any other change of a text is refused.
ERASURE = (
    "NEW.erased AND NEW.text = '' AND NEW.digest = OLD.digest"
    " AND NEW.event_id = OLD.event_id AND NEW.name = OLD.name"
)

# What is let through all the same.
ALLOWED = {
    ("journal_eventtext", "UPDATE"): ERASURE,
    ("rulepacks_packversion", "UPDATE"): "OLD.published_at IS NULL",
    ("rulepacks_packversion", "DELETE"): "OLD.published_at IS NULL",
}

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION huiyin_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$
"""


def _name(table: str, act: str) -> str:
    return f"keep_{table}_{act.lower()}"


def wanted(vendor: str) -> dict[str, tuple[str, str]]:
    """Trigger name -> (table, act)."""
    extra = ("TRUNCATE",) if vendor == "postgresql" else ()
    return {_name(table, act): (table, act) for table, acts in KEPT.items() for act in acts + extra}


def present(connection: BaseDatabaseWrapper) -> set[str]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    return sorted(set(wanted(connection.vendor)) - present(connection))


def sentence(connection: BaseDatabaseWrapper) -> str | None:
    """What stops a reading command where the journal is not protected."""
    gone = missing(connection)
    if not gone:
        return None
    return f"日志的保护触发器缺失（{len(gone)}个）。请先查明原因，用 huiyin protect-journal 恢复后再重试。"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put back what is missing; nothing happens where all stand or a table does not exist yet."""
    tables = set(connection.introspection.table_names())
    there = present(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for name, (table, act) in wanted(connection.vendor).items():
            if table in tables and name not in there:
                cursor.execute(_create(connection.vendor, name, table, act))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; for tests that clear whole tables, and for nothing else."""
    with connection.cursor() as cursor:
        for name, (table, _) in wanted(connection.vendor).items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _create(vendor: str, name: str, table: str, act: str) -> str:
    allowed = ALLOWED.get((table, act))
    when = f" WHEN (NOT ({allowed}))" if allowed else ""
    if vendor == "postgresql":
        level = "STATEMENT" if act == "TRUNCATE" else "ROW"
        return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {level}{when} EXECUTE FUNCTION huiyin_keep()"
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
