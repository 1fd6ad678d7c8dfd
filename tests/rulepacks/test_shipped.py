"""The shipped packs: all load, cite documents, and say what others rely on."""

from pathlib import Path

import pytest
from django.conf import settings

from huiyin.journal.step import STEPS
from huiyin.rulepacks.describe import statements
from huiyin.rulepacks.diff import assumed, diff, show
from huiyin.rulepacks.dump import TABLES, dump
from huiyin.rulepacks.events import EVENT_CODES, PLENARY_CLOSE
from huiyin.rulepacks.loader import check, load, parse
from huiyin.rulepacks.options import OPTIONS
from huiyin.rulepacks.schema import NO_SOURCE, Length, Pack
from huiyin.words import DeadlineName, Kind, Meaning, Period

FILES = sorted(Path(settings.PACKS_DIR).glob("*/*.toml"))
PACKS = {path.stem and f"{path.parent.name}@{path.stem}": load(path) for path in FILES}
CODES = {
    "generic",
    "zibo",
    "shandong",
    "qingdao",
    "beijing",
    "shanghai",
    "chongqing",
    "zhejiang",
    "henan",
    "sichuan",
}
each_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
each_file = pytest.mark.parametrize("path", FILES, ids=list(PACKS))


def latest(code: str) -> Pack:
    return max((pack for pack in PACKS.values() if pack.code == code), key=lambda pack: pack.valid_from)


def test_the_ten_packs_are_shipped():
    assert {pack.code for pack in PACKS.values()} == CODES


@each_file
def test_a_file_is_named_after_its_pack_and_has_no_problem(path):
    pack, problems = check(path)
    assert problems == ()
    assert (pack.code, pack.version) == (path.parent.name, path.stem)


@each_pack
def test_written_and_read_again_it_is_the_same(pack):
    assert parse(dump(pack)) == pack


@each_pack
def test_every_entry_cites_a_document_or_says_that_it_is_assumed(pack):
    entries = [entry for field in TABLES for entry in getattr(pack, field)]
    assert len(entries) > 40
    for entry in entries:
        assert entry.assumed or entry.source.document, entry
        assert entry.source == NO_SOURCE or not any(
            sign in str(entry.source) for sign in ("http", "www.", ".gov")
        )


def speaks_of(document: str) -> set[Kind]:
    """Of which kind a document lays something down, by its title; of both where it names neither."""
    named = {Kind.SUGGESTION} if "代表" in document or "建议" in document else set()
    named |= {Kind.PROPOSAL} if "政协" in document or "提案" in document else set()
    return named or set(Kind)


@each_pack
def test_deputies_and_cppcc_sides_are_kept_apart(pack):
    """What a text on deputies' suggestions says is at most assumed for proposals, and the other way round."""
    for field in TABLES:
        for entry in getattr(pack, field):
            held_for = {entry.kind} if getattr(entry, "kind", None) else set(Kind)
            assert entry.assumed or held_for <= speaks_of(entry.source.document), entry


@each_pack
def test_what_holds_for_want_of_a_rule_of_its_own_says_so_and_is_told_as_assumed(pack):
    for one in (one for one in statements(pack) if "说明" in one.facets):
        assert "未见规定，按" in one.facets["说明"]
        assert [said for said in assumed(pack) if said.startswith(f"{one.topic}：")]


@each_pack
def test_it_has_the_taxonomy_category_first_for_both_kinds(pack):
    for kind in Kind:
        assert pack.taxonomies_for(kind)[0].name == "category"
        assert pack.taxonomies_for(kind)[0].classes


@each_pack
def test_every_reader_has_an_answer_for_both_kinds(pack):
    for kind in Kind:
        assert {name: pack.option(name, kind) for name in OPTIONS}.keys() == OPTIONS.keys()
        for name, spec in OPTIONS.items():
            assert spec.allows(pack.option(name, kind))
        assert pack.rate("satisfaction", kind).base == "forms_returned"
        assert pack.evaluation(kind).dimensions
        assert pack.numbering_for(kind).in_plenary.count("{n}") == 1
        assert pack.grounds_for(kind)
        assert pack.routes_for(kind)
        assert pack.publication(kind).items
        for name in ("reply", "co_opinion", "evaluation"):
            assert pack.letter(name, kind).title
        for period in Period:
            for name in (
                "reply",
                "return_window",
                "co_opinion",
                "second_handling",
                "feedback",
                "extension_max",
            ):
                assert pack.deadline(name, kind, period), name


