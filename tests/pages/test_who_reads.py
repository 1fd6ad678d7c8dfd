"""Who reads what is not out yet, and what the offices say among themselves."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.files.models import Attachment
from huiyin.journal.models import Event
from huiyin.promises.models import Promise, Use
from huiyin.replies import steps as reply_steps
from huiyin.supervision import steps as supervision_steps
from huiyin.supervision.models import DispatchSheet, Meeting, Sample
from tests.pages.walking import Walker, words_on
from tests.stories import answering, handling, supervising
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
WHAT = "年内建成城西园区"
DAY = "2020-04-10"


@pytest.fixture
def reads(city):
    """The words of a page, as a person reads them; None where it is not there for that person."""

    def words(actor, address):
        with clock_at(at(DAY)):
            walker = Walker().is_(actor)
            if walker.client.get(address).status_code == 404:
                return None
            return words_on(walker.sees(address))

    return words


@pytest.fixture
def draft(city):
    """市教育局 leads and has a draft with a promise and a file; 市公安局 handles along; the mayor leads the item."""
    share = handling.assigned(city, title="关于学位的提案", co=[city.police])
    answering.at_work_on(city, share)
    handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
    supervision_steps.assign_leader(
        share.proposal, actor=city.lin_lan, at=at("2020-03-10"), leader=city.mayor_wang.post, kind="lead"
    )
    answering.promised(city, share, what=WHAT)
    file = SimpleUploadedFile("会议纪要.pdf", b"%PDF-1.4 minutes", "application/pdf")
    return answering.drafted(city, share, evidence=[file])


def test_what_stands_in_a_draft_is_read_by_its_unit_and_the_office_alone(city, draft, reads):
    address = draft.proposal.get_absolute_url()
    for actor in (city.lin_lan, city.chen_jing, city.auditor):
        page = reads(actor, address)
        assert WHAT in page
        assert "会议纪要.pdf" in page
    for actor in (city.chen_yiming, city.staff, city.sun_yue, city.mayor_wang):
        page = reads(actor, address)
        assert "关于学位的提案" in page
        for said in (WHAT, "会议纪要.pdf", "起草答复"):
            assert said not in page, (actor, said)
        assert not Promise.objects.visible_to(actor).exists()
        file = reverse("desks:attachment", args=[Attachment.objects.get().pk])
        assert Walker().is_(actor).client.get(file).status_code == 404
    answering.issued(city, reply=reply_of(city, draft))
    for actor in (city.chen_yiming, city.staff, city.sun_yue, city.mayor_wang):
        page = reads(actor, address)
        assert WHAT in page
        assert "会议纪要.pdf" in page


def reply_of(city, draft):
    draft = answering.submitted(city, draft)
    return reply_steps.sign(
        draft, actor=city.gao_yuan, at=at("2020-04-02"), document_number="淄教函〔2020〕8号"
    ).subject


def test_the_trace_of_a_draft_is_not_open_to_the_assembly(city, draft, reads):
    drafted = Event.objects.get(code="reply.draft")
    address = reverse("desks:event", args=[drafted.pk])
    assert reads(city.staff, address) is None
    assert "您的提案收悉" in reads(city.lin_lan, address)
    given = Event.objects.filter(code="proposal.receive").first()
    assert reads(city.staff, reverse("desks:event", args=[given.pk])) is not None


def test_a_promise_used_in_a_draft_is_read_with_the_draft(city):
    promise = answering.promise_in_force(city, title="关于校车的提案")
    share = answering.at_work(city, title="关于托位的提案")
    from huiyin.promises import steps as promise_steps

    promise_steps.use(share, actor=city.zhou_ning, at=at(DAY), promise=promise)
    assert Use.objects.visible_to(city.lin_lan).exists()
    assert Use.objects.visible_to(city.zhou_ning).exists()
    for actor in (city.chen_yiming, city.staff, city.mayor_wang):
        assert not Use.objects.visible_to(actor).exists()


def test_what_the_offices_ask_of_each_other_is_not_told_to_the_proposer(city, reads):
    share = handling.signed(city, handling.assigned(city, title="关于路灯的提案", co=[city.police]))
    handling.opinion_given(city, share.proposal.assignments.get(unit=city.police))
    item = share.proposal
    supervision_steps.assign_leader(
        item, actor=city.lin_lan, at=at("2020-03-10"), leader=city.mayor_wang.post, kind="lead"
    )
    supervision_steps.give_instruction(
        item, actor=city.mayor_wang, at=at("2020-03-11"), text="四月底前拿出方案"
    )
    supervision_steps.urge(
        share, actor=city.lin_lan, at=at("2020-03-12"), way="phone", text="请抓紧联系提案者"
    )
    supervision_steps.record_inspection(
        item,
        actor=city.lin_lan,
        at=at("2020-03-13"),
        finding="路灯未通电",
        redress="补接电源",
        redress_due_on=date(2020, 5, 13),
    )
    between = ("四月底前拿出方案", "请抓紧联系提案者", "路灯未通电", "我单位做好安全配合")
    office, proposer = (reads(actor, item.get_absolute_url()) for actor in (city.lin_lan, city.chen_yiming))
    for said in between:
        assert said in office, said
        assert said not in proposer, said
    assert "已交会办意见" in proposer


def test_a_unit_reads_of_a_meeting_what_was_asked_of_itself(city, reads):
    share = handling.assigned(city, title="关于校门口交通的提案", co=[city.police])
    asked = [
        {"unit": unit, "what": what, "due_on": date(2020, 4, 20)}
        for unit, what in ((city.education, "错峰放学"), (city.police, "增设护学岗"))
    ]
    told = {"actor": city.lin_lan, "at": at("2020-03-20"), "attendance": "副市长；两局负责人", "tasks": asked}
    meeting = supervision_steps.record_meeting(
        city.plenary, kind="special", title="专题协调会", proposals=[share.proposal], **told
    ).subject
    talked = supervision_steps.record_meeting(
        city.plenary,
        kind="interview",
        title="约谈市教育局",
        unit=city.education,
        proposals=[share.proposal],
        **told,
    ).subject
    page = reads(city.sun_yue, meeting.get_absolute_url())
    assert "增设护学岗" in page
    assert "错峰放学" not in page
    assert reads(city.sun_yue, talked.get_absolute_url()) is None
    assert "错峰放学" in reads(city.chen_jing, talked.get_absolute_url())
    assert set(Meeting.objects.visible_to(city.chen_yiming)) == {meeting}


def test_a_post_of_an_assembly_alone_opens_nothing_of_the_offices(city):
    """A member's post may carry the assembly; it is the staff's post that counts."""
    handling.signed(city, handling.assigned(city, title="关于供热的提案"))
    supervising.asked_in_a_round(city, units=[city.education])
    member = city.chen_yiming
    member.post.assembly = city.plenary.assembly
    member.post.save()
    member = type(member).of(member.post)
    assert member.assembly
    assert not DispatchSheet.objects.visible_to(member).exists()
    assert not Sample.objects.visible_to(member).exists()
    assert DispatchSheet.objects.visible_to(city.staff).exists()
