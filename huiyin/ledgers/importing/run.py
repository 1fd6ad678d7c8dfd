"""A whole file: rows go in by the real steps, in transactions of whole rows, so that a kill leaves nothing half done."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from django.db import IntegrityError, transaction

from huiyin.journal.work import Work, work
from huiyin.ledgers import steps
from huiyin.ledgers.importing import answers, intake, shares
from huiyin.ledgers.importing.filling import Filling
from huiyin.ledgers.importing.keeping import Keeping, Shown, place_of, unseen
from huiyin.ledgers.importing.known import NAME_LENGTH, Known, Options
from huiyin.ledgers.importing.moments import Moments
from huiyin.ledgers.importing.notes import Notes, RowRefused
from huiyin.ledgers.importing.report import CREATED, OUTCOMES, UNCHANGED, UPDATED, Report, Told, unheard
from huiyin.ledgers.importing.stored import Index, Item, load_items
from huiyin.ledgers.models import ImportRow, LedgerImport
from huiyin.ledgers.reading import Ledger, LedgerError, Row, read_ledger
from huiyin.people.actor import Actor
from huiyin.proposals.keys import title_key
from huiyin.proposals.models import Plenary
from huiyin.rulepacks.schema import Pack
from huiyin.rulepacks.store import version_in_force

BATCH = 100
"""Rows a transaction: half of what the runner allows, so that nobody else waits long."""

TAXONOMY_LENGTH = 40
ADOPTED = "采纳"


def import_ledger(
    path: Path,
    plenary: Plenary,
    *,
    actor: Actor,
    options: Options = Options(),  # noqa: B008  frozen
    read: Told = unheard,
    started: Told = unheard,
    advanced: Told = unheard,
    shown: Shown = unseen,
    name: str = "",
    record: LedgerImport | None = None,
) -> Report:
    """Take a ledger in. Raises LedgerError where the file as a whole is of no use.

    read, started, advanced: told how many rows have been read so far, how many there are and how many have been done,
    for a progress bar; what is told of rows that go in stands in the transaction of those rows. shown: what a check
    says of each row. record: the import to go on with; its rows that are done already are passed over.
    """
    pack = version_in_force(plenary.pack_code, plenary.opened_on).pack
    ledger = read_for(path, plenary, options, read)
    started(ledger.total)
    keeping = Keeping(
        Report(ignored=ledger.ignored, columns=ledger.columns, problems=list(ledger.problems)),
        advanced,
        shown if options.dry_run else None,
    )
    taking_in = _TakingIn(ledger, plenary, pack, actor, options, keeping)
    if record is None:
        with _taken_back() if options.dry_run else nullcontext():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            begun = steps.start(plenary, actor=actor, file_name=name or path.name, digest=digest)
        record = begun.subject
    return taking_in.run(record)


def read_for(path: Path, plenary: Plenary, options: Options, met: Told = unheard) -> Ledger:
    """Read a file against the rules of a plenary. Raises LedgerError."""
    if len(options.new_classes) > TAXONOMY_LENGTH:
        raise LedgerError(f"分类法的名称最多{TAXONOMY_LENGTH}个字，请改短后重新导入")
    pack = version_in_force(plenary.pack_code, plenary.opened_on).pack
    return read_ledger(
        path,
        marks=marks_by_word(pack, plenary),
        opened_on=plenary.opened_on,
        column_map=options.column_map,
        met=met,
    )


def marks_by_word(pack: Pack, plenary: Plenary) -> dict[str, str]:
    """Every word for a mark of the plenary's kind that this pack knows: its code, its label, what else it is called.

    采纳 (adopted) does not say whether anything is solved. It is a word of other places' schemes and counts only
    where the pack's own labels speak of it.
    """
    words = pack.mark_words(plenary.kind)
    labels = {mark.label for mark in pack.mark_scheme(plenary.kind).marks}
    own = any(ADOPTED in label for label in labels)
    return {word: code for word, code in words.items() if own or word in labels or ADOPTED not in word}


def _take_over(pk: int, row: Row, unattributed: Mapping[str, str]) -> None:
    """What an earlier row had to keep apart and this one has found a place for is not apart any more."""
    placed = {
        heading
        for heading, name in row.columns.items()
        if row.cells.get(name) and heading not in unattributed
    }
    for earlier in ImportRow.objects.filter(proposal=pk).exclude(unattributed={}):
        left = {heading: text for heading, text in earlier.unattributed.items() if heading not in placed}
        if left != earlier.unattributed:
            earlier.unattributed = left
            earlier.save(update_fields=["unattributed"])


@contextmanager
def _taken_back() -> Iterator[None]:
    """What a check does is done in earnest and then undone, so that it says what the import would say."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _by_title(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in groups of about a batch: those of one title, which alone may mean one item, are in the same group."""
    same: dict[str, list[Row]] = {}
    for row in rows:
        same.setdefault(title_key(row.title), []).append(row)
    group: list[Row] = []
    for of_title in same.values():
        group += of_title
        if len(group) >= BATCH:
            yield group
            group = []
    if group:
        yield group


