"""Shares are half up from the count, and a share that no count can give is known as such."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.reporting.percent import (
    NotAPercentage,
    counts_for,
    cut_off,
    explanation,
    nearest_base,
    percent,
    reachable,
    reachable_bases,
    read,
)

counts = st.integers(1, 20_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("count", "of", "decimals", "printed"),
    [
        (149, 436, 1, "34.2"),
        (129, 436, 1, "29.6"),
        (147, 436, 1, "33.7"),
        (11, 436, 1, "2.5"),
        (230, 436, 1, "52.8"),
        (198, 436, 1, "45.4"),
        (8, 436, 1, "1.8"),
        (436, 436, 1, "100.0"),
        (436, 436, 0, "100"),
        (0, 436, 2, "0.00"),
        (1, 8, 0, "13"),
        (1, 200, 0, "1"),
        (1, 800, 2, "0.13"),
        (3, 2000, 1, "0.2"),
        (1, 40, 1, "2.5"),
    ],
)
def test_a_share_is_rounded_half_up_from_the_count(count, of, decimals, printed):
    assert percent(count, of, decimals) == printed


def test_there_is_no_share_of_nothing():
    assert percent(0, 0) is None
    assert percent(3, None) is None


@given(counts, st.sampled_from([0, 1, 2]))
def test_it_equals_decimal_half_up(pair, decimals):
    count, of = pair
    exact = Decimal(count * 100) / Decimal(of)
    tie_or_not = Fraction(count * 100 * 10**decimals, of) % 1
    if tie_or_not == Fraction(1, 2) or len(str(exact)) < 25:
        assert percent(count, of, decimals) == str(
            exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).__format__(f".{decimals}f")
        )


@given(counts, st.sampled_from([0, 1, 2]))
def test_a_count_is_among_those_that_print_its_share(pair, decimals):
    count, of = pair
    printed = percent(count, of, decimals)
    found = counts_for(printed, of)
    assert count in found
    assert [
        n for n in range(max(0, count - 3), min(of, count + 3) + 1) if percent(n, of, decimals) == printed
    ] == [n for n in found if abs(n - count) <= 3]


@given(st.integers(0, 1000), st.integers(1, 400))
def test_reachable_is_what_trying_every_count_finds(tenths, of):
    printed = f"{tenths // 10}.{tenths % 10}"
    assert reachable(printed, of) == any(percent(n, of, 1) == printed for n in range(of + 1))


def test_436_proposals_cannot_give_99_point_6():
    assert not reachable("99.6", 436)
    assert reachable("99.6", 249) is (percent(248, 249, 1) == "99.6")
    assert list(counts_for("99.6", 250)) == [249]
    sentence = explanation("99.6%", 436)
    assert sentence is not None
    assert "434件是99.5%" in sentence
    assert "435件是99.8%" in sentence
    assert "99.6%" in sentence


def test_what_can_be_reached_needs_no_explanation():
    assert explanation("99.6", 250) is None
    assert explanation("100", 436) is None


def test_the_hint_names_a_base_that_works():
    base = nearest_base("99.6", 436)
    assert base is not None
    assert reachable("99.6", base)
    assert reachable_bases("99.6", [436, 250, base]) == [250, base]


def test_more_than_the_whole_is_no_part():
    assert "超过100%" in (explanation("120.5", 10) or "")
    assert "基数是0" in (explanation("50", 0) or "")


def test_decimals_are_those_printed():
    assert read("58.40%") == (Decimal("58.40"), 2)
    assert read(" 100% ") == (Decimal(100), 0)
    assert reachable("58", 171)
    assert not reachable("58.40", 171)


@pytest.mark.parametrize("text", ["", "近60", "-1", "NaN", "Infinity"])
def test_what_is_no_percentage_is_refused_in_a_sentence(text):
    with pytest.raises(NotAPercentage, match="不是百分数"):
        read(text)


def test_cutting_off_is_not_rounding():
    assert (cut_off(25, 93, 1), percent(25, 93, 1)) == ("26.8", "26.9")
