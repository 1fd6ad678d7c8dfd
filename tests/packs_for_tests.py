"""A small rule pack of the tests' own: real entries, so that a test can say which option it is about."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from huiyin.rulepacks.dump import dump
from huiyin.rulepacks.models import PackVersion
from huiyin.rulepacks.schema import (
    Alert,
    DeadlineRule,
    Evaluating,
    FixedDate,
    Ground,
    Length,
    Mark,
    MarkScheme,
    Numbering,
    Option,
    Pack,
    Rate,
    RequiredContact,
    Source,
    Taxonomy,
    WarningColour,
)
from huiyin.rulepacks.store import digest_of, parsed
from huiyin.words import Dimension, Grade, Kind, Meaning, Period

SOURCE = Source("测试用规则", "测字〔2020〕1号", "2020-01-01", "第一条")
OPTIONS: dict[str, str | int] = {
    "office_check": "none",
    "extension": "approve",
    "several_leads": "own_replies",
    "joint_reply": "each",
    "second_handling": "automatic",
    "second_handling_on": "result",
    "second_handling_rounds": 2,
    "after_last_round": "close",
    "withdrawal": "any_stage",
    "joint_withdrawal": "all",
    "late_return": "refuse",
    "proposer_objects": "yes",
    "separate_parts": "named",
    "merging": "at_intake",
    "evaluators": "each",
    "unreturned_forms": "left_out",
    "mark_setter": "unit",
    "mark_changer": "nobody",
}
_serial = itertools.count(1)


def pack(code: str = "city-test", **options: str | int) -> Pack:
    """The test pack; keyword arguments change its options."""
    chosen = OPTIONS | options
    return Pack(
        code=code,
        label="测试规则",
        version="2020.1",
        jurisdiction="370300",
        valid_from=date(2019, 1, 1),
        deadlines=_deadlines(),
        mark_schemes=(_marks(),),
        taxonomies=(
            Taxonomy("category", "类别", ("工交城建", "科教文卫体", "其他"), SOURCE),
            Taxonomy("topic", "专题", ("教育",), SOURCE, open=True),
        ),
        evaluating=(
            Evaluating(
                (Dimension.ATTITUDE, Dimension.RESULT),
                (Grade.SATISFIED, Grade.BASIC, Grade.DISSATISFIED),
                SOURCE,
                later_dimensions=(Dimension.FULFILMENT,),
            ),
        ),
        rates=(Rate("satisfaction", "forms_returned", SOURCE),),
        options=tuple(Option(name, value, SOURCE) for name, value in chosen.items()),
        grounds=(
            Ground("no_content", "没有实际内容", SOURCE),
            Ground("own_affairs", "为本人或亲属解决个人问题", SOURCE),
        ),
        routes=(Ground("member_letter", "转作委员来信", SOURCE), Ground("sent_back", "退回提案者", SOURCE)),
        numbering=(
            Numbering(SOURCE, kind=Kind.PROPOSAL),
            Numbering(SOURCE, kind=Kind.SUGGESTION, in_plenary="D-{n}", between="闭字{n}", width=3),
        ),
        required_contacts=(RequiredContact("before", SOURCE),),
        warning_colours=(
            WarningColour("绿", "正常", 3650, SOURCE),
            WarningColour("蓝", "提醒", 60, SOURCE),
            WarningColour("橙", "临近期限", 7, SOURCE),
            WarningColour("红", "已经超期", -1, SOURCE),
        ),
    )


def _deadlines() -> tuple[DeadlineRule, ...]:
    months, workdays = (lambda n: Length(n, "months")), (lambda n: Length(n, "workdays"))
    return (
        DeadlineRule(
            "reply",
            "assignment.assign",
            months(3),
            SOURCE,
            period=Period.IN_PLENARY,
            met_by=("reply.issue",),
            maximum=months(6),
        ),
        DeadlineRule(
            "return_window",
            "assignment.assign",
            workdays(5),
            SOURCE,
            met_by=("assignment.ask_return", "assignment.plan"),
        ),
        DeadlineRule(
            "co_opinion", "assignment.assign", months(1), SOURCE, met_by=("assignment.give_opinion",)
        ),
        DeadlineRule("fulfilment", "plenary.close", Length(3, "years"), SOURCE, met_by=("proposal.settle",)),
        DeadlineRule(
            "feedback",
            "evaluation.invite",
            workdays(15),
            SOURCE,
            met_by=("evaluation.submit", "evaluation.enter_paper"),
        ),
        DeadlineRule("second_handling", "second_handling.order", months(1), SOURCE, met_by=("reply.issue",)),
        DeadlineRule("first_contact", "assignment.assign", workdays(20), SOURCE, met_by=("contact.log",)),
        DeadlineRule(
            "reply",
            "assignment.assign",
            months(2),
            SOURCE,
            period=Period.BETWEEN,
            met_by=("reply.issue",),
            maximum=months(3),
        ),
    )


def _marks() -> MarkScheme:
    return MarkScheme(
        "测试2020",
        (
            Mark("A", "已经解决或正在解决", (Meaning.SOLVED, Meaning.BEING_SOLVED), 1),
            Mark("B", "三年内基本解决", (Meaning.PLANNED,), 2, Length(3, "years")),
            Mark("C", "留作参考", (Meaning.REFERENCE, Meaning.CANNOT), 3),
        ),
        SOURCE,
    )


def yearly_report(length: Length | FixedDate | None = None) -> DeadlineRule:
    """Every promise is reported on by the end of each year, as in Chongqing."""
    return DeadlineRule(
        "promise_report",
        "promise.undertake",
        length or FixedDate(12, 31),
        SOURCE,
        met_by=("promise.report", "promise.skip_report", "promise.claim_done"),
        alerts=(Alert(-30), Alert(0), Alert(7)),
    )


def pack_version(
    code: str = "city-test",
    *,
    valid_from: date | None = None,
    restart: bool = True,
    reply_months: int = 3,
    alerts: tuple[Alert, ...] = (),
    mark_needs: tuple[str, ...] = (),
    more_rules: tuple[DeadlineRule, ...] = (),
    **options: str | int,
) -> PackVersion:
    """Publish the test pack with these options; a second one of the same code is the next version."""
    number = f"2020.{next(_serial)}"
    made = pack(code, **options)
    rules = tuple(replace(rule, restart=restart) for rule in (*made.deadlines, *more_rules))
    usual = Length(reply_months, "months")
    rules = tuple(
        replace(rule, length=usual) if (rule.name, rule.period) == ("reply", Period.IN_PLENARY) else rule
        for rule in rules
    )
    rules = tuple(replace(rule, alerts=alerts) if rule.name == "reply" else rule for rule in rules)
    scheme = made.mark_schemes[0]
    marks = tuple(replace(mark, needs=mark_needs) for mark in scheme.marks)
    made = replace(made, mark_schemes=(replace(scheme, marks=marks),))
    earlier = PackVersion.objects.filter(code=code).count()
    begins = valid_from or made.valid_from + timedelta(days=earlier)
    (scheme,) = made.mark_schemes
    scheme = replace(scheme, marks=tuple(replace(mark, needs=mark_needs) for mark in scheme.marks))
    made = replace(made, version=number, valid_from=begins, deadlines=rules, mark_schemes=(scheme,))
    text = dump(made)
    row = PackVersion.objects.create(
        code=code,
        version=number,
        label=made.label,
        valid_from=made.valid_from,
        text=text,
        digest=digest_of(text),
        published_at=datetime(2019, 1, 1, tzinfo=UTC),
    )
    assert row.pack == parsed(row), "the pack is read once, and before anybody counts queries"
    return row
