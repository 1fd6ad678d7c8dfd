"""台账导入: each import with its rows as they stood, so that nothing of a sheet is lost."""

from functools import cached_property

from django.db import models

from huiyin.people.models import Jurisdiction, Person
from huiyin.proposals.models import Plenary, Proposal

OUTCOMES = {"created": "新建", "updated": "补充", "unchanged": "未变", "refused": "未导入"}


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
    def told(self) -> str:
        """The outcome as people read it."""
        return OUTCOMES.get(self.outcome, self.outcome)
