"""Which entry a reader picks: the item's own kind and period first, then the shared one, then the others'."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rulepacks.schema import DeadlineRule, Length, Option, Source
from huiyin.words import Kind, Level, Period, ProposerKind
from tests.rulepacks.texts import read

SOURCE = Source("办法")
kinds, periods = st.none() | st.sampled_from(Kind), st.none() | st.sampled_from(Period)
scopes = st.lists(st.tuples(kinds, periods), min_size=1, max_size=6, unique=True)
BASE = read()


def with_rules(*rules: DeadlineRule):
    return replace(BASE, deadlines=rules)


def rule(months: int, **more) -> DeadlineRule:
    return DeadlineRule("reply", "assignment.assign", Length(months, "months"), SOURCE, **more)


@given(scopes=scopes, kind=st.sampled_from(Kind), period=st.sampled_from(Period))
def test_no_rule_that_fits_better_is_passed_over(scopes, kind, period):
    pack = with_rules(*(rule(n, kind=k, period=p) for n, (k, p) in enumerate(scopes, 1)))
    found = pack.deadline("reply", kind, period)
    if (kind, period) in scopes:
        assert (found.kind, found.period) == (kind, period)
    elif any(k in (None, kind) and p in (None, period) for k, p in scopes):
        assert found.kind in (None, kind)
        assert found.period in (None, period)
    elif any(k in (None, kind) for k, _ in scopes):
        assert found.kind in (None, kind), "the own kind's other period goes before another kind's"
    assert pack.deadline("feedback", kind, period) is None


@given(level=st.sampled_from([*Level, ""]), proposer=st.sampled_from([*ProposerKind, ""]))
def test_an_exception_holds_only_for_whom_it_names(level, proposer):
    pack = with_rules(
        rule(3),
        rule(2, levels=(Level.PROVINCE,)),
        rule(1, levels=(Level.CITY,), proposers=(ProposerKind.PARTY,)),
    )
    found = pack.deadline("reply", "proposal", "between", level=level, proposer_kind=proposer)
    expected = (
        2 if level == Level.PROVINCE else 1 if (level, proposer) == (Level.CITY, ProposerKind.PARTY) else 3
    )
    assert found.length.count == expected


def test_an_exception_alone_holds_for_nobody_else():
    assert with_rules(rule(2, levels=(Level.PROVINCE,))).deadline("reply", "proposal", "between") is None


def test_an_option_of_the_own_kind_goes_before_the_shared_and_that_before_the_others():
    own, shared, other = (
        Option("extension", value, SOURCE, kind)
        for value, kind in (("a", Kind.PROPOSAL), ("b", None), ("c", Kind.SUGGESTION))
    )
    for options, expected in (((other, shared, own), "a"), ((other, shared), "b"), ((other,), "c")):
        assert replace(BASE, options=options).option("extension", Kind.PROPOSAL) == expected
