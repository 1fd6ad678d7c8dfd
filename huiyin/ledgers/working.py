"""The work on drafts, outside any request: claimed, told how far it has come, taken up again where it was killed.

A claim is a conditional write on a draft that nobody works on; every word of progress is one on the claim, in the
transaction of the rows it is about. Whoever has lost the claim writes nothing more: no row is done twice.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from huiyin.clock.now import now, today
from huiyin.journal.step import Refused
from huiyin.ledgers import steps
from huiyin.ledgers.drafts import as_file, columns_of, options_of
from huiyin.ledgers.importing import Report, import_ledger, undo_import
from huiyin.ledgers.importing.report import REFUSED
from huiyin.ledgers.models import DraftRow, ImportDraft, ImportRow, Job
from huiyin.ledgers.reading import LedgerError, MarkedError
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.proposals.models import Proposal

TITLE_LENGTH = 500
TRIES = 3
BROKEN = "{label}几次都没有做完，已经停下，做完的仍然有效。请告诉系统管理员查看。"


class LostError(Exception):
    """Somebody else has the work now, or it was asked for anew."""


def work_off() -> int:
    """Do everything that waits; returns how many drafts were worked on."""
    count = 0
    while (draft := claim()) is not None:
        _Working(draft).go()
        count += 1
    return count


def claim() -> ImportDraft | None:
    """The first draft that waits, taken by this process alone."""
    worker, at = uuid4().hex, now()
    for pk in ImportDraft.objects.waiting(at).order_by("pk").values_list("pk", flat=True):
        free = ImportDraft.objects.waiting(at).filter(pk=pk)
        if free.update(worker=worker, beat_at=at, rows=0, done=0, tries=F("tries") + 1):
            drafts = ImportDraft.objects.select_related("plenary__jurisdiction", "post", "ledger_import")
            return drafts.filter(pk=pk, worker=worker).first()
    return None


class _Working:
    """One draft while this process has it."""

    def __init__(self, draft: ImportDraft) -> None:
        self.draft = draft
        self.mine = ImportDraft.objects.filter(pk=draft.pk, worker=draft.worker)

    def go(self) -> None:
        """Stopped or failed, it leaves the work free for the next at once."""
        if self.draft.tries > TRIES:
            self._end(failure=BROKEN.format(label=Job(self.draft.job).label))
            return
        try:
            {Job.CHECK: self._check, Job.IMPORT: self._import, Job.UNDO: self._undo}[Job(self.draft.job)]()
        except LostError:
            return
        except MarkedError as error:
            self._end(failure=f"{error}。文件没有保存，请处理后重新上传。", content=b"")
        except LedgerError as error:
            self._end(failure=f"{error}。")
        except Refused as refused:
            self._end(failure=refused.sentence)
        except BaseException:
            self.mine.update(worker="", beat_at=None)
            raise

    def _beat(self, **told: object) -> None:
        if not self.mine.update(beat_at=now(), **told):
            raise LostError

    def _read(self, rows: int) -> None:
        self._beat(rows=0, done=rows)

    def _started(self, rows: int) -> None:
        record = self.draft.ledger_import
        self._beat(rows=rows, done=record.rows.count() if record else 0)

    def _advanced(self, count: int) -> None:
        self._beat(done=F("done") + count, tries=0)

    def _end(self, failure: str = "", **more: object) -> None:
        self.mine.update(finished_at=now(), worker="", failure=failure, **more)

    def _actor(self) -> Actor:
        post = self.draft.post
        if not Post.objects.held_on(today()).filter(pk=post.pk).exists():
            raise Refused(f"{post.person.name}的任职已经结束，请由在任的人员打开这一页再办。")
        return Actor.of(post)

    def _take_in(self, path: Path, **more: object) -> Report:
        draft = self.draft
        return import_ledger(
            path,
            draft.plenary,
            actor=self._actor(),
            options=options_of(draft, dry_run=draft.job == Job.CHECK),
            read=self._read,
            started=self._started,
            name=draft.file_name,
            **more,  # type: ignore[arg-type]
        )

    def _check(self) -> None:
        with transaction.atomic():
            self._beat()
            DraftRow.objects.filter(draft=self.draft).delete()

        def show(rows: list[ImportRow]) -> None:
            with transaction.atomic():
                self._advanced(len(rows))
                DraftRow.objects.bulk_create(self._shown(rows))

        with as_file(self.draft.content, self.draft.file_name) as path:
            report = self._take_in(path, shown=show)
        if marked := [problem.sentence for problem in report.problems if problem.name == "classified"]:
            DraftRow.objects.filter(draft=self.draft).delete()
            raise MarkedError(marked[0].removesuffix("。"))
        self._end(outcome={**report.counts(), "ignored": list(report.ignored)})

    def _shown(self, rows: list[ImportRow]) -> Iterator[DraftRow]:
        """What has been taken back since is no item to point to."""
        found = {row.proposal_id for row in rows if row.proposal_id and not row.created}
        standing = set(Proposal.objects.filter(pk__in=found).order_by().values_list("pk", flat=True))
        titles = [column["name"] for column in columns_of(self.draft) if column["now"] == "案由"]
        for row in rows:
            title = next(filter(None, (row.cells.get(name, "") for name in titles)), "")
            yield DraftRow(
                draft=self.draft,
                sheet=row.sheet,
                row=row.row,
                title=title[:TITLE_LENGTH],
                outcome=row.outcome,
                proposal_id=row.proposal_id if row.proposal_id in standing else None,
                problems=row.problems,
                cells=row.cells if row.outcome == REFUSED else {},
            )

    def _import(self) -> None:
        draft = self.draft
        if draft.ledger_import is None:
            with transaction.atomic():
                self._beat()
                begun = steps.start(
                    draft.plenary, actor=self._actor(), file_name=draft.file_name, digest=draft.digest
                )
                draft.ledger_import = begun.subject
                draft.save(update_fields=["ledger_import"])
        if draft.ledger_import.finished_at is None:
            with as_file(draft.content, draft.file_name) as path:
                self._take_in(path, advanced=self._advanced, record=draft.ledger_import)
        with transaction.atomic():
            self._end(content=b"")
            DraftRow.objects.filter(draft=draft).delete()

    def _undo(self) -> None:
        assert self.draft.ledger_import is not None

        def started(rows: int) -> None:
            self._beat(rows=rows, done=0)

        undo_import(self.draft.ledger_import, actor=self._actor(), started=started, advanced=self._advanced)
        self._end()
