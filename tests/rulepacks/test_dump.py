"""Whatever a pack says, it says again after it has been written and read."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rulepacks.dump import dump
from huiyin.rulepacks.lengths import read_alert, read_length, say_length, write_alert, write_length
from huiyin.rulepacks.loader import parse
from huiyin.rulepacks.schema import Alert, Before, DeadlineRule, FixedDate, Length, Source
from huiyin.words import DeadlineName, Kind, Level, Period, ProposerKind
from tests.rulepacks.texts import SMALL, problems, read

spans = st.builds(Length, st.integers(1, 9999), st.sampled_from(["days", "workdays", "months", "years"]))
dates = st.builds(FixedDate, st.integers(1, 12), st.integers(1, 29))
# The reply stands in the sample already, and the limit of its extension has to agree with it.
others = [name.value for name in DeadlineName if name not in (DeadlineName.REPLY, DeadlineName.EXTENSION_MAX)]
lengths = spans | dates | st.builds(Before, spans, st.just("reply"))
alerts = st.builds(Alert, st.integers(-999, 999), st.sampled_from(["days", "workdays", "months"]))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = words.filter(str.strip)
citable = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=30)
sources = st.builds(Source, citable, citable, st.just("2020-01-01"), words)
rules = st.builds(
    DeadlineRule,
    name=st.sampled_from(others),
    starts=st.just("assignment.assign"),
    length=lengths,
    source=sources,
    kind=st.none() | st.sampled_from(Kind),
    period=st.none() | st.sampled_from(Period),
    met_by=st.just(("reply.issue",)),
    count_from=st.sampled_from(["next_day", "same_day"]),
    if_rest_day=st.sampled_from(["next_workday", "previous_workday", "keep"]),
    approver=words,
    alerts=st.lists(alerts, max_size=3, unique_by=write_alert).map(tuple),
    restart=st.booleans(),
    levels=st.lists(st.sampled_from(Level), max_size=2, unique=True).map(tuple),
    proposers=st.lists(st.sampled_from(ProposerKind), max_size=2, unique=True).map(tuple),
    assumed=st.booleans(),
    note=words,
)


@given(length=lengths, alert=alerts)
def test_lengths_and_alerts_are_read_as_written(length, alert):
    assert read_length(write_length(length)) == length
    assert read_alert(write_alert(alert)) == alert
    assert say_length(length)


@given(rule=rules)
def test_a_pack_is_read_as_written(rule):
    pack = read()
    pack = replace(pack, deadlines=(*pack.deadlines, rule))
    assert parse(dump(pack)) == pack


@given(text=words, label=names)
def test_any_text_survives(text, label):
    pack = replace(read(), summary=text, label=label, valid_to=date(2030, 1, 1))
    assert parse(dump(pack)) == pack


@given(cut=st.integers(0, len(SMALL)), put=st.text(max_size=5))
def test_a_damaged_text_is_taken_or_refused_with_sentences_and_nothing_else_happens(cut, put):
    found = problems(SMALL[:cut] + put + SMALL[cut:])
    assert all(problem.meaning.endswith("。") for problem in found)
