"""Whatever a register holds, and whatever the day: the figures equal a recount by hand, and open their rows."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.reporting.figures import base_of, figures_of, rows_of
from tests.reporting.recount import Recount
from tests.reporting.register import DAYS, Item, Share, day, registers
from tests.reporting.rows import write

pytestmark = pytest.mark.django_db
as_of_days = (st.integers(2, DAYS + 1) | st.integers(-1, DAYS + 1)).map(day)
quiet = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


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


@settings(max_examples=12, **quiet)
@given(register=registers, as_of=as_of_days)
def test_every_number_opens_as_many_rows_as_it_says(city, register, as_of):
    with written(city, register):
        for figure in figures_of(city.plenary, as_of):
            rows, base = rows_of(city.plenary, figure.code, as_of), base_of(city.plenary, figure.code, as_of)
            assert len(set(rows.values_list("pk", flat=True))) == rows.count() == figure.count, figure
            assert (base.count() if base is not None else None) == figure.of, figure


@settings(max_examples=80, **quiet)
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
