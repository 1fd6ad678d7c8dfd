"""A ledger on its way in through the pages, as the tests bring it."""

from pathlib import Path

from huiyin.ledgers import drafts
from huiyin.ledgers.importing import Options
from huiyin.ledgers.models import DraftRow, ImportDraft
from huiyin.ledgers.working import work_off


def brought(city, path: Path, *, actor=None, **options: object) -> ImportDraft:
    """Uploaded, and waiting for its check if its title is known."""
    given = Options(**({"new_units": True} | options))
    actor = actor or city.lin_lan
    return drafts.bring(path.read_bytes(), path.name, city.plenary, actor=actor, options=given)


def checked(city, path: Path, **options: object) -> ImportDraft:
    draft = brought(city, path, **options)
    work_off()
    return again(draft)


def taken_in(city, path: Path, **options: object) -> ImportDraft:
    draft = checked(city, path, **options)
    drafts.take_in(draft, actor=city.lin_lan)
    work_off()
    return again(draft)


def again(draft: ImportDraft) -> ImportDraft:
    """As it stands now."""
    return ImportDraft.objects.select_related("plenary", "ledger_import").get(pk=draft.pk)


def outcomes(draft: ImportDraft) -> list[tuple[int, str]]:
    return list(DraftRow.objects.filter(draft=draft).values_list("row", "outcome").order_by("row"))
