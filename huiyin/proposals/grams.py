"""关键词: the pairs of characters that an item's texts hold, by which the database finds it without reading every text.

Chinese has no spaces to cut words at, so what is kept are pairs. They only narrow: whether an item holds a word is
said by its texts. The table is plain; the index over it is FTS5 on SQLite and GIN on PostgreSQL.
"""

import re
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    from huiyin.proposals.models import Proposal

TEXTS = ("title", "situation", "analysis", "text")
MANY = 50_000  # a word in more items than these fills a page soonest where the list is just read on
RUN = re.compile(r"[^\W_]{2,}")

# To the ASCII tokenizer every character beyond ASCII is a letter: a pair stays as it is written here.
TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS proposals_gramsindex USING fts5"
    "(grams, content='proposals_grams', content_rowid='proposal_id', tokenize='ascii', detail=none)"
)
INDEX = {
    "sqlite": (
        TABLE,
        "CREATE TRIGGER IF NOT EXISTS grams_insert AFTER INSERT ON proposals_grams BEGIN {new} END",
        "CREATE TRIGGER IF NOT EXISTS grams_delete AFTER DELETE ON proposals_grams BEGIN {old} END",
        "CREATE TRIGGER IF NOT EXISTS grams_update AFTER UPDATE ON proposals_grams BEGIN {old} {new} END",
    ),
    "postgresql": (
        "CREATE INDEX IF NOT EXISTS grams_index ON proposals_grams USING gin (string_to_array(grams, ' '))",
    ),
}
NEW = "INSERT INTO proposals_gramsindex(rowid, grams) VALUES (NEW.proposal_id, NEW.grams);"
OLD = (
    "INSERT INTO proposals_gramsindex(proposals_gramsindex, rowid, grams)"
    " VALUES ('delete', OLD.proposal_id, OLD.grams);"
)


def grams_of(*texts: str) -> str:
    """Every pair of neighbouring letters or digits, once each; whatever a database holds to be the same, alike."""
    return " ".join(
        sorted(
            {
                run[place : place + 2]
                for text in texts
                for run in RUN.findall(_folded(text))
                for place in range(len(run) - 1)
            }
        )
    )


def _folded(text: str) -> str:
    """In capitals, as databases compare: one character for one; those that would become two join no pair."""
    upper = text.upper()
    if len(upper) == len(text):
        return upper
    return "".join(char.upper() if len(char.upper()) == 1 else " " for char in text)


def grams_of_item(proposal: "Proposal") -> str:
    """The number as people write it, so that 127, 127号 and 第127号 are all within it."""
    number = f"第{proposal.number}号" if proposal.number else ""
    return grams_of(number, *(getattr(proposal, name) for name in TEXTS))


def keep_grams(proposal: "Proposal") -> None:
    """In every step that has written the number or a text of the item."""
    Grams.objects.bulk_create(
        [Grams(proposal=proposal, grams=grams_of_item(proposal))],
        update_conflicts=True,
        unique_fields=["proposal"],
        update_fields=["grams"],
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """The index, of which Django's migrations know nothing, and the pairs of items from before it."""
    if "proposals_grams" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in INDEX[connection.vendor]:
            cursor.execute(statement.format(new=NEW, old=OLD))
    keep_missing()


def keep_missing() -> None:
    """Those of items from before there was an index."""
    items: Any = apps.get_model("proposals.Proposal").objects
    for pk in list(items.filter(grams=None).order_by("pk").values_list("pk", flat=True)):
        keep_grams(items.only("number", *TEXTS).get(pk=pk))


class GramsField(models.TextField):
    """Pairs with a space between them."""


@GramsField.register_lookup
class HasAll(models.Lookup):
    """Every one of these pairs."""

    lookup_name = "has_all"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        item = f'{connection.ops.quote_name(self.lhs.alias)}."proposal_id"'
        index = "SELECT rowid FROM proposals_gramsindex WHERE proposals_gramsindex MATCH %s"
        return f"{item} IN ({index})", [" ".join(f'"{pair}"' for pair in self.rhs.split())]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        return f"string_to_array({sql}, ' ') @> string_to_array(%s, ' ')", [*params, self.rhs]


class GramsQuerySet(models.QuerySet["Grams"]):
    def likely(self, word: str) -> models.QuerySet["Grams"] | None:
        """Those with every pair of a word; None where it has no pair, or so many have them that it does not narrow."""
        pairs = grams_of(word)
        found = self.filter(grams__has_all=pairs).order_by() if pairs else None
        return None if found is None or found.values("pk")[: MANY + 1].count() > MANY else found


class Grams(models.Model):
    """The pairs of one item, derived from its number and texts."""

    proposal = models.OneToOneField("proposals.Proposal", models.CASCADE, related_name="grams")
    grams = GramsField()

    objects = GramsQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索字"
