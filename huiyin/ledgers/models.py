"""台账导入: each import with its rows as they stood, so that nothing of a sheet is lost."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Self

from django.db import models
from django.urls import reverse

from huiyin.clock.now import now
from huiyin.ledgers.reading.columns import standard_of
from huiyin.people.models import Jurisdiction, Person, Post
from huiyin.proposals.models import Plenary, Proposal

OUTCOMES = {"created": "新建", "updated": "补充", "unchanged": "未变", "refused": "未导入"}
CHECKED = {"created": "可新建", "updated": "可补充", "unchanged": "已有", "refused": "不能导入"}
STALE = timedelta(minutes=2)  # who has not been heard of for so long is taken for dead
LATE = timedelta(minutes=1)  # what has not begun after so long is waiting for somebody to run it
KEPT_FOR = timedelta(days=30)  # a file that nobody takes in


def _said(row: "ImportRow | DraftRow") -> list[tuple[str, str]]:
    """The kind and the sentence of each problem, as they stand beside the number of the row."""
    here = f"第{row.row}行"
    return [(problem["kind"], problem["sentence"].removeprefix(here)) for problem in row.problems]


class LedgerImportQuerySet(models.QuerySet["LedgerImport"]):
    def not_under_way(self) -> Self:
        """Without those that are being done, or wait to be gone on with."""
        return self.exclude(
            pk__in=ImportDraft.objects.not_taken_in().exclude(ledger_import=None).values("ledger_import")
        )


class LedgerImport(models.Model):
    """One import of one file."""

    lock_with = ("plenary", "jurisdiction")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="ledger_imports")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="ledger_imports", verbose_name="届次")
    file_name = models.CharField("文件", max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="导入人")
    started_at = models.DateTimeField("开始")
    finished_at = models.DateTimeField("完成", null=True)
    undone_at = models.DateTimeField("撤销", null=True)
    report = models.JSONField("结果", default=dict)

    objects = LedgerImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账导入"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def assembly(self) -> str:
        return self.plenary.assembly

    @property
    def by_name(self) -> str:
        """Who has brought it; an import by command is the system's."""
        return self.by.name if self.by else "系统"

    @cached_property
    def outcome(self) -> dict[str, int]:
        """Rows by what became of them; of an import that was cut off, those that went in."""
        counts = {name: int(self.report.get(name, 0)) for name in OUTCOMES}
        if self.finished_at is None:
            found = self.rows.order_by().values_list("outcome").annotate(models.Count("pk"))
            counts |= dict(found)
        return {"rows": sum(counts.values()), **counts}

    @property
    def ignored(self) -> list[str]:
        return list(self.report.get("ignored", []))