class _TakingIn:
    """The running state of one import."""

    def __init__(
        self,
        ledger: Ledger,
        plenary: Plenary,
        pack: Pack,
        actor: Actor,
        options: Options,
        keeping: Keeping,
    ) -> None:
        self.ledger, self.plenary, self.keeping = ledger, plenary, keeping
        self.actor = actor
        self.importing = actor.who_imports()
        self.dry_run = options.dry_run
        self.known = Known(plenary, pack, options)
        self.index = Index(plenary, ledger.rows)
        self.several = len(ledger.sheets) > 1
        self.report = keeping.report

    def run(self, record: LedgerImport) -> Report:
        self.keeping.record = record
        if not self.dry_run:
            self._pass_over_done(record)
        with transaction.atomic():
            self.keeping.refused_when_read(self.ledger)
            self.keeping.settle()
        if self.dry_run:
            self._check()
        else:
            self._take_in(self.ledger.rows)
        order = {sheet: place for place, sheet in enumerate(self.ledger.sheets)}
        self.report.problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
        if not self.dry_run:
            self.report.import_id = record.pk
            outcome = {"ignored": list(self.ledger.ignored)} | self.report.counts()
            steps.finish(record, actor=self.actor, outcome=outcome)
        return self.report

    def _pass_over_done(self, record: LedgerImport) -> None:
        """An import that was cut off goes on with the rows that have no record yet."""
        done = set(record.rows.order_by().values_list("sheet", "row"))
        if not done:
            return
        self.ledger = replace(
            self.ledger,
            rows=tuple(row for row in self.ledger.rows if place_of(row.sheet, row.row) not in done),
            refused=tuple(row for row in self.ledger.refused if place_of(row.sheet, row.row) not in done),
        )
        for outcome in OUTCOMES:
            setattr(self.report, outcome, record.outcome[outcome])
        made = record.rows.filter(created=True).order_by()
        self.index.made |= set(made.values_list("proposal", flat=True))

    def _check(self) -> None:
        """Group by group, each taken back at once: whoever else writes waits for a group, not for the whole file."""
        for group in _by_title(self.ledger.rows):
            known = self.known
            self.known = known.apart()
            with _taken_back():
                self._take_in(group)
            self.known = known
            self.keeping.settle()

    def _take_in(self, rows: Iterable[Row]) -> None:
        waiting = deque(rows)
        while waiting:
            ahead = [waiting[place] for place in range(min(BATCH, len(waiting)))]
            self.known.take_in((row for row in ahead if not self._objection(row)), self.importing)
            with work(history=True) as running:
                self._batch(waiting, running)
                if not self.dry_run:
                    self.keeping.settle()

    def _batch(self, waiting: deque[Row], running: Work) -> None:
        """Rows until the batch is full, or until one means an item that this batch has touched already: what is
        stored of it can be read once the batch is written.
        """
        ahead = [waiting[place] for place in range(min(BATCH, len(waiting)))]
        found = {pk for row in ahead if (pk := self.index.find(row)) is not None}
        items = load_items(found)
        touched: set[int] = set()
        for row in ahead:
            pk = self.index.find(row)
            if pk in touched:
                return
            item = items.get(pk) if pk is not None else None
            if pk is not None and item is None:
                return
            touched.add(self._row(waiting.popleft(), item, running))

    def _objection(self, row: Row) -> RowRefused | None:
        """What the database alone can say against a row."""
        if self.index.has_another_title(row):
            what = f"编号“{row.number}”在本届次已用于另一标题的{self._kind()}，请核对编号"
            return RowRefused("编号", what, "number_twice")
        if long := [name for name in row.units.named if len(name) > NAME_LENGTH]:
            what = f"单位名称“{long[0][:20]}…”超过{NAME_LENGTH}个字，请核对是否几个单位没有用顿号分开"
            return RowRefused(self._unit_column(row, long[0]), what, "unit_length")
        if unknown := self.known.unknown_units(row):
            names = "、".join(unknown)
            what = f"没有名为“{names}”的承办单位，请先增加单位，或允许随台账增加新单位"
            return RowRefused(self._unit_column(row, unknown[0]), what, "unknown_unit")
        if name := self.known.kept_out_of(row):
            column = self._unit_column(row, name) if name in row.units.named else "提案者"
            return RowRefused(column, self.known.kept_out[name], "kept_out")
        return None

    def _kind(self) -> str:
        return self.plenary.kind.label

    def _unit_column(self, row: Row, name: str) -> str:
        if "承办单位" in row.columns:
            return "承办单位"
        named = {"主办单位": row.units.leads, "会办单位": row.units.co, "分办单位": row.units.separate}
        return next(column for column, names in named.items() if name in names)

    def _row(self, row: Row, item: Item | None, running: Work) -> int:
        """One row, whole or not at all; the item that it means."""
        notes = Notes(row, self.several)
        moments = Moments.of(row, self.plenary.opened_on)
        filling = Filling(row, self.known, self.importing, moments, notes, running, item)
        mark = len(running.events)
        try:
            if objection := self._objection(row):
                raise objection
            with running.row():
                self._fill(filling)
        except (RowRefused, IntegrityError) as refusal:
            self.keeping.refuse(filling, refusal)
            return item.proposal.pk if item else 0
        made = running.events[mark:]
        notes.waived(gap for event in made for gap in event.gaps)
        pk = filling.stored.proposal.pk
        (self.index.add if filling.created else self.index.update)(pk, row)
        self.known.classes |= filling.new_classes
        outcome = CREATED if filling.created else UPDATED if filling.steps else UNCHANGED
        self.report.problems += notes.problems
        problems = [*row.problems, *notes.problems]
        if outcome == UPDATED:
            _take_over(pk, row, filling.unattributed)
        kept = self.keeping.keep(row.sheet, row.row, dict(row.cells), problems, outcome)
        kept.proposal_id, kept.created, kept.unattributed = pk, filling.created, filling.unattributed
        kept.last_event = made[-1].pk if made else None
        return pk

    def _fill(self, filling: Filling) -> None:
        if filling.item is None:
            intake.receive(filling)
        else:
            intake.supplement(filling)
        self._tell_long_names(filling)
        shares.give(filling)
        shares.log_contacts(filling)
        answers.answer(filling)

    def _tell_long_names(self, filling: Filling) -> None:
        for column, names in (("提案者", [filling.row.proposer.name]), ("联名", filling.row.cosigners)):
            if any(len(name) > NAME_LENGTH for name in names):
                what = f"名称超过{NAME_LENGTH}个字，只登记了前{NAME_LENGTH}个字，全文保留在导入记录上"
                filling.notes.problem(column, what, "name_length")
                filling.keep_apart(column)
