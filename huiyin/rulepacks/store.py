"""Published pack versions: which one is in force, and its parsed form."""

from datetime import date
from functools import lru_cache

from huiyin.rulepacks.models import PackVersion


@lru_cache(maxsize=64)
def _version(code: str, on: date) -> int:
    versions = PackVersion.objects.filter(code=code, published_at__isnull=False).order_by("valid_from")
    in_force = versions.filter(valid_from__lte=on).last() or versions.first()
    if in_force is None:
        raise LookupError(f"没有名为“{code}”的规则包,可用 huiyin pack list 查看。")
    return in_force.pk


def version_in_force(code: str, on: date) -> PackVersion:
    return PackVersion.objects.get(pk=_version(code, on))
