"""审查、立案、受理与不予立案 (proposal.review, ask_completion, revise, file, accept, refuse)."""

import pytest

from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.work import work
from huiyin.proposals import steps
from tests.stories import intake
from tests.stories.moments import at


def test_numbers_follow_each_other_in_a_plenary(city):
    numbers = [intake.filed(city, title=f"关于第{count}件事的提案").number for count in range(3)]
    assert numbers == ["1", "2", "3"]


def test_between_plenaries_the_pattern_is_another(city):
    first = intake.filed(city, plenary=city.congress)
    second = intake.filed(city, plenary=city.congress, title="关于河道的建议", period="between")
    assert (first.number, second.number) == ("D-001", "闭字001")


def test_the_next_number_follows_the_highest_that_stands(city):
    intake.filed(city, number="41")
    intake.filed(city, title="关于道路的提案", number="DH0271")
    assert intake.filed(city, title="关于公园的提案").number == "42"


@pytest.mark.parametrize("number", ["DH0271", "闭字1", "D-013", "0094", "151"])
def test_a_number_that_it_already_has_is_kept_as_it_stands(city, number):
    assert intake.filed(city, number=number).number == number


def test_zeros_in_front_make_another_number(city):
    intake.filed(city, number="94")
    assert intake.filed(city, title="关于养老的提案", number="0094").number == "0094"


def test_a_number_is_given_once_in_a_plenary(city):
    intake.filed(city, number="12")
    with pytest.raises(Refused, match="编号12已经用在“关于增加中心城区") as said:
        intake.filed(city, title="关于养老的提案", number="12")
    assert said.value.field == "number"
    assert intake.filed(city, plenary=city.congress, number="12").number == "12"


def test_paper_without_a_number_gets_none(city):
    proposal = intake.received(city)
    with work(history=True):
        event = steps.file(proposal, actor=city.staff, at=at("2020-01-08"))
    assert event.gaps == ["number"]
    assert event.subject.number == ""


def test_filing_straight_away_is_a_review_too(city):
    assert steps.file(intake.received(city), actor=city.staff).subject.state == "filed"


def test_filing_twice_is_told_as_done(city):
    proposal = intake.filed(city)
    with pytest.raises(AlreadyDone):
        steps.file(proposal, actor=city.staff)


def test_a_suggestion_is_accepted_by_the_congress(city):
    suggestion = intake.reviewed(city, plenary=city.congress)
    with pytest.raises(Refused, match="这一步由政协提案委"):
        steps.file(suggestion, actor=city.congress_staff)
    with pytest.raises(Refused, match="这一步由人大代表工委"):
        steps.accept(suggestion, actor=city.staff)
    assert steps.accept(suggestion, actor=city.congress_staff).subject.state == "filed"


def test_what_is_not_filed_has_a_ground_and_a_route(city):
    event = steps.refuse(
        intake.reviewed(city),
        actor=city.staff,
        at=at("2020-01-08"),
        ground="no_content",
        route="member_letter",
    )
    proposal = event.subject
    assert (proposal.state, proposal.ground, proposal.route) == ("not_filed", "no_content", "member_letter")
    assert (event.facts["ground_label"], event.facts["route_label"]) == ("没有实际内容", "转作委员来信")
    proposal.refresh_from_db()
    assert proposal.answer_stage == "ended"


def test_a_ground_is_one_of_the_packs(city):
    with pytest.raises(Refused, match="请重新选择") as said:
        steps.refuse(intake.reviewed(city), actor=city.staff, ground="just_so", route="member_letter")
    assert said.value.field == "ground"


def test_it_goes_back_to_the_proposer_for_completion_and_is_reviewed_anew(city):
    proposal = intake.reviewed(city)
    steps.ask_completion(proposal, actor=city.staff, reason="请补充具体建议")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reviewed_at) == ("received", None)
    revised = steps.revise(proposal, actor=city.chen_yiming, title=proposal.title, text="补充后的正文")
    assert revised.subject.text == "补充后的正文"
    assert revised.texts.get(name="before_text").text == "学位不足。"
    assert intake.reviewed(city, proposal).state == "reviewed"


def test_after_filing_the_text_stands(city):
    with pytest.raises(Refused, match="现在是“已立案”"):
        steps.revise(intake.filed(city), actor=city.chen_yiming, title="另一个标题")


def test_a_title_is_not_longer_than_five_hundred(city):
    with pytest.raises(Refused, match="“案由”最多500个字，现在有501个字") as said:
        intake.received(city, title="长" * 501)
    assert said.value.field == "title"


def test_nobody_signs_twice(city):
    with pytest.raises(Refused, match="同一提案者写了两次"):
        intake.received(city, proposers=[city.lead_proposer, city.lead_proposer])


@pytest.mark.parametrize("text", ["机密★10年", {"points": [{"text": "秘密★ 关于某事"}]}])
def test_a_classified_marking_is_refused_everywhere(city, text):
    given = text if isinstance(text, dict) else {"text": text}
    with pytest.raises(Refused, match="纸质涉密渠道"):
        intake.received(city, **given)


def test_strangers_file_nothing(city):
    proposal = intake.reviewed(city)
    for stranger in (city.stranger, city.congress_staff, city.chen_jing, city.chen_yiming, city.auditor):
        for step, given in (
            (steps.file, {}),
            (steps.refuse, {"ground": "no_content", "route": "member_letter"}),
        ):
            with pytest.raises(Refused, match="这一步由"):
                step(proposal, actor=stranger, **given)
