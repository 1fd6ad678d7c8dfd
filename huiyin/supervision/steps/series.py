"""定期调度: begun once; the clock opens each next round on its working day; ended with a reason."""

from datetime import date, datetime, timedelta
from typing import Any

from huiyin.clock.alerts import every_turn
from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import day_of, now, today
from huiyin.journal.fields import TEN_YEARS, Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, Refused, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.people.tell import registrars
from huiyin.proposals.models import Plenary
from huiyin.supervision.asking import asked_about, made_round
from huiyin.supervision.models import DispatchRound, DispatchSeries
from huiyin.supervision.needs import all_of_this_place
from huiyin.supervision.steps.dispatching import ASKS, OF_WHICH, OF_WHOM, units_asked
from huiyin.supervision.words import Every


@requirement(field="until", late=True)
def comes_more_than_once(call: Call) -> str | None:
    until = call.given("until")
    if until is None:
        return None
    made = DispatchSeries(every=call.given("every"), first_on=_first_on(call.at), until=until)
    if made.next_on(made.first_on, calendar_today()) is None:
        return "到这一天为止只有一次；只调度一次的，请用“发起调度”，要定期的，请把日子写远一些。"
    return None


@requirement(field="days", late=True)
def leaves_a_day_to_answer(call: Call) -> str | None:
    return "报送的时间至少给1天。" if call.given("days") == 0 else None


def _first_on(at: datetime) -> date:
    return calendar_today().next_workday(day_of(at))


@step(
    "dispatch.begin_series",
    label="发起定期调度",
    undone_by="dispatch.end_series",
    on="proposals.Plenary",
    creates="supervision.DispatchSeries",
    who=who.registrar,
    stamps="begun_at",
    requires=[all_of_this_place, comes_more_than_once, leaves_a_day_to_answer],
    fields=[
        Field("title", "名称", "line", help="例如：提案办理进度调度。每一次在后面写明是第几次。", most=90),
        ASKS,
        Field("every", "多久一次", "word", words=Every, help="遇到休息日，顺延到下一个工作日发出。"),
        Field("until", "到哪天为止", "date"),
        Field(
            "days",
            "几天内报送",
            "number",
            help="从发出那天起算；到期是休息日的，顺延到下一个工作日。",
            most=TEN_YEARS,
        ),
        *OF_WHICH,
        Field(
            "promise_days",
            "只调度多少天以内到期的承诺",
            "number",
            required=False,
            most=TEN_YEARS,
            help="填了天数，每次就调度那天以后这么多天以内到期、还没有落实的承诺。",
        ),
        OF_WHOM,
    ],
    tell=[registrars],
    sentence="发起定期调度“{title}”：{every}一次，到{until}为止",
)
def begin_series(
    plenary: Plenary,
    *,
    actor: Actor,
    at: datetime,
    title: str,
    asks: str,
    units: list[Unit] | None = None,
    **given: Any,
) -> tuple[DispatchSeries, None]:
    """Its first round is opened at once on a working day, on the next one otherwise."""
    made = DispatchSeries.objects.create(
        jurisdiction_id=plenary.jurisdiction_id,
        plenary=plenary,
        title=title.strip(),
        asks=asks.strip(),
        first_on=_first_on(at),
        begun_at=at,
        **given,
    )
    made.units.set(units or [])
    return made, None


@after("dispatch.begin_series")
def open_the_first(event: Event) -> None:
    series: DispatchSeries = event.subject
    if series.due_period(day_of(event.at), calendar_today()) and not event.history:
        open_next(series, actor=Actor.system(series.jurisdiction), at=event.at)


@requirement(done=True)
def series_runs(call: Call) -> str | None:
    return "这项定期调度已经停止。" if call.obj.ended_at else None


@requirement(done=True)
def a_round_is_due(call: Call) -> str | None:
    """Asked again under the lock of the series: two clocks open a period once."""
    series: DispatchSeries = call.obj
    period = series.due_period(day_of(call.at), calendar_today())
    if period is None or series.until < day_of(call.at):
        return "今天没有要发出的定期调度。"
    return "这一期已经发出。" if series.rounds.filter(period__gte=period).exists() else None


@requirement()
def something_is_still_open(call: Call) -> str | None:
    series: DispatchSeries = call.obj
    selection = series.selection(day_of(call.at))
    return (
        None
        if asked_about(series.plenary, unfinished=True, **selection)
        else "没有符合这些条件的在办件或承诺要调度，请放宽条件。"
    )


@step(
    "dispatch.open_next",
    label="按期发出调度",
    on="supervision.DispatchSeries",
    creates="supervision.DispatchRound",
    who=who.system,
    stamps="opened_at",
    requires=[series_runs, a_round_is_due, something_is_still_open],
    tell=[units_asked],
    automatic=True,
    sentence="按期发出调度“{title}”：{units_count}个单位、{lines_count}项，{due_on}前报送",
)
def open_next(series: DispatchSeries, *, actor: Actor, at: datetime) -> tuple[DispatchRound, dict[str, Any]]:
    """The same question of the same sort of items, of those that are still open."""
    calendar, day = calendar_today(), day_of(at)
    made, facts = made_round(
        series.plenary,
        at,
        title=f"{series.title}（第{series.rounds.count() + 1}次）",
        asks=series.asks,
        due_on=calendar.next_workday(day + timedelta(days=series.days)),
        pairs=asked_about(series.plenary, unfinished=True, **series.selection(day)),
        series=series,
        period=series.due_period(day, calendar),
    )
    return made, facts | {"due_on": made.due_on.isoformat(), "texts": {"title": made.title}}


@every_turn
def open_what_is_due() -> None:
    """Each in its own transaction: a kill leaves the round of a period whole or still to be opened."""
    calendar, day = calendar_today(), today()
    if not calendar.is_workday(day):
        return
    running = DispatchSeries.objects.running(day).select_related("jurisdiction", "plenary").order_by("pk")
    for series in running:
        period = series.due_period(day, calendar)
        if period is None or series.rounds.filter(period__gte=period).exists():
            continue
        try:
            open_next(series, actor=Actor.system(series.jurisdiction), at=now())
        except Refused:
            continue  # another clock was faster, or nothing is open today


@step(
    "dispatch.end_series",
    label="停止定期调度",
    on="supervision.DispatchSeries",
    who=who.registrar,
    stamps="ended_at",
    requires=[series_runs],
    fields=[Field("reason", "原因", "text")],
    tell=[registrars],
    sentence="停止定期调度“{title}”：{reason}",
)
def end_series(series: DispatchSeries, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """No round follows; the one that is open goes on to its day."""
    series.reason = reason.strip()
    series.save(update_fields=["reason"])
    return {"texts": {"title": series.title}}
