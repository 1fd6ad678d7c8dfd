"""Supervision: what is asked beside the handling itself, and what comes of it."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.supervision import steps
from huiyin.supervision.models import DispatchRound, DispatchSeries, DispatchSheet, Inspection, Sample, Task
from tests.people import City
from tests.stories import answering, handling
from tests.stories.moments import at


def photo(name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"\xff\xd8\xff\xe0 a photo", content_type="image/jpeg")


def instructed(city: City, share: Assignment | None = None, **given: Any) -> Task:
    """王市长 asks 市教育局 in a line; the task that comes of it."""
    share = share or handling.signed(city)
    given = {"text": "请教育局年内解决。", "unit": share.unit, "due_on": date(2020, 6, 30)} | given
    instruction = steps.give_instruction(
        share.proposal, actor=city.mayor_wang, at=at("2020-03-20"), **given
    ).subject
    return instruction.tasks.order_by("id")[0]


def reported(
    city: City, task: Task, *, by: Actor | None = None, when: str = "2020-04-10", **given: Any
) -> Task:
    given = {"text": "已开工两所", "document_number": "淄教字〔2020〕9号"} | given
    by = by or handling.person_of(city, task.unit)
    return steps.task.report(task, actor=by, at=at(when), **given).subject


def asked_in_a_round(city: City, *, when: str = "2020-04-01", **given: Any) -> DispatchRound:
    given = {
        "title": "4月份提案办理进度调度",
        "asks": "到哪一步、下一步哪天完成",
        "due_on": date(2020, 4, 8),
    } | given
    return steps.dispatch.open_round(city.plenary, actor=city.lin_lan, at=at(when), **given).subject


def asked_again_and_again(city: City, *, when: str | None = "2020-04-13", **given: Any) -> DispatchSeries:
    """A dispatch that repeats, its first round sent on a working day; when: None is now."""
    said = {
        "title": "提案办理进度调度",
        "asks": "到哪一步、下一步哪天完成",
        "every": "month",
        "until": date(2020, 12, 31),
        "days": 7,
    } | given
    return steps.series.begin_series(city.plenary, actor=city.lin_lan, at=when and at(when), **said).subject


def sheet_of(found: DispatchRound, unit: Any) -> DispatchSheet:
    return found.sheets.get(unit=unit)


def answered(
    city: City, sheet: DispatchSheet, text: str, *, when: str = "2020-04-03", standing: str = "on_time"
) -> DispatchSheet:
    """The same said of every line."""
    lines = [{"line": line, "standing": standing, "text": text} for line in sheet.lines.all()]
    by = handling.person_of(city, sheet.unit)
    return steps.dispatch.answer(sheet, actor=by, at=at(when), lines=lines).subject


def sampled(city: City, *, count: int = 2, when: str = "2020-04-12", **given: Any) -> Sample:
    """Drawn from so many answered items."""
    for number in range(count):
        answering.issued(city, title=f"关于第{number}所学校的提案")
    given = {"title": "第一次抽查", "share": 100, "seed": "20200412"} | given
    return steps.draw(city.plenary, actor=city.lin_lan, at=at(when), **given).subject


def visited(city: City, sample: Sample, *, wanting: bool = False, when: str = "2020-04-13") -> Inspection:
    """The next of the sample."""
    item = sample.items.filter(visit=None).first()
    given: dict[str, Any] = {"verdict": "well", "finding": "与答复一致", "place": "张店区某路"}
    if wanting:
        given |= {
            "verdict": "wanting",
            "finding": "没有动工",
            "redress": "一个月内开工并报照片",
            "redress_due_on": date(2020, 5, 13),
        }
    return steps.visit(item, actor=city.lin_lan, at=at(when), photos=[photo()], **given).subject
