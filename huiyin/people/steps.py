"""更正与删除: an event is never edited; a correction is a step of its own, and an erasure leaves the chain whole."""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS, Call, requirement, step
from huiyin.journal.work import forget, hooks
from huiyin.people import tell, who
from huiyin.people.accounts import appoint, end, reset_password
from huiyin.people.actor import Actor
from huiyin.people.entering import change_jurisdiction, change_unit, enter_unit
from huiyin.people.proposers import change_proposer, enter_proposer

__all__ = [
    "appoint",
    "change_jurisdiction",
    "change_proposer",
    "change_unit",
    "correct",
    "end",
    "enter_proposer",
    "enter_unit",
    "erase",
    "moment_of",
    "reset_password",
]

CORRECTION = "event.correct"
# 国家档案局令第8号 (2006): the shortest term for which documents are kept is ten years.
KEPT_YEARS = 10
DAY = timedelta(days=1)
# Moments that a step writes beside the dated field it declares: code -> (model, its link to the step's row, field).
BESIDE: dict[str, list[tuple[str, str, str]]] = {}


def also_dates(code: str, model: str, link: str, *fields: str) -> None:
    """Said by an app of its step: these moments move too when the step's is corrected."""
    BESIDE.setdefault(code, []).extend((model, link, name) for name in fields)


def moment_of(event: Event) -> datetime:
    """When it happened, as the last correction says."""
    last = event.corrections.filter(code=CORRECTION).last()
    return timezone.localtime(datetime.fromisoformat(last.facts["new"]) if last else event.at)


@requirement()
def is_no_correction(call: Call) -> str | None:
    if call.obj.code == CORRECTION:
        return "更正本身不能再更正，请重新更正原来的那一步。"
    return None


@requirement(field="to", late=True)
def moment_is_possible(call: Call) -> str | None:
    to = call.given("to")
    if to is None:
        return None
    if to > hooks.now():
        return "更正后的时间不能晚于现在，请重新填写。"
    return "更正后的时间与现在记录的一样，不用更正。" if to == moment_of(call.obj) else None


@step(
    CORRECTION,
    label="更正时间",
    on="journal.Event",
    who=who.registrar | who.assembly_staff,
    requires=[is_no_correction, moment_is_possible],
    fields=[
        Field("to", "更正为", "moment", initial=moment_of),
        Field("reason", "理由", "text"),
    ],
    tell=[tell.unit_people],
    sentence="更正“{step}”的时间，由{was}改为{now}：{reason}",
)
def correct(event: Event, *, actor: Actor, at: datetime, to: datetime, reason: str) -> dict[str, Any]:
    """更正: the moment of an event, with the old and the new value; the dated field moves, clocks are recomputed.

    What the step brought about in the same moment (its child events) moves with it.
    """
    old, to = moment_of(event), timezone.localtime(to)
    _move_stamp(event, old, to)
    for model, link, name in BESIDE.get(event.code, ()):
        rows = apps.get_model(model)._default_manager.filter(**{link: event.subject_id, name: old})
        rows.update(**{name: to})
    for child in event.children.exclude(code=CORRECTION).order_by("id"):
        if moment_of(child) == old:
            correct(child, actor=actor, at=at, to=to, reason=reason)
    made = STEPS.get(event.code)
    return {
        "corrects": event,
        "field": "at",
        "old": old.isoformat(),
        "new": to.isoformat(),
        "step": made.label if made else event.code,
        "was": f"{old:%Y-%m-%d}",
        "now": f"{to:%Y-%m-%d}",
    }


def _move_stamp(event: Event, old: datetime, to: datetime) -> None:
    """The row's dated field, unless a later event of the same kind has set it anew."""
    made = STEPS.get(event.code)
    if made is None or not made.stamps:
        return
    rows = apps.get_model(event.subject_kind)._default_manager.filter(pk=event.subject_id)
    known = made.stamps.removesuffix("_at") + "_known"
    has_known = any(column.name == known for column in rows.model._meta.get_fields())
    forget()
    rows.filter(**{made.stamps: old}).update(**{made.stamps: to}, **({known: True} if has_known else {}))


@requirement()
def archive_term_is_over(call: Call) -> str | None:
    free_from = call.obj.recorded_at + DAY * (365 * KEPT_YEARS + KEPT_YEARS // 4 + 1)
    if hooks.now() >= free_from:
        return None
    return f"档案保管期未满{KEPT_YEARS}年，不能删除文字，要到{free_from.year}年{free_from.month}月{free_from.day}日以后。"


@requirement()
def has_texts(call: Call) -> str | None:
    return None if call.obj.texts.filter(erased=False).exists() else "这一步没有可以删除的文字。"


@step(
    "event.erase",
    label="删除文字",
    on="journal.Event",
    who=who.registrar,
    requires=[archive_term_is_over, has_texts],
    fields=[Field("ground", "依据", "line", help="请写明销毁鉴定或依法删除的依据。")],
    sentence="按{ground}删除“{step}”的文字",
)
def erase(event: Event, *, actor: Actor, at: datetime, ground: str) -> dict[str, Any]:
    """删除: the texts of an event are emptied after the archive period; their digests stay, so the chain holds."""
    names = list(event.texts.filter(erased=False).values_list("name", flat=True))
    event.texts.filter(erased=False).update(text="", erased=True)
    made = STEPS.get(event.code)
    return {"event": event.pk, "names": names, "step": made.label if made else event.code}
