"""Keeping a draft, and reading a manuscript into it. The text is its writer's own; nothing here is a step."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huiyin.files.keep import objection_to
from huiyin.files.words_in import decoded
from huiyin.journal.fields import strings_in
from huiyin.journal.step import Refused
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals.drafts import TEXTS, Draft
from huiyin.proposals.manuscript import Parts, read
from huiyin.proposals.models import Plenary
from huiyin.proposals.word_file import UnreadableError, paragraphs_of
from huiyin.words import DraftState, Role

TITLE_LIMIT = 500
READABLE = (".docx", ".txt")
OVERTAKEN = (
    "这份草稿在别的窗口或者手机上改过，这一页还没有存进去。您在这里写的都还在；"
    "请先看一看那边改了什么，仍以这一页为准的，再按一次“保存”。"
)


def places_of(actor: Actor) -> list[tuple[Proposer, Plenary]]:
    """For each assembly that the actor is a proposer of: as whom, and to which plenary an item would go."""
    if actor.role != Role.PROPOSER:
        return []
    latest: dict[str, Plenary] = {}
    for plenary in Plenary.objects.filter(jurisdiction=actor.jurisdiction):
        latest.setdefault(plenary.assembly, plenary)
    own = Proposer.objects.of_actor(actor)
    return [(one, latest[one.assembly]) for one in own if one.assembly in latest]


def begin(proposer: Proposer, plenary: Plenary, at: datetime) -> Draft:
    return Draft.objects.create(proposer=proposer, plenary=plenary, changed_at=at)


class Page(NamedTuple):
    """One opening of the form of a draft: a mark of its own, and the revision of the text that it was filled with."""

    mark: str
    revision: int


def opened(draft: Draft) -> Page:
    return Page(secrets.token_urlsafe(9), draft.revision)


class Overtaken(Refused):
    """What the page was filled with is no longer what is kept, and it was not this page that changed it."""


def keep(
    draft: Draft, values: dict[str, Any], at: datetime, page: Page | None = None, *, goes_on: bool = False
) -> None:
    """Store what was written on that page, of which more comes by itself if it `goes_on`.

    A text marked as classified is refused here as at every other entrance. So is a page that was overtaken: by another
    window, or by its own button while what it keeps by itself was still on the way.
    """
    if said := next(filter(None, map(hooks.screen, strings_in(list(values.values())))), None):
        raise Refused(said)
    mark, revision = page or Page("", draft.revision)
    with transaction.atomic():
        draft.refresh_from_db(from_queryset=Draft.objects.select_for_update())
        if draft.state != DraftState.WRITING:
            raise Refused("这份草稿已经提交或者不再提交，不能再改。")
        if draft.revision != revision and (not mark or draft.page != mark):
            raise Overtaken(OVERTAKEN)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.changed_at, draft.revision, draft.page = at, draft.revision + 1, mark if goes_on else ""
        draft.save(update_fields=[*values, "changed_at", "revision", "page"])


def manuscript_of(pasted: str, upload: UploadedFile | None) -> Parts:
    """What was pasted, or what stands in the file."""
    if upload is None:
        return read(pasted.splitlines())
    kind = Path(upload.name or "").suffix.lower()
    if kind not in READABLE:
        raise Refused("只能读入 .docx 或 .txt 文件；其他格式的，请另存为 .docx，或者复制全文后粘贴。")
    if said := objection_to(upload):
        raise Refused(said)
    upload.seek(0)
    if kind == ".txt":
        return read(decoded(upload.read()).splitlines())
    try:
        return read(paragraphs_of(upload.file))  # type: ignore[arg-type]
    except UnreadableError as error:
        raise Refused("这个文件打不开，可能已经损坏；请复制全文后粘贴，或者另存一份再上传。") from error


def take_in(draft: Draft, parts: Parts, at: datetime) -> str:
    """Put what was read behind what stands already; returns the sentence that says what went where."""
    if parts.is_empty:
        raise Refused("没有读到文字。请粘贴全文，或者选择一个 Word 文件。")
    rest = list(parts.rest)
    title = draft.title
    if parts.title and not title and len(parts.title) <= TITLE_LIMIT:
        title = parts.title
    elif parts.title and parts.title != title:
        rest.insert(0, parts.title)
    behind = {
        "situation": _joined(draft.situation, parts.situation),
        "analysis": _joined(draft.analysis, parts.analysis),
        "text": _joined(draft.text, rest),
    }
    keep(draft, behind | {"title": title, "points": [*draft.points, *parts.points]}, at)
    return _said(parts, rest)


def _joined(standing: str, read: list[str]) -> str:
    return "\n".join(filter(None, [standing.rstrip(), *read]))


def _said(parts: Parts, rest: list[str]) -> str:
    read = ["案由"] if parts.title and parts.title not in rest else []
    read += [f"情况{len(parts.situation)}段"] if parts.situation else []
    read += [f"分析{len(parts.analysis)}段"] if parts.analysis else []
    read += [f"具体建议{len(parts.points)}条"] if parts.points else []
    said = f"已读入{'、'.join(read)}。" if read else "没有认出“情况”“分析”“建议”这样的小标题。"
    if rest:
        said += f"有{len(rest)}段没有认出归在哪里，都放在“其他内容”里，请看一看，需要的移到上面去。"
    return said


def as_they_stand(draft: Draft) -> dict[str, Any]:
    """What the form of a draft begins with."""
    texts = {name: getattr(draft, name) for name in (*TEXTS, "wish_confidential")}
    return texts | {"points": [{"text": point} for point in draft.points]}
