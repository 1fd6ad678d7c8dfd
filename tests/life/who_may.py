"""The table of rights: who may take which step, on an item that two units lead and a third one co-handles.

Made from the declarations and kept in tests/tables/who_may.csv, so that a change of right is a visible diff.
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from huiyin.journal.models import Event
from huiyin.journal.step import STEPS, Step
from huiyin.ledgers import steps as ledgers
from huiyin.people.actor import Actor, standing_in
from huiyin.promises import steps as promises
from huiyin.scores import steps as scores
from huiyin.supervision import steps as supervision
from huiyin.topics import steps as topics
from huiyin.words import Role
from tests.people import City
from tests.stories import answering, evaluating, handling, intake, widening, writing
from tests.stories.moments import at

TABLE = Path(__file__).parents[1] / "tables" / "who_may.csv"
YES, ON_PAPER, NO = "是", "代录", ""

# Column -> the named person of tests/people.py, and the role.
PEOPLE = {
    "政协工作人员": ("staff", Role.ASSEMBLY_STAFF),
    "人大工作人员": ("congress_staff", Role.ASSEMBLY_STAFF),
    "第一提案人": ("chen_yiming", Role.PROPOSER),
    "联名人": ("co_signer", Role.PROPOSER),
    "政府办经办人": ("lin_lan", Role.REGISTRAR),
    "主办单位联络员": ("chen_jing", Role.LIAISON),
    "主办单位承办人": ("zhou_ning", Role.HANDLER),
    "主办单位负责人": ("gao_yuan", Role.UNIT_LEADER),
    "另一主办单位联络员": ("he_shan", Role.LIAISON),
    "会办单位联络员": ("sun_yue", Role.LIAISON),
    "无关单位联络员": ("unit_without_share", Role.LIAISON),
    "市领导": ("mayor_wang", Role.GOVERNMENT_LEADER),
    "审计员": ("auditor", Role.AUDITOR),
    "系统管理员": ("administrator", Role.ADMINISTRATOR),
    "外市经办人": ("stranger", Role.REGISTRAR),
}
HEAD = ["步骤", "名称", "由谁办理", *PEOPLE]


def read() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[dict[str, str]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEAD, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def made_from_declarations(city: City) -> list[dict[str, str]]:
    """Each step on a row of its own kind; each person on the better of two items, one of each assembly."""
    rows = standard_rows(city)
    return [_row(STEPS[code], city, rows[STEPS[code].on]) for code in sorted(STEPS)]


def _row(step: Step, city: City, subjects: list[Model]) -> dict[str, str]:
    made = {"步骤": step.code, "名称": step.label, "由谁办理": getattr(step.who, "label", "")}
    for column, (name, _) in PEOPLE.items():
        found = {_answer(step, getattr(city, name), subject) for subject in subjects}
        made[column] = next(answer for answer in (YES, ON_PAPER, NO) if answer in found)
    return made


def _answer(step: Step, actor: Actor, subject: Any) -> str:
    if step.who(actor, subject):
        return YES
    entering = standing_in(actor, subject)
    return ON_PAPER if entering is not None and step.who(entering, subject) else NO


def standard_rows(city: City) -> dict[str, list[Model]]:
    """One row, or one of each assembly, of every model that a step is taken on."""
    share = answering.at_work(city, leads=[city.education, city.land], co=[city.police])
    handling.opinion_given(city, handling.share(share.proposal, city.police))
    made = _supervised(city, share)
    promised = answering.promised(city, share, milestones=[{"what": "开工"}])
    reply = answering.issued(city, share)
    supervision.draw(city.plenary, actor=city.lin_lan, at=at("2020-04-12"), title="抽查", share=100, seed="1")
    evaluating.dissatisfied(city, reply)
    _in_a_topic(city, promised)
    _scored(city)
    promises.use(
        answering.at_work(city, title="关于同一件事的提案"),
        actor=city.zhou_ning,
        at=at("2020-05-01"),
        promise=promised,
    )
    suggestion = intake.registered(city, plenary=city.congress, title="关于修路的建议")
    writing.co_signers_invited(city)
    ledgers.start(city.plenary, actor=city.lin_lan, at=at("2020-05-01"), file_name="台账.xlsx", digest="0")
    firsts = {step.on for step in STEPS.values()} - {"people.Jurisdiction", "journal.Event"}
    made |= {
        label: [apps.get_model(label)._default_manager.order_by("pk")[0]] for label in firsts - set(made)
    }
    promises.add_milestone(promised, actor=city.zhou_ning, at=at("2020-05-02"), what="封顶")
    made["proposals.Proposal"].append(suggestion)
    made["proposals.Plenary"] = [city.plenary, city.congress]
    made["people.Jurisdiction"] = [city.here]
    made["journal.Event"] = [Event.objects.filter(code="assignment.assign")[0]]
    return made


def _scored(city: City) -> None:
    """The sheet of a day on which the lead unit has lost something, against which it appeals."""
    days = {"as_of": date(2020, 4, 30), "appeals_until": date(2021, 1, 31)}
    sheet = scores.freeze(city.plenary, actor=city.lin_lan, at=at("2020-05-01"), label="考核", **days).subject
    score = sheet.scores.get(unit=city.education)
    lost = next(line for line in score.result.lines if line.lost)
    given = {"measure": lost.measure, "reason": "件已送出"}
    scores.appeal(score, actor=city.chen_jing, at=at("2020-05-02"), **given)


def _in_a_topic(city: City, promise: Any) -> None:
    """The item in a topic of its lead unit, with its promise and an outcome, and raised before."""
    topic, item, when = widening.begun(city), promise.proposal, at("2020-05-01")
    topics.join(item, actor=city.lin_lan, at=when, topic=topic)
    topics.bind_promise(topic, actor=city.lin_lan, at=when, promise=promise)
    topics.record_outcome(topic, actor=city.chen_jing, at=when, **widening.COUNTED)
    topics.mark(item, actor=city.lin_lan, at=when, earlier=widening.raised_before(city))


def _supervised(city: City, share: Any) -> dict[str, list[Model]]:
    """What the office and a leader did about it."""
    item, when = share.proposal, at("2020-03-20")
    acts = (
        supervision.assign_leader(
            item, actor=city.lin_lan, at=when, leader=city.mayor_wang.post, kind="supervise"
        ),
        supervision.give_instruction(item, actor=city.mayor_wang, at=when, text="抓紧办理。"),
        supervision.record_inspection(item, actor=city.lin_lan, at=when, finding="尚未开工"),
        supervision.urge(share, actor=city.lin_lan, at=when, way="phone", text="请抓紧。"),
        supervision.divide(
            city.here, actor=city.lin_lan, at=when, leader=city.mayor_wang.post, unit=city.education
        ),
        supervision.dispatch.open_round(
            city.plenary, actor=city.lin_lan, at=when, title="调度", asks="进度", due_on=date(2020, 3, 30)
        ),
        supervision.series.begin_series(
            city.plenary,
            actor=city.lin_lan,
            at=when,
            title="定期调度",
            asks="进度",
            every="month",
            until=date(2020, 12, 31),
            days=7,
        ),
        supervision.superior.send(
            share, actor=city.chen_jing, at=when, superior="省厅", what="政策", document_number="1号"
        ),
    )
    made = {event.subject._meta.label: [event.subject] for event in acts}
    made["supervision.DispatchSheet"] = [acts[5].subject.sheets.get(unit=city.education)]
    made["supervision.Task"] = [acts[1].subject.tasks.get(unit=share.unit)]
    return made


def roles_that_may() -> dict[str, set[str]]:
    """Step -> the roles that the table lets take it."""
    return {
        row["步骤"]: {role for column, (_, role) in PEOPLE.items() if row[column] != NO} for row in read()
    }
