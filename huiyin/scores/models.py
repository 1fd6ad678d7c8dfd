"""考核: frozen score sheets with what each unit got and why, appeals, and what units say of each other and of proposals."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.urls import reverse

from huiyin.clock.now import moment, today
from huiyin.clock.said import in_full
from huiyin.handling.models import Assignment
from huiyin.people.models import Jurisdiction, Person, Unit
from huiyin.proposals.models import Plenary, Proposal, seen_by
from huiyin.rulepacks.models import PackVersion
from huiyin.scores.formula import Line, Result, Row, out_of_hundred
from huiyin.scores.words import QualityDimension, QualityGrade
from huiyin.words import UNIT_ROLES, Grade, Role, Ruling

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

OFFICES = (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER, Role.AUDITOR)


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The offices those of the place, the assembly those of its plenaries, a unit those in which it stands."""
        here = self.filter(jurisdiction=actor.jurisdiction)
        if actor.role == Role.ASSEMBLY_STAFF:
            return here.filter(plenary__assembly=actor.assembly)
        if actor.role in OFFICES:
            return here
        scored = UnitScore.objects.filter(unit=actor.unit, unit__isnull=False)
        return here.filter(pk__in=scored.order_by().values("sheet"))


class ScoreSheet(models.Model):
    """考核成绩: every unit's points by one version of the formula, as of one day. It never changes."""

    lock_with = ("plenary", "jurisdiction")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="score_sheets")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="score_sheets", verbose_name="届次")
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="+", verbose_name="规则版本")
    as_of = models.DateField("截止日期")
    label = models.CharField("用途", max_length=60)
    appeals_until = models.DateField("申诉截止")
    frozen_at = models.DateTimeField("冻结时间")
    frozen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核成绩"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.label}（截至{in_full(self.as_of)}）"

    def get_absolute_url(self) -> str:
        return reverse("desks:score_sheet", args=[self.pk])


