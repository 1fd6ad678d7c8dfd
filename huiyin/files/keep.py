"""Taking in files: the content goes under its SHA-256, the row says what it was called and who brought it.

Every file passes the same entrance: its size, its kind and its text are looked at, and what can't come in is
refused with a sentence.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from huiyin.files.marking import refuse_classified
from huiyin.files.models import Attachment
from huiyin.files.words_in import text_of
from huiyin.journal.step import Refused

MEGABYTE = 1024 * 1024
SIZE_LIMIT = 50 * MEGABYTE
COUNT_LIMIT = 20
# What offices send each other. Anything that a computer would run is not among them.
DOCUMENTS = (".pdf", ".ofd", ".doc", ".docx", ".wps", ".txt", ".ppt", ".pptx", ".dps")
TABLES = (".xls", ".xlsx", ".et", ".csv")
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")
KINDS = (*DOCUMENTS, *TABLES, *PICTURES, ".zip")


def place_of(digest: str) -> Path:
    """Where the content with this digest lies, in folders of at most a few thousand files."""
    return Path(settings.FILES_DIR) / digest[:2] / digest


def keep(
    items: Iterable[UploadedFile | Attachment] | None, *, proposal: Any, actor: Any, at: datetime
) -> list[Attachment]:
    """The attachments of what a step was handed: uploads are stored, rows that stand already are taken as they are."""
    given = list(items or ())
    if len(given) > COUNT_LIMIT:
        raise Refused(f"一次最多上传{COUNT_LIMIT}个文件，请分次上传。")
    return [item if isinstance(item, Attachment) else _stored(item, proposal, actor, at) for item in given]


def objection_to(upload: UploadedFile) -> str | None:
    """Why a file can't be taken in: too large, empty, of a kind that is not sent, or marked as classified."""
    name = _name(upload)
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        listed = "、".join(one[1:] for one in KINDS)
        return f"“{name}”不是可以上传的文件类型，可以上传：{listed}。"
    size = upload.size or 0
    if size > SIZE_LIMIT:
        return (
            f"“{name}”有{size / MEGABYTE:.0f}MB,每个文件最大{SIZE_LIMIT // MEGABYTE}MB,请压缩或拆分后再上传。"
        )
    if size == 0:
        return f"“{name}”是空文件，请检查后重新上传。"
    upload.seek(0)
    marked = refuse_classified(Path(name).stem) or refuse_classified(text_of(kind, upload))
    return f"“{name}”{marked}" if marked else None


def _name(upload: UploadedFile) -> str:
    return Path(upload.name or "附件").name[-200:]


def _stored(upload: UploadedFile, proposal: Any, actor: Any, at: datetime) -> Attachment:
    if said := objection_to(upload):
        raise Refused(said)
    return Attachment.objects.create(
        proposal=proposal,
        digest=_put_away(upload),
        name=_name(upload),
        media_type=(upload.content_type or "application/octet-stream")[:100],
        size=upload.size or 0,
        uploaded_by=actor.person,
        uploaded_at=at,
    )


def _put_away(upload: UploadedFile) -> str:
    """Write the content under its digest, unless it lies there already; a kill leaves no half file."""
    upload.seek(0)
    counted = hashlib.sha256()
    for chunk in upload.chunks():
        counted.update(chunk)
    digest = counted.hexdigest()
    place = place_of(digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(f".part{id(upload)}")
        upload.seek(0)
        with part.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        part.replace(place)
    return digest


def is_whole(attachment: Attachment) -> bool:
    """Whether the content still lies there and still has its digest."""
    place = place_of(attachment.digest)
    if not place.exists():
        return False
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == attachment.digest
