"""回头看抽查: a sample drawn by a stated rule and seed, so that anybody can draw it again and gets the same."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from huiyin.people.models import Jurisdiction, Unit
from huiyin.proposals.belonging import OfAnItem
from huiyin.proposals.models import Plenary, Proposal, seen_by
from huiyin.rulepacks.store import version_in_force
from huiyin.words import Role

if TYPE_CHECKING:
    from huiyin.people.actor import Actor

OFFICES = (Role.REGISTRAR, Role.GOVERNMENT_LEADER, Role.AUDITOR)


def drawn(candidates: Iterable[int], seed: str, share: int) -> list[int]:
    """So many percent of the candidates, rounded up: those whose key gives with the seed the smallest SHA-256."""
    keys = sorted(candidates)
    count = -(-len(keys) * share // 100)
    return sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).hexdigest(), key))[:count]


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Offices alone: a unit does not know before the visit what has been drawn."""
        here = self.filter(jurisdiction=actor.jurisdiction)
        if actor.role in OFFICES:
            return here
        if actor.role == Role.ASSEMBLY_STAFF:
            return here.filter(plenary__assembly=actor.assembly)
        return self.none()


class Sample(models.Model):
    """回头看抽查: its rule, its seed, and how many it was drawn from."""

    lock_with = ("plenary", "jurisdiction")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="samples")
    plenary = models.ForeignKey(Plenary, models.PROTECT, related_name="samples", verbose_name="届次")
    title = models.CharField("名称", max_length=100)
    share = models.PositiveSmallIntegerField("抽取比例")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    mark = models.CharField("办理结果", max_length=12, blank=True)
    age = models.PositiveSmallIntegerField("答复满多少天", default=0)
    seed = models.CharField("随机种子", max_length=80)
    candidates = models.PositiveIntegerField("符合条件的件数")
    drawn_at = models.DateTimeField("抽取时间")

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回头看抽查"
        ordering = ["-drawn_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desks:sample", args=[self.pk])

    @property
    def assembly(self) -> str:
        return self.plenary.assembly

    @property
    def mark_label(self) -> str:
        """Never a bare letter: 三年内基本解决（B）."""
        pack = version_in_force(self.plenary.pack_code, self.plenary.opened_on).pack
        found = pack.mark(self.plenary.kind, self.mark)
        return f"{found.label}（{found.code}）" if found else self.mark

    @property
    def rule(self) -> str:
        """The rule in words."""
        parts = [
            f"{self.unit.name}承办的" if self.unit else "",
            f"办理结果为{self.mark_label}的" if self.mark else "",
            f"答复满{self.age}天的" if self.age else "已答复的",
        ]
        return f"{'、'.join(part for part in parts if part)}件中抽取{self.share}%"


class SampledQuerySet(models.QuerySet["SampledItem"]):
    def visible_to(self, actor: "Actor") -> Self:
        seen = self.filter(seen_by(actor, "proposal__"))
        return seen.filter(sample__in=Sample.objects.visible_to(actor))

    def to_visit(self) -> Self:
        return self.filter(visit=None)


class SampledItem(OfAnItem, models.Model):
    """抽查件: one item of a sample, until it has been visited."""

    lock_with = ("proposal", "proposal__plenary", "proposal__pack_version", "sample")

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="items", verbose_name="回头看抽查")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sampled", verbose_name="提案")
    place = models.PositiveIntegerField("抽取次序")
    visit = models.OneToOneField(
        "supervision.Inspection", models.PROTECT, null=True, related_name="sampled", verbose_name="走访记录"
    )

    objects = SampledQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽查件"
        ordering = ["sample_id", "place"]
        constraints = [models.UniqueConstraint(fields=["sample", "proposal"], name="sampled_once")]

    def __str__(self) -> str:
        return f"{self.sample.title}第{self.place}件"
