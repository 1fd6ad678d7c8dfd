"""A whole import is taken back while nothing has been done on what it made."""

import pytest

from huiyin.contacts import steps as contacts
from huiyin.journal import chain
from huiyin.journal.models import Delivery, Event
from huiyin.journal.step import Refused
from huiyin.ledgers.importing import undo_import
from huiyin.ledgers.models import ImportRow, LedgerImport
from huiyin.people.actor import Actor
from huiyin.proposals import check
from tests.ledgers.importing.makers import ledger, many, row, take_in


def undone(city, actor=None):
    return undo_import(LedgerImport.objects.order_by("pk").first(), actor=actor or city.lin_lan)


def test_everything_it_made_becomes_void(city, tmp_path):
    take_in(city, ledger(tmp_path / "台账.xlsx", *many(130)))
    assert undone(city) == 130
    assert set(city.plenary.proposals.values_list("state", flat=True)) == {"void"}
    assert LedgerImport.objects.get().undone_at is not None
    assert ImportRow.objects.count() == 130
    assert list(check.problems()) == []
    assert list(chain.breaks()) == []
    assert not Delivery.objects.exists()


def test_the_journal_tells_of_the_import_and_of_its_undoing(city, tmp_path):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    undone(city)
    told = Event.objects.about(LedgerImport.objects.get()).values_list("code", flat=True)
    assert list(told) == ["import.start", "import.finish", "import.undo"]


def test_its_numbers_are_free_again(city, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", row())
    take_in(city, path)
    undone(city)
    assert take_in(city, path).counts()["created"] == 1


def test_an_import_on_which_something_has_been_done_stays(city, tmp_path):
    take_in(
        city,
        ledger(
            tmp_path / "台账.xlsx",
            row(编号="1", 案由="甲"),
            row(编号="2", 案由="乙"),
            row(编号="3", 案由="丙"),
        ),
    )
    for number in ("3", "2"):
        share = city.plenary.proposals.get(number=number).assignments.get(role="lead")
        contacts.log(share, actor=city.zhou_ning, phase="after", way="visit")
    with pytest.raises(Refused, match="第2号 乙"):
        undone(city)
    assert not city.plenary.proposals.filter(state="void").exists()


def test_an_import_that_added_to_earlier_items_stays(city, tmp_path):
    take_in(city, ledger(tmp_path / "一.xlsx", {"编号": "12", "案由": row()["案由"]}))
    take_in(city, ledger(tmp_path / "二.xlsx", row()))
    with pytest.raises(Refused, match="第2行补充了原有的"):
        undo_import(LedgerImport.objects.order_by("pk").last(), actor=city.lin_lan)


def test_it_is_undone_once(city, tmp_path):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    undone(city)
    with pytest.raises(Refused, match="已经撤销"):
        undone(city)


def test_the_assemblys_staff_and_the_command_may_and_a_unit_may_not(city, tmp_path):
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    for actor in (city.chen_jing, city.stranger, city.congress_staff, city.auditor):
        with pytest.raises(Refused):
            undone(city, actor)
    assert undone(city, city.staff) == 1
    take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    assert undo_import(LedgerImport.objects.latest("pk"), actor=Actor.system(city.here)) == 1
