"""How each entry is said in Chinese: its facets, each a name and a value, the source always last."""

from collections.abc import Sequence
from typing import Any

from huiyin.rulepacks.entries import (
    Difficulty,
    Evaluating,
    Letter,
    Mark,
    MarkScheme,
    Numbering,
    Option,
    Publication,
    Rate,
    Taxonomy,
)
from huiyin.rulepacks.events import EVENTS
from huiyin.rulepacks.lengths import say_alert, say_length
from huiyin.rulepacks.options import NEEDS, OPTIONS, PUBLISHED, RATES, ROUNDS
from huiyin.rulepacks.periods import NO_SOURCE, Before, DeadlineRule, FixedDate, OtherPeriod
from huiyin.words import Kind, Period

REST_DAYS = {
    "next_workday": "顺延到下一个工作日",
    "previous_workday": "提前到上一个工作日",
    "keep": "不顺延",
}
Facets = dict[str, str]


def borrowed(of: Kind | None, kind: str, period: str = "", of_period: str | None = None) -> str:
    """That what holds for this kind or period is the other's, which alone has been laid down; else empty."""
    if of not in (None, kind):
        return f"{Kind.label_of(kind)}未见规定，按{Kind.label_of(str(of))}的规定"
    if of_period not in (None, period):
        return f"{Period.label_of(period)}未见规定，按{Period.label_of(str(of_period))}的规定"
    return ""


def source(entry: Any) -> str:
    """《…》第…条; what is assumed says so, with what it leans on."""
    if entry.source == NO_SOURCE:
        return "未见规定，本规则包设定"
    return f"设定，参照{entry.source}" if entry.assumed else str(entry.source)


def sources(entries: Sequence[Any]) -> str:
    return "；".join(dict.fromkeys(source(entry) for entry in entries))


def _filled(**facets: str) -> Facets:
    return {name: value for name, value in facets.items() if value}


def deadline(rule: DeadlineRule) -> Facets:
    starts = EVENTS.get(rule.starts, rule.starts)
    span = say_length(rule.length)
    plain = isinstance(rule.length, Before | FixedDate)
    rest = REST_DAYS[rule.if_rest_day] if rule.if_rest_day != "next_workday" else ""
    return _filled(
        期限=span if plain else f"自{starts}之日起{span}",
        起算="从当日起计算" if rule.count_from == "same_day" else "",
        遇休息日=rest,
        最长=say_length(rule.maximum) if rule.maximum else "",
        批准或裁定=rule.approver,
        提醒="、".join(say_alert(alert) for alert in rule.alerts) + "（系统设定）" if rule.alerts else "",
        改办="" if rule.restart or not rule.met_by else "不重新起算，接着原来的期限",
        备注=rule.note,
        出处=source(rule),
    )


def other_period(entry: OtherPeriod) -> Facets:
    length = say_length(entry.length) if entry.length else ""
    return _filled(时间="，".join(part for part in (entry.when, length) if part), 出处=source(entry))


def mark(entry: Mark) -> str:
    parts = [entry.label, f"含义：{'、'.join(meaning.label for meaning in entry.meanings)}"]
    if entry.period:
        parts.append(f"时限：{say_length(entry.period)}")
    if entry.needs:
        parts.append(f"须有：{'、'.join(NEEDS[need] for need in entry.needs)}")
    return "；".join(parts)


def mark_scheme(entry: MarkScheme) -> Facets:
    marks = {f"{one.code}类": mark(one) for one in entry.marks}
    extra = _filled(
        字母="" if entry.lettered else "原文不用字母，字母只用于保存和台账",
        位置=entry.place,
        备注=entry.note,
        出处=source(entry),
    )
    return {"方案": entry.name} | marks | extra


def taxonomy(entry: Taxonomy) -> Facets:
    return _filled(
        类别="、".join(entry.classes), 增加="可以增加本地类别" if entry.open else "", 出处=source(entry)
    )


def evaluating(entry: Evaluating) -> Facets:
    return _filled(
        内容="、".join(entry.label_of(one) for one in entry.dimensions),
        落实以后再评="、".join(entry.label_of(one) for one in entry.later_dimensions),
        等次="、".join(grade.label for grade in entry.grades),
        须写理由=f"低于“{entry.reason_below.label}”的",
        另问="、".join(entry.questions),
        备注=entry.note,
        出处=source(entry),
    )


def rate(entry: Rate) -> Facets:
    base = RATES[entry.name][1].get(entry.base, entry.base)
    return _filled(基数=base, 轮次=ROUNDS[entry.round], 备注=entry.note, 出处=source(entry))


def option(entry: Option) -> Facets:
    return _filled(选择=OPTIONS[entry.name].said(entry.value), 备注=entry.note, 出处=source(entry))


def numbering(entry: Numbering) -> Facets:
    def example(pattern: str) -> str:
        return pattern.replace("{n}", "1".zfill(entry.width))

    return {"会议期间": example(entry.in_plenary), "闭会期间": example(entry.between), "出处": source(entry)}


def difficulty(entry: Difficulty) -> Facets:
    return {
        "等级": "、".join(entry.label_of(grade) for grade in range(1, len(entry.grades) + 1)),
        "难件": f"从“{entry.label_of(entry.hard)}”起",
        "没有动静": f"满{entry.quiet}个工作日列入关注",
        "出处": source(entry),
    }


def letter(entry: Letter) -> Facets:
    return _filled(
        标题=entry.title,
        文号=entry.number,
        签发=entry.signatory,
        抄送="、".join(entry.copies),
        附件="、".join(entry.attachments),
        方式=entry.delivery,
        出处=source(entry),
    )


def publication(entry: Publication) -> Facets:
    return _filled(
        内容="、".join(PUBLISHED[item] for item in entry.items),
        默认=entry.default.label,
        隐去="、".join(entry.removed),
        不公开="、".join(entry.never),
        提案者意愿="可以要求不公开" if entry.wish else "",
        渠道=entry.channel,
        出处=source(entry),
    )


def days_left(days: int) -> str:
    if days >= 3650:
        return "办理开始"
    return f"到期前{days}天" if days > 0 else "到期当日" if days == 0 else f"超期{-days}天"
