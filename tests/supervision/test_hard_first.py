"""先易后难, as pure functions: what the order of first acts says, against the plain count of every pair."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.clock.workdays import shipped_calendars
from huiyin.supervision.hard import (
    Handled,
    Order,
    by_grade,
    is_quiet,
    order_of,
    passed_over,
    stays_of,
    weight_of,
)
from tests.depth import DEPTH

CALENDAR = shipped_calendars().in_full()
MONDAY = date(2020, 3, 2)
ON = date(2020, 6, 30)


def row(
    share: int = 1, *, grade: int = 4, unit: int = 1, offered: date = MONDAY, **days: date | None
) -> Handled:
    known = {"signed": None, "started": None, "answered": None} | days
    return Handled(share, share, unit, grade, offered, **known)


def is_hard(one: Handled) -> bool:
    return one.grade >= 4


@st.composite
def rows(draw: st.DrawFn) -> list[Handled]:
    made = []
    for share in range(draw(st.integers(0, 12))):
        offered = MONDAY + timedelta(days=draw(st.integers(0, 20)))
        started = draw(st.none() | st.integers(0, 60))
        answered = draw(st.none() | st.integers(0, 40))
        begun = None if started is None else offered + timedelta(days=started)
        done = None if answered is None or begun is None else begun + timedelta(days=answered)
        made.append(
            row(share, grade=draw(st.integers(1, 5)), unit=draw(st.integers(1, 3)), offered=offered,
                signed=offered, started=begun, answered=done)
        )  # fmt: skip
    return made


def waited(one: Handled) -> int:
    return stays_of(one, ON, CALENDAR).waited


@settings(max_examples=60 * DEPTH, deadline=None)
@given(rows())
def test_the_order_counts_every_pair_once(made: list[Handled]) -> None:
    easy_first = pairs = 0
    for easier in made:
        for harder in made:
            if easier.grade >= harder.grade:
                continue
            harder_waits = easier.started is not None and waited(harder) > waited(easier)
            easier_waits = harder.started is not None and waited(easier) > waited(harder)
            easy_first += harder_waits
            pairs += harder_waits or easier_waits
    assert order_of(made, ON, CALENDAR) == Order(easy_first, pairs)


@settings(max_examples=60 * DEPTH, deadline=None)
@given(rows())
def test_who_is_passed_over_is_so_by_most_easier_shares_of_the_same_unit(made: list[Handled]) -> None:
    slow = set()
    for one in filter(is_hard, made):
        easier = [
            other
            for other in made
            if other.unit == one.unit and other.grade < one.grade and other.offered >= one.offered
        ]
        sooner = [
            other for other in easier if other.started and (not one.started or other.started < one.started)
        ]
        if len(sooner) > len(easier) / 2:
            slow.add(one.share)
    assert {one.share for one in passed_over(made, is_hard)} == slow


@settings(max_examples=30 * DEPTH, deadline=None)
@given(rows(), st.randoms(use_true_random=False))
def test_neither_depends_on_the_order_of_the_rows(made: list[Handled], dice: object) -> None:
    mixed = list(made)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert order_of(mixed, ON, CALENDAR) == order_of(made, ON, CALENDAR)
    assert by_grade(mixed, ON, CALENDAR) == by_grade(made, ON, CALENDAR)


def test_all_hard_ones_last_and_all_first() -> None:
    easy = [row(n, grade=1, started=date(2020, 3, 4)) for n in range(3)]
    hard = [row(n + 10, grade=5, started=date(2020, 4, 1)) for n in range(3)]
    assert order_of(easy + hard, ON, CALENDAR).correlation == 1
    turned = [row(one.share, grade=6 - one.grade, started=one.started) for one in easy + hard]
    assert order_of(turned, ON, CALENDAR).correlation == -1
    assert order_of(easy, ON, CALENDAR).correlation is None


def test_a_hard_one_that_was_never_begun_counts_as_waiting() -> None:
    easy = row(1, grade=1, started=date(2020, 3, 4))
    never = row(2, grade=5)
    assert order_of([easy, never], ON, CALENDAR) == Order(1, 1)
    fresh = row(3, grade=5, offered=ON)
    assert order_of([easy, fresh], ON, CALENDAR) == Order(0, 0), (
        "it has not waited longer than the easy one did"
    )


def test_stages_in_workdays_with_what_was_stopped_beside_them() -> None:
    one = row(
        signed=date(2020, 3, 4), started=date(2020, 3, 11), answered=date(2020, 4, 13)
    )  # Ching Ming's three days lie between
    stays = stays_of(one, ON, CALENDAR)
    assert (stays.signing, stays.starting, stays.answering, stays.stopped) == (2, 5, 22, 0)
    paused = Handled(
        1, 1, 1, 4, MONDAY, date(2020, 3, 4), date(2020, 3, 11), None, None, ((date(2020, 6, 22), None),)
    )
    assert stays_of(paused, ON, CALENDAR).stopped == CALENDAR.workdays_between(date(2020, 6, 22), ON) > 0


def test_quiet_from_the_last_act_on() -> None:
    one = row(started=date(2020, 6, 1))
    moved = Handled(1, 1, 1, 4, MONDAY, None, date(2020, 6, 1), None, date(2020, 6, 29))
    assert is_quiet(one, ON, CALENDAR, 15)
    assert not is_quiet(moved, ON, CALENDAR, 15)
    assert not is_quiet(row(answered=date(2020, 3, 9)), ON, CALENDAR, 15)


def test_a_grade_is_worth_ten_workdays_and_an_easy_one_does_not_wait_for_ever() -> None:
    hard, easy = row(grade=5, offered=ON), row(grade=1, offered=MONDAY)
    assert weight_of(hard, ON, CALENDAR) < weight_of(easy, ON, CALENDAR)
    assert weight_of(hard, ON, CALENDAR) > weight_of(row(grade=4, offered=ON), ON, CALENDAR)