class UnitScoreQuerySet(models.QuerySet["UnitScore"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Offices those of the sheets they see; a unit its own."""
        seen = self.filter(sheet__in=ScoreSheet.objects.visible_to(actor).order_by().values("pk"))
        return seen if actor.role in OFFICES else seen.filter(unit=actor.unit)


class UnitScore(models.Model):
    """One unit's lines as they were frozen, with the rows behind each; what a ruling gives back stands in the appeals."""

    lock_with = ("sheet__plenary", "sheet__jurisdiction", "unit")

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores", verbose_name="考核成绩")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="scores", verbose_name="承办单位")
    score = models.DecimalField("得分", max_digits=4, decimal_places=1, null=True)
    lines = models.JSONField("各项")

    objects = UnitScoreQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位得分"
        ordering = ["sheet_id", "-score", "id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "unit"], name="scored_once_in_a_sheet")]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.sheet}"

    def get_absolute_url(self) -> str:
        return reverse("desks:unit_score", args=[self.sheet_id, self.unit_id])

    @property
    def jurisdiction_id(self) -> int:
        return self.sheet.jurisdiction_id

    @property
    def result(self) -> Result:
        """The lines as they were when the sheet was frozen."""
        return Result(tuple(thawed(stored) for stored in self.lines))

    @property
    def given_back(self) -> Decimal:
        """What rulings have given back since."""
        granted = [one.points for one in self.appeals.all() if one.ruling == Ruling.GRANTED]
        return sum(granted, Decimal(0))

    @property
    def after_rulings(self) -> Decimal | None:
        result = self.result
        return out_of_hundred(result.got + self.given_back, result.of) if result.is_measured else None


def frozen(line: Line, model: str) -> dict[str, Any]:
    """A line as it is stored, with the rows behind it."""
    kept = {name: value for name, value in vars(line).items() if name not in ("rows", "got")}
    return kept | {"got": str(line.got), "model": model, "rows": [[row.pk, row.worth] for row in line.rows]}


def thawed(stored: dict[str, Any]) -> Line:
    given = {name: value for name, value in stored.items() if name != "model"}
    rows = tuple(Row(*row) for row in stored["rows"])
    return Line(**given | {"got": Decimal(stored["got"]), "rows": rows})


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, actor: "Actor") -> Self:
        return self.filter(score__in=UnitScore.objects.visible_to(actor).order_by().values("pk"))

    def to_be_ruled(self) -> Self:
        return self.filter(ruling="")


class Appeal(models.Model):
    """申诉 of a unit against one line of its score, with the office's ruling."""

    lock_with = ("score__sheet__plenary", "score__unit")

    score = models.ForeignKey(UnitScore, models.PROTECT, related_name="appeals", verbose_name="单位得分")
    measure = models.CharField("考核项目", max_length=40)
    reason = models.TextField("申诉理由")
    lodged_at = models.DateTimeField("申诉时间")
    ruling = models.CharField("裁定", max_length=8, choices=Ruling.choices(), blank=True)
    points = models.DecimalField("加回分数", max_digits=4, decimal_places=1, default=Decimal(0))
    ruling_reason = models.TextField("裁定理由", blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核申诉"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["score"], condition=models.Q(ruling=""), name="appeals_to_rule_on"),
        ]

    def __str__(self) -> str:
        return f"{self.score.unit.name}对“{self.line.label}”的申诉"

    def get_absolute_url(self) -> str:
        return self.score.get_absolute_url()

    @property
    def line(self) -> Line:
        return next(line for line in self.score.result.lines if line.measure == self.measure)

    @property
    def jurisdiction_id(self) -> int:
        return self.score.jurisdiction_id

    @property
    def unit_id(self) -> int:
        return self.score.unit_id


class _Rating(models.Model):
    """What a unit says, by its own share of an item."""

    lock_with = (
        "assignment__unit",
        "assignment__proposal__plenary",
        "assignment__proposal__pack_version",
    )

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="%(class)ss", verbose_name="评价的单位"
    )
    reason = models.TextField("说明", blank=True)
    given_at = models.DateTimeField("评价时间")

    class Meta:
        abstract = True

    @property
    def proposal(self) -> Proposal:
        return self.assignment.proposal

    @property
    def jurisdiction_id(self) -> int:
        return self.assignment.jurisdiction_id

    @property
    def assembly(self) -> str:
        return self.assignment.assembly


class PartnerRatingQuerySet(models.QuerySet["PartnerRating"]):
    def revealed(self, on: date) -> Self:
        """Given by the end of a day on which both were in, or the time for them was over."""
        end = moment(on + timedelta(days=1), 0)
        other = PartnerRating.objects.filter(
            assignment=models.OuterRef("rated"), rated=models.OuterRef("assignment"), given_at__lt=end
        )
        return self.filter(models.Q(closes_on__lt=on) | models.Exists(other), given_at__lt=end)

    def visible_to(self, actor: "Actor") -> Self:
        """A unit its own, and of those about it what is revealed; the office all; proposers none."""
        if actor.role in (Role.REGISTRAR, Role.AUDITOR):
            return self.filter(seen_by(actor, "assignment__proposal__"))
        if actor.role not in UNIT_ROLES or actor.unit is None:
            return self.none()
        about = self.revealed(today()).filter(rated__unit=actor.unit).order_by().values("pk")
        return self.filter(models.Q(assignment__unit=actor.unit) | models.Q(pk__in=about))


class PartnerRating(_Rating):
    """互评: how the lead and a co-unit worked together, each unseen by the other until both are in."""

    rated = models.ForeignKey(
        Assignment, models.PROTECT, related_name="ratings_by_partners", verbose_name="被评的单位"
    )
    grade = models.CharField("等次", max_length=14, choices=Grade.choices())
    closes_on = models.DateField("互评截止")

    objects = PartnerRatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "主办、会办互评"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "rated"],
                name="rates_a_partner_once",
                violation_error_message="已经评价过这个单位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment.unit.name}对{self.rated.unit.name}：{self.get_grade_display()}"


class QualityRatingQuerySet(models.QuerySet["QualityRating"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The assembly and the office learn from it; the unit sees its own; a proposer and other units never."""
        if actor.role in (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.AUDITOR):
            return self.filter(seen_by(actor, "assignment__proposal__"))
        if actor.role in UNIT_ROLES and actor.unit is not None:
            return self.filter(assignment__unit=actor.unit)
        return self.none()


class QualityRating(_Rating):
    """提案质量: what a unit found a proposal to be worth as a piece of work."""

    problem = models.CharField(QualityDimension.PROBLEM.label, max_length=8, choices=QualityGrade.choices())
    facts = models.CharField(QualityDimension.FACTS.label, max_length=8, choices=QualityGrade.choices())
    advice = models.CharField(QualityDimension.ADVICE.label, max_length=8, choices=QualityGrade.choices())

    objects = QualityRatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提案质量评价"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                name="rates_quality_once",
                violation_error_message="已经评价过这件提案的质量。",
            )
        ]

    def __str__(self) -> str:
        grades = "、".join(
            f"{dimension.label}：{QualityGrade.label_of(getattr(self, dimension))}"
            for dimension in QualityDimension
        )
        return f"{self.assignment.unit.name}：{grades}"


def rows_behind(model: str, rows: tuple[Row, ...]) -> models.QuerySet[Any]:
    """The rows of a line."""
    return apps.get_model(model)._default_manager.filter(pk__in=[row.pk for row in rows])
