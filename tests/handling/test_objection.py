"""提案者的异议 (assignment.object, rule_objection)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import Refused
from tests.packs_for_tests import pack_version
from tests.stories import handling
from tests.stories.moments import at


def object_to(city, share, actor=None, when="2020-03-05"):
    return steps.object_to(
        share,
        actor=actor or city.chen_yiming,
        at=at(when),
        reason="应由自然资源部门办理",
        proposed=city.land,
    )


def rule(city, share, ruling, **given):
    return steps.rule_objection(share, actor=city.lin_lan, at=at("2020-03-06"), ruling=ruling, **given)


def test_handling_goes_on_until_the_office_rules(city):
    share = object_to(city, handling.signed(city)).subject
    assert share.state == "signed"
    assert share.returnrequests.get().objected_by == city.lead_proposer


def test_granted_another_unit_takes_over(city):
    share = handling.signed(city)
    object_to(city, share)
    rule(city, share, "granted", to=city.land)
    share.refresh_from_db()
    assert share.state == "cancelled"
    assert handling.share(share.proposal, city.land).replaces_id == share.pk


def test_refused_the_unit_goes_on(city):
    share = handling.signed(city)
    object_to(city, share)
    rule(city, share, "refused", reason="职责分工明确")
    share.refresh_from_db()
    assert share.state == "signed"


def test_one_at_a_time(city):
    share = handling.signed(city)
    object_to(city, share)
    with pytest.raises(Refused, match="等待裁定"):
        object_to(city, share)


def test_nothing_is_ruled_where_nobody_objected(city):
    with pytest.raises(Refused, match="没有等待裁定的异议"):
        rule(city, handling.signed(city), "granted")


def test_it_has_the_same_days_as_a_return(city):
    with pytest.raises(Refused, match="2020年3月9日，已经过了"):
        object_to(city, handling.signed(city), when="2020-03-10")


def test_where_the_pack_does_not_know_it_it_is_refused(city):
    pack_version(proposer_objects="no")
    with pytest.raises(Refused, match="由交办机构确定"):
        object_to(city, handling.signed(city))


def test_only_who_proposed_it_objects(city):
    share = handling.signed(city)
    for stranger in (city.chen_jing, city.staff, city.stranger):
        with pytest.raises(Refused, match="这一步由提案者"):
            object_to(city, share, actor=stranger)
