"""Whatever a register holds, and whatever the day: the figures equal a recount by hand, and open their rows."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.reporting.families import satisfaction
from huiyin.reporting.families.satisfaction import BASES, Rule
from huiyin.reporting.figures import base_of, figures_of, rows_of, scope_of
from tests.depth import DEPTH
from tests.packs_for_tests import pack_version
from tests.reporting.recount import Recount
from tests.reporting.register import DAYS, FIRST, Form, Item, Share, day, register, registers
from tests.reporting.rows import write

pytestmark = pytest.mark.django_db
as_of_days = (st.integers(2, DAYS + 1) | st.integers(-1, DAYS + 1)).map(day)
quiet = {"suppress_health_check": [HealthCheck.function_scoped_fixture]}


@contextmanager
def written(city, register):
    """The register in the database, taken back at the end."""
    outer = transaction.atomic()
    outer.__enter__()
    try:
        write(city, register)
        yield
    finally:
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def figures_on(city, register, as_of):
    with written(city, register):
        return {figure.code: figure for figure in figures_of(city.plenary, as_of)}


@settings(max_examples=12 * DEPTH, **quiet)
@given(register=registers, as_of=as_of_days)
def test_every_number_opens_as_many_rows_as_it_says(city, register, as_of):
    with written(city, register):
        for figure in figures_of(city.plenary, as_of):
            rows, base = rows_of(city.plenary, figure.code, as_of), base_of(city.plenary, figure.code, as_of)
            assert len(set(rows.values_list("pk", flat=True))) == rows.count() == figure.count, figure
            assert (base.count() if base is not None else None) == figure.of, figure


@settings(max_examples=80 * DEPTH, **quiet)
@given(register=registers, as_of=as_of_days)
def test_figures_equal_a_recount_by_hand(city, register, as_of):
    found, by_hand = figures_on(city, register, as_of), Recount(register, as_of)
    counts = {code: figure.count for code, figure in found.items()}
    for code, n in by_hand.intake().items():
        assert counts[code] == n, code
    for prefix, expected in (
        ("class.", by_hand.classes()),
        ("mark.", by_hand.marks()),
        ("contact.", by_hand.contacts()),
    ):
        got = {
            code: n for code, n in counts.items() if code.startswith(prefix) and n and code != "contact.rate"
        }
        assert got == dict(expected)
    for code, expected in (by_hand.replies() | by_hand.satisfaction() | by_hand.promises()).items():
        assert (counts[code], found[code].of) == expected, code


@pytest.mark.parametrize("which", ["latest", "first"])
@pytest.mark.parametrize("base", list(BASES))
def test_each_base_and_round_that_a_pack_can_name(city, monkeypatch, base, which):
    monkeypatch.setattr(satisfaction, "rule_of", lambda scope: Rule(base, which))
    for seed in (1, 2, 3):
        made, as_of = register(seed), day(9)
        by_hand = Recount(made, as_of)
        with written(city, made):
            scope = scope_of(city.plenary, as_of)
            found = {figure.code: figure for figure in satisfaction.figures(scope)}
            for code, figure in found.items():
                behind = satisfaction.rows(scope, code)
                assert (behind.counted.count(), behind.base.count()) == (figure.count, figure.of), code
        if base == "forms_sent" and which == "latest":
            continue  # a form of a newer round that is still out stands in for the older ones
        for code, (count, of) in by_hand.satisfaction(items=base.startswith("items_"), which=which).items():
            assert found[code].count == count, code
            assert found[code].of == of or base not in ("forms_returned", "items_evaluated"), code


def test_forms_that_did_not_come_back_count_where_the_pack_says_so(city):
    pack_version(unreturned_forms="counted", valid_from=FIRST)
    share = Share("lead", _at(1), answered_at=_at(2))
    out, back = Form(0, 1, None, 0, 0), Form(0, 1, _at(5), 0, 0)
    found = figures_on(city, [Item(_at(0), shares=[share], forms=[back, out])], day(6))
    rate = found["satisfaction.result.rate"]
    assert (rate.count, rate.of, rate.base) == (1, 2, "发出的征询意见表")


def test_the_day_ends_in_shanghai(city):
    late = Item(handed_over_at=_at(3, "23:59:59"))
    early = Item(handed_over_at=_at(4, "00:00:00"))
    assert figures_on(city, [late, early], day(3))["received.total"].count == 1
    assert figures_on(city, [late, early], day(4))["received.total"].count == 2


def test_the_least_favourable_of_several_answering_units_counts(city):
    def share(order, role="lead"):
        return Share(role, _at(1), marks=[(order, _at(5))])

    register = [Item(_at(0), shares=[share(1), share(3, "separate"), share(2, "co")])]
    found = figures_on(city, register, day(6))
    assert (found["mark.A"].count, found["mark.B"].count, found["mark.C"].count) == (0, 0, 1)
    assert figures_on(city, register, day(4))["mark.C"].note == "另有1件尚无办理结果"


def test_a_raised_mark_counts_from_its_own_day(city):
    register = [Item(_at(0), shares=[Share("lead", _at(1), marks=[(2, _at(5)), (1, _at(8))])])]
    assert figures_on(city, register, day(7))["mark.B"].count == 1
    assert figures_on(city, register, day(8))["mark.A"].count == 1


def _at(number, clock="10:00:00"):
    from tests.stories.moments import at

    return at(f"{day(number).isoformat()}T{clock}")


def test_yesterday_s_figures_do_not_change_with_today_s_steps(city):
    register = [
        Item(_at(0), merged_at=_at(6)),
        Item(_at(0), shares=[Share("lead", _at(1), returned_at=_at(6))]),
    ]
    before = figures_on(city, register, day(6) - timedelta(days=1))
    assert (before["received.total"].count, before["reply.rate"].of) == (2, 1)
    after = figures_on(city, register, day(6))
    assert (after["received.total"].count, after["reply.rate"].of) == (1, 0)
    assert after["reply.rate"].percent is None
