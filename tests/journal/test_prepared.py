"""A query compiled once answers as the QuerySet itself would, whatever is asked next."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from huiyin.journal.models import Delivery
from huiyin.journal.prepared import Counted, Prepared, insert, update
from huiyin.journal.work import lock
from huiyin.proposals.models import Proposal
from tests.people import City
from tests.stories import intake

pytestmark = pytest.mark.django_db


def test_each_call_asks_the_database_with_its_own_values(city: City) -> None:
    one, other = intake.received(city, title="甲"), intake.filed(city, title="乙")
    titled = Prepared(lambda pk: Proposal.objects.filter(pk=pk).values_list("title", "state"))
    assert titled(one.pk) == [("甲", "received")]
    assert titled(other.pk) == [("乙", "filed")]
    Proposal.objects.filter(pk=one.pk).update(title="丙")
    assert titled(one.pk) == [("丙", "received")]


def test_a_tuple_has_a_statement_for_each_length(city: City) -> None:
    items = [intake.received(city, title=title) for title in "甲乙丙"]
    found = Prepared(lambda pks, state: Proposal.objects.filter(pk__in=pks, state=state).order_by("pk"))
    assert found((items[0].pk,), "received") == items[:1]
    assert found(tuple(item.pk for item in items), "received") == items
    assert found((items[2].pk, items[1].pk), "received") == items[1:]
    assert found((items[0].pk,), "filed") == []


def test_numbers_are_counted_while_queries_are_logged_too(city: City) -> None:
    item = intake.received(city)
    counted = Counted(lambda pk: (Proposal.objects.filter(pk=pk), {"items": Count("pk")}))
    with CaptureQueriesContext(connection) as asked:
        assert counted(item.pk) == {"items": 1}
    assert len(asked) == 1  # the statement alone: overhearing it asked nothing


def test_moments_and_days_are_given_as_the_database_keeps_them(city: City) -> None:
    item = intake.received(city)
    before = Prepared(lambda moment: Proposal.objects.filter(received_at__lt=moment))
    assert before(item.received_at) == []
    up_to = Prepared(lambda moment: Proposal.objects.filter(received_at__lte=moment))
    assert up_to(item.received_at) == [item]
    opened = Prepared(lambda day: Proposal.objects.filter(plenary__opened_on=day))
    assert opened(item.plenary.opened_on) == [item]


def test_what_is_selected_along_needs_no_query_of_its_own(city: City) -> None:
    item = intake.received(city)
    rows = Prepared(lambda pk: Proposal.objects.select_related("plenary").filter(pk=pk))
    for _ in range(2):
        found = rows(item.pk)[0]
        with CaptureQueriesContext(connection) as asked:
            assert (found, found.plenary, found.received_at) == (item, item.plenary, item.received_at)
        assert len(asked) == 0


def test_a_lock_shows_the_row_as_it_is_now_and_fails_where_it_is_gone(city: City) -> None:
    item = intake.received(city)
    Proposal.objects.filter(pk=item.pk).update(title="已改")
    with transaction.atomic():
        assert lock(item).title == "已改"
        with pytest.raises(Proposal.DoesNotExist):
            lock(Proposal(pk=item.pk + 1000))


def test_rows_are_written_as_the_orm_would_write_them(city: City) -> None:
    event = intake.received(city).events.get()
    insert([])
    made = [Delivery(event=event, receiver=city.lin_lan.person, key=key) for key in "一二"]
    insert(made)
    Delivery.objects.create(event=event, receiver=city.lin_lan.person, key="三")
    stored = Delivery.objects.filter(key__in="一二三").order_by("pk").values()
    assert [row["key"] for row in stored] == ["一", "二", "三"]
    assert len({str(row | {"id": 0, "key": ""}) for row in stored}) == 1
    assert not any(row._state.adding for row in made)


def test_a_row_that_is_there_already_is_left_where_that_is_wanted(city: City) -> None:
    event = intake.received(city).events.get()
    told = [Delivery(event=event, receiver=city.lin_lan.person, key="一") for _ in range(2)]
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(told)
    insert(told, ignore_conflicts=True)
    insert(told, ignore_conflicts=True)
    assert Delivery.objects.filter(event=event, key="一").count() == 1


def test_only_the_named_fields_of_a_row_are_written(city: City) -> None:
    item = intake.received(city, title="甲")
    item.title, item.remarks, item.received_at = "乙", "不写", None
    update(item, ["title", "received_at"])
    found = Proposal.objects.get(pk=item.pk)
    assert (found.title, found.remarks, found.received_at) == ("乙", "", None)
    with pytest.raises(DatabaseError):
        update(Proposal(pk=item.pk + 1000, title="丙"), ["title"])
