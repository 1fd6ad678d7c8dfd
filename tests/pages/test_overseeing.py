"""The pages of supervision: what was asked of whom and what came of it, and how a unit that games it shows."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huiyin.clock.now import at as clock_at
from huiyin.desks.overseeing.measures import MEASURES
from huiyin.handling import steps as handling_steps
from huiyin.handling.models import Assignment
from huiyin.proposals import check
from huiyin.reporting.figures import figure_of, rows_of
from huiyin.supervision import steps
from huiyin.supervision.models import (
    DispatchRound,
    DispatchSeries,
    DispatchSheet,
    Division,
    Inspection,
    Sample,
    SampledItem,
    Task,
)
from huiyin.supervision.steps.series import open_what_is_due
from tests.pages.walking import Walker, address_of, words_on
from tests.pages.world import World
from tests.stories import answering, handling, supervising
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker():
    return Walker()


@pytest.fixture
def day():
    """The clock, moved by the story; what the replay finds is looked at when the story ends."""
    with clock_at(at("2020-03-02")) as held:
        yield lambda text: held.move(at(text))
    assert list(check.problems()) == []


def count(city, code):
    figure = figure_of(city.plenary, code)
    assert rows_of(city.plenary, code).count() == figure.count, code
    return figure.count


def test_a_dispatch_from_the_question_to_the_named_silent(city, walker, day):
    for title, lead in (
        ("关于甲的提案", city.education),
        ("关于乙的提案", city.education),
        ("关于丙的提案", city.land),
    ):
        handling.signed(city, handling.assigned(city, title=title, lead=lead))
    day("2020-04-01")
    walker.is_(city.lin_lan)
    walker.does(
        steps.dispatch.open_round,
        city.plenary,
        title="4月份调度",
        asks="到哪一步、下一步哪天完成",
        due_on=date(2020, 4, 8),
    )
    day("2020-04-02")
    walker.is_(city.chen_jing)
    assert "调度待报送" in words_on(walker.sees("/"))
    sheet = DispatchSheet.objects.get(unit=city.education)
    form = walker.sees(address_of(steps.dispatch.answer, sheet))
    assert len(form.select("form.step-form tbody tr")) == 2  # one page, a row for each item
    said = [
        {"standing": "on_time", "text": "4月20日完成招标", "next_on": date(2020, 4, 20)},
        {"standing": "slow", "text": "正在抓紧推进"},
    ]
    walker.does(steps.dispatch.answer, sheet, lines=said)
    day("2020-04-09")
    walker.is_(city.lin_lan)
    page = words_on(walker.sees(sheet.round.get_absolute_url()))
    assert "没有报送的单位（1 个）：市自然资源局" in page
    assert "空话：没有时间、数量、文件、地点" in page
    walker.does(steps.dispatch.close, sheet.round, summary="市自然资源局没有报送，予以通报。")
    answer = walker.client.get(reverse("desks:dispatch_export", args=[sheet.round_id]))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]].count("没有报送") == 1
    assert len(rows) == 4
    assert (count(city, "dispatch.on_time"), count(city, "dispatch.silent")) == (1, 1)
    assert count(city, "dispatch.hollow") == 1


def test_a_dispatch_that_repeats_shows_who_stayed_silent_in_a_row(city, walker, day):
    for title, lead in (("关于甲的提案", city.education), ("关于乙的提案", city.land)):
        handling.signed(city, handling.assigned(city, title=title, lead=lead))
    day("2020-04-01")
    walker.is_(city.lin_lan).does(
        steps.series.begin_series,
        city.plenary,
        title="进度调度",
        asks="到哪一步、下一步哪天完成",
        every="month",
        until=date(2020, 12, 31),
        days=7,
    )
    ending = address_of(steps.series.end_series, DispatchSeries.objects.get())
    page = walker.sees("/supervision/?plenary=zx12-4")
    assert "定期：进度调度 每月一次，12月31日为止" in words_on(page)
    assert page.select(f'a[href^="{ending}"]')
    assert not walker.is_(city.staff).sees("/supervision/?plenary=zx12-4").select(f'a[href^="{ending}"]')
    walker.is_(city.lin_lan)
    for when in ("2020-05-06", "2020-06-01"):
        day(when)
        open_what_is_due()
        found = DispatchRound.objects.latest("period")
        supervising.answered(city, supervising.sheet_of(found, city.education), "4月20日开工", when=when)
    day("2020-06-09")
    assert str(found) == "进度调度（第3次）"
    page = walker.sees(found.get_absolute_url())
    assert "每月一次，12月31日为止；下一次7月1日" in words_on(page)
    table = page.select_one("section[aria-labelledby=series] table")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]
    assert rows == [
        ["市自然资源局", "没有报送", "没有报送", "没有报送", "3 次"],
        ["市教育局", "没有报送", "按时", "按时", ""],
    ]
    units = walker.sees("/supervision/units/?plenary=zx12-4")
    heads = [head.get_text(strip=True) for head in units.select(".ledger thead th")]
    lines = {
        row.select_one("td").get_text(strip=True): [cell.get_text(strip=True) for cell in row.select("td")]
        for row in units.select(".ledger tbody tr")
    }
    again = heads.index("连续没有报送")
    assert (lines["市自然资源局"][again], lines["市教育局"][again]) == ("2", "0")
    walker.does(steps.series.end_series, found.series, reason="全部报清，改为单独催办")
    day("2020-07-01")
    open_what_is_due()
    assert DispatchRound.objects.count() == 3
    assert "停止：全部报清，改为单独催办" in words_on(walker.sees(found.get_absolute_url()))


def test_a_visit_sheet_from_the_draw_to_the_second_inspection(city, walker, day):
    answering.issued(city)
    day("2020-04-12")
    walker.is_(city.lin_lan).does(steps.draw, city.plenary, title="第一次抽查", share=100)
    page = words_on(walker.sees(Sample.objects.get().get_absolute_url()))
    assert "重新抽取，结果完全一样" in page
    assert "待走访" in page
    item = SampledItem.objects.get()
    form = walker.sees(address_of(steps.visit, item)).select_one("form.step-form")
    assert form.find(attrs={"name": "photos"})["accept"] == "image/jpeg,image/png"
    sent = {
        "verdict": "wanting",
        "finding": "没有动工",
        "place": "张店区某路",
        "position": "136.8131°N, 118.0548°E（约±20米）",
        "redress": "一个月内开工",
        "redress_due_on": "2020-05-13",
        "photos": [supervising.photo()],
    }
    answer = walker.client.post(address_of(steps.visit, item), sent)
    assert (answer.status_code, "纬度在0到90之间" in answer.content.decode()) == (422, True)
    assert answer.headers["Permissions-Policy"].startswith("geolocation=(self), camera=()")
    sent |= {"position": " 36.8131°N, 118.0548°E（约±20米） ", "photos": [supervising.photo()]}
    assert walker.client.post(address_of(steps.visit, item), sent).status_code == 302
    found = Inspection.objects.get()
    assert found.photos.get().name == "现场.jpg"
    where = "张店区某路 36.8131°N, 118.0548°E（约±20米）"
    assert found.where == where
    for address in (item.sample.get_absolute_url(), item.proposal.get_absolute_url()):
        assert where in words_on(walker.sees(address))
    assert city.chen_yiming.person is not None
    photo = reverse("desks:attachment", args=[found.photos.get().pk])
    answer = walker.is_(city.chen_jing).client.get(photo)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    assert walker.is_(city.chen_yiming).client.get(photo).status_code == 404
    assert "现场.jpg" not in words_on(walker.sees(item.proposal.get_absolute_url()))
    day("2020-05-08")
    task = found.tasks.get()
    walker.is_(city.zhou_ning).does(steps.task.receive, task)
    walker.does(steps.task.report, task, text="已开工", document_number="淄教字〔2020〕9号")
    walker.is_(city.lin_lan).does(steps.task.accept, task)
    assert "整改已确认，待二次核查" in words_on(walker.sees("/"))
    walker.does(steps.inspect_again, found, verdict="well", finding="两台挖掘机在施工")
    figures = {code: count(city, f"sample.{code}") for code in ("drawn", "well", "wanting", "redressed")}
    assert figures == {"drawn": 1, "well": 0, "wanting": 1, "redressed": 1}
    assert count(city, "inspection.again") == 1


def test_a_unit_that_games_the_system_stands_first_with_its_words(city, walker, day):
    """Returns on the last day, sends empty words twice, reports redress without proof; another does its work."""
    shares = [handling.assigned(city, title=f"关于第{number}件的提案") for number in range(2)]
    honest = handling.signed(city, handling.assigned(city, title="关于别的提案", lead=city.land))
    day("2020-03-09")
    handling_steps.ask_return(shares[1], actor=city.chen_jing, reason="不属本单位职责")
    handling_steps.rule_return(shares[1], actor=city.lin_lan, ruling="refused", reason="职责已有规定")
    for share in shares:
        handling_steps.sign(Assignment.objects.get(pk=share.pk), actor=city.chen_jing)
    for when, due in (("2020-04-01", "2020-04-08"), ("2020-05-06", "2020-05-12")):
        day(when)
        found = supervising.asked_in_a_round(
            city, when=when, due_on=date.fromisoformat(due), title=f"{when}调度"
        )
        supervising.answered(
            city, supervising.sheet_of(found, city.education), "高度重视，正在抓紧推进", when=when
        )
        supervising.answered(
            city, supervising.sheet_of(found, city.land), f"{when}完成勘察，6月开工", when=when
        )
    found = steps.record_inspection(
        shares[0].proposal,
        actor=city.lin_lan,
        finding="没有动工",
        redress="月底前开工",
        redress_due_on=date(2020, 5, 31),
    ).subject
    supervising.reported(city, found.tasks.get(), text="已整改到位", document_number="", when="2020-05-06")
    page = walker.is_(city.lin_lan).sees("/supervision/units/?plenary=zx12-4")
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in page.select(".ledger tbody tr")
    ]
    heads = [head.get_text(strip=True) for head in page.select(".ledger thead th")]
    lines = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    caught = ("最后一天退办", "调度报空话", "再次报空话", "没有佐证的报告", "督查发现问题")
    assert [lines["市教育局"][name] for name in caught] == ["1", "4", "2", "1", "1"]
    assert {lines["市自然资源局"][name] for name in caught} == {"0"}
    assert rows[0][0] == "市教育局"
    behind = words_on(
        walker.sees(reverse("desks:unit_conduct_rows", args=[city.plenary.code, city.education.pk]))
    )
    assert "“高度重视，正在抓紧推进”" in behind
    assert "已整改到位" in behind
    assert honest.unit == city.land


def test_empty_words_of_another_promise_are_not_said_again(city, day):
    share = answering.at_work(city)
    for what in ("新建幼儿园", "扩建小学"):
        answering.promised(city, share, what=what, due_on=date(2020, 9, 30))
    answering.issued(city, share)
    again = next(one for one in MEASURES if one.code == "hollow_again")
    empty, plain = "高度重视，正在抓紧推进", "{}完成勘察，7月开工"
    for when, due, said, many in (
        ("2020-05-06", "2020-05-12", (empty, plain), 0),
        ("2020-06-03", "2020-06-10", (plain, empty), 0),
        ("2020-07-01", "2020-07-08", (plain, "积极协调"), 1),
    ):
        day(when)
        given = {"due_on": date.fromisoformat(due), "promises_until": date(2020, 12, 31)}
        sheet = supervising.asked_in_a_round(city, when=when, **given).sheets.get(unit=city.education)
        lines = [
            {"line": line, "standing": "on_time", "text": text.format(when)}
            for line, text in zip(sheet.lines.order_by("promise"), said, strict=True)
        ]
        steps.dispatch.answer(sheet, actor=city.zhou_ning, at=at(when), lines=lines)
        assert again.of(city.plenary, city.education).count() == many, when


def test_the_leaders_list_prints_what_follows_from_the_division(city, walker, day):
    share = handling.signed(city)
    day("2020-03-05")
    walker.is_(city.lin_lan)
    walker.does(steps.divide, city.here, leader=city.mayor_wang.post, unit=city.education)
    form = walker.sees(address_of(steps.assign_leader, share.proposal)).select_one("form.step-form")
    chosen = form.select_one("select[name=leader] option[selected]")
    assert chosen["value"] == str(city.mayor_wang.post.pk)
    walker.does(steps.assign_leader, share.proposal, leader=city.mayor_wang.post, kind="lead")
    supervising.instructed(city, share)
    page = words_on(walker.sees("/supervision/leaders/?plenary=zx12-4"))
    for said in ("王市长", "分管：市教育局", share.proposal.title, "请教育局年内解决"):
        assert said in page
    assert walker.is_(city.chen_jing).client.get("/supervision/leaders/").status_code == 404


def test_the_division_of_a_leader_who_has_left_can_still_be_ended(city, walker, day):
    walker.is_(city.lin_lan)
    day("2020-03-05")
    walker.does(steps.divide, city.here, leader=city.mayor_wang.post, unit=city.education)
    post = city.mayor_wang.post
    post.to_on = date(2020, 3, 9)
    post.save()
    day("2020-03-10")
    page = words_on(walker.sees("/supervision/leaders/?plenary=zx12-4"))
    assert "3月9日离任，请结束原来的分工" in page
    assert "分管：市教育局" in page
    walker.does(steps.end_division, Division.objects.get(), until=date(2020, 3, 9))
    day("2020-03-11")
    assert "王市长" not in words_on(walker.sees("/supervision/leaders/?plenary=zx12-4"))


def test_an_instruction_is_a_task_until_the_leader_accepts_it(city, walker, day):
    share = handling.signed(city)
    day("2020-03-20")
    walker.is_(city.mayor_wang).does(
        steps.give_instruction, share.proposal, text="请教育局年内解决。", due_on=date(2020, 4, 10)
    )
    task = Task.objects.get()
    walker.is_(city.chen_jing).does(steps.task.receive, task)
    day("2020-04-13")
    walker.is_(city.lin_lan)
    assert "请教育局年内解决" in words_on(walker.sees("/supervision/tasks/?show=overdue"))
    assert count(city, "task.overdue") == 1
    walker.is_(city.zhou_ning).does(steps.task.report, task, text="已开工两所")
    walker.is_(city.mayor_wang)
    assert "没有佐证" in words_on(walker.sees("/"))
    assert "请写明怎样核实的" in walker.is_refused(steps.task.accept, task)
    walker.does(steps.task.accept, task, checked="4月12日到现场看过")
    assert (count(city, "task.accepted"), count(city, "task.unproven")) == (1, 1)


def test_stopped_days_stand_beside_worked_days(city, walker, day):
    share = handling.planned(city)
    day("2020-03-16")
    walker.is_(city.chen_jing).does(
        steps.superior.send, share, superior="省教育厅", what="学区政策", document_number="淄教请〔2020〕3号"
    )
    walker.is_(city.lin_lan).does(handling_steps.pause, share, reason="报请省教育厅", superior="省教育厅")
    day("2020-04-13")
    assert "报请上级久无答复" in words_on(walker.sees("/"))
    [row] = walker.sees("/supervision/superiors/?plenary=zx12-4").select(".ledger tbody tr")
    days = [cell.get_text(strip=True) for cell in row.select("td.number")]
    assert days == ["19天", "19天", "10天"]
    assert (count(city, "superior.count"), count(city, "superior.waiting")) == (1, 1)


def test_the_tables_take_as_many_queries_however_long(city, day):
    client = World(city).client(city.lin_lan)
    found = []
    for number in (1, 9):
        for one in range(number):
            share = handling.assigned(city, title=f"关于第{number}组第{one}件的提案")
            if one % 2 == 0:
                answering.issued(city, answering.at_work_on(city, share))
            else:
                handling.signed(city, share)
        asked = supervising.asked_in_a_round(city, when="2020-04-13", due_on=date(2020, 4, 20))
        series = supervising.asked_again_and_again(city, title=f"第{number}组调度")
        sample = supervising.sampled(city, count=0, when="2020-04-13", title=f"抽查{number}")
        for _ in range((number + 1) // 2):  # as many as were answered
            supervising.visited(city, sample, wanting=True)
        counts = []
        for row in (asked, series, sample):
            address = row.get_absolute_url()
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        found.append(counts)
    assert found[0] == found[1]
    assert max(found[0]) <= 14
