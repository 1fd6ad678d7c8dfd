"""Reading and writing ledgers as files: pure, without a database. The steps that a row stands for are run elsewhere."""

from huiyin.ledgers.reading.columns import STANDARD
from huiyin.ledgers.reading.ledger import look_through, read_ledger
from huiyin.ledgers.reading.shapes import (
    INDIVIDUAL,
    Column,
    Contact,
    Ledger,
    LedgerError,
    MarkedError,
    Problem,
    ProblemKind,
    Promise,
    Proposer,
    RefusedRow,
    Row,
    SkippedRow,
    Units,
    UntitledError,
)
from huiyin.ledgers.reading.writing import write_ledger, write_refused

__all__ = [
    "INDIVIDUAL",
    "STANDARD",
    "Column",
    "Contact",
    "Ledger",
    "LedgerError",
    "MarkedError",
    "Problem",
    "ProblemKind",
    "Promise",
    "Proposer",
    "RefusedRow",
    "Row",
    "SkippedRow",
    "Units",
    "UntitledError",
    "look_through",
    "read_ledger",
    "write_ledger",
    "write_refused",
]
