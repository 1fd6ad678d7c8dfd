"""定期调度: all units are asked for the state of given items by a day; the round is closed with the silent ones named."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.people.steps import also_dates
from huiyin.people.tell import registrars, target_unit_people
from huiyin.proposals.models import Plenary
from huiyin.supervision.asking import asked_about, made_round
from huiyin.supervision.dispatching import hollow
from huiyin.supervision.models import DispatchLine, DispatchRound, DispatchSaid, DispatchSheet
from huiyin.supervision.needs import all_of_this_place
from huiyin.supervision.steps.sampling import marks_of, units_of
from huiyin.supervision.words import Progress
from huiyin.words import UNIT_ROLES

also_dates("dispatch.answer", "supervision.DispatchLine", "sheet", "answered_at")
also_dates("dispatch.answer", "supervision.DispatchSaid", "line__sheet", "said_at")
also_dates("dispatch.send_back", "supervision.DispatchSaid", "line__sheet", "sent_back_at")
FILTERS = ("units", "mark", "key_only", "promises_until")
# What a single dispatch and one that repeats are both asked.
ASKS = Field("asks", "要报什么", "text", help="写明要报的内容，例如：到哪一步、做了什么、下一步哪天完成。")
OF_WHICH = (
    Field("key_only", "只调度重点件", "flag", required=False),
    Field("mark", "办理结果", "choice", required=False, options=marks_of),
)
OF_WHOM = Field("units", "单位", "rows", required=False, options=units_of, help="不选就是所有承办单位。")


@requirement(late=True)
def somebody_is_asked(call: Call) -> str | None:
    given = {name: call.given(name) for name in FILTERS}
    return None if asked_about(call.obj, **given) else "没有符合这些条件的在办件或承诺，请放宽条件。"


@requirement(field="due_on", late=True)
def there_is_time_to_answer(call: Call) -> str | None:
    due_on = call.given("due_on")
    return "报送期限不能早于发出的日子。" if due_on is not None and due_on < day_of(call.at) else None


def units_asked(event: Event) -> Iterable[int]:
    """Everybody in the units of the round."""
    asked = DispatchSheet.objects.filter(round=event.subject_id).values("unit")
    held = Post.objects.held_on(day_of(event.recorded_at)).in_role(*UNIT_ROLES)
    return set(held.filter(unit__in=asked).values_list("person", flat=True))


@step(
    "dispatch.open",
    label="发起调度",
    on="proposals.Plenary",
    creates="supervision.DispatchRound",
    who=who.registrar,
    stamps="opened_at",
    requires=[all_of_this_place, somebody_is_asked, there_is_time_to_answer],
    fields=[
        Field("title", "名称", "line", help="例如：4月份提案办理进度调度。", most=100),
        ASKS,
        Field("due_on", "报送期限", "date"),
        *OF_WHICH,
        Field(
            "promises_until",
            "只调度到期的承诺",
            "date",
            required=False,
            help="填了日期，就调度这一天以前到期、还没有落实的承诺。",
        ),
        OF_WHOM,
    ],
    tell=[units_asked],
    sentence="发起调度“{title}”：{units_count}个单位、{lines_count}项，{due_on}前报送",
)
def open_round(
    plenary: Plenary, *, actor: Actor, at: datetime, title: str, asks: str, due_on: date, **filters: Any
) -> tuple[DispatchRound, dict[str, Any]]:
    """One sheet for each unit, with all its lines on it."""
    return made_round(
        plenary, at, title=title, asks=asks, due_on=due_on, pairs=asked_about(plenary, **filters)
    )


def _lines(sheet: DispatchSheet, actor: Actor) -> Any:
    return sheet.lines.select_related("proposal__plenary", "promise")


def _said_so_far(sheet: DispatchSheet) -> list[dict[str, Any]]:
    return [
        {"line": line.pk, "standing": line.standing, "text": line.text, "next_on": line.next_on}
        for line in sheet.lines.order_by("id")
    ]


@requirement(done=True)
def not_sent_yet(call: Call) -> str | None:
    return "这张调度单已经报送。" if call.obj.answered_at else None


@requirement()
def round_is_open(call: Call) -> str | None:
    return (
        "这次调度已经结束，没有报送的已经列名。有情况请打电话给市政府办公室。"
        if call.obj.round.closed_at
        else None
    )


@requirement(field="lines", late=True)
def every_line_is_answered(call: Call) -> str | None:
    said = {
        getattr(row["line"], "pk", row["line"])
        for row in call.given("lines") or []
        if row.get("standing") in set(Progress) and (row.get("text") or "").strip()
    }
    missing = call.obj.lines.exclude(pk__in=said).count()
    return f"还有{missing}项没有填进展和具体情况，请一次填完再报送。" if missing else None


@step(
    "dispatch.answer",
    label="报送调度情况",
    on="supervision.DispatchSheet",
    who=who.handles_for_unit,
    stamps="answered_at",
    requires=[not_sent_yet, round_is_open, every_line_is_answered],
    fields=[
        Field(
            "lines",
            "调度事项",
            "table",
            help="每件都写明时间、数量、文件或者地点；只说正在推进的，或者和上次一样的，会标为空话。",
            initial=_said_so_far,
            columns=(
                Field("line", "件", "row", options=_lines),
                Field("standing", "进展", "word", required=False, words=Progress),
                Field("text", "具体情况", "text", required=False),
                Field("next_on", "下一步完成日期", "date", required=False),
            ),
        )
    ],
    tell=[registrars],
    sentence="{unit}报送调度情况{count}项",
)
def answer(
    sheet: DispatchSheet, *, actor: Actor, at: datetime, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    """All lines in one go. Whether a line says anything is looked at, and shown to the office and to the unit."""
    said = []
    own = {line.pk: line for line in sheet.lines.select_related("sheet__round")}
    for row in lines:
        line = own.get(getattr(row["line"], "pk", row["line"]))
        if line is None:
            continue  # of another sheet
        line.standing, line.text, line.next_on = row["standing"], row["text"].strip(), row.get("next_on")
        line.hollow, line.answered_at = hollow(line.text, _said_before(line)), at
        line.save(update_fields=["standing", "text", "next_on", "hollow", "answered_at"])
        DispatchSaid.objects.create(line=line, hollow=line.hollow, said_at=at)
        said.append({"line": line.pk, "standing": str(line.standing), "hollow": str(line.hollow)})
    texts = {f"text{line.pk}": line.text for line in own.values() if line.text}
    return {"count": len(said), "said": said, "target_unit": sheet.unit, "texts": texts}


def _said_before(line: DispatchLine) -> str | None:
    """What the unit said of the same thing in the last round in which it said anything."""
    before = DispatchLine.objects.answered().filter(
        sheet__unit=line.sheet.unit_id, proposal=line.proposal_id, promise=line.promise_id
    )
    last = before.exclude(sheet=line.sheet_id).order_by("answered_at", "id").last()
    return last.text if last else None


@requirement(done=True)
def has_been_sent(call: Call) -> str | None:
    return None if call.obj.answered_at else "这张调度单还没有报送，不用退回。"


@step(
    "dispatch.send_back",
    label="退回重报",
    on="supervision.DispatchSheet",
    who=who.registrar,
    requires=[round_is_open, has_been_sent],
    fields=[Field("reason", "退回原因", "text", help="例如：哪几项没有写时间和数量。")],
    tell=[target_unit_people],
    sentence="退回{target}的调度单：{reason}",
)
def send_back(sheet: DispatchSheet, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """What was said stays on the sheet and in the event; the unit owes it again."""
    sheet.answered_at, sheet.reason = None, reason.strip()
    sheet.sent_back += 1
    sheet.save(update_fields=["answered_at", "reason", "sent_back"])
    DispatchSaid.objects.filter(line__sheet=sheet, sent_back_at=None).update(sent_back_at=at)
    return {"target_unit": sheet.unit}


@requirement(done=True)
def not_closed_yet(call: Call) -> str | None:
    return "这次调度已经结束。" if call.obj.closed_at else None


@requirement()
def time_was_given(call: Call) -> str | None:
    waiting = call.obj.sheets.filter(answered_at=None).exists()
    if waiting and day_of(call.at) <= call.obj.due_on:
        return "报送期限还没有到，还有单位没有报送；请到期以后再结束。"
    return None


@step(
    "dispatch.close",
    label="结束调度",
    on="supervision.DispatchRound",
    who=who.registrar,
    stamps="closed_at",
    requires=[not_closed_yet, time_was_given],
    fields=[Field("summary", "调度小结", "text", required=False)],
    tell=[units_asked],
    sentence="调度结束：{answered}个单位报送，{silent_count}个单位没有报送{silent_names}",
)
def close(dispatch: DispatchRound, *, actor: Actor, at: datetime, summary: str = "") -> dict[str, Any]:
    """Whoever has said nothing is named for good."""
    dispatch.summary = summary.strip()
    dispatch.save(update_fields=["summary"])
    silent = list(dispatch.sheets.silent().select_related("unit").order_by("unit_id"))
    names = f"（{'、'.join(sheet.unit.name for sheet in silent)}）" if silent else ""
    return {
        "silent": [sheet.unit_id for sheet in silent],
        "silent_count": len(silent),
        "texts": {"silent_names": names},
        "answered": dispatch.sheets.filter(answered_at__isnull=False).count(),
    }
