"""A city with something at every stage, through real steps: what the tests of the pages look at.

Today is 14 April 2020. Every step that a person may take has at least one row in it that the step fits.
"""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.test import Client

from huiyin.clock.now import at as clock_at
from huiyin.contacts.steps import log
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import Step
from huiyin.journal.work import work
from huiyin.people.actor import Actor
from huiyin.people.directory import end_post
from huiyin.promises import steps as promise_steps
from huiyin.proposals import steps as proposal_steps
from huiyin.proposals.models import Plenary
from huiyin.replies import steps as reply_steps
from huiyin.rulepacks.schema import FixedDate
from huiyin.scores import steps as score_steps
from huiyin.supervision import steps as supervision_steps
from huiyin.topics import steps as topic_steps
from huiyin.words import Role
from tests.packs_for_tests import pack_version, yearly_report
from tests.people import City, actor
from tests.people import city as new_city
from tests.stories import answering, evaluating, handling, intake, supervising, widening, writing
from tests.stories.moments import at

TODAY = date(2020, 4, 14)
NOW = "2020-04-13"
AT_WORK = (
    "staff", "congress_staff", "lin_lan", "chen_jing", "zhou_ning", "gao_yuan", "sun_yue", "he_shan", "mayor_wang",
    "chen_yiming",
)  # fmt: skip


def title(topic: str) -> str:
    return f"关于{topic}的提案"


@dataclass
class World:
    """The city and how to come in as one of its people."""

    city: City

    @property
    def actors(self) -> dict[str, Actor]:
        return {name: value for name, value in vars(self.city).items() if isinstance(value, Actor)}

    def client(self, who: Actor) -> Client:
        """A browser in which this person is logged in, in this post."""
        made = Client()
        made.force_login(who.person, backend="django.contrib.auth.backends.ModelBackend")
        session = made.session
        session["post"] = who.post.pk
        session.save()
        return made


@contextmanager
def today():
    with clock_at(TODAY):
        yield


def world() -> World:
    """Items at every stage; call it on the day itself."""
    city = new_city()
    _intake(city)
    _in_hand(city)
    _answered(city)
    _supervised(city)
    _under_other_rules(city)
    _widened(city)
    _scored(city)
    _without_items(city)
    return World(city)


def _intake(city: City) -> None:
    writing.co_signers_invited(city, when=NOW, closes_on=date(2020, 7, 1))
    intake.received(city, title=title("完善社区养老服务"))
    intake.reviewed(city, title=title("优化公交线路票价"))
    intake.filed(city, title=title("盘活闲置校舍"))
    intake.handed_over(city, title=title("发展乡村旅游"))
    intake.classified(city, title=title("加装电梯"))
    head = intake.classified(city, title=title("建设口袋公园"))
    small = intake.classified(city, title=title("建设街角公园"))
    proposal_steps_merge(city, small, head)
    intake.received(city, plenary=city.congress, title="关于修订城市供热条例的建议")
    intake.reviewed(city, plenary=city.congress, title="关于增加公共厕所的建议")


def proposal_steps_merge(city: City, small: Any, head: Any) -> None:
    handling_steps.merge(small, actor=city.lin_lan, at=at(NOW), into=head)


def _in_hand(city: City) -> None:
    def share(topic: str, **given: Any) -> Any:
        return handling.assigned(city, title=title(topic), **given)

    handling.planned(city, handling.signed(city, share("整治孝妇河支流排污口", co=[city.police, city.land])))
    share("错时开放机关单位停车场", separate=[city.education, city.police])
    returned = share("治理校园周边交通拥堵", when=NOW)
    handling_steps.ask_return(
        returned, actor=city.chen_jing, at=at(NOW), reason="不属本单位职责", proposed=city.police
    )
    longer = handling.planned(city, handling.signed(city, share("完善校车停靠点")))
    handling_steps.ask_extension(
        longer, actor=city.chen_jing, at=at(NOW), until=date(2020, 7, 10), reason="资金方案待省厅批复"
    )
    paused = handling.planned(city, handling.signed(city, share("统一学区划分")))
    handling_steps.pause(paused, actor=city.lin_lan, at=at(NOW), reason="报请省厅", superior="省教育厅")
    objected = share("建设青少年宫", when=NOW)
    handling_steps.object_to(objected, actor=city.chen_yiming, at=at(NOW), reason="建议改由文化部门承办")
    opinion = share("优化城区公交线路", co=[city.police])
    answering.at_work_on(city, opinion)
    handling.opinion_given(city, opinion.proposal.assignments.get(unit=city.police))
    answering.drafted(city, opinion)
    answering.submitted(city, title=title("建设社区嵌入式养老驿站"))
    answering.signed_off(city, title=title("增设公共充电桩"))
    answering.at_work(city, title=title("普及急救培训"))
    handling.assigned(city, title=title("划定停车泊位"), when=NOW)
    share("错峰上下学", co=[city.police])
    waiting = share("校门口交通疏导", co=[city.police])
    handling.signed(city, waiting.proposal.assignments.get(unit=city.police))
    left = handling.planned(city, handling.signed(city, share("更新校园广播", lead=city.police)))
    gone = actor("吴桐", Role.HANDLER, city.here, city.police)
    handling_steps.take_over(left, actor=city.sun_yue, at=at(NOW), person=gone.post)
    end_post(gone.post, date(2020, 4, 13))
    quiet = handling.signed(city, share("土壤修复", lead=city.land))
    for graded in (quiet, handling.signed(city, share("修复湿地", lead=city.land))):
        proposal_steps.grade_difficulty(graded.proposal, actor=city.lin_lan, at=at(NOW), difficulty=5)
    handling_steps.object_difficulty(
        quiet, actor=city.he_shan, at=at(NOW), difficulty=3, reason="已有省里的标准可依"
    )


