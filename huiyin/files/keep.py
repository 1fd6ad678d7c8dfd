"""Taking in files: the content goes under its SHA-256, the row says what it was called and who brought it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from huiyin.files.models import Attachment


def place_of(digest: str) -> Path:
    """Where the content with this digest lies, in folders of at most a few thousand files."""
    return Path(settings.FILES_DIR) / digest[:2] / digest


def keep(
    items: Iterable[UploadedFile | Attachment] | None, *, proposal: Any, actor: Any, at: datetime
) -> list[Attachment]:
    """The attachments of what a step was handed: uploads are stored, rows that stand already are taken as they are."""
    return [
        item if isinstance(item, Attachment) else _stored(item, proposal, actor, at) for item in items or ()
    ]


def _stored(upload: UploadedFile, proposal: Any, actor: Any, at: datetime) -> Attachment:
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part")
        part.write_bytes(content)
        part.replace(place)
    return Attachment.objects.create(
        proposal=proposal,
        digest=digest,
        name=Path(upload.name or "附件").name[:200],
        media_type=(upload.content_type or "application/octet-stream")[:100],
        size=len(content),
        uploaded_by=actor.person,
        uploaded_at=at,
    )
