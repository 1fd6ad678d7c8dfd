"""What is counted of tasks and dispatches as of a day is what was counted on that day, whatever came later."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.clock.now import at as clock_at
from huiyin.journal.models import Event
from huiyin.journal.step import Refused
from huiyin.people import steps as people_steps
from huiyin.reporting.figures import figure_of, rows_of
from huiyin.supervision import steps
from huiyin.supervision.models import DispatchSheet, Task
from tests.depth import DEPTH
from tests.stories import handling, supervising
from tests.stories.moments import at

pytestmark = pytest.mark.django_db

CODES = (
    "task.total",
    "task.accepted",
    "task.overdue",
    "task.unproven",
    "dispatch.count",
    "dispatch.on_time",
    "dispatch.silent",
    "dispatch.hollow",
)
FIRST = date(2020, 4, 1)
WORDS = ("正在抓紧推进", "4月20日完成招标", "已印发《实施方案》")


def counted(city, day):
    """Count and base of each; the rows behind a number are as many as the number."""
    found = {}
    for code in CODES:
        figure = figure_of(city.plenary, code, day)
        assert rows_of(city.plenary, code, day).count() == figure.count, code
        found[code] = (figure.count, figure.of)
    return found


def the_city(city):
    """Two units at work; asked in a round until 4 April, and one of them to redress something by 5 April."""
    share = handling.signed(city, handling.assigned(city, title="关于甲的提案"))
    handling.signed(city, handling.assigned(city, title="关于乙的提案", lead=city.land))
    supervising.instructed(city, share, due_on=date(2020, 4, 5))
    supervising.asked_in_a_round(city, due_on=date(2020, 4, 4))


def test_a_day_that_was_moved_and_a_sheet_that_was_sent_back(city):
    the_city(city)
    task, sheet = Task.objects.get(), DispatchSheet.objects.get(unit=city.education)
    supervising.answered(city, sheet, WORDS[0], when="2020-04-03")
    steps.dispatch.send_back(sheet, actor=city.lin_lan, at=at("2020-04-06"), reason="写明时间")
    steps.task.move_date(
        task, actor=city.lin_lan, at=at("2020-04-08"), due_on=date(2020, 4, 20), reason="下雨"
    )
    supervising.answered(city, sheet, WORDS[1], when="2020-04-09")
    said = {
        day: {code: counted(city, date(2020, 4, day))[code][0] for code in CODES[2:3] + CODES[5:]}
        for day in (3, 5, 6, 7, 8, 9)
    }
    names = ("task.overdue", "dispatch.on_time", "dispatch.silent", "dispatch.hollow")
    assert {day: tuple(found[name] for name in names) for day, found in said.items()} == {
        3: (0, 1, 0, 1),
        5: (0, 1, 1, 1),
        6: (1, 0, 2, 1),
        7: (1, 0, 2, 1),
        8: (0, 0, 2, 1),
        9: (0, 0, 1, 0),
    }


def test_a_day_given_to_a_task_that_had_none_is_not_overdue_before(city):
    share = handling.signed(city)
    task = supervising.instructed(city, share, due_on=None)
    given = {"actor": city.lin_lan, "reason": "写明期限"}
    steps.task.move_date(task, at=at("2020-04-08"), due_on=date(2020, 4, 1), **given)
    assert [figure_of(city.plenary, "task.overdue", date(2020, 4, day)).count for day in (7, 8)] == [0, 1]


def _acts(city):
    """What somebody may do on a day; what is refused is left out."""
    task = Task.objects.get
    sheet = lambda unit: DispatchSheet.objects.get(unit=unit)  # noqa: E731
    office = {"actor": city.lin_lan}

    def answer(unit, text):
        found = sheet(unit)
        lines = [{"line": line, "standing": "on_time", "text": text} for line in found.lines.all()]
        steps.dispatch.answer(found, actor=handling.person_of(city, unit), lines=lines)

    return {
        "report": lambda n: steps.task.report(
            task(), actor=city.chen_jing, text="已开工", document_number="淄教字〔2020〕9号" if n % 2 else ""
        ),
        "accept": lambda n: steps.task.accept(task(), checked="看过", **office),
        "back": lambda n: steps.task.send_back(
            task(), reason="补", **office, **({"due_on": FIRST + timedelta(days=n)} if n % 2 else {})
        ),
        "move": lambda n: steps.task.move_date(
            task(), due_on=FIRST + timedelta(days=n), reason="改", **office
        ),
        "cancel": lambda n: steps.task.cancel(task(), reason="误发", **office),
        "answer": lambda n: answer((city.education, city.land)[n % 2], WORDS[n % 3]),
        "return": lambda n: steps.dispatch.send_back(
            sheet((city.education, city.land)[n % 2]), reason="重报", **office
        ),
    }


NAMES = ("report", "accept", "back", "move", "cancel", "answer", "return")
STORIES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(NAMES), st.integers(0, 11)), min_size=3, max_size=12
)


@settings(
    max_examples=6 * DEPTH,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=STORIES)
def test_as_of_a_day_says_what_was_counted_on_that_day(city, story):
    with transaction.atomic(), clock_at(at("2020-04-01")) as held:
        the_city(city)
        day, then, acts = FIRST, {}, _acts(city)
        for pause, name, number in story:
            if pause:  # the day is over: what stands is written down
                then[day] = counted(city, day)
                day += timedelta(days=pause)
                held.move(at(day.isoformat()))
            try:
                acts[name](number)
            except Refused:
                continue
        assert {one: counted(city, one) for one in then} == then
        transaction.set_rollback(True)


def test_a_corrected_moment_of_sending_counts_as_corrected(city):
    the_city(city)
    sheet = DispatchSheet.objects.get(unit=city.education)
    supervising.answered(city, sheet, WORDS[0], when="2020-04-07")
    assert counted(city, date(2020, 4, 6))["dispatch.silent"] == (2, 2)
    assert [sheet.late for sheet in DispatchSheet.objects.late()] == [True]
    sent = Event.objects.get(code="dispatch.answer")
    people_steps.correct(sent, actor=city.lin_lan, at=at("2020-04-08"), to=at("2020-04-03"), reason="误记")
    assert counted(city, date(2020, 4, 6))["dispatch.silent"] == (1, 2)
    assert counted(city, date(2020, 4, 3))["dispatch.hollow"] == (1, 1)
    assert not DispatchSheet.objects.late().exists()
    assert not DispatchSheet.objects.get(unit=city.education).late