def _answered(city: City) -> None:
    answering.issued(city, title=title("建设儿童友好城市"))
    evaluating.evaluated(city, answering.issued(city, title=title("增加普惠托位")), when=NOW)
    evaluating.dissatisfied(city, answering.issued(city, title=title("开放学校操场")), when=NOW)
    promise = answering.promise_in_force(city, title=title("改造老旧校舍"))
    promise_steps.add_milestone(promise, actor=city.zhou_ning, at=at(NOW), what="完成设计")
    alike = answering.at_work(city, title=title("改造老旧食堂"))
    promise_steps.use(alike, actor=city.zhou_ning, at=at(NOW), promise=promise)
    half = answering.issued(city, title=title("推广阳光食堂"))
    evaluating.given(city, evaluating.form_of(half, city.lead_proposer), when=NOW)
    settled = _kept(city, "修缮老校门")
    disputed = _kept(city, "修缮旧礼堂")
    promise_steps.confirm(disputed, actor=city.co_signer, at=at(NOW), said="not_done", note="屋顶还漏")
    reply = settled.assignment.replies.get()
    evaluating.evaluated(city, reply, when=NOW)
    closed = evaluating.evaluated(
        city, answering.issued(city, title=title("取消周末补课"), mark="C"), when=NOW
    ).proposal
    closed.refresh_from_db()
    handling_steps.close_answer(closed, actor=city.lin_lan, at=at(NOW))
    with work(history=True):
        share = handling.signed(city, handling.assigned(city, title=title("旧件补录")))
        promise_steps.make(share, actor=city.zhou_ning, at=at(NOW), what="新建一所小学")
    answering.claimed(city, answering.promise_in_force(city, title=title("配建幼儿园")), when=NOW)


def _kept(city: City, topic: str) -> Any:
    promise = answering.claimed(city, answering.promise_in_force(city, title=title(topic)), when=NOW)
    return promise_steps.accept(promise, actor=city.lin_lan, at=at(NOW)).subject


def _supervised(city: City) -> None:
    led = handling.planned(city, handling.signed(city, handling.assigned(city, title=title("海绵城市"))))
    log(led, actor=city.zhou_ning, at=at(NOW), phase="before", way="phone", proposer=city.lead_proposer)
    log(led, actor=city.zhou_ning, at=at(NOW), phase="during", way="other")  # the way stands open still
    item = led.proposal
    supervision_steps.assign_leader(
        item, actor=city.lin_lan, at=at(NOW), leader=city.mayor_wang.post, kind="lead"
    )
    supervision_steps.give_instruction(item, actor=city.mayor_wang, at=at(NOW), text="四月底前拿出方案。")
    supervision_steps.urge(led, actor=city.lin_lan, at=at(NOW), way="phone", text="请尽快办理。")
    supervision_steps.record_inspection(
        item,
        actor=city.lin_lan,
        at=at(NOW),
        finding="进度偏慢",
        redress="倒排工期",
        redress_due_on=date(2020, 5, 13),
    )
    for topic, accepted in (("清淤", False), ("疏浚", True)):
        share = handling.signed(city, handling.assigned(city, title=title(topic)))
        found = supervision_steps.record_inspection(
            share.proposal,
            actor=city.lin_lan,
            at=at("2020-03-20"),
            finding="没有动工",
            redress="按期开工",
            redress_due_on=date(2020, 5, 13),
        ).subject
        task = supervising.reported(city, found.tasks.get())
        if accepted:
            supervision_steps.task.accept(task, actor=city.lin_lan, at=at(NOW))
    _asked_in_rounds(city)
    supervising.asked_again_and_again(city)


