"""Divisions of work, slips in colours, interviews and meetings with tasks, matters put to superiors."""

from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.handling import steps as handling_steps
from huiyin.handling.models import Pause
from huiyin.journal.step import STEPS, Refused
from huiyin.supervision import steps
from huiyin.supervision.divisions import leader_for, leaders_for
from huiyin.supervision.models import Meeting, SuperiorMatter, Task, Urging
from huiyin.words import Role
from tests import people
from tests.stories import handling
from tests.stories.moments import at


def told(event):
    return set(event.deliveries.values_list("receiver", flat=True))


class TestDivision:
    def test_who_should_lead_follows_from_it(self, city):
        item = handling.assigned(city).proposal
        other = people.actor("赵副市长", Role.GOVERNMENT_LEADER, city.here)
        given = {"actor": city.lin_lan, "at": at("2020-02-01")}
        by_class = item.classifications.get().item_class
        steps.divide(city.here, leader=other.post, item_class=by_class, **given)
        assert leader_for(item, date(2020, 3, 5)) == other.post
        division = steps.divide(city.here, leader=city.mayor_wang.post, unit=city.education, **given).subject
        assert leader_for(item, date(2020, 3, 5)) == city.mayor_wang.post
        assert leader_for(item, date(2020, 1, 31)) is None
        field = next(one for one in STEPS["leadership.assign"].fields if one.name == "leader")
        assert field.initial(item) == city.mayor_wang.post.pk
        steps.end_division(division, actor=city.lin_lan, until=date(2020, 3, 1), reason="换届")
        assert leader_for(item, date(2020, 3, 1)) == city.mayor_wang.post
        assert leader_for(item, date(2020, 3, 5)) == other.post

    def test_a_leader_who_is_not_named_follows_from_it_on_that_day(self, city):
        given = {"actor": city.lin_lan, "at": at("2020-03-05"), "kind": "lead"}
        item, nobodys = (
            handling.assigned(city, title=f"关于{lead}的提案", lead=lead).proposal
            for lead in (city.education, city.land)
        )
        with pytest.raises(Refused, match="没有分工，请先在"):
            steps.assign_leader(item, **given)
        steps.divide(
            city.here,
            actor=city.lin_lan,
            at=at("2020-02-01"),
            leader=city.mayor_wang.post,
            unit=city.education,
        )
        assert leaders_for([item, nobodys], date(2020, 3, 5)) == {item.pk: city.mayor_wang.post}
        event = steps.assign_leader(item, **given)
        assert event.subject.leader == city.mayor_wang.post
        assert event.facts["leader"] == city.mayor_wang.post.pk
        with pytest.raises(Refused, match="已经在领办或督办"):
            steps.assign_leader(item, **given)
        steps.assign_leader(nobodys, leader=city.mayor_wang.post, **given)

    def test_who_has_left_leads_no_more(self, city):
        item = handling.assigned(city).proposal
        post = city.mayor_wang.post
        given = {"actor": city.lin_lan, "at": at("2020-03-10"), "kind": "lead"}
        steps.divide(city.here, actor=city.lin_lan, at=at("2020-02-01"), leader=post, unit=city.education)
        post.to_on = date(2020, 3, 9)
        post.save()
        assert leader_for(item, date(2020, 3, 9)) == post
        assert leader_for(item, date(2020, 3, 10)) is None
        with pytest.raises(Refused, match="没有分工"):
            steps.assign_leader(item, **given)
        for code, on in (("leadership.assign", item), ("division.set", city.here)):
            field = next(one for one in STEPS[code].fields if one.name == "leader")
            for when, offered in (("2020-03-09", True), ("2020-03-10", False)):
                with clock_at(at(when)):
                    assert (post in field.options(on, city.lin_lan)) is offered, code

    def test_what_a_leader_wrote_before_leaving_is_entered_later(self, city):
        share = handling.assigned(city)
        post = city.mayor_wang.post
        post.to_on = date(2020, 3, 9)
        post.save()
        given = {"actor": city.lin_lan, "text": "请教育局年内解决", "leader": post}
        with pytest.raises(Refused, match="在批示的那一天不担任市领导"):
            steps.give_instruction(share.proposal, at=at("2020-03-10"), **given)
        assert steps.give_instruction(share.proposal, at=at("2020-03-09"), **given).subject.leader == post

    def test_one_that_is_dated_back_does_not_run_into_a_later_one(self, city):
        given = {"actor": city.lin_lan, "at": at("2020-06-01"), "unit": city.education}
        other = people.actor("赵副市长", Role.GOVERNMENT_LEADER, city.here)
        later = steps.divide(city.here, leader=city.mayor_wang.post, since=date(2020, 3, 1), **given).subject
        before = {"leader": other.post, "since": date(2020, 2, 1)}
        with pytest.raises(Refused, match="3月1日起由王市长分管，请先结束原来的分工"):
            steps.divide(city.here, **before, **given)
        steps.end_division(later, actor=city.lin_lan, until=date(2020, 5, 31))
        with pytest.raises(Refused, match="由王市长分管到5月31日，新的分工请从这一天以后起"):
            steps.divide(city.here, **before, **given)
        steps.divide(city.here, leader=other.post, since=date(2020, 6, 1), **given)

    def test_one_unit_has_one_leader_at_a_time(self, city):
        given = {"actor": city.lin_lan, "leader": city.mayor_wang.post, "at": at("2020-02-01")}
        made = steps.divide(city.here, unit=city.education, **given).subject
        with pytest.raises(Refused, match="请先结束原来的分工"):
            steps.divide(city.here, unit=city.education, **given)
        with pytest.raises(Refused, match="一个分管单位"):
            steps.divide(city.here, **given)
        with pytest.raises(Refused, match="不能早于开始"):
            steps.end_division(made, actor=city.lin_lan, until=date(2020, 1, 1))
        steps.end_division(made, actor=city.lin_lan, until=date(2020, 2, 10))
        with pytest.raises(Refused, match="已经结束"):
            steps.end_division(made, actor=city.lin_lan)
        with pytest.raises(Refused, match="市政府办公室"):
            steps.divide(city.here, **(given | {"actor": city.mayor_wang}), unit=city.land)


