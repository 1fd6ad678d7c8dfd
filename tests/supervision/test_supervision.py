"""Leaders, urging, inspection and look-back, instructions, meetings: each with its target, due date and outcome."""

from datetime import date

import pytest

from huiyin.journal.step import Refused
from huiyin.people.models import Unit
from huiyin.supervision import steps
from huiyin.supervision.models import Inspection, Instruction, Leadership, Meeting, Task, Urging
from tests.stories import answering, handling, intake, supervising
from tests.stories.moments import at


def told(event):
    return set(event.deliveries.values_list("receiver", flat=True))


class TestLeadership:
    def test_a_leader_is_given_a_key_item_and_told(self, city):
        share = handling.assigned(city)
        event = steps.assign_leader(
            share.proposal, actor=city.lin_lan, leader=city.mayor_wang.post, kind="lead", at=at("2020-03-05")
        )
        assert event.subject.since == at("2020-03-05")
        assert {city.mayor_wang.person.pk, city.gao_yuan.person.pk, city.chen_yiming.person.pk} <= told(event)
        assert list(Leadership.objects.current()) == [event.subject]

    def test_once_only_until_it_ends(self, city):
        item = intake.classified(city)
        given = {"actor": city.lin_lan, "leader": city.mayor_wang.post, "kind": "supervise"}
        leadership = steps.assign_leader(item, **given).subject
        with pytest.raises(Refused, match="已经在领办或督办"):
            steps.assign_leader(item, **given)
        steps.end_leadership(leadership, actor=city.lin_lan, reason="分工调整")
        with pytest.raises(Refused, match="已经结束"):
            steps.end_leadership(leadership, actor=city.lin_lan)
        assert steps.assign_leader(item, **given).subject != leadership

    def test_only_the_office_assigns_it(self, city):
        item = intake.classified(city)
        for other in (city.gao_yuan, city.staff, city.mayor_wang, city.stranger):
            with pytest.raises(Refused, match="市政府办公室"):
                steps.assign_leader(item, actor=other, leader=city.mayor_wang.post, kind="lead")


class TestUrging:
    def test_the_unit_is_urged_and_answers(self, city):
        share = handling.signed(city)
        event = steps.urge(
            share,
            actor=city.lin_lan,
            way="phone",
            text="请尽快与委员沟通",
            due_on=date(2020, 4, 1),
            at=at("2020-03-25"),
        )
        assert city.chen_jing.person.pk in told(event)
        urging = event.subject
        assert list(Urging.objects.overdue(date(2020, 4, 2))) == [urging]
        assert not Urging.objects.overdue(date(2020, 4, 1)).exists()
        for other in (city.sun_yue, city.stranger, city.unit_without_share):
            with pytest.raises(Refused, match="承办单位联络员、承办人"):
                steps.receipt(urging, actor=other, receipt="好")
        event = steps.receipt(urging, actor=city.chen_jing, receipt="已约定面谈", at=at("2020-03-26"))
        assert event.subject.receipt_at == at("2020-03-26")
        assert city.lin_lan.person.pk in told(event)
        assert not Urging.objects.unanswered().exists()
        with pytest.raises(Refused, match="已经回复"):
            steps.receipt(urging, actor=city.chen_jing, receipt="再复")

    def test_a_unit_urges_nobody(self, city):
        share = handling.signed(city)
        for other in (city.gao_yuan, city.chen_yiming, city.stranger):
            with pytest.raises(Refused, match="这一步由"):
                steps.urge(share, actor=other, way="phone", text="请尽快")

    def test_it_is_between_offices(self, city):
        urging = steps.urge(handling.signed(city), actor=city.staff, way="letter", text="请尽快").subject
        for insider in (city.chen_jing, city.lin_lan, city.staff, city.mayor_wang):
            assert urging in Urging.objects.visible_to(insider)
        for outsider in (city.chen_yiming, city.unit_without_share, city.stranger, city.congress_staff):
            assert urging not in Urging.objects.visible_to(outsider)


