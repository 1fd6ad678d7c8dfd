"""The present moment: held, nested, set back, and carried by a home to every process."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huiyin.clock.now import SHANGHAI, at, day_of, moment, now, start_home_at, today, use_home


@pytest.fixture
def home(tmp_path):
    """A home whose clock is given back afterwards."""
    yield tmp_path
    use_home(tmp_path / "of nobody")
    assert not (tmp_path / "of nobody").exists()


def test_now_is_aware_and_in_shanghai():
    assert now().utcoffset() == timedelta(hours=8)
    assert today() == now().date()


def test_the_clock_can_be_held_and_moved():
    with at(date(2020, 2, 24)) as held:
        assert now() == datetime(2020, 2, 24, 9, tzinfo=SHANGHAI)
        assert now() == now()
        held.move(moment(date(2020, 2, 25), 14, 30))
        assert now().isoformat() == "2020-02-25T14:30:00+08:00"


def test_holds_may_be_nested():
    with at(date(2020, 2, 24)):
        with at(date(2021, 2, 20)):
            assert today() == date(2021, 2, 20)
        assert today() == date(2020, 2, 24)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), at(datetime(2020, 2, 24, 9)):  # noqa: DTZ001
        pass


def test_the_day_of_a_moment_is_that_of_shanghai():
    assert day_of(datetime(2020, 2, 23, 16, 30, tzinfo=UTC)) == date(2020, 2, 24)


def test_a_home_set_back_runs_on_from_its_start(home):
    start_home_at(home, date(2021, 2, 20))
    assert today() == date(2021, 2, 20)
    first = now()
    assert now() >= first


def test_another_process_of_the_home_sees_the_same_time(home):
    start_home_at(home, date(2021, 2, 20))
    use_home(home / "of nobody")
    assert today() > date(2021, 2, 20)
    use_home(home)
    assert abs(now() - moment(date(2021, 2, 20))) < timedelta(minutes=1)
