"""Reads the tables about time: [[deadline]] and [[other_period]]."""

from huiyin.rulepacks.citing import Sources
from huiyin.rulepacks.lengths import read_alert, read_length, read_span, read_span_or_date
from huiyin.rulepacks.options import OTHER_PERIODS
from huiyin.rulepacks.periods import Alert, Before, DeadlineRule, FixedDate, Length, OtherPeriod
from huiyin.rulepacks.reading import Table
from huiyin.rulepacks.tables import SPAN_OR_DATE, kind_of
from huiyin.words import DeadlineName, Level, Period, ProposerKind

LENGTHS = "请写成“3 months”“5 workdays”“08-31”或者“20 days before reply”的样式"


def deadline(table: Table, sources: Sources, event_codes: frozenset[str]) -> DeadlineRule:
    source, assumed = sources.cite(table)
    length: Length | FixedDate | Before | None = table.read("length", read_length, LENGTHS)
    if not table.has("length"):
        table.say("", "缺少length，请补上。")
    starts = table.text("starts")
    met_by = table.texts("met_by")
    for key, codes in (("starts", (starts,)), ("met_by", met_by)):
        for code in codes:
            if code and code not in event_codes:
                known = "、".join(sorted(event_codes))
                table.say(key, f"{key}里的“{code}”不是已有的步骤，可用的有：{known}。")
    return DeadlineRule(
        name=table.word("name", DeadlineName).value,
        starts=starts,
        length=length or Length(1, "days"),
        source=source,
        kind=kind_of(table),
        period=table.word_or_none("period", Period),
        met_by=met_by,
        count_from=table.one_of("count_from", ("next_day", "same_day"), "next_day"),
        if_rest_day=table.one_of("if_rest_day", ("next_workday", "previous_workday", "keep"), "next_workday"),
        maximum=table.read("maximum", read_span, "请写成“6 months”的样式"),
        approver=table.text("approver", ""),
        alerts=_alerts(table),
        restart=table.flag("restart", True),
        levels=table.words("levels", Level),
        proposers=table.words("proposers", ProposerKind),
        assumed=assumed,
        note=table.text("note", ""),
    )


def _alerts(table: Table) -> tuple[Alert, ...]:
    alerts = []
    for text in table.texts("alerts"):
        if alert := read_alert(text):
            alerts.append(alert)
        else:
            table.say("alerts", f"提醒“{text}”看不懂，请写成“-7d”“0d”“+7d”（d日、w工作日、m月）。")
    return tuple(alerts)


def other_period(table: Table, sources: Sources) -> OtherPeriod:
    source, assumed = sources.cite(table)
    length: Length | FixedDate | None = table.read("length", read_span_or_date, SPAN_OR_DATE)
    made = OtherPeriod(
        name=table.one_of("name", OTHER_PERIODS),
        source=source,
        length=length,
        when=table.text("when", ""),
        kind=kind_of(table),
        assumed=assumed,
    )
    if made.length is None and not made.when:
        table.say("", "length和when至少要写一项。")
    return made
