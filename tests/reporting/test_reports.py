"""Who reports on promises, who keeps silent, and who explains what is unfinished: figures and the unit's own desk."""

from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.desks.desk import groups_of
from huiyin.promises import steps as promises
from huiyin.reporting.figures import figures_of, rows_of
from tests.packs_for_tests import pack_version, yearly_report
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


def on(city, day):
    found = {figure.code: figure for figure in figures_of(city.plenary, date.fromisoformat(day))}
    return {code: (one.count, one.of) for code, one in found.items() if code.startswith("report.")}


def waiting(actor, step):
    return [row.obj for group in groups_of(actor) if group.act.step == step for row in group.rows]


@pytest.fixture
def two(city):
    """Two promises; 路灯 is reported on each year, 车棚 once and late."""
    pack_version(more_rules=(yearly_report(),))
    lights, shed = (
        answering.promise_in_force(city, title=f"关于{topic}的提案") for topic in ("路灯", "车棚")
    )
    for promise, when in ((lights, "2020-12-10"), (shed, "2021-01-20"), (lights, "2021-12-10")):
        promises.report(promise, actor=city.zhou_ning, at=at(when), share_done=30, text="在办")
    return city, lights, shed


def test_silence_and_lateness_are_counted_on_their_day(two):
    city, _, shed = two
    assert on(city, "2020-12-31") == {"report.on_time": (1, 1), "report.missing": (0, 1)}
    assert on(city, "2021-01-19") == {"report.on_time": (1, 2), "report.missing": (1, 2)}
    assert on(city, "2021-01-20") == {"report.on_time": (1, 2), "report.missing": (0, 2)}
    assert on(city, "2022-01-10") == {"report.on_time": (2, 4), "report.missing": (1, 4)}
    (missing,) = rows_of(city.plenary, "report.missing", date(2022, 1, 10))
    assert missing.promise == shed


def test_what_is_settled_before_its_report_was_due_owes_none(two):
    city, lights, _ = two
    told = {"told_how": "上门", "told_on": date(2022, 3, 1)}
    promises.drop(lights, actor=city.gao_yuan, at=at("2022-03-04"), reason="规划调整", **told)
    assert on(city, "2023-01-05")["report.missing"] == (1, 4)


def test_who_shows_that_it_is_done_has_reported(two):
    city, lights, _ = two
    answering.claimed(city, lights, when="2022-03-01")
    promises.accept(lights, actor=city.lin_lan, at=at("2022-03-04"))
    found = on(city, "2023-01-05")
    assert (found["report.on_time"], found["report.missing"]) == ((3, 5), (1, 5))


def test_it_stands_on_the_desk_a_month_before_and_until_it_is_given(two):
    city, lights, shed = two
    promises.skip_report(shed, actor=city.zhou_ning, at=at("2021-12-01"), text="等批复")
    with clock_at(date(2022, 12, 3)):
        assert waiting(city.zhou_ning, "promise.report") == []
    with clock_at(date(2022, 12, 4)):
        assert waiting(city.zhou_ning, "promise.report") == [lights, shed]
        assert waiting(city.sun_yue, "promise.report") == []
    promises.report(lights, actor=city.zhou_ning, at=at("2022-12-05"), share_done=60, text="在办")
    with clock_at(date(2023, 3, 1)):
        assert waiting(city.chen_jing, "promise.report") == [shed]


def test_what_is_unfinished_at_the_end_waits_for_its_explanation(two):
    city, lights, shed = two
    with clock_at(date(2023, 1, 9)):
        assert waiting(city.zhou_ning, "promise.explain") == []
    with clock_at(date(2023, 1, 10)):
        assert waiting(city.zhou_ning, "promise.explain") == [lights, shed]
    assert on(city, "2023-01-10")["report.explained"] == (0, 2)
    promises.explain(
        lights, actor=city.gao_yuan, at=at("2023-01-11"), reason="土地没有批下来", next_steps="换址重选"
    )
    with clock_at(date(2023, 1, 12)):
        assert waiting(city.zhou_ning, "promise.explain") == [shed]
    assert on(city, "2023-01-12")["report.explained"] == (1, 2)
    assert list(rows_of(city.plenary, "report.explained", date(2023, 1, 12))) == [lights]
