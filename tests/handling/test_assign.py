"""交办与签收 (assignment.assign, assign_all, sign, cancel)."""

import pytest

from huiyin.handling import steps
from huiyin.handling.models import Assignment
from huiyin.journal.models import Delivery
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.work import work
from huiyin.people.models import Jurisdiction, Unit
from huiyin.proposals.models import Proposal
from tests.packs_for_tests import pack_version
from tests.stories import handling, intake
from tests.stories.moments import at


def give(city, proposal, unit, role="lead", **given):
    return steps.assign(proposal, actor=city.lin_lan, at=at("2020-03-02"), unit=unit, role=role, **given)


def test_lead_and_co_units_are_given_their_shares_at_once(city):
    lead = handling.assigned(city, co=[city.police, city.land])
    roles = dict(lead.proposal.assignments.values_list("unit__name", "role"))
    assert roles == {"市教育局": "lead", "市公安局": "co", "市自然资源局": "co"}
    lead.proposal.refresh_from_db()
    assert lead.proposal.answer_stage == "handling"


def test_several_units_can_lead(city):
    handling.assigned(city, leads=[city.education, city.land])
    assert Assignment.objects.answering().count() == 2


def test_separate_units_each_have_their_part(city):
    handling.assigned(city, separate=[city.education, city.land])
    assert sorted(Assignment.objects.values_list("part", flat=True)) == [
        "涉及市教育局的部分",
        "涉及市自然资源局的部分",
    ]


def test_a_separate_share_names_its_part(city):
    proposal = intake.registered(city)
    with pytest.raises(Refused, match="哪一部分") as said:
        give(city, proposal, city.land, "separate")
    assert said.value.field == "part"


def test_where_the_pack_leaves_it_free_no_part_is_named(city):
    pack_version(separate_parts="free")
    share = give(city, intake.registered(city), city.land, "separate").subject
    assert (share.role, share.part) == ("separate", "")


def test_one_refusal_takes_back_every_share(city):
    proposal = intake.registered(city)
    with pytest.raises(Refused, match="已经在承办"):
        steps.assign_all(
            proposal, actor=city.lin_lan, leads=[city.education], cos=[city.police, city.education]
        )
    assert not proposal.assignments.exists()
    assert not proposal.events.filter(code="assignment.assign").exists()


def test_a_unit_of_a_lower_level_can_be_given_a_share(city):
    county = Jurisdiction.objects.create(code="370303", name="张店区", level="county", parent=city.here)
    bureau = Unit.objects.create(jurisdiction=county, name="张店区教育局")
    assert give(city, intake.registered(city), bureau).subject.state == "offered"


def test_a_unit_of_another_city_cannot(city):
    bureau = Unit.objects.create(jurisdiction=city.elsewhere, name="青岛市教育局")
    with pytest.raises(Refused, match="不是本级、上级或下级") as said:
        give(city, intake.registered(city), bureau)
    assert said.value.field == "unit"


def test_a_unit_that_is_closed_cannot(city):
    Unit.objects.filter(pk=city.land.pk).update(closed_on="2019-12-31")
    city.land.refresh_from_db()
    with pytest.raises(Refused, match="已经撤并"):
        give(city, intake.registered(city), city.land)


def test_an_item_is_registered_before_it_is_assigned(city):
    with pytest.raises(Refused, match="要在“已登记”时"):
        give(city, intake.handed_over(city), city.education)


def test_the_unit_and_the_proposers_are_told(city):
    handling.assigned(city)
    told = set(
        Delivery.objects.filter(event__code="assignment.assign").values_list("receiver__name", flat=True)
    )
    assert told == {"周宁", "陈静", "高远", "陈一鸣", "刘敏"}


def test_only_who_has_a_share_sees_the_item(city):
    share = handling.assigned(city, co=[city.police])

    def sees(actor):
        return Proposal.objects.visible_to(actor).filter(pk=share.proposal_id).exists()

    seeing = [city.lin_lan, city.chen_jing, city.sun_yue, city.staff, city.chen_yiming, city.mayor_wang]
    assert all(sees(actor) for actor in [*seeing, city.auditor])
    blind = [city.stranger, city.unit_without_share, city.he_shan, city.congress_staff]
    assert not any(sees(actor) for actor in [*blind, city.administrator])


def test_a_share_is_signed_for(city):
    share = handling.signed(city)
    assert (share.state, share.signed_at) == ("signed", at("2020-03-03"))


def test_signing_twice_is_told_as_done(city):
    share = handling.signed(city)
    with pytest.raises(AlreadyDone, match="已经办过了"):
        handling.signed(city, share)


def test_nothing_is_signed_for_before_it_was_given(city):
    share = handling.assigned(city)
    with pytest.raises(Refused, match="这一件是2020年3月2日交办的，签收不会更早，请核对发生时间"):
        steps.sign(share, actor=city.chen_jing, at=at("2020-02-28"))
    with work(history=True):
        assert steps.sign(share, actor=city.chen_jing, at=at("2020-02-28")).subject.state == "signed"


def test_another_unit_does_not_sign(city):
    share = handling.assigned(city)
    for stranger in (city.unit_without_share, city.sun_yue, city.stranger, city.lin_lan):
        with pytest.raises(Refused, match="这一步由承办单位"):
            steps.sign(share, actor=stranger)


def test_the_registrar_enters_what_a_unit_did_on_paper(city):
    share = handling.assigned(city)
    event = steps.sign(share, actor=city.lin_lan.standing_in_for(city.education), at=at("2020-03-04"))
    assert (event.on_paper, event.unit) == (True, city.education)


def test_an_assignment_given_by_mistake_is_cancelled(city):
    share = handling.assigned(city)
    cancelled = steps.cancel(share, actor=city.lin_lan, at=at("2020-03-03"), reason="误交").subject
    assert cancelled.state == "cancelled"
    assert not share.deadlines.open().exists()
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == "assigning"