class TestInspection:
    def test_what_is_found_is_redressed(self, city):
        share = handling.signed(city, handling.assigned(city, co=[city.police]))
        inspection = steps.record_inspection(
            share.proposal,
            actor=city.mayor_wang,
            at=at("2020-04-01"),
            finding="工地停工",
            redress="复工",
            redress_due_on=date(2020, 4, 15),
        ).subject
        [task] = inspection.tasks.all()
        assert (task.unit, task.what) == (city.education, "复工")
        assert list(Task.objects.overdue(date(2020, 4, 16))) == [task]
        for other in (city.unit_without_share, city.sun_yue):
            with pytest.raises(Refused, match="承办单位"):
                steps.task.report(task, actor=other, text="已复工")
        reported = supervising.reported(city, task, text="已复工", when="2020-04-10")
        assert (reported.state, list(Inspection.objects.made_good())) == ("reported", [])
        steps.task.accept(task, actor=city.lin_lan, at=at("2020-04-12"))
        assert list(Inspection.objects.to_go_again()) == [inspection]

    def test_what_was_asked_by_mistake_is_not_made_good_when_it_is_cancelled(self, city):
        share = handling.signed(city, handling.assigned(city, leads=[city.education, city.police]))
        inspection = steps.record_inspection(
            share.proposal,
            actor=city.lin_lan,
            at=at("2020-04-01"),
            finding="工地停工",
            redress="复工",
            redress_due_on=date(2020, 4, 15),
        ).subject
        first, second = inspection.tasks.order_by("id")
        supervising.reported(city, first, text="已复工", when="2020-04-10")
        steps.task.cancel(second, actor=city.lin_lan, at=at("2020-04-12"), reason="不涉及公安")
        assert list(Inspection.objects.made_good()) == []
        steps.task.cancel(first, actor=city.lin_lan, at=at("2020-04-12"), reason="督查有误")
        assert list(Inspection.objects.made_good()) == []

    def test_without_a_demand_nobody_is_asked_anything(self, city):
        share = handling.signed(city)
        inspection = steps.record_inspection(share.proposal, actor=city.lin_lan, finding="进展顺利").subject
        assert (inspection.verdict, inspection.tasks.count()) == ("well", 0)
        with pytest.raises(Refused, match="没有发现问题"):
            steps.inspect_again(inspection, actor=city.lin_lan, verdict="well", finding="无")

    def test_what_is_wanting_is_asked_for_by_a_day(self, city):
        item = handling.signed(city).proposal
        given = {"actor": city.lin_lan, "finding": "停工"}
        with pytest.raises(Refused, match="怎样整改"):
            steps.record_inspection(item, verdict="wanting", **given)
        with pytest.raises(Refused, match="整改期限"):
            steps.record_inspection(item, redress="复工", **given)
        with pytest.raises(Refused, match="属实到位"):
            steps.record_inspection(
                item, verdict="well", redress="复工", redress_due_on=date(2020, 5, 1), **given
            )

    def test_a_look_back_comes_after_the_reply(self, city):
        share = answering.at_work(city)
        with pytest.raises(Refused, match="还没有答复，请登记督查"):
            steps.look_back(share.proposal, actor=city.lin_lan, finding="未见动工")
        promise = answering.promise_in_force(city, share=share)
        found = steps.look_back(
            promise.proposal,
            actor=city.staff,
            finding="未见动工",
            promise=promise,
            redress="年内开工",
            redress_due_on=date(2020, 12, 31),
        ).subject
        assert list(Inspection.objects.look_backs()) == [found]
        assert [task.unit for task in found.tasks.all()] == [city.education]


