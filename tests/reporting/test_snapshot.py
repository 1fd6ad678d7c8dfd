"""What was frozen stays what it was, whatever becomes of the items."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huiyin.journal.step import Refused
from huiyin.reporting.figures import figures_of, rows_of
from huiyin.reporting.models import Snapshot
from huiyin.reporting.snapshot import frozen_figures, frozen_rows
from huiyin.reporting.steps import freeze
from tests.stories.intake import handed_over, registered
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
AS_OF = date(2020, 2, 1)


def frozen(city, **more):
    given = {"actor": city.lin_lan, "at": at("2020-02-03"), "as_of": AS_OF, "label": "年度通报"} | more
    return freeze(city.plenary, **given).subject


def test_it_holds_numbers_and_rows(city):
    item = registered(city)
    snapshot = frozen(city)
    assert frozen_figures(snapshot) == figures_of(city.plenary, AS_OF)
    assert list(frozen_rows(snapshot, "received.total")) == [item]
    assert (snapshot.frozen_by, snapshot.as_of) == (city.lin_lan.person, AS_OF)


def test_it_does_not_move_when_items_do(city):
    registered(city)
    snapshot = frozen(city)
    handed_over(city, title="关于修缮中心路的提案", when="2020-01-20")
    kept = Snapshot.objects.get(pk=snapshot.pk)
    assert rows_of(city.plenary, "received.total", AS_OF).count() == 2
    assert next(one.count for one in frozen_figures(kept) if one.code == "received.total") == 1
    assert frozen_rows(kept, "received.total").count() == 1


def test_the_database_refuses_to_change_or_delete_it(city):
    snapshot = frozen(city)
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(label="改")
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        snapshot.delete()


def test_a_day_to_come_can_t_be_frozen(city):
    with pytest.raises(Refused, match="还没有到"):
        frozen(city, as_of=date(2020, 3, 1))


def test_only_the_office_and_the_assembly_of_the_place_freeze(city):
    for stranger in (city.stranger, city.zhou_ning, city.chen_yiming, city.congress_staff):
        with pytest.raises(Refused, match="办理"):
            frozen(city, actor=stranger)
