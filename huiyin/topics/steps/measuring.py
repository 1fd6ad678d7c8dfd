"""成效: numbers typed in with unit of measure, period and source, and corrected openly."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from huiyin.clock.now import day_of
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, Requirement, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.people.tell import registrars
from huiyin.topics.models import Outcome, Topic, plain
from huiyin.topics.words import OutcomeKind, TopicState

also_dates("topic.correct_outcome", "topics.Outcome", "replaced_by", "replaced_at")
LARGEST = Decimal(10) ** 12
PLACES = 4


def number(text: str) -> Decimal | None:
    """1,200 and 12.5 as people type them; None where it is no number that can be kept."""
    try:
        made = Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
    whole = made.is_finite() and abs(made) < LARGEST and -int(made.as_tuple().exponent) <= PLACES
    return made if whole else None


def _is_a_number(name: str) -> Requirement:
    def readable(call: Call) -> str | None:
        text = call.given(name, "")
        if not text or number(text) is not None:
            return None
        return f"“{text}”不是数字，请只填数字（最多{PLACES}位小数），单位填在“计量单位”里。"

    return Requirement(readable, "is_a_number", field=name, late=True)


@requirement(field="to_on", late=True)
def period_is_possible(call: Call) -> str | None:
    begins, ends = call.given("from_on"), call.given("to_on")
    if begins is None or ends is None:
        return None
    if begins > ends:
        return "统计期间的止日不能早于起日。"
    return "统计期间还没有结束，成效只登记已经发生的。" if ends > day_of(call.at) else None


WHO = who.registrar | who.coordinates_in_unit
BEFORE = Field(
    "before",
    "推进前",
    "code",
    required=False,
    help="以前没有统计过的，不填。",
    initial=lambda row: _was(row, "before"),
)
AFTER = Field("after", "推进后", "code", initial=lambda row: _was(row, "after"))
SOURCE = Field("source", "来源", "line", help="文件、统计报表或者验收材料的名称和文号。", most=200)


def _was(row: Any, name: str) -> str:
    value = getattr(row, name, None)
    return "" if value is None else plain(value)


@step(
    "topic.record_outcome",
    label="登记成效",
    undone_by="topic.correct_outcome",
    on="topics.Topic",
    creates="topics.Outcome",
    who=WHO,
    source={TopicState.CARRIED_OUT, TopicState.SETTLED},
    stamps="recorded_at",
    requires=[_is_a_number("before"), _is_a_number("after"), period_is_possible],
    fields=[
        Field("kind", "内容", "word", words=OutcomeKind),
        Field("what", "指标", "line", help="例如：公共停车泊位、完成投资、改造小区。", most=100),
        BEFORE,
        AFTER,
        Field("measure", "计量单位", "code", help="例如：个、万元、平方米。", most=20),
        Field("from_on", "统计期间起", "date"),
        Field("to_on", "统计期间止", "date"),
        SOURCE,
    ],
    tell=[registrars],
    sentence="登记成效：{what}{before}→{after}{measure}，来源：{source}",
)
def record_outcome(
    topic: Topic, *, actor: Actor, at: datetime, after: str, before: str = "", **given: Any
) -> tuple[Outcome, None]:
    values = {"before": number(before) if before else None, "after": number(after)}
    kept = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    return Outcome.objects.create(topic=topic, recorded_at=at, **values, **kept), None


@requirement(done=True)
def not_replaced_yet(call: Call) -> str | None:
    return "这个数字已经更正过，请更正新的数字。" if call.obj.replaced_at else None


@step(
    "topic.correct_outcome",
    label="更正成效",
    on="topics.Outcome",
    creates="topics.Outcome",
    who=WHO,
    stamps="recorded_at",
    requires=[not_replaced_yet, _is_a_number("before"), _is_a_number("after")],
    fields=[BEFORE, AFTER, SOURCE, Field("reason", "更正理由", "text")],
    tell=[registrars],
    sentence="更正成效“{what}”：由{was}改为{after}。{reason}",
)
def correct_outcome(
    outcome: Outcome, *, actor: Actor, at: datetime, after: str, source: str, reason: str, before: str = ""
) -> tuple[Outcome, dict[str, Any]]:
    """The old number stays where it was printed; the new one says what it replaces, and why."""
    outcome.replaced_at = at
    outcome.save(update_fields=["replaced_at"])
    same = {name: getattr(outcome, name) for name in ("topic", "kind", "what", "measure", "from_on", "to_on")}
    made = Outcome.objects.create(
        before=number(before) if before else None,
        after=number(after),
        source=source.strip(),
        reason=reason.strip(),
        recorded_at=at,
        replaces=outcome,
        **same,
    )
    was = {"was": plain(outcome.after), "was_before": "" if outcome.before is None else plain(outcome.before)}
    return made, was | {"texts": {"what": outcome.what, "was_source": outcome.source}}
