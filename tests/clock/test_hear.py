"""What is stored: deadlines written from events, found again by a replay, in few queries."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.clock.hear import explain, hear, mismatches, recompute, standing
from huiyin.clock.models import Deadline
from huiyin.clock.now import moment
from huiyin.words import UnitRole
from tests.clock.told import deadline, event, laid_out, share, tell
from tests.packs_for_tests import pack_version


@pytest.fixture
def item(city):
    return laid_out(city)


@pytest.fixture
def lead(city, item):
    """市教育局 assigned on 24 February 2020."""
    made = share(item, city.education)
    tell("assignment.assign", "2020-02-24", made)
    return made


def queries_of(*events) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        hear(list(events))
    return len(asked)


def test_an_assignment_stores_its_deadlines_with_what_explains_them(lead, item):
    reply = deadline(lead, "reply")
    assert (reply.starts_on, reply.due_on) == (date(2020, 2, 24), date(2020, 5, 25))
    assert reply.jurisdiction_id == item.jurisdiction_id
    assert reply.pack_version_id == item.pack_version_id
    assert reply.started_by.code == "assignment.assign"
    assert reply.notice == "国办发明电〔2019〕16号"
    assert explain(reply).due_on == reply.due_on
    assert explain(reply).explanation.startswith(
        "2020年2月24日交办，三个月届满为5月24日（星期日），顺延至下一个工作日5月25日。"
    )


def test_a_reply_meets_it_and_names_the_event(lead):
    answer = tell("reply.issue", "2020-05-20", lead)
    reply = deadline(lead, "reply")
    assert reply.met_at == moment(date(2020, 5, 20), 10)
    assert reply.met_by == answer
    assert Deadline.objects.met_in_time().get() == reply


def test_what_is_met_late_is_told_from_what_is_in_time(lead):
    tell("reply.issue", "2020-05-26", lead)
    assert Deadline.objects.met_late().get().name == "reply"
    assert not Deadline.objects.met_in_time().exists()


def test_a_day_is_that_of_shanghai_when_lateness_is_asked(lead):
    answer = event("reply.issue", "2020-05-25", lead)
    answer.at = moment(date(2020, 5, 25), 23, 30)
    hear([answer])
    assert Deadline.objects.met_in_time().get().name == "reply"


def test_overdue_leaves_out_windows_pauses_and_what_is_met(city, item, lead):
    on = date(2020, 7, 1)
    assert [row.name for row in Deadline.objects.overdue(on).order_by("name")] == ["first_contact", "reply"]
    tell("contact.log", "2020-03-02", lead)
    assert [row.name for row in Deadline.objects.overdue(on)] == ["reply"]
    assert deadline(lead, "reply").is_overdue(on)
    assert not deadline(lead, "return_window").is_overdue(on)
    tell("assignment.pause", "2020-03-16", lead)
    assert not Deadline.objects.overdue(on).exists()
    assert not deadline(lead, "reply").is_overdue(on)


def test_a_step_costs_no_query_when_no_rule_names_it(lead):
    unheard = event("proposal.classify", "2020-02-25", lead)
    assert queries_of(unheard) == 0


def test_a_step_costs_three_queries_at_most(city, item, lead):
    co = share(item, city.police, UnitRole.CO)
    assert queries_of(event("assignment.assign", "2020-02-24", co)) <= 3
    assert queries_of(event("reply.issue", "2020-05-20", lead)) <= 3
    assert queries_of(event("assignment.pause", "2020-03-16", co)) <= 3
    assert queries_of(event("assignment.resume", "2020-03-30", co)) <= 3


def test_many_events_of_many_items_cost_no_more(city):
    events = []
    for number in range(5):
        made = share(laid_out(city, f"第{number}件"), city.education)
        events += [event("assignment.assign", "2020-02-24", made), event("reply.issue", "2020-05-20", made)]
    assert queries_of(*events) <= 3
    assert Deadline.objects.filter(name="reply", met_at__isnull=False).count() == 5


def test_a_corrected_date_moves_the_deadlines(lead, item):
    assigned = deadline(lead, "reply").started_by
    facts = {"field": "at", "old": "2020-02-24T10:00:00+08:00", "new": "2020-03-02T10:00:00+08:00"}
    tell("event.correct", "2020-03-10", lead, corrects=assigned, **facts)
    assert deadline(lead, "reply").due_on == date(2020, 6, 2)
    assert mismatches(item) == []


def test_a_correction_may_tell_a_date_that_was_not_known(city, item):
    made = share(item, city.education)
    unknown = tell("assignment.assign", "2020-01-08", made, at_known=False)
    assert not Deadline.objects.exists()
    tell("event.correct", "2020-03-10", made, corrects=unknown, field="at", new="2020-02-24T10:00:00+08:00")
    assert deadline(made, "reply").due_on == date(2020, 5, 25)


def test_a_correction_may_take_a_deadline_away(city, item, lead):
    assigned = deadline(lead, "reply").started_by
    tell("event.correct", "2020-03-10", lead, corrects=assigned, field="at_known", new=False)
    assert not Deadline.objects.exists()
    assert mismatches(item) == []


def test_an_item_moved_to_another_version_is_replayed_under_both(item, lead):
    before = item.pack_version
    version = pack_version(valid_from=date(2020, 3, 1), reply_months=1)
    item.pack_version = version
    item.save()
    tell("proposal.move_to_pack", "2020-03-02", item, before=before.pk, pack_version=version.pk)
    reply = deadline(lead, "reply")
    assert (reply.first_due_on, reply.due_on) == (date(2020, 5, 25), date(2020, 3, 24))
    assert reply.pack_version == version
    assert mismatches(item) == []


def test_a_replay_finds_what_is_stored(city, item, lead):
    co = share(item, city.police, UnitRole.CO)
    tell("assignment.assign", "2020-02-25", co)
    tell("assignment.pause", "2020-03-16", lead)
    tell("assignment.resume", "2020-03-30", lead)
    tell("assignment.rule_extension", "2020-06-01", lead, ruling="granted", until="2020-07-24")
    tell("reply.issue", "2020-07-20", lead, recorded="2020-07-31")
    assert mismatches(item) == []


def test_a_replay_tells_what_does_not_agree_and_puts_it_right(item, lead):
    Deadline.objects.filter(name="reply").update(due_on=date(2020, 6, 30))
    Deadline.objects.filter(name="return_window").delete()
    said = mismatches(item)
    assert len(said) == 2
    assert any("存为2020-06-30，按事件应为2020-05-25" in sentence for sentence in said)
    assert any("缺少应有的期限" in sentence for sentence in said)
    recompute(item)
    assert mismatches(item) == []


def test_a_deadline_without_an_event_is_told(city, item, lead):
    stray = deadline(lead, "reply")
    stray.pk, stray.name = None, "publication"
    stray.save()
    assert [sentence for sentence in mismatches(item) if "没有对应的事件" in sentence]


def test_the_database_holds_one_deadline_a_round(lead):
    double = deadline(lead, "reply")
    double.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()
    double.round = 2
    double.save()


def test_how_a_deadline_stands_is_said_in_words(lead):
    reply = deadline(lead, "reply")
    assert standing(reply, date(2020, 5, 20)) == "还有5天"
    assert standing(reply, date(2020, 5, 25)) == "今日到期"
    assert standing(reply, date(2020, 5, 27)) == "已超期2天"
    assert standing(deadline(lead, "return_window"), date(2020, 5, 27)) == "已过期限"
    tell("assignment.pause", "2020-03-16", lead)
    assert standing(deadline(lead, "reply"), date(2020, 5, 27)) == "自3月16日起中止计时"
    tell("reply.issue", "2020-05-27", lead)
    assert standing(deadline(lead, "reply"), date(2020, 6, 27)) == "已完成，超期2天"
    tell("proposal.void", "2020-07-01", lead)
    assert standing(deadline(lead, "return_window"), date(2020, 7, 27)) == "已取消"
