"""Keyword search: what its index leaves and the texts confirm is what reading every text would find."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.desks.filters import Filters
from huiyin.people.entering import change_unit
from huiyin.proposals import check, grams, steps
from huiyin.proposals.models import Grams, Proposal
from tests.people import City
from tests.stories import handling, intake
from tests.stories.moments import at

# Few signs, so that words meet texts often: neighbours, both cases, what grows when written in capitals, and what
# means something to a pattern, to a quoted word or to a search expression.
SIGNS = "学位校车委Aaßéİıſk71 ，。-_%'\"*\\𠮷第号"
WRITTEN = st.text(SIGNS, min_size=1, max_size=12)
WORDS = st.text(SIGNS, min_size=1, max_size=4)


def found(city: City, words: str, plenary: str = "all", actor: str = "lin_lan") -> set[int]:
    asked = QueryDict(mutable=True)
    asked.update({"q": words, "plenary": plenary})
    return set(Filters(getattr(city, actor), asked).rows().order_by().values_list("pk", flat=True))


def narrowed(word: str) -> set[int] | None:
    likely = Grams.objects.likely(word)
    return None if likely is None else set(likely.values_list("proposal", flat=True))


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@given(
    items=st.lists(st.tuples(WRITTEN, WRITTEN, WRITTEN), min_size=1, max_size=4),
    words=st.lists(WORDS, min_size=1, max_size=6),
    pieces=st.lists(st.tuples(st.integers(0, 11), st.integers(1, 5)), max_size=4),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_finds_what_reading_every_text_finds(city, items, words, pieces):
    with taken_back():
        for title, situation, text in items:
            steps.receive(
                city.plenary,
                actor=city.staff,
                at=at("2020-01-05"),
                title=f"甲{title}",
                situation=situation,
                text=text,
            )
        asked = [*words, *(items[0][2][start : start + length] for start, length in pieces)]
        with_index = [found(city, word) for word in asked]
        with pytest.MonkeyPatch.context() as read_all:
            read_all.setattr(grams.GramsQuerySet, "likely", lambda rows, word: None)
            assert with_index == [found(city, word) for word in asked]


def test_each_thing_that_is_searched_finds_the_item_alone(city):
    share = handling.assigned(
        city, title="关于校车的提案", text="城乡之间 school Bus 不足", number="127", lead=city.education
    )
    other = intake.filed(city, title="关于路灯的提案", proposers=[], text="夜间照明。", number="闭字3")
    item = share.proposal
    for word in (
        "校车",
        "校",
        "SCHOOL",
        "bus",
        "127",
        "第127号",
        "127号",
        "市教育局",
        "教育",
        "陈一鸣",
        "鸣",
    ):
        assert found(city, word) == {item.pk}, word
    for word in ("路灯", "闭字3", "闭字3号", "照明。"):
        assert found(city, word) == {other.pk}, word
    assert found(city, "校车 教育") == {item.pk}
    assert found(city, "校车 路灯") == found(city, "车不") == found(city, "12") == set()


def test_two_characters_narrow_and_one_does_not(city):
    item = intake.received(city, title="关于校车的提案")
    intake.received(city, title="关于车校的提案")
    assert narrowed("校车") == {item.pk}
    assert narrowed("校") is None
    assert narrowed("校，车") is None


def test_a_word_that_is_everywhere_is_read_on_for(city, monkeypatch):
    monkeypatch.setattr(grams, "MANY", 1)
    items = {intake.received(city, title=f"关于校车{n}的提案").pk for n in range(2)}
    assert narrowed("校车") is None
    assert found(city, "校车") == items


def test_every_step_that_writes_a_text_or_the_number_keeps_the_index(city):
    item = intake.received(city, title="关于校车的提案", text="")
    steps.revise(
        item,
        actor=city.staff,
        at=at("2020-01-06"),
        title="关于班车的提案",
        text="",
        situation="",
        analysis="",
    )
    assert (found(city, "校车"), found(city, "班车")) == (set(), {item.pk})
    item = intake.filed(city, intake.reviewed(city, item), number="366")
    assert narrowed("366") == {item.pk}
    steps.supplement(item, actor=city.staff, at=at("2020-01-20"), text="站点偏少。")
    assert narrowed("站点") == {item.pk}
    steps.correct(
        item, actor=city.staff, at=at("2020-01-21"), title="关于公交的提案", number="367", reason="录错"
    )
    assert (narrowed("班车"), narrowed("公交"), narrowed("367")) == (set(), {item.pk}, {item.pk})
    assert list(check.problems()) == []


def test_a_unit_is_found_by_the_name_that_it_has_now(city):
    item = handling.assigned(city, lead=city.education).proposal
    change_unit(city.education, actor=city.lin_lan, at=at("2020-04-01"), name="市教体局")
    assert (found(city, "教育局"), found(city, "教体")) == (set(), {item.pk})


def test_what_an_actor_does_not_see_is_not_found(city):
    item = handling.assigned(city, title="关于校车的提案", lead=city.land).proposal
    assert found(city, "校车") == {item.pk}
    assert found(city, "校车", actor="chen_jing") == set()


def test_the_database_looks_the_word_up(city):
    """Not a matter of speed here: the plan of a search names the index."""
    intake.received(city, title="关于校车的提案")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection):
            plan = Grams.objects.filter(grams__has_all="校车").order_by().explain()
    assert "VIRTUAL TABLE INDEX" in plan if connection.vendor == "sqlite" else "grams_index" in plan


def test_a_row_that_does_not_fit_its_texts_is_told(city):
    item = intake.received(city, title="关于校车的提案")
    Proposal.objects.filter(pk=item.pk).update(text="改过")
    assert any("检索字" in said for said in check.problems())
    grams.keep_grams(Proposal.objects.get(pk=item.pk))
    assert list(check.problems()) == []


def test_items_from_before_the_index_are_taken_in_by_migrating(city):
    item = intake.received(city, title="关于校车的提案")
    Grams.objects.all().delete()
    assert found(city, "校车") == set()
    grams.keep_missing()
    assert found(city, "校车") == {item.pk}