def _asked_in_rounds(city: City) -> None:
    """A division of work, a key item without a leader, a round that is over, a sample, a matter with a superior."""
    supervision_steps.divide(
        city.here, actor=city.lin_lan, at=at(NOW), leader=city.mayor_wang.post, unit=city.education
    )
    key = handling.signed(city, handling.assigned(city, title=title("老城更新")))
    proposal_steps.mark_key(key.proposal, actor=city.lin_lan, at=at(NOW), key=True, reason="群众关注")
    found = supervising.asked_in_a_round(city, units=[city.education, city.police])
    supervising.answered(city, supervising.sheet_of(found, city.education), "正在抓紧推进")
    supervision_steps.draw(
        city.plenary, actor=city.lin_lan, at=at("2020-04-12"), title="第一次抽查", share=30, seed="20200412"
    )
    sent = handling.planned(city, handling.signed(city, handling.assigned(city, title=title("统一城乡学籍"))))
    supervision_steps.superior.send(
        sent,
        actor=city.chen_jing,
        at=at("2020-03-16"),
        superior="省教育厅",
        what="学籍管理办法修订",
        document_number="淄教请〔2020〕3号",
    )
    early = intake.received(city, title=title("早交早办"))
    for step, when in (("review", "2020-01-06"), ("file", "2020-01-07"), ("hand_over", "2020-01-07")):
        early = getattr(proposal_steps, step)(early, actor=city.staff, at=at(f"{when} 16:00")).subject
    early = proposal_steps.register(early, actor=city.lin_lan, at=at("2020-01-08")).subject
    handling.assigned(city, intake.classified(city, early), lead=city.land, when="2020-01-08")
    meeting = supervision_steps.record_meeting(
        city.plenary,
        actor=city.lin_lan,
        at=at(NOW),
        kind="interview",
        title="约谈市教育局",
        unit=city.education,
        attendance="副市长；市教育局局长",
        tasks=[{"unit": city.education, "what": "补上首次沟通", "due_on": date(2020, 4, 20)}],
    ).subject
    supervision_steps.task.receive(meeting.tasks.get(), actor=city.chen_jing, at=at(NOW))


def _over_the_years(city: City) -> None:
    """A plenary whose three years are over, with a promise that is still open and has a report to come."""
    pack_version("old-test", more_rules=(yearly_report(FixedDate(4, 30)),))
    days = {"opened_on": date(2017, 1, 5), "closed_on": date(2017, 1, 8), "pack_code": "old-test"}
    old = Plenary.objects.create(
        jurisdiction=city.here,
        code="zx12-1",
        assembly="cppcc",
        term=12,
        meeting=1,
        label="十二届一次会议",
        **days,
    )
    share = answering.at_work(replace(city, plenary=old), title=title("建设老年大学"))
    answering.promised(city, share, what="建成老年大学", due_on=date(2020, 1, 8))
    answering.issued(city, share)


def _widened(city: City) -> None:
    """Topics that stand open, are carried out and are solved; items raised again, supposed and marked."""
    widening.opened(city, title="校园周边秩序")
    widening.begun(city, widening.opened(city, title="课后延时服务"), due_on=date(2020, 4, 10))
    topic = widening.begun(city, widening.opened(city, kind="initiative", title="停车便民行动"))
    promise = answering.promise_in_force(city, title=title("改造校门口停车场"))
    topic_steps.join(promise.proposal, actor=city.lin_lan, at=at(NOW), topic=topic)
    topic_steps.bind_promise(topic, actor=city.chen_jing, at=at(NOW), promise=promise)
    topic_steps.record_outcome(topic, actor=city.chen_jing, at=at(NOW), **widening.COUNTED)
    ready = widening.begun(city, widening.opened(city, title="校园围墙"))
    kept = _kept(city, "粉刷校园围墙")
    topic_steps.join(kept.proposal, actor=city.lin_lan, at=at(NOW), topic=ready)
    topic_steps.bind_promise(ready, actor=city.lin_lan, at=at(NOW), promise=kept)
    solved = widening.begun(city, widening.opened(city, title="校车线路"))
    topic_steps.settle(solved, actor=city.lin_lan, at=at(NOW), result="已全部开通。")
    other = answering.promise_in_force(city, title=title("建设智慧停车平台"))
    topic_steps.join(other.proposal, actor=city.lin_lan, at=at(NOW), topic=topic)
    earlier = widening.raised_before(city)
    intake.registered(city, title=widening.AGAIN)
    topic_steps.mark(other.proposal, actor=city.lin_lan, at=at(NOW), earlier=earlier)


