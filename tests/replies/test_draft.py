"""A unit drafts its reply; every version stays, and nobody overwrites another's words unseen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.journal.step import AlreadyDone, Refused
from huiyin.replies import steps
from huiyin.replies.models import Reply
from huiyin.words import ReplyState
from tests.people import actor
from tests.stories import answering, handling
from tests.stories.moments import at


def test_it_holds_text_mark_and_an_answer_to_each_point(city):
    reply = answering.drafted(city)
    assert reply.state == ReplyState.DRAFT
    assert (reply.mark, reply.scheme, reply.meaning) == ("B", "测试2020", "planned")
    assert [(answer.point.number, answer.disposition) for answer in reply.answers.all()] == [
        (1, "adopted"),
        (2, "adopted"),
    ]
    assert reply.drafted_by == city.zhou_ning.post
    version = reply.versions.get()
    assert (version.number, version.text, len(version.answers)) == (1, "您的提案收悉，答复如下。", 2)


def test_a_mark_with_one_meaning_needs_no_word_about_it(city):
    share = answering.at_work(city)
    reply = steps.draft(share, actor=city.zhou_ning, mark="B").subject
    assert reply.meaning == "planned"


def test_what_is_said_stands_as_texts_and_codes_in_the_event(city):
    share = answering.at_work(city)
    event = steps.draft(share, actor=city.zhou_ning, mark="B", text="收悉", answers=answering.answers(share))
    points = list(share.proposal.points.order_by("number"))
    assert event.facts["answers"] == {str(point.pk): "adopted" for point in points}
    assert event.facts["round"] == 1
    texts = {text.name: text.text for text in event.texts.all()}
    assert texts["text"] == "收悉"
    assert texts[f"answer_{points[0].pk}"] == "第1条已采纳"


def test_a_mark_unknown_to_the_pack_is_refused(city):
    share = answering.at_work(city)
    with pytest.raises(Refused, match="“办理结果”里没有“E”这一项"):
        steps.draft(share, actor=city.zhou_ning, mark="E")


def test_a_meaning_that_the_mark_does_not_have_is_refused(city):
    share = answering.at_work(city)
    with pytest.raises(Refused, match="“三年内基本解决”不含“已经解决”"):
        steps.draft(share, actor=city.zhou_ning, mark="B", meaning="solved")


def test_there_is_one_reply_a_round(city):
    reply = answering.drafted(city)
    with pytest.raises(Refused, match="已经有一份答复"):
        steps.draft(reply.assignment, actor=city.zhou_ning)
    steps.void(reply, actor=city.zhou_ning, reason="写错了件")
    assert steps.draft(reply.assignment, actor=city.zhou_ning).subject.state == ReplyState.DRAFT


def test_a_co_unit_drafts_none(city):
    lead = handling.assigned(city, co=[city.police])
    share = handling.signed(city, handling.share(lead.proposal, city.police))
    with pytest.raises(Refused, match="会办单位不单独答复提案者"):
        steps.draft(share, actor=city.sun_yue)


def test_nobody_but_the_unit_drafts(city):
    share = answering.at_work(city)
    for other in (city.sun_yue, city.unit_without_share, city.lin_lan, city.staff, city.stranger):
        with pytest.raises(Refused, match="承办单位联络员、承办人"):
            steps.draft(share, actor=other)


def test_a_revision_is_a_new_version_and_keeps_the_old_one(city):
    reply = answering.drafted(city)
    steps.revise(reply, actor=city.chen_jing, text="改过的答复。")
    reply.refresh_from_db()
    assert reply.text == "改过的答复。"
    assert reply.mark == "B"
    assert [version.text for version in reply.versions.all()] == ["您的提案收悉，答复如下。", "改过的答复。"]


def test_a_revision_of_a_stale_version_is_refused_naming_who_changed_it(city):
    reply = answering.drafted(city)
    steps.revise(reply, actor=city.chen_jing, text="陈静改过。", based_on=1, at=at("2020-05-25"))
    with pytest.raises(Refused, match="陈静于5月25日改过，现在是第2稿") as refused:
        steps.revise(reply, actor=city.zhou_ning, text="周宁又改。", based_on=1, at=at("2020-05-26"))
    assert refused.value.field == "based_on"
    reply.refresh_from_db()
    assert reply.text == "陈静改过。"
    assert reply.versions.count() == 2


def test_a_whole_form_may_empty_a_field(city):
    reply = answering.drafted(city)
    steps.revise(reply, actor=city.zhou_ning, text="只留正文。", mark="B", based_on=1)
    reply.refresh_from_db()
    assert reply.meaning_note == ""
    assert not reply.answers.exists()


def test_a_second_submission_is_no_error(city):
    reply = answering.submitted(city)
    with pytest.raises(AlreadyDone):
        steps.submit(reply, actor=city.zhou_ning)


def test_a_draft_without_text_is_not_submitted(city):
    reply = answering.drafted(city, text="")
    with pytest.raises(Refused, match="还不能送审：答复还没有正文"):
        steps.submit(reply, actor=city.zhou_ning)


def test_it_is_sent_back_with_a_reason_and_then_signed(city):
    reply = answering.submitted(city)
    with pytest.raises(Refused, match="请填写“退回原因”"):
        steps.send_back(reply, actor=city.gao_yuan, reason="")
    reply = steps.send_back(reply, actor=city.gao_yuan, reason="第二条说得不清").subject
    assert reply.state == ReplyState.DRAFT
    reply = answering.signed_off(city, reply)
    assert reply.state == ReplyState.SIGNED
    assert reply.signatory == "高远"
    assert reply.document_number == "淄教函〔2020〕8号"


def test_only_the_units_leader_signs(city):
    reply = answering.submitted(city)
    for other in (city.zhou_ning, city.chen_jing, city.lin_lan, city.mayor_wang, city.stranger):
        with pytest.raises(Refused, match="承办单位负责人"):
            steps.sign(reply, actor=other)


def test_a_classified_marking_in_an_answer_is_refused(city):
    share = answering.at_work(city)
    rows = answering.answers(share)
    rows[0]["text"] = "机密★10年"
    with pytest.raises(Refused):
        steps.draft(share, actor=city.zhou_ning, answers=rows)


def test_a_draft_is_seen_by_its_unit_and_the_office_only(city):
    lead = handling.assigned(city, co=[city.police])
    reply = answering.drafted(city, answering.at_work(city, assignment=handling.signed(city, lead)))
    leader = actor("另一负责人", "unit_leader", city.here, city.education)
    for insider in (city.zhou_ning, city.gao_yuan, leader, city.lin_lan, city.auditor):
        assert reply in Reply.objects.visible_to(insider)
    outsiders = (city.sun_yue, city.unit_without_share, city.staff, city.chen_yiming, city.mayor_wang)
    for outsider in (*outsiders, city.stranger):
        assert reply not in Reply.objects.visible_to(outsider)


def test_an_issued_reply_is_seen_by_all_who_see_the_item(city):
    lead = handling.assigned(city, co=[city.police])
    share = answering.at_work(city, assignment=handling.signed(city, lead))
    handling.opinion_given(city, handling.share(lead.proposal, city.police))
    reply = answering.issued(city, share)
    for insider in (city.sun_yue, city.staff, city.chen_yiming, city.co_signer, city.mayor_wang):
        assert reply in Reply.objects.visible_to(insider)
    for outsider in (city.unit_without_share, city.stranger, city.congress_staff):
        assert reply not in Reply.objects.visible_to(outsider)


def test_a_file_shows_that_a_matter_is_solved(city, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    event = steps.draft(
        answering.at_work(city),
        actor=city.zhou_ning,
        mark="A",
        meaning="solved",
        text="已解决。",
        evidence=[SimpleUploadedFile("验收单.txt", "验收合格".encode())],
    )
    reply = event.subject
    assert event.facts["attachments"] == [reply.evidence.get().pk]
    steps.revise(reply, actor=city.zhou_ning, answers=answering.answers(reply.assignment))
    steps.submit(reply, actor=city.zhou_ning)
    assert steps.sign(reply, actor=city.gao_yuan).subject.state == ReplyState.SIGNED
