"""Taking ledgers in: rows become items by the real steps, entered by the importing person on behalf of the units."""

from huiyin.ledgers.importing.known import Options
from huiyin.ledgers.importing.report import Report
from huiyin.ledgers.importing.run import import_ledger
from huiyin.ledgers.importing.undo import undo_import

__all__ = ["Options", "Report", "import_ledger", "undo_import"]
