"""移交、登记、分类、拆分 (proposal.hand_over … split, classify, move_to_pack)."""

import pytest

from huiyin.journal.step import AlreadyDone, Refused
from huiyin.proposals import check, steps
from huiyin.proposals.models import Proposal
from tests.packs_for_tests import pack_version
from tests.stories import handling, intake
from tests.stories.moments import at


def test_it_is_handed_over_and_counts_as_received(city):
    proposal = intake.handed_over(city)
    assert (proposal.state, proposal.handed_over_at) == ("handed_over", at("2020-01-13"))
    assert Proposal.objects.received().get() == proposal


def test_only_what_is_filed_is_handed_over(city):
    with pytest.raises(Refused, match="要在“已立案”时"):
        steps.hand_over(intake.reviewed(city), actor=city.staff)


def test_it_is_registered_under_the_rules_of_the_day(city):
    proposal = intake.handed_over(city)
    newer = pack_version()
    assert intake.registered(city, proposal).pack_version == newer


def test_registering_twice_is_told_as_done(city):
    proposal = intake.registered(city)
    with pytest.raises(AlreadyDone):
        steps.register(proposal, actor=city.lin_lan)


def test_matters_of_others_are_kept_but_not_counted(city):
    proposal = intake.registered(city)
    event = steps.handle_elsewhere(
        proposal, actor=city.lin_lan, at=at("2020-01-20"), handled_by="市委宣传部", reason="属党委部门职责"
    )
    assert (event.subject.state, event.subject.handled_by) == ("elsewhere", "市委宣传部")
    assert not Proposal.objects.received().exists()


def test_what_a_unit_handles_is_not_sent_elsewhere(city):
    share = handling.assigned(city)
    with pytest.raises(Refused, match="请先撤销交办"):
        steps.handle_elsewhere(share.proposal, actor=city.lin_lan, handled_by="市法院")


def classify(city, proposal, taxonomy="category", item_class="科教文卫体"):
    return steps.classify(proposal, actor=city.lin_lan, taxonomy=taxonomy, item_class=item_class)


def test_it_stands_in_several_taxonomies_at_once(city):
    proposal = intake.registered(city)
    classify(city, proposal)
    classify(city, proposal, "topic", "学前教育")
    found = set(proposal.classifications.values_list("taxonomy", "item_class__name"))
    assert found == {("category", "科教文卫体"), ("topic", "学前教育")}


def test_a_later_class_takes_the_place_of_the_earlier(city):
    proposal = intake.classified(city)
    event = classify(city, proposal, item_class="其他")
    assert event.facts["before"] == "科教文卫体"
    assert proposal.classifications.get().item_class.name == "其他"


def test_a_class_that_the_pack_does_not_know_is_refused(city):
    with pytest.raises(Refused, match="可选：工交城建、科教文卫体、其他") as said:
        classify(city, intake.registered(city), item_class="教育")
    assert said.value.field == "item_class"


def test_a_city_adds_a_class_or_a_taxonomy_of_its_own(city):
    steps.add_class(city.here, actor=city.lin_lan, taxonomy="ledger", name="教育类")
    event = classify(city, intake.registered(city), "ledger", "教育类")
    assert event.facts["item_class"] == "教育类"


def test_a_taxonomy_that_nobody_knows_is_refused(city):
    with pytest.raises(Refused, match="请重新选择"):
        classify(city, intake.registered(city), "nonsense", "教育类")


def test_points_are_split_anew(city):
    proposal = intake.registered(city)
    event = steps.split(
        proposal, actor=city.lin_lan, points=[{"text": "新建三所"}, {"text": "改造"}, {"text": "师资"}]
    )
    assert list(proposal.points.values_list("number", "text")) == [
        (1, "新建三所"),
        (2, "改造"),
        (3, "师资"),
    ]
    assert event.facts == {"count": 3}
    assert event.texts.get(name="before_1").text == "新建两所公办幼儿园"