class TestSlips:
    """The test pack: blue 60 days before the day, orange 7, red when it has passed; the day is 2 June 2020."""

    def slip(self, city, share, when, due):
        return steps.slip(
            share,
            actor=city.lin_lan,
            at=at(when),
            text="请在期限内拿出答复稿",
            due_on=date.fromisoformat(due),
        )

    def test_one_colour_after_the_other_each_when_its_days_have_come(self, city):
        share = handling.signed(city)
        with pytest.raises(Refused, match="蓝色督办单4月3日起才能发"):
            self.slip(city, share, "2020-03-20", "2020-03-27")
        blue = self.slip(city, share, "2020-04-07", "2020-04-14")
        assert blue.facts["colour"] == "蓝"
        assert city.chen_jing.person.pk in told(blue)
        assert city.mayor_wang.person.pk not in told(blue)
        with pytest.raises(Refused, match="蓝色督办单的办理期限还没有到"):
            self.slip(city, share, "2020-04-14", "2020-04-20")
        with pytest.raises(Refused, match="橙色督办单5月26日起才能发"):
            self.slip(city, share, "2020-04-15", "2020-04-20")
        assert self.slip(city, share, "2020-05-26", "2020-06-01").facts["colour"] == "橙"
        steps.divide(
            city.here,
            actor=city.lin_lan,
            at=at("2020-02-01"),
            leader=city.mayor_wang.post,
            unit=city.education,
        )
        red = self.slip(city, share, "2020-06-04", "2020-06-10")
        assert red.facts["colour"] == "红"
        assert city.mayor_wang.person.pk in told(red)
        with pytest.raises(Refused, match="都已经发过"):
            self.slip(city, share, "2020-06-11", "2020-06-20")
        assert [slip.colour for slip in Urging.objects.slips().order_by("id")] == ["蓝", "橙", "红"]

    def test_the_unit_answers_it_like_any_urging(self, city):
        share = handling.signed(city)
        slip = self.slip(city, share, "2020-04-07", "2020-04-14").subject
        assert list(Urging.objects.overdue(date(2020, 4, 15))) == [slip]
        steps.receipt(slip, actor=city.chen_jing, receipt="4月13日送审", at=at("2020-04-09"))
        assert not Urging.objects.unanswered().exists()

    def test_not_while_the_clock_stands_and_not_by_others(self, city):
        share = handling.planned(city)
        handling_steps.pause(share, actor=city.lin_lan, at=at("2020-03-16"), reason="报请省厅")
        with pytest.raises(Refused, match="中止计时"):
            self.slip(city, share, "2020-05-27", "2020-06-01")
        for other in (city.staff, city.chen_jing, city.mayor_wang, city.stranger):
            with pytest.raises(Refused, match="市政府办公室"):
                steps.slip(share, actor=other, text="快", due_on=date(2020, 6, 1))