class TestInstruction:
    def test_a_leaders_line_and_what_came_of_it(self, city):
        share = handling.signed(city, handling.assigned(city, co=[city.police]))
        event = steps.give_instruction(
            share.proposal,
            actor=city.mayor_wang,
            text="请教育局年内解决",
            unit=city.education,
            due_on=date(2020, 6, 30),
        )
        instruction = event.subject
        assert instruction.leader == city.mayor_wang.post
        assert {city.lin_lan.person.pk, city.gao_yuan.person.pk} <= told(event)
        [task] = instruction.tasks.all()
        assert list(Task.objects.overdue(date(2020, 7, 1))) == [task]
        received = steps.task.receive(task, actor=city.zhou_ning, at=at("2020-03-21"))
        assert city.lin_lan.person.pk in told(received)
        with pytest.raises(Refused, match="承办单位"):
            steps.task.report(task, actor=city.sun_yue, text="已办")
        event = steps.task.report(task, actor=city.chen_jing, text="已开工两所")
        assert city.mayor_wang.person.pk in told(event)
        with pytest.raises(Refused, match="没有附件也没有文号"):
            steps.task.accept(task, actor=city.mayor_wang)
        steps.task.send_back(task, actor=city.mayor_wang, reason="请附照片")
        assert list(Task.objects.owed()) == [task]
        supervising.reported(city, task)
        steps.task.accept(task, actor=city.mayor_wang)
        assert not Task.objects.open().exists()
        assert [report.has_proof for report in task.reports.all()] == [False, True]

    def test_nobody_stands_behind_another_unit(self, city):
        share = handling.signed(city, handling.assigned(city, co=[city.police]))
        instruction = steps.give_instruction(share.proposal, actor=city.mayor_wang, text="请阅研").subject
        assert {task.unit for task in instruction.tasks.all()} == {city.education, city.police}

    def test_the_office_enters_whose_it_is(self, city):
        item = handling.assigned(city).proposal
        with pytest.raises(Refused, match="请选择作出批示的市领导"):
            steps.give_instruction(item, actor=city.lin_lan, text="请阅研")
        instruction = steps.give_instruction(
            item, actor=city.lin_lan, text="请阅研", leader=city.mayor_wang.post
        ).subject
        assert instruction in Instruction.objects.visible_to(city.chen_jing)
        assert instruction not in Instruction.objects.visible_to(city.chen_yiming)
        for other in (city.staff, city.gao_yuan, city.stranger):
            with pytest.raises(Refused, match="这一步由"):
                steps.give_instruction(item, actor=other, text="请办", leader=city.mayor_wang.post)

    def test_only_who_asked_moves_the_day_or_takes_it_back(self, city):
        task = supervising.instructed(city)
        given = {"due_on": date(2020, 7, 31), "reason": "汛期不能施工"}
        with pytest.raises(Refused, match="市政府办公室或市领导"):
            steps.task.move_date(task, actor=city.chen_jing, **given)
        with pytest.raises(Refused, match="不用调整"):
            steps.task.move_date(task, actor=city.lin_lan, **(given | {"due_on": task.due_on}))
        event = steps.task.move_date(task, actor=city.lin_lan, **given)
        assert (event.facts["was"], event.subject.due_on) == ("2020-06-30", date(2020, 7, 31))
        steps.task.cancel(task, actor=city.mayor_wang, reason="已由省里统一安排")
        assert not Task.objects.open().exists()
        with pytest.raises(Refused, match="已撤销"):
            supervising.reported(city, task)

    def test_units_and_leaders_of_another_city_are_not_asked(self, city):
        item = handling.signed(city).proposal
        foreign = Unit.objects.create(jurisdiction=city.elsewhere, name="青岛市教育局")
        with pytest.raises(Refused, match="只能选本地的"):
            steps.give_instruction(item, actor=city.mayor_wang, text="请办", unit=foreign)

    def test_a_line_on_an_item_that_nobody_has_yet_waits_for_its_units(self, city):
        item = intake.classified(city)
        instruction = steps.give_instruction(item, actor=city.mayor_wang, text="请阅研").subject
        assert not instruction.tasks.exists()
        handling.assigned(city, item, co=[city.police])
        assert {task.unit for task in instruction.tasks.all()} == {city.education, city.police}


class TestMeeting:
    def test_it_stands_in_the_record_with_its_items(self, city):
        share = handling.signed(city)
        meeting = steps.record_meeting(
            city.plenary,
            actor=city.lin_lan,
            at=at("2020-03-01"),
            kind="assignment",
            title="2020年提案交办会",
            proposals=[share.proposal],
        ).subject
        assert meeting.at == at("2020-03-01")
        assert list(meeting.proposals.all()) == [share.proposal]
        for insider in (city.lin_lan, city.staff, city.chen_jing, city.chen_yiming, city.mayor_wang):
            assert meeting in Meeting.objects.visible_to(insider)
        for outsider in (city.unit_without_share, city.stranger, city.congress_staff):
            assert meeting not in Meeting.objects.visible_to(outsider)

    def test_the_other_assemblys_staff_record_none_here(self, city):
        for other in (city.congress_staff, city.chen_jing, city.stranger):
            with pytest.raises(Refused, match="这一步由"):
                steps.record_meeting(city.plenary, actor=other, kind="talk", title="座谈")
