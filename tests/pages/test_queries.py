"""A page does not grow with its rows: as many queries at three rows as at thirty; lists take twelve at most."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import now
from huiyin.desks.columns import COLUMNS
from huiyin.handling import steps as handling_steps
from huiyin.people.models import Unit
from huiyin.promises import steps as promises
from huiyin.reporting.figures import figures_of, rows_of
from huiyin.scores import steps as scores
from huiyin.scores.measures import ROWS
from huiyin.scores.models import PartnerRating
from huiyin.scores.sheets import sheet_of
from huiyin.setup.models import BroughtList
from tests.pages.world import World
from tests.stories import answering, evaluating, handling, intake, supervising, writing
from tests.stories.moments import at

# A desk takes one for each group that waits; the office has some twenty that may wait.
LIST, CASE, DESK = 12, 46, 54


def queries(here: World, name: str, address: str) -> int:
    client = here.client(here.actors[name])
    client.get(address)  # the first visit notes that the person is here
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = client.get(address)
    assert page.status_code == 200
    return len(captured)


def more_items(here: World, count: int) -> None:
    city = here.city
    for number in range(count):
        writing.co_signers_invited(city, when="2020-04-13", closes_on=date(2020, 7, 1))
        share = handling.assigned(city, title=f"关于第{number}件的提案", co=[city.police])
        if number % 3 == 0:
            answering.at_work_on(city, share)
            handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
            answering.issued(city, share)


LISTS = (
    ("lin_lan", "/ledger/"),
    ("lin_lan", "/ledger/?q=停车&overdue=on&sort=due"),
    ("lin_lan", "/ledger/?totals=1&sort=-contacts"),
    ("lin_lan", f"/ledger/?cols={','.join(column.key for column in COLUMNS)}&sort=grade"),
    ("lin_lan", "/ledger/print/"),
    ("lin_lan", "/ledger/saved/?q=校"),
    ("chen_jing", "/ledger/"),
    ("chen_yiming", "/ledger/"),
    ("chen_yiming", "/writing/"),
    ("co_signer", "/writing/"),
    ("lin_lan", "/promises/?show=all"),
    ("lin_lan", "/promises/units/"),
    ("lin_lan", "/figures/stock/"),
    ("lin_lan", "/figures/zx12-4/stock.promises.zx12-4.total/"),
    ("lin_lan", "/topics/"),
    ("chen_jing", "/topics/"),
    ("lin_lan", "/topics/repeats/"),
    ("chen_jing", "/scores/"),
    ("lin_lan", "/scores/ratings/"),
    ("chen_jing", "/scores/ratings/"),
    ("staff", "/scores/quality/"),
    ("auditor", "/trace/"),
    ("administrator", "/accounts/"),
    ("chen_jing", "/due/assignment.sign/"),
    ("lin_lan", "/imports/"),
    ("administrator", "/proposers/"),
    ("administrator", "/setup/"),
    ("administrator", "/setup/pack/"),
    ("administrator", "/setup/people/"),
    ("administrator", "/setup/plenary/"),
    ("lin_lan", "/due/assignment.assign/"),
    ("lin_lan", "/assigning/screen/"),
    ("lin_lan", "/assigning/sheet/?start=2020-01-01&end=2020-12-31"),
    ("lin_lan", "/notices/"),
    ("mayor_wang", "/notices/week/"),
    ("gao_yuan", "/notices/week/"),
    ("administrator", "/notices/failed/"),
    ("lin_lan", "/supervision/?plenary=zx12-4"),
    ("lin_lan", "/supervision/leaders/?plenary=zx12-4"),
    ("lin_lan", "/supervision/tasks/?show=all"),
    ("lin_lan", "/supervision/meetings/?plenary=zx12-4"),
    ("lin_lan", "/supervision/superiors/?plenary=zx12-4"),
    ("lin_lan", "/supervision/units/?plenary=zx12-4"),
    ("chen_jing", "/supervision/tasks/"),
    ("lin_lan", "/figures/zx12-4/received.total/"),
    ("lin_lan", "/figures/zx12-4/contact.total/"),
)


@pytest.mark.parametrize(("name", "address"), LISTS)
def test_a_list_takes_twelve_queries_however_long(here: World, name: str, address: str) -> None:
    calendar_today()
    few = queries(here, name, address)
    more_items(here, 9)
    many = queries(here, name, address)
    assert few == many <= LIST


def looked_up(here: World, address: str) -> int:
    """How many rows a page asks for one by one, as `row.other` does."""
    client = here.client(here.city.lin_lan)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200
    return sum(one["sql"].endswith("LIMIT 21") for one in captured)


def a_row_of_each_model(here: World) -> None:
    """What the city does not have yet: a visit, a refused return, a date put off, partners who have both rated."""
    city = here.city
    supervising.visited(city, supervising.sampled(city), when="2020-04-13")
    refused = handling.assigned(city, title="关于退不掉的提案", when="2020-04-13")
    handling_steps.ask_return(refused, actor=city.chen_jing, at=at("2020-04-13"), reason="不属本单位职责")
    handling_steps.rule_return(
        refused, actor=city.lin_lan, at=at("2020-04-13"), ruling="refused", reason="属于教育"
    )
    promise = answering.promise_in_force(city, title="关于推迟的提案")
    promises.move_date(
        promise, actor=city.zhou_ning, at=at("2020-04-13"), due_on=date(2022, 6, 1), reason="缓建"
    )
    one = PartnerRating.objects.get()
    scores.rate_partner(
        one.rated, actor=city.chen_jing, at=at("2020-04-13"), rated=one.assignment, grade="satisfied"
    )


def test_a_figure_of_any_model_names_its_rows_at_once(here: World) -> None:
    a_row_of_each_model(here)
    plenary, on = here.city.plenary, date(2020, 4, 14)
    fullest: dict[str, tuple[int, str]] = {}
    for figure in figures_of(plenary, on):
        rows = rows_of(plenary, figure.code, on)
        found = (rows.count(), figure.code)
        fullest[rows.model.__name__] = max(found, fullest.get(rows.model.__name__, found))
    filled = {model: code for model, (count, code) in fullest.items() if count}
    assert set(filled) >= {"Assignment", "ReturnRequest", "Evaluation", "DispatchLine", "SampledItem", "Unit"}
    asked = {model: looked_up(here, f"/figures/{plenary.code}/{code}/") for model, code in filled.items()}
    assert set(asked.values()) == {asked["Proposal"]}, asked


def test_a_line_of_the_scores_of_any_model_names_its_rows_at_once(here: World) -> None:
    a_row_of_each_model(here)
    filled = {
        ROWS[line.measure].model: (scored.unit.pk, line.measure)
        for scored in sheet_of(here.city.plenary, date(2020, 4, 14), None).units
        for line in scored.result.lines
        if line.rows
    }
    assert set(filled) >= {
        "handling.assignment",
        "handling.returnrequest",
        "evaluations.evaluation",
        "scores.partnerrating",
        "promises.promise",
        "promises.duedate",
    }
    whole = f"/scores/{here.city.plenary.code}"
    asked = {
        model: looked_up(here, f"{whole}/{unit}/{measure}/") - looked_up(here, f"{whole}/{unit}/")
        for model, (unit, measure) in filled.items()
    }
    assert set(asked.values()) == {0}, asked


@pytest.mark.parametrize(
    "name", ["lin_lan", "staff", "chen_jing", "zhou_ning", "gao_yuan", "mayor_wang", "chen_yiming"]
)
def test_a_desk_does_not_grow_with_its_rows(here: World, name: str) -> None:
    few = queries(here, name, "/")
    more_items(here, 9)
    many = queries(here, name, "/")
    assert few == many <= DESK


@pytest.mark.parametrize("name", ["lin_lan", "zhou_ning", "chen_yiming"])
def test_a_promise_does_not_grow_with_what_became_of_it(here: World, name: str) -> None:
    city = here.city
    promise = answering.promise_in_force(city, title="关于长长的承诺的提案")
    address = reverse("desks:promise", args=[promise.pk])
    few = queries(here, name, address)
    for number in range(4):
        steps = {"actor": city.zhou_ning, "at": at(f"2020-04-1{number}")}
        promises.move_date(promise, due_on=date(2022, 1, number + 1), reason="缓建", **steps)
        promises.alter(promise, what=f"第{number}种说法", reason="核定", **steps)
        promises.add_milestone(promise, what=f"第{number}步", **steps)
    assert few <= queries(here, name, address) <= few + 3 <= CASE


PEOPLE = ["lin_lan", "staff", "chen_jing", "zhou_ning", "gao_yuan", "mayor_wang", "chen_yiming", "auditor"]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_case_does_not_grow_with_its_parts(here: World, name: str) -> None:
    city = here.city
    share = handling.assigned(city, title="关于分件的提案", co=[city.police, city.land])
    answering.at_work_on(city, share)
    for unit in (city.police, city.land):
        handling.opinion_given(city, share.proposal.assignments.get(unit=unit))
    reply = answering.issued(city, share)
    address = reverse("desks:case", args=[share.proposal.pk])
    few = queries(here, name, address)
    for number in range(6):
        handling.contacted(city, share, when="2020-04-12", phase="after", summary=f"第{number}次")
        answering.promised(city, share, when="2020-04-12", what=f"第{number}项")
    evaluating.evaluated(city, reply, when="2020-04-13", result="dissatisfied")
    many = queries(here, name, address)
    assert max(few, many) <= CASE
    assert many - few <= 6  # what is newly due on it, and whether that may be done


@pytest.mark.parametrize(
    ("what", "heading"), [("units", "单位名称"), ("members", "姓名"), ("accounts", "姓名")]
)
def test_a_list_is_compared_in_as_many_queries_however_long(here: World, what: str, heading: str) -> None:
    found = []
    for count in (3, 90):
        Unit.objects.bulk_create(
            Unit(jurisdiction=here.city.here, name=f"市第{count}之{number}局") for number in range(count)
        )
        rows = [{"place": f"第{number}行", "cells": {heading: f"名称{number}"}} for number in range(count)]
        BroughtList.objects.update_or_create(
            jurisdiction=here.city.here,
            what=what,
            person=here.city.administrator.person,
            defaults={"rows": rows, "plenary": here.city.plenary, "brought_at": now()},
        )
        found.append(queries(here, "administrator", f"/setup/{what}/"))
    assert found[0] == found[1] <= LIST


def test_the_pack_is_read_once_for_many_items(here: World) -> None:
    intake.received(here.city, title="关于再来一件的提案")
    with CaptureQueriesContext(connection) as captured:
        here.client(here.city.lin_lan).get("/ledger/")
    assert not [one for one in captured if '"rulepacks_packversion"."text"' in one["sql"]]


def test_the_workbench_takes_as_many_queries_for_fifty_items_and_sixty_units(here: World) -> None:
    calendar_today()
    few = queries(here, "lin_lan", "/assigning/")
    for number in range(50):
        item = intake.classified(here.city, title=f"关于第{number}条道路的提案")
        assert item.classifications.exists()
    Unit.objects.bulk_create(
        Unit(jurisdiction=here.city.here, name=f"市第{number}局", duties="管理道路") for number in range(60)
    )
    many = queries(here, "lin_lan", "/assigning/")
    assert few == many <= LIST
