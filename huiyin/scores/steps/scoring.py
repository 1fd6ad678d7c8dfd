"""考核: a sheet is frozen, a unit appeals against one of its lines, the office rules."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.people.tell import registrars, target_unit_people
from huiyin.proposals.models import Plenary
from huiyin.reporting.steps import day_is_over
from huiyin.rulepacks.scores import read_points
from huiyin.scores.models import Appeal, ScoreSheet, UnitScore
from huiyin.scores.sheets import sheet_of, stored
from huiyin.words import UNIT_ROLES, Ruling


def people_of_the_sheet(event: Event) -> Iterable[int]:
    """Everybody in the units that have been scored."""
    day = day_of(event.recorded_at)
    posts = Post.objects.held_on(day).in_role(*UNIT_ROLES)
    return posts.filter(unit__in=event.subject.scores.values("unit")).values_list("person", flat=True)


@requirement(field="appeals_until", late=True)
def time_to_appeal(call: Call) -> str | None:
    until = call.given("appeals_until")
    if until is None or until > day_of(call.at):
        return None
    return "申诉截止日期要晚于今天，给各单位留出核对的时间。"


@requirement(field="as_of", late=True)
def somebody_to_score(call: Call) -> str | None:
    as_of = call.given("as_of")
    if as_of is None or sheet_of(call.obj, as_of).units:
        return None
    return "截至这一天还没有交办给任何单位，没有可以考核的件。请换一个日期。"


@step(
    "score_sheet.freeze",
    label="公布考核成绩",
    on="proposals.Plenary",
    creates="scores.ScoreSheet",
    who=who.registrar,
    stamps="frozen_at",
    requires=[day_is_over, time_to_appeal, somebody_to_score],
    fields=[
        Field("as_of", "截止日期", "date"),
        Field("label", "用途", "line", most=60),
        Field("appeals_until", "申诉截止", "date", help="各单位在这一天以前可以对自己的得分提出申诉。"),
    ],
    tell=[people_of_the_sheet],
    sentence="公布截至{as_of}的考核成绩，用于{label}，{appeals_until}以前可以申诉",
)
def freeze(
    plenary: Plenary, *, actor: Actor, at: datetime, as_of: date, label: str, appeals_until: date
) -> tuple[ScoreSheet, dict[str, Any]]:
    """Every unit's points and the rows behind them, as they are counted now; they never change again."""
    counted = sheet_of(plenary, as_of)
    made = ScoreSheet.objects.create(
        jurisdiction=plenary.jurisdiction,
        plenary=plenary,
        pack_version=counted.version,
        as_of=as_of,
        label=label.strip(),
        appeals_until=appeals_until,
        frozen_at=at,
        frozen_by=actor.person,
    )
    UnitScore.objects.bulk_create(
        UnitScore(sheet=made, unit=one.unit, score=one.result.score, lines=stored(one.result))
        for one in counted.units
    )
    return made, {"units": len(counted.units), "version": str(counted.version)}


def _lines(score: UnitScore, actor: Actor) -> list[tuple[str, str]]:
    """Those that lost something: there is nothing to be given back on the others."""
    lost = [line for line in score.result.lines if line.lost]
    return [(line.measure, f"{line.label}（{line.points}分得{line.got}分）") for line in lost]


@requirement()
def still_time(call: Call) -> str | None:
    until = call.obj.sheet.appeals_until
    if day_of(call.at) <= until:
        return None
    return f"申诉到{in_full(until)}截止。确有错误的，请直接与市政府办公室联系。"


@requirement()
def something_was_lost(call: Call) -> str | None:
    return None if _lines(call.obj, call.actor) else "各项都得了满分，没有可以申诉的。"


@requirement(field="measure", late=True, done=True)
def once_a_line(call: Call) -> str | None:
    lodged = Appeal.objects.filter(score=call.obj, measure=call.given("measure"))
    return "这一项已经申诉过。" if lodged.exists() else None


@step(
    "appeal.lodge",
    label="申诉",
    on="scores.UnitScore",
    creates="scores.Appeal",
    who=who.coordinates_in_unit,
    stamps="lodged_at",
    requires=[still_time, something_was_lost, once_a_line],
    fields=[
        Field("measure", "考核项目", "choice", options=_lines),
        Field("reason", "申诉理由", "text", help="写明是哪一件、依据是什么。"),
    ],
    tell=[registrars],
    sentence="{unit}对考核得分提出申诉：{reason}",
)
def appeal(score: UnitScore, *, actor: Actor, at: datetime, measure: str, reason: str) -> tuple[Appeal, None]:
    made = Appeal.objects.create(score=score, measure=measure, reason=reason.strip(), lodged_at=at)
    return made, None


@requirement(done=True)
def not_ruled_yet(call: Call) -> str | None:
    return "这项申诉已经裁定。" if call.obj.ruling else None


@requirement(field="points", late=True)
def points_fit(call: Call) -> str | None:
    """What is granted gives back something, and no more than was lost."""
    if call.given("ruling") != Ruling.GRANTED:
        return "不同意的，不用填加回分数。" if call.given("points") else None
    points, lost = read_points(call.given("points", "")), call.obj.line.lost
    if points is None:
        return "同意申诉的，请写明加回多少分（可以有一位小数）。"
    return f"这一项只扣了{lost}分，加回的不能比这更多。" if points > lost else None


@step(
    "appeal.rule",
    label="裁定申诉",
    on="scores.Appeal",
    who=who.registrar,
    stamps="ruled_at",
    requires=[not_ruled_yet, points_fit],
    fields=[
        Field("ruling", "裁定", "word", words=Ruling),
        Field("points", "加回分数", "code", required=False, help="同意的填写。"),
        Field("reason", "裁定理由", "text"),
    ],
    tell=[target_unit_people],
    sentence="对{target}的考核申诉裁定：{ruling}。{reason}",
)
def rule(
    appeal: Appeal, *, actor: Actor, at: datetime, ruling: str, reason: str, points: str = ""
) -> dict[str, Any]:
    """The frozen sheet stays as it was; what is given back stands beside it with its reason."""
    appeal.ruling, appeal.ruling_reason = ruling, reason.strip()
    appeal.points = read_points(points) or Decimal(0)
    appeal.save(update_fields=["ruling", "ruling_reason", "points"])
    return {"target_unit": appeal.score.unit}