class ImportRow(models.Model):
    """One row: its cells as they stood, what became of it, and what could not be attributed."""

    ledger_import = models.ForeignKey(LedgerImport, models.CASCADE, related_name="rows")
    sheet = models.CharField("工作表", max_length=60)
    row = models.PositiveIntegerField("行号")
    cells = models.JSONField("原单元格")
    outcome = models.CharField(max_length=10)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="import_rows")
    created = models.BooleanField("新建", default=False)
    problems = models.JSONField("问题", default=list)
    unattributed = models.JSONField("无法归属的内容", default=dict)
    last_event = models.BigIntegerField("末一事件", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        ordering = ["ledger_import", "sheet", "row"]
        constraints = [
            models.UniqueConstraint(fields=["ledger_import", "sheet", "row"], name="one_record_a_row")
        ]

    def __str__(self) -> str:
        return f"{self.sheet}第{self.row}行"

    @property
    def title(self) -> str:
        """What the row is about, where no item stands for it."""
        titles = (text for name, text in self.cells.items() if standard_of(name) == "案由")
        return str(next(titles, ""))

    @property
    def told(self) -> str:
        """The outcome as people read it."""
        return OUTCOMES.get(self.outcome, self.outcome)

    @property
    def said(self) -> list[tuple[str, str]]:
        return _said(self)


class Job(models.TextChoices):
    """What is to be done with a draft, outside any request."""

    CHECK = "check", "检查"
    IMPORT = "import", "导入"
    UNDO = "undo", "撤销"


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    def without_file(self) -> Self:
        return self.defer("content")

    def waiting(self, at: datetime) -> Self:
        """Whose work nobody does: not begun, or begun by somebody who has not been heard of."""
        alone = models.Q(beat_at=None) | models.Q(beat_at__lt=at - STALE)
        return self.exclude(job="").filter(alone, finished_at=None)

    def not_taken_in(self) -> Self:
        """On its way in, or held up there. One whose import was to be taken back is in, or out again."""
        return self.exclude(job=Job.IMPORT, failure="", finished_at__isnull=False).exclude(job=Job.UNDO)

    def forgotten(self, at: datetime) -> Self:
        """Neither taken in nor looked at for long."""
        return self.filter(ledger_import=None, made_at__lt=at - KEPT_FOR).exclude(job=Job.IMPORT)


class ImportDraft(models.Model):
    """待导入的台账: a file on its way in, what its columns are taken for, and how far the work on it has come.

    Part of no item's life: what goes in goes in by steps. The work is claimed by `worker` for as long as it is heard
    of (`beat_at`), so that what was killed is taken up again by whoever comes next.
    """

    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="import_drafts", verbose_name="届次")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="导入人")
    file_name = models.CharField("文件", max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    headings = models.JSONField("各表的表头", default=list)
    columns = models.JSONField("各列", default=list)
    column_map = models.JSONField("列名对应", default=dict)
    mapped_like = models.CharField("列名对应取自", max_length=200, blank=True)
    new_units = models.BooleanField("台账中的新单位随之增加", default=False)
    new_classes = models.CharField("新类别归入的分类法", max_length=40, blank=True)
    made_at = models.DateTimeField("上传")
    job = models.CharField(max_length=6, choices=Job.choices, blank=True)
    asked_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # since a row was done
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    outcome = models.JSONField(default=dict)
    ledger_import = models.OneToOneField(LedgerImport, models.PROTECT, null=True, related_name="draft")

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待导入的台账"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["beat_at"], condition=models.Q(finished_at=None), name="draft_waiting")
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("ledgers:draft", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.job != "" and self.finished_at is None

    @property
    def is_importing(self) -> bool:
        return self.is_busy and self.job == Job.IMPORT

    @property
    def is_undoing(self) -> bool:
        return self.is_busy and self.job == Job.UNDO

    @property
    def is_checked(self) -> bool:
        return self.job == Job.CHECK and self.finished_at is not None and not self.failure

    @property
    def is_taken_in(self) -> bool:
        return self.job == Job.IMPORT and self.finished_at is not None and not self.failure

    @property
    def new_rows(self) -> int:
        """Rows that an import would change anything by."""
        return int(self.outcome.get("created", 0)) + int(self.outcome.get("updated", 0))

    @property
    def told(self) -> str:
        """How far it has come, in a sentence."""
        if not self.job:
            return "请说明各列是什么。"
        label = Job(self.job).label
        if self.finished_at:
            done = (
                f"检查完了，可以导入{self.new_rows}行。" if self.new_rows else "检查完了，没有可以导入的行。"
            )
            return self.failure or (done if self.job == Job.CHECK else "已经导入。")
        if self.beat_at is None:
            late = self.asked_at and self.asked_at < now() - LATE
            return f"等候{label}。" + ("一直没有开始的，请告诉系统管理员：后台任务没有运行。" if late else "")
        if self.beat_at < now() - STALE:
            return f"{label}中断了，不用重新上传，稍后会接着做。"
        if self.rows:
            return f"正在{label}，已处理{self.done}行，共{self.rows}行。"
        if self.job == Job.UNDO:
            return f"正在准备{label}。"
        return f"正在读取文件，已读{self.done}行。" if self.done else "正在读取文件。"


class DraftRow(models.Model):
    """What the check says of one row. The cells are kept of a refused one, to be corrected and brought again."""

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="checked")
    sheet = models.CharField("工作表", max_length=60)
    row = models.PositiveIntegerField("行号")
    title = models.CharField("案由", max_length=500, blank=True)
    outcome = models.CharField(max_length=10)
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")
    problems = models.JSONField("问题", default=list)
    cells = models.JSONField("原单元格", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "检查的行"
        ordering = ["draft", "sheet", "row"]
        constraints = [models.UniqueConstraint(fields=["draft", "sheet", "row"], name="one_check_a_row")]

    def __str__(self) -> str:
        return f"{self.sheet}第{self.row}行"

    @property
    def told(self) -> str:
        return CHECKED.get(self.outcome, self.outcome)

    @property
    def said(self) -> list[tuple[str, str]]:
        return _said(self)
