"""The formula by itself: sums add up, order does not matter, and what is late or goes wrong never raises a score."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.rulepacks.periods import NO_SOURCE
from huiyin.rulepacks.scores import MEASURES, USUAL_SCORING, Score
from huiyin.scores.formula import Row, line_of, out_of_hundred, result_of
from tests.depth import DEPTH

AGAINST = [name for name, about in MEASURES.items() if about.against]
SHARES = [name for name, about in MEASURES.items() if not about.against]


@st.composite
def formulas(draw):
    """Any formula that a pack may have."""
    names = draw(st.lists(st.sampled_from(sorted(MEASURES)), min_size=1, unique=True))
    made = []
    for name in names:
        entry = Score(name, draw(st.integers(1, 100)), NO_SOURCE)
        if name in AGAINST:
            made.append(replace(entry, each=Decimal(draw(st.integers(1, 100))) / 10))
        else:
            low = draw(st.integers(0, 99))
            made.append(replace(entry, low=low, high=draw(st.integers(low + 1, 100))))
    return tuple(made)


tallies = st.dictionaries(
    st.sampled_from(sorted(MEASURES)),
    st.lists(st.builds(Row, st.integers(1, 99), st.sampled_from([0, 60, 100])), max_size=12),
)
many = settings(max_examples=150 * DEPTH)


def ranked(result):
    """Nothing to be measured yet is no worse than anything measured."""
    return Decimal(101) if result.score is None else result.score


@many
@given(formulas(), tallies)
def test_sums_add_up_and_stay_within_their_bounds(formula, rows):
    result = result_of(formula, rows)
    lines = [line for line in result.lines if line.applies]
    assert result.got == sum(line.got for line in lines)
    assert result.of == sum(line.points for line in lines)
    assert all(0 <= line.got <= line.points and line.lost == line.points - line.got for line in lines)
    assert all(line.got == line.got.quantize(Decimal("0.1")) for line in result.lines)
    if result.score is not None:
        assert 0 <= result.score <= 100
        assert abs(result.score - result.got * 100 / result.of) <= Decimal("0.05")


@many
@given(formulas(), tallies, st.randoms())
def test_the_order_of_rows_does_not_matter(formula, rows, chance):
    mixed = {name: chance.sample(list(own), len(own)) for name, own in rows.items()}
    assert result_of(formula, mixed) == result_of(formula, rows)


@many
@given(formulas(), tallies, st.sampled_from(sorted(MEASURES)))
def test_what_is_late_or_goes_wrong_never_raises_a_score(formula, rows, measure):
    """A late reply, a promise not kept, a slip: one more row that is worth nothing, or that costs."""
    worse = rows | {measure: [*rows.get(measure, []), Row(1000, 0)]}
    assert ranked(result_of(formula, worse)) <= ranked(result_of(formula, rows))


@many
@given(formulas(), tallies, st.sampled_from(SHARES))
def test_what_is_as_it_should_be_never_lowers_the_points(formula, rows, measure):
    better = rows | {measure: [*rows.get(measure, []), Row(1000, 100)]}
    before = {line.measure: line.got for line in result_of(formula, rows).lines}
    assert all(line.got >= before[line.measure] for line in result_of(formula, better).lines)


@pytest.mark.parametrize(
    ("good", "of", "points"),
    [(0, 4, "0.0"), (2, 4, "0.0"), (3, 4, "10.0"), (4, 4, "20.0"), (5, 6, "13.3"), (0, 0, "0.0")],
)
def test_between_the_ends_of_the_range_in_proportion(good, of, points):
    entry = Score("answered_in_time", 20, NO_SOURCE, low=50)
    rows = [Row(pk, 100 if pk < good else 0) for pk in range(of)]
    line = line_of(entry, rows)
    assert (line.got, line.count, line.of, line.applies) == (Decimal(points), good, of, of > 0)


def test_cases_cost_until_nothing_is_left():
    entry = Score("slips", 1, NO_SOURCE, each=Decimal("0.4"))
    got = [line_of(entry, [Row(pk) for pk in range(count)]).got for count in range(5)]
    assert got == [Decimal(text) for text in ("1.0", "0.6", "0.2", "0.0", "0.0")]


def test_what_has_no_base_is_left_out_of_the_hundred():
    rows = {"answered_in_time": [Row(1)], "fulfilment": [Row(2, 0)]}
    result = result_of(USUAL_SCORING, rows)
    assert (result.got, result.of, result.score) == (Decimal(25), 50, Decimal(50))
    assert result_of(USUAL_SCORING, {}).score is None


def test_the_usual_formula_is_out_of_a_hundred():
    assert sum(entry.points for entry in USUAL_SCORING) == 100
    assert out_of_hundred(Decimal(120), 100) == 100


def test_a_shuffled_formula_gives_the_same_total():
    rows = {entry.measure: [Row(1, 60)] for entry in USUAL_SCORING}
    mixed = random.Random(3).sample(USUAL_SCORING, len(USUAL_SCORING))
    assert result_of(mixed, rows).score == result_of(USUAL_SCORING, rows).score