@each_pack
def test_its_extension_limit_is_the_replys_maximum(pack):
    for kind in Kind:
        for period in Period:
            reply = pack.deadline(DeadlineName.REPLY, kind, period)
            assert reply.maximum == pack.deadline(DeadlineName.EXTENSION_MAX, kind, period).length


@each_pack
def test_its_marks_can_be_told_apart_in_a_ledger(pack):
    for kind in Kind:
        scheme = pack.mark_scheme(kind)
        words = pack.mark_words(kind)
        assert [mark.order for mark in scheme.marks] == list(range(1, len(scheme.marks) + 1))
        assert scheme.marks[0].meanings[0] == Meaning.SOLVED
        for mark in scheme.marks:
            assert words[mark.code] == words[mark.label] == mark.code
            for word in mark.synonyms:
                assert pack.meaning_said(kind, mark.code, word) in (None, *mark.meanings)


@each_pack
def test_what_it_promises_can_be_counted(pack):
    for rule in pack.deadlines:
        assert {rule.starts, *rule.met_by} <= EVENT_CODES


def test_every_event_that_a_pack_may_name_is_a_declared_step():
    assert set(STEPS) >= EVENT_CODES - {PLENARY_CLOSE}


@each_pack
def test_it_can_be_shown_and_differs_in_nothing_from_itself(pack):
    assert diff(pack, pack) == []
    said = show(pack)
    assert said.startswith(f"{pack.label}（{pack.code}，版本{pack.version}")
    assert "出处：" in said


def test_generic_is_the_four_marks_and_three_months_six_at_most():
    for pack in (one for one in PACKS.values() if one.code == "generic"):
        for kind in Kind:
            assert [(mark.code, set(mark.meanings)) for mark in pack.mark_scheme(kind).marks] == [
                ("A", {Meaning.SOLVED}),
                ("B", {Meaning.BEING_SOLVED, Meaning.PLANNED}),
                ("C", {Meaning.CANNOT}),
                ("D", {Meaning.REFERENCE}),
            ]
            reply = pack.deadline("reply", kind, Period.IN_PLENARY)
            assert (reply.length, reply.maximum) == (Length(3, "months"), Length(6, "months"))
            assert pack.taxonomies_for(kind)[0].open


def test_zibo_has_the_circulars_scheme_on_shandongs_rules():
    pack, shandong = latest("zibo"), latest("shandong")
    for kind in Kind:
        marks = {mark.code: mark for mark in pack.mark_scheme(kind).marks}
        assert set(marks["A"].meanings) == {Meaning.SOLVED, Meaning.BEING_SOLVED}
        assert marks["B"].period == Length(3, "years")
        assert Meaning.PLANNED in marks["B"].meanings
        assert marks["C"].meanings[0] == Meaning.REFERENCE
        assert pack.taxonomies_for(kind)[0].classes == ("经济科技", "社会事业和民生保障", "城建交通", "其他")
        limit = pack.deadline("fulfilment", kind, Period.IN_PLENARY)
        assert (limit.starts, limit.length) == (PLENARY_CLOSE, Length(3, "years"))
        for name in ("reply", "return_window", "co_opinion", "second_handling"):
            ours, theirs = (one.deadline(name, kind, Period.IN_PLENARY) for one in (pack, shandong))
            assert (ours.length, ours.maximum) == (theirs.length, theirs.maximum)
            assert ours.assumed, "the city's own periods were not found"


def test_one_pack_has_a_later_version_that_a_later_law_asks_for():
    earlier, later = PACKS["generic@2015.1"], PACKS["generic@2025.1"]
    assert earlier.valid_from < later.valid_from
    said = diff(earlier, later)
    assert any("办理情况报告" in sentence for sentence in said)
    assert any("2025年修正" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("code", "word", "mark", "meaning"),
    [
        ("shanghai", "解决采纳", "A", "solved"),
        ("generic", "正在解决", "B", "being_solved"),
        ("generic", "列入计划", "B", "planned"),
        ("generic", "留作参考", "D", "reference"),
        ("zibo", "正在解决", "A", "being_solved"),
        ("zibo", "留作参考", "C", "reference"),
        ("shanghai", "留作参考", "D", "reference"),
        ("henan", "属于上级职权", "E", "cannot"),
    ],
)
def test_the_same_word_means_what_it_means_in_that_place(code, word, mark, meaning):
    pack = latest(code)
    assert pack.mark_words(Kind.PROPOSAL)[word] == mark
    assert pack.meaning_said(Kind.PROPOSAL, mark, word) == meaning
