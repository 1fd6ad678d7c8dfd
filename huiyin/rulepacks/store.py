"""Published pack versions: publishing, which one is in force, and its parsed form."""

import hashlib
import logging
from datetime import date
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from huiyin.journal.prepared import Prepared
from huiyin.journal.work import hooks, once
from huiyin.rulepacks.loader import overlapping, parse
from huiyin.rulepacks.models import PackVersion
from huiyin.rulepacks.problems import PackError, Problem
from huiyin.rulepacks.schema import Pack

logger = logging.getLogger(__name__)

_parsed: dict[str, Pack] = {}  # by digest: the same text is the same pack


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(version: PackVersion) -> Pack:
    """The pack of a version; its text is read once a process."""
    if version.digest not in _parsed:
        _parsed[version.digest] = parse(version.text, file=f"{version.code}@{version.version}")
    return _parsed[version.digest]


def published() -> list[PackVersion]:
    """Every published version, without the texts."""
    found: list[PackVersion] = once("published", _every)
    return found


@Prepared
def _every() -> QuerySet[PackVersion]:
    rows = PackVersion.objects.filter(published_at__isnull=False)
    return rows.defer("text").order_by("code", "valid_from", "pk")


def version_in_force(code: str, on: date) -> PackVersion:
    """The version of a pack in force on a day; before the first version the first."""
    found: PackVersion = once(("version", code, on), lambda: _in_force(code, on))
    return found


def _in_force(code: str, on: date) -> PackVersion:
    versions = _published(code)
    if not versions:
        raise LookupError(f"没有名为“{code}”的规则包，可用 huiyin pack list 查看。")
    return _of_day(versions, on)


def versions_in_force(on: date) -> "list[PackVersion]":
    """That of every pack, in one query."""
    of_code = groupby(published(), key=lambda version: version.code)
    return [_of_day(list(versions), on) for _, versions in of_code]


def _of_day(versions: "list[PackVersion]", on: date) -> PackVersion:
    in_force = [version for version in versions if version.valid_from <= on]
    return in_force[-1] if in_force else versions[0]


@Prepared
def _published(code: str) -> QuerySet[PackVersion]:
    versions = PackVersion.objects.filter(code=code, published_at__isnull=False)
    return versions.defer("text").order_by("valid_from", "pk")


def publish(text: str, *, file: str = "规则包") -> PackVersion:
    """Publish a version; from then on it never changes. Publishing the same text again gives the same row.

    Raises PackError: the text is wrong, the version stands with another text, or its validity overlaps another's.
    """
    made, digest = parse(text, file=file), digest_of(text)
    with transaction.atomic():
        others = list(PackVersion.objects.select_for_update().filter(code=made.code))
        same = next((row for row in others if row.version == made.version), None)
        if same is not None and same.digest == digest:
            return same
        if same is not None:
            meaning = (
                f"{made.code}的版本{made.version}已经发布，内容不能再改。要改规则，请用新的版本号和施行日期。"
            )
            raise PackError([Problem(file, 0, "[pack]的version", meaning)])
        if problems := overlapping([(file, made), *((str(row), parsed(row)) for row in others)]):
            raise PackError(problems)
        _parsed[digest] = made
        return PackVersion.objects.create(
            code=made.code,
            version=made.version,
            jurisdiction=made.jurisdiction,
            label=made.label,
            valid_from=made.valid_from,
            valid_to=made.valid_to,
            text=text,
            digest=digest,
            published_at=hooks.now(),
        )


def load_shipped(folder: Path | None = None) -> list[PackVersion]:
    """Publish the shipped packs that are not published yet; what is published stays as it is."""
    known = dict(PackVersion.objects.values_list("digest", "code"))
    versions = set(PackVersion.objects.values_list("code", "version"))
    made = []
    for path in sorted((folder or Path(settings.PACKS_DIR)).glob("*/*.toml")):
        text = path.read_text(encoding="utf-8")
        if digest_of(text) in known:
            continue
        if (path.parent.name, path.stem) in versions:
            logger.warning("%s与已发布的同一版本内容不同，仍按已发布的执行；要改规则请用新的版本号。", path)
            continue
        made.append(publish(text, file=str(path)))
    return made
