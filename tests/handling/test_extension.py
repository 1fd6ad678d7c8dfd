"""延期 (assignment.ask_extension, rule_extension, explain_extension)."""

from datetime import date

import pytest

from huiyin.handling import steps
from huiyin.journal.step import Refused
from tests.packs_for_tests import pack_version
from tests.stories import handling
from tests.stories.moments import at

# Given on 2 March 2020: the reply is due on 2 June, on 2 September at the latest.
UNTIL = date(2020, 7, 31)


def ask(city, share, when="2020-05-20", until=UNTIL, **given):
    given = {"reason": "选址方案要报上级批准"} | given
    return steps.ask_extension(share, actor=city.chen_jing, at=at(when), until=until, **given)


def rule(city, share, ruling="granted", **given):
    return steps.rule_extension(share, actor=city.lin_lan, at=at("2020-05-25"), ruling=ruling, **given)


def reply_due(share):
    return str(share.deadlines.get(name="reply").due_on)


def test_granted_it_moves_the_date(city):
    share = handling.planned(city)
    assert reply_due(share) == "2020-06-02"
    ask(city, share)
    assert reply_due(share) == "2020-06-02"
    event = rule(city, share)
    assert (event.facts["ruling"], event.facts["until"]) == ("granted", "2020-07-31")
    deadline = share.deadlines.get(name="reply")
    assert (str(deadline.due_on), str(deadline.first_due_on)) == ("2020-07-31", "2020-06-02")
    assert (str(share.extensions.get()), str(deadline)) == ("延至2020年7月31日", "答复 2020年7月31日")


def test_it_is_granted_to_another_day(city):
    share = handling.planned(city)
    ask(city, share)
    rule(city, share, until=date(2020, 6, 30))
    assert reply_due(share) == "2020-06-30"


def test_refused_the_date_stays(city):
    share = handling.planned(city)
    ask(city, share)
    rule(city, share, "refused", reason="理由不充分")
    assert reply_due(share) == "2020-06-02"
    assert share.extensions.get().ruling == "refused"


def test_on_the_due_day_itself_it_can_be_asked_for(city):
    share = handling.planned(city)
    assert ask(city, share, when="2020-06-02T23:00").code == "assignment.ask_extension"


def test_after_the_due_date_it_is_refused(city):
    share = handling.planned(city)
    with pytest.raises(Refused, match="2020年6月2日已过，不能再申请延期") as said:
        ask(city, share, when="2020-06-03")
    assert "尽快答复" in said.value.sentence


def test_asked_in_time_it_can_be_granted_after_the_due_date(city):
    share = handling.planned(city)
    ask(city, share, when="2020-06-02")
    steps.rule_extension(share, actor=city.lin_lan, at=at("2020-06-04"), ruling="granted")
    assert reply_due(share) == "2020-07-31"


def test_it_does_not_go_beyond_the_maximum(city):
    share = handling.planned(city)
    with pytest.raises(Refused, match="最长只能延至2020年9月2日") as said:
        ask(city, share, until=date(2020, 9, 3))
    assert said.value.field == "until"


def test_it_is_later_than_the_present_date(city):
    share = handling.planned(city)
    with pytest.raises(Refused, match="要晚于现在的期限2020年6月2日"):
        ask(city, share, until=date(2020, 6, 2))


def test_one_at_a_time(city):
    share = handling.planned(city)
    ask(city, share)
    with pytest.raises(Refused, match="等待批准"):
        ask(city, share)


def test_nothing_is_ruled_where_nothing_was_asked(city):
    with pytest.raises(Refused, match="没有等待批准"):
        rule(city, handling.planned(city))


def test_a_co_unit_has_no_reply_to_extend(city):
    lead = handling.assigned(city, co=[city.police])
    co = handling.signed(city, handling.share(lead.proposal, city.police))
    with pytest.raises(Refused, match="会办单位没有答复期限"):
        steps.ask_extension(co, actor=city.sun_yue, at=at("2020-03-20"), until=UNTIL, reason="x")


def test_where_the_pack_knows_no_approval_it_is_explained(city):
    pack_version(extension="explain")
    share = handling.planned(city)
    with pytest.raises(Refused, match="延期不用批准"):
        ask(city, share)
    steps.explain_extension(
        share, actor=city.chen_jing, at=at("2020-05-20"), until=UNTIL, reason="需要等待上级批复"
    )
    assert reply_due(share) == "2020-07-31"


def test_where_approval_is_needed_explaining_is_not_enough(city):
    with pytest.raises(Refused, match="先申请并经批准"):
        steps.explain_extension(
            handling.planned(city), actor=city.chen_jing, at=at("2020-05-20"), until=UNTIL, reason="x"
        )


def test_strangers_neither_ask_nor_rule(city):
    share = handling.planned(city)
    with pytest.raises(Refused, match="这一步由承办单位"):
        steps.ask_extension(share, actor=city.unit_without_share, until=UNTIL, reason="x")
    ask(city, share)
    for stranger in (city.stranger, city.gao_yuan):
        with pytest.raises(Refused, match="这一步由市政府办公室"):
            steps.rule_extension(share, actor=stranger, ruling="granted")
