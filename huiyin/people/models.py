"""Jurisdictions, units, persons with their posts, and proposers."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from huiyin.words import UNIT_ROLES, Assembly, Level, ProposerKind, Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor


class Jurisdiction(models.Model):
    """地区: a government, by its GB/T 2260 code; everything hangs off one."""

    code = models.CharField("行政区划代码", max_length=6, unique=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=12, choices=Level.choices())
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    # The pack that a new plenary is offered first; each plenary keeps its own choice.
    pack_code = models.CharField("惯用规则包", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "地区"

    def __str__(self) -> str:
        return self.name

    @property
    def jurisdiction_id(self) -> int:
        """A step on the place itself is one of the place."""
        return self.pk


class UnitQuerySet(models.QuerySet["Unit"]):
    def of(self, jurisdiction: Jurisdiction) -> Self:
        return self.filter(jurisdiction=jurisdiction)

    def open(self) -> Self:
        return self.filter(closed_on=None)


class Unit(models.Model):
    """承办单位: a department, lower government, office or company that handles items."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="units", verbose_name="地区")
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    duties = models.TextField("职责", blank=True)
    working_group = models.TextField("办理工作小组", blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    is_office = models.BooleanField("政府办公室", default=False)
    closed_on = models.DateField("撤并日期", null=True, blank=True)

    objects = UnitQuerySet.as_manager()
    picked_by = ("name", "short_name")

    class Meta:
        verbose_name = verbose_name_plural = "承办单位"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="unit_once",
                violation_error_message="这个单位已经有了。",
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="credit_code_once",
                violation_error_message="这个统一社会信用代码已经登记在另一个单位名下。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, username: str, name: str, password: str | None = None, **fields: object
    ) -> "Person":
        person = self.model(username=username, name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person who can log in; what they may do follows from their posts."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("可登录", default=True)
    # Made by the demo alone. Only made-up persons can be played without a password, so no other home has any.
    made_up = models.BooleanField("演示人物", default=False, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> Self:
        return self.filter(models.Q(from_on=None) | models.Q(from_on__lte=day)).filter(
            models.Q(to_on=None) | models.Q(to_on__gte=day)
        )

    def in_role(self, *roles: Role) -> Self:
        return self.filter(role__in=roles)


class Post(models.Model):
    """任职: a role in a jurisdiction, for most roles in a unit, from one day to another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="人员")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="posts", verbose_name="地区")
    role = models.CharField("角色", max_length=20, choices=Role.choices())
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="单位"
    )
    assembly = models.CharField("会议", max_length=8, choices=Assembly.choices(), blank=True)
    title = models.CharField("职务", max_length=60, blank=True)
    division = models.CharField("科室或分工", max_length=200, blank=True)
    is_chief = models.BooleanField("科室负责人", default=False)
    from_on = models.DateField("任职起", null=True, blank=True)
    to_on = models.DateField("任职止", null=True, blank=True)

    objects = PostQuerySet.as_manager()
    picked_by = ("person__name",)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=UNIT_ROLES) | models.Q(unit__isnull=False),
                name="unit_roles_have_a_unit",
                violation_error_message="联络员、承办人和单位负责人要写明所在单位。",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.ASSEMBLY_STAFF) | ~models.Q(assembly=""),
                name="assembly_staff_have_an_assembly",
                violation_error_message="请写明是政协还是人大的工作人员。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}（{self.unit.name if self.unit else Role.label_of(self.role)}）"


class ProposerQuerySet(models.QuerySet["Proposer"]):
    def of_actor(self, actor: "Actor") -> Self:
        return self.filter(person=actor.person, person__isnull=False, jurisdiction=actor.jurisdiction)


class Proposer(models.Model):
    """提案者: a member, deputy, party, committee, sector, delegation or group."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="proposers", verbose_name="地区"
    )
    assembly = models.CharField("会议", max_length=8, choices=Assembly.choices())
    kind = models.CharField("类别", max_length=12, choices=ProposerKind.choices())
    name = models.CharField("名称", max_length=100)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="proposers", verbose_name="登录人"
    )
    term = models.PositiveSmallIntegerField("届", null=True, blank=True)
    sector = models.CharField("界别或代表团", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    organisation = models.CharField("工作单位及职务", max_length=120, blank=True)

    objects = ProposerQuerySet.as_manager()
    picked_by = ("name",)

    class Meta:
        verbose_name = verbose_name_plural = "提案者"
        ordering = ["id"]
        indexes = [models.Index(fields=["jurisdiction", "assembly", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def described(self) -> str:
        """Told apart from others of the same name: 陈一鸣（教育界）."""
        more = self.sector or self.organisation or ProposerKind.label_of(self.kind)
        return f"{self.name}（{more}）"