def _scored(city: City) -> None:
    """An item answered lately by two units together, a sheet of the day, an appeal and ratings."""
    share = handling.assigned(city, title=title("整治校园周边商贩"), co=[city.police])
    answering.at_work_on(city, share)
    co = handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
    answering.issued(city, share)
    score_steps.rate_partner(co, actor=city.sun_yue, at=at(NOW), rated=share, grade="satisfied")
    grades = {"problem": "good", "facts": "fair", "advice": "good"}
    score_steps.rate_quality(share, actor=city.chen_jing, at=at(NOW), **grades)
    days = {"as_of": date(2020, 4, 12), "appeals_until": date(2020, 4, 30)}
    sheet = score_steps.freeze(city.plenary, actor=city.lin_lan, at=at(NOW), label="季度考核", **days).subject
    score = sheet.scores.get(unit=city.education)
    lost = next(line for line in score.result.lines if line.lost)
    score_steps.appeal(score, actor=city.chen_jing, at=at(NOW), measure=lost.measure, reason="件已送出")


def _without_items(city: City) -> None:
    """A plenary that nothing has been handed in for."""
    days = {"opened_on": date(2018, 1, 5), "closed_on": date(2018, 1, 8), "pack_code": "city-test"}
    Plenary.objects.create(
        jurisdiction=city.here,
        code="rd15-2",
        assembly="npc",
        term=15,
        meeting=2,
        label="十五届人大二次会议",
        **days,
    )


def _under_other_rules(city: City) -> None:
    """A plenary whose pack chooses otherwise: checked before issue, one common reply, redone on a decision."""
    pack_version(
        "other-test",
        office_check="before_issue",
        several_leads="one_agreed_reply",
        second_handling="assembly_office",
        extension="explain",
    )
    _over_the_years(city)
    days = {"opened_on": date(2019, 1, 5), "closed_on": date(2019, 1, 8), "pack_code": "other-test"}
    before = Plenary.objects.create(
        jurisdiction=city.here,
        code="zx12-3",
        assembly="cppcc",
        term=12,
        meeting=3,
        label="十二届三次会议",
        **days,
    )
    there = replace(city, plenary=before)
    handling.planned(there, handling.signed(there, handling.assigned(there, title=title("改造供水管网"))))
    common = handling.assigned(there, title=title("疏解中心城区交通"), leads=[city.education, city.police])
    handling.signed(there, common.proposal.assignments.get(unit=city.police))
    answering.at_work_on(there, common)
    answering.submitted(there, answering.drafted(there, common))
    answering.signed_off(there, title=title("治理黑臭水体"))
    checked = answering.signed_off(there, title=title("完善无障碍设施"))
    reply_steps.to_check(checked, actor=city.zhou_ning, at=at(NOW))
    answered = answering.signed_off(there, title=title("建设体育公园"))
    reply_steps.to_check(answered, actor=city.zhou_ning, at=at("2020-04-08"))
    answered = reply_steps.pass_check(answered, actor=city.lin_lan, at=at("2020-04-09")).subject
    evaluating.dissatisfied(there, answering.issued(there, reply=answered), when=NOW)


def more_proposers(city: City, count: int) -> None:
    """So many that nobody is picked from a list any more; two of one name."""
    from huiyin.people.models import Proposer

    names = [f"委员{number:03}" for number in range(count)] + ["王伟", "王伟"]
    Proposer.objects.bulk_create(
        Proposer(
            jurisdiction=city.here,
            assembly="cppcc",
            kind="member",
            name=name,
            sector="教育界" if place % 2 else "经济界",
        )
        for place, name in enumerate(names)
    )


def second_post(city: City, who: Actor) -> Actor:
    """Another post of the same person."""
    made = actor("临时", who.role, city.here, city.water)
    made.post.person = who.person
    made.post.save()
    return Actor.of(made.post)


def rows_of(step: Step) -> list[Any]:
    model = apps.get_model(step.on)
    return list(model._default_manager.select_related(*getattr(model, "lock_with", ())).order_by("pk"))