class TestMeetings:
    def interview(self, city, **given):
        given = {
            "kind": "interview",
            "title": "约谈市教育局",
            "unit": city.education,
            "attendance": "王市长；市教育局高远",
            "record": "三件提案没有动静。",
            "tasks": [{"unit": city.education, "what": "补上首次沟通", "due_on": date(2020, 4, 20)}],
        } | given
        return steps.record_meeting(city.plenary, actor=city.lin_lan, at=at("2020-04-01"), **given)

    def test_an_interview_names_who_was_talked_to_and_what_is_to_be_redressed(self, city):
        for missing, said in (("unit", "被约谈的单位"), ("attendance", "被约谈人")):
            with pytest.raises(Refused, match=said):
                self.interview(city, **{missing: None})
        with pytest.raises(Refused, match="单位、要求和期限"):
            self.interview(city, tasks=[{"unit": city.education, "what": "补上", "due_on": None}])
        event = self.interview(city)
        assert city.gao_yuan.person.pk in told(event)
        [task] = event.subject.tasks.all()
        assert (task.unit, task.proposal) == (city.education, None)
        assert task in Task.objects.visible_to(city.chen_jing)
        for outsider in (city.sun_yue, city.chen_yiming, city.stranger, city.congress_staff):
            assert task not in Task.objects.visible_to(outsider)
        done = steps.task.report(task, actor=city.chen_jing, text="已补", document_number="淄教函〔2020〕5号")
        assert steps.task.accept(done.subject, actor=city.lin_lan).subject.state == "accepted"

    def test_no_proposer_reads_of_an_interview(self, city):
        share = handling.signed(city)
        interview = self.interview(city, proposals=[share.proposal]).subject
        talk = self.interview(city, kind="talk", title="座谈", proposals=[share.proposal]).subject
        assert list(Meeting.objects.visible_to(city.chen_yiming)) == [talk]
        assert interview in Meeting.objects.visible_to(city.chen_jing)

    def test_a_study_gives_several_units_something_to_do(self, city):
        rows = [
            {"unit": unit, "what": f"{unit.name}拿出方案", "due_on": date(2020, 5, 1)}
            for unit in (city.education, city.police)
        ]
        self.interview(city, kind="special", title="专题会议", unit=None, tasks=rows)
        assert {task.unit for task in Task.objects.open()} == {city.education, city.police}


class TestSuperiors:
    def sent(self, city, share, **given):
        given = {"superior": "省教育厅", "what": "学区政策", "document_number": "淄教请〔2020〕3号"} | given
        return steps.superior.send(share, actor=city.chen_jing, at=at("2020-03-16"), **given).subject

    def test_its_own_state_until_the_superior_answers(self, city):
        matter = self.sent(city, handling.planned(city))
        steps.superior.acknowledge(matter, actor=city.chen_jing, at=at("2020-03-18"))
        matter.refresh_from_db()
        assert (matter.state, list(SuperiorMatter.objects.waiting())) == ("acknowledged", [matter])
        steps.superior.answered(matter, actor=city.lin_lan, at=at("2020-03-30"), answer="同意")
        assert not SuperiorMatter.objects.waiting().exists()
        with pytest.raises(Refused, match="上级已答复"):
            steps.superior.withdraw(matter, actor=city.lin_lan, reason="不用了")

    def test_an_answer_sets_the_clock_going_so_that_waiting_is_no_drawer(self, city):
        share = handling.planned(city)
        matter = self.sent(city, share)
        handling_steps.pause(share, actor=city.lin_lan, at=at("2020-03-16"), reason="报请省厅")
        steps.superior.answered(matter, actor=city.chen_jing, at=at("2020-03-30"), answer="同意")
        assert Pause.objects.get().to_at == at("2020-03-30")
        assert share.deadlines.get(name="reply").due_on == date(2020, 6, 16)

    def test_while_another_matter_waits_it_stands(self, city):
        share = handling.planned(city)
        first, second = self.sent(city, share), self.sent(city, share, superior="省编办")
        handling_steps.pause(share, actor=city.lin_lan, at=at("2020-03-17"), reason="报请省里")
        steps.superior.withdraw(first, actor=city.lin_lan, at=at("2020-03-25"), reason="已自行解决")
        assert Pause.objects.get().to_at is None
        steps.superior.answered(second, actor=city.lin_lan, at=at("2020-03-30"), answer="同意")
        assert Pause.objects.get().to_at == at("2020-03-30")

    def test_it_needs_a_document_and_belongs_between_offices(self, city):
        share = handling.planned(city)
        with pytest.raises(Refused, match="报请文号"):
            self.sent(city, share, document_number="")
        matter = self.sent(city, share)
        for other in (city.sun_yue, city.mayor_wang, city.stranger, city.staff):
            with pytest.raises(Refused, match="这一步由"):
                steps.superior.acknowledge(matter, actor=other)
        assert matter not in SuperiorMatter.objects.visible_to(city.chen_yiming)
