"""The journal: chained, append-only on both databases, and checked by replay."""

import argparse
import json

import pytest
from django.db import DatabaseError, connection, transaction

from huiyin import checks
from huiyin.journal import chain, triggers
from huiyin.journal import commands as journal_commands
from huiyin.journal.models import ChainHead, Event, EventText, Seal
from huiyin.proposals import check
from huiyin.proposals.models import Proposal
from tests.stories import handling, intake


@pytest.fixture
def unprotected(db):
    """What somebody with the database's password might do."""
    triggers.remove(connection)


def test_every_event_has_its_link_and_the_chain_holds(city):
    handling.contacted(city, handling.planned(city, co=[city.police]))
    assert Seal.objects.count() == Event.objects.count() > 10
    assert [link.seq for link in Seal.objects.all()] == list(range(1, Event.objects.count() + 1))
    assert list(chain.breaks()) == []


def test_each_jurisdiction_has_a_chain_of_its_own(city):
    from huiyin.proposals.steps import add_class

    intake.received(city)
    add_class(city.elsewhere, actor=city.stranger, taxonomy="ledger", name="甲")
    assert ChainHead.objects.count() == 2
    assert list(chain.breaks()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET code = 'x'",
        "DELETE FROM journal_event",
        "UPDATE journal_seal SET hash = 'x'",
        "DELETE FROM journal_seal",
        "UPDATE journal_eventtext SET text = 'x'",
        "UPDATE journal_eventtext SET text = '', erased = true, digest = 'x'",
        "DELETE FROM journal_eventtext",
    ],
)
def test_the_database_refuses_to_change_what_was_written(city, statement):
    intake.received(city)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_postgresql_refuses_to_empty_a_table(city):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE journal_event CASCADE")


def test_the_triggers_stand_after_migration(db):
    assert triggers.missing(connection) == []


def test_a_missing_trigger_is_named_and_put_back(unprotected):
    assert len(triggers.missing(connection)) == len(triggers.wanted(connection.vendor))
    assert "protect-journal" in (triggers.sentence(connection) or "")
    triggers.install(connection)
    assert triggers.sentence(connection) is None


def test_a_changed_event_breaks_the_chain(city, unprotected):
    intake.filed(city)
    event = Event.objects.order_by("pk")[1]
    Event.objects.filter(pk=event.pk).update(facts={"number": "2"})
    assert any("内容与封存时不一致" in said for said in chain.breaks())


def test_a_removed_event_leaves_a_hole(city, unprotected):
    intake.filed(city)
    Seal.objects.filter(seq=2).delete()
    said = list(chain.breaks())
    assert any("第2条到第2条缺失" in one for one in said)
    assert any("没有封存" in one for one in said)


def test_a_changed_text_is_found(city, unprotected):
    intake.received(city)
    EventText.objects.filter(name="title").update(text="别的标题")
    assert any("文字“title”被改动过" in said for said in chain.breaks())


def test_a_cut_tail_is_found(city, unprotected):
    intake.filed(city)
    Seal.objects.filter(seq=3).delete()
    assert any("链尾" in said for said in chain.breaks())


def test_the_replay_of_a_life_gives_what_is_stored(city):
    handling.contacted(city, handling.planned(city, co=[city.police]))
    assert list(check.problems()) == []


def test_a_state_set_by_hand_is_found(city):
    share = handling.signed(city)
    share.proposal.assignments.update(state="closed")
    assert any("交办件" in said and "应为“signed”" in said for said in check.problems())


def test_a_stage_set_by_hand_is_found(city):
    proposal = intake.registered(city)
    Proposal.objects.filter(pk=proposal.pk).update(answer_stage="evaluated")
    assert any("办理阶段存为“已评价”，应为“待交办”" in said for said in check.problems())


def test_a_date_set_by_hand_is_found(city):
    share = handling.signed(city)
    share.deadlines.filter(name="reply").update(due_on="2020-12-31")
    assert any("2020-12-31" in said for said in check.problems())


def run(command, capsys):
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    for commands in (journal_commands, checks):
        commands.add_parsers(subparsers)
    args = parser.parse_args([command, "--json"])
    code = args.run(args)
    return code, json.loads(capsys.readouterr().out)


def test_the_commands_say_so(city, capsys):
    share = handling.signed(city)
    assert run("check-life", capsys)[0] == 0
    code, said = run("verify-journal", capsys)
    assert (code, said["ok"], said["events"]) == (0, True, Event.objects.count())
    share.proposal.assignments.update(state="closed")
    code, said = run("check-life", capsys)
    assert (code, said["ok"]) == (1, False)


def test_the_commands_refuse_an_unprotected_journal(city, unprotected, capsys):
    for command in ("check-life", "verify-journal"):
        code, said = run(command, capsys)
        assert code == 1
        assert "触发器缺失" in said["problems"][0]
