"""Taking a whole import back: every item that it made becomes void, while nothing has been done on it since."""

from huiyin.clock.now import now
from huiyin.handling.steps import void
from huiyin.journal.step import Call
from huiyin.journal.work import work
from huiyin.ledgers import steps
from huiyin.ledgers.importing.report import Told, unheard
from huiyin.ledgers.models import LedgerImport
from huiyin.people.actor import Actor

BATCH = 100
REASON = "撤销台账导入"


def undo_import(
    ledger_import: LedgerImport, *, actor: Actor, started: Told = unheard, advanced: Told = unheard
) -> int:
    """Void what the import made, in transactions of whole items, and close it; returns how many. Raises Refused.

    Nobody was told of the items and nobody is told that they are gone. Stopped in the middle, it goes on where it was.
    """
    call = Call(steps.undo, ledger_import, actor, now(), {})
    if refused := steps.undo.refusal(call, steps.UNDOABLE):
        raise refused
    importing = actor.who_imports()
    started(steps.made_by(ledger_import).count())
    voided = 0
    while items := list(steps.made_by(ledger_import).order_by("pk")[:BATCH]):
        with work(history=True):
            for item in items:
                void(item, actor=importing, reason=REASON)
            advanced(len(items))
        voided += len(items)
    steps.undo(ledger_import, actor=actor)
    return voided