def test_it_is_marked_as_key_and_graded(city):
    proposal = intake.registered(city)
    steps.mark_key(proposal, actor=city.lin_lan, key=True, reason="民生实事")
    steps.grade_difficulty(proposal, actor=city.lin_lan, difficulty=4)
    proposal.refresh_from_db()
    assert (proposal.is_key, proposal.difficulty) == (True, 4)
    with pytest.raises(Refused, match="请填1（很容易）至5（很难）"):
        steps.grade_difficulty(proposal, actor=city.lin_lan, difficulty=6)


def test_publicity_is_the_assemblys_and_the_wish_the_proposers(city):
    proposal = intake.registered(city)
    steps.wish_confidential(proposal, actor=city.chen_yiming, wish=True, reason="涉及个人隐私")
    steps.set_publicity(proposal, actor=city.staff, publicity="summary")
    proposal.refresh_from_db()
    assert (proposal.wish_confidential, proposal.publicity) == (True, "summary")


def test_another_version_of_the_rules_moves_the_deadlines(city):
    share = handling.assigned(city)
    assert str(share.deadlines.get(name="reply").due_on) == "2020-06-02"
    newer = pack_version(reply_months=5)
    steps.move_to_pack(
        share.proposal, actor=city.lin_lan, at=at("2020-04-01"), pack_version=newer, reason="新规施行"
    )
    share.refresh_from_db()
    assert share.proposal.pack_version == newer
    assert str(share.deadlines.get(name="reply").due_on) == "2020-08-03"


def test_the_version_that_it_already_follows_is_no_other(city):
    proposal = intake.registered(city)
    with pytest.raises(Refused, match="与现在不同的规则版本"):
        steps.move_to_pack(
            proposal, actor=city.lin_lan, pack_version=proposal.pack_version, reason="新规施行"
        )


def test_strangers_register_nothing(city):
    proposal = intake.handed_over(city)
    for stranger in (city.stranger, city.staff, city.chen_jing, city.administrator):
        with pytest.raises(Refused, match="这一步由市政府办公室"):
            steps.register(proposal, actor=stranger)
    for stranger in (city.stranger, city.congress_staff, city.chen_jing):
        with pytest.raises(Refused, match="这一步由"):
            classify_as(stranger, proposal)


def classify_as(actor, proposal):
    return steps.classify(proposal, actor=actor, taxonomy="category", item_class="其他")


def test_what_was_entered_wrongly_is_corrected_with_old_and_new(city):
    item = intake.filed(city, number="0127", title="关于增加公办幼儿园学为的提案")
    event = steps.correct(
        item, actor=city.lin_lan, number="127", title="关于增加公办幼儿园学位的提案", reason="录入笔误"
    )
    item.refresh_from_db()
    assert (item.number, item.title) == ("127", "关于增加公办幼儿园学位的提案")
    assert event.corrects.code == "proposal.file"
    assert (event.facts["old"], event.facts["number"]) == ({"number": "0127"}, "127")
    assert event.texts.get(name="old_title").text == "关于增加公办幼儿园学为的提案"
    assert intake.filed(city, title="另一件", number="0127").number == "0127"
    assert list(check.problems()) == []


def test_a_correction_changes_something_and_takes_nobodys_number(city):
    item, other = intake.filed(city, number="1"), intake.filed(city, title="关于供热的提案", number="2")
    for given, said in (
        ({"number": "2"}, "编号2已经用在“关于供热的提案”上"),
        ({"number": "1"}, "与现在登记的一样，不用更正"),
    ):
        with pytest.raises(Refused, match=said):
            steps.correct(item, actor=city.lin_lan, title=item.title, reason="笔误", **given)
    with pytest.raises(Refused, match="这一步由"):
        steps.correct(other, actor=city.chen_yiming, title="别的", reason="笔误")
    unnumbered = intake.received(city, title="关于供水的提案")
    with pytest.raises(Refused, match="还没有编号，请在立案时编号"):
        steps.correct(unnumbered, actor=city.lin_lan, title=unnumbered.title, number="9", reason="笔误")
