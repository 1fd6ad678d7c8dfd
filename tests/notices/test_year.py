"""A simulated year, killed at least two hundred times: every alert once at the receiver, none at night or on a rest day.

What is to be expected is worked out here, from the dates of assignment and the days off as the installed package has
them, with nothing of ours.
"""

import calendar
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest

from tests.notices import year
from tests.notices.receivers import Receivers, Taken, config_text

SEED = 20200106
DAY = timedelta(days=1)
LINE = re.compile(r"^· 第(\d+)号", re.MULTILINE)
KEY = re.compile(r"daily-(\d+)-(mail|sms|wecom|dingtalk)-(\d{8})")


def workday(day: date, step: timedelta) -> date:
    while not chinese_calendar.is_workday(day):
        day += step
    return day


def due_on(given_on: date) -> date:
    """Three months on, the same day or the month's last; a rest day moves on to the next workday."""
    months = given_on.month + 2
    on_year, month = given_on.year + months // 12, months % 12 + 1
    day = min(given_on.day, calendar.monthrange(on_year, month)[1])
    return workday(date(on_year, month, day), DAY)


def alert_days(given_on: date) -> list[date]:
    """One before the due date falls back to a workday, the others go on to one."""
    due = due_on(given_on)
    found = {workday(due + DAY * days, -DAY if days < 0 else DAY) for days in year.ALERTS}
    return sorted(day for day in found if given_on < day <= year.ENDS)


def answers(items: list[dict[str, Any]], chance: random.Random) -> dict[int, date]:
    """Half the items are answered, on a day around which nobody is reminded of them."""
    found = {}
    for item in items:
        given_on = date.fromisoformat(item["given_on"])
        if chance.random() < 0.5:
            quiet = [
                day
                for day in year.days(given_on + DAY, min(due_on(given_on) + 40 * DAY, year.ENDS))
                if not any(abs((day - alert).days) <= 10 for alert in alert_days(given_on))
            ]
            if quiet:
                found[item["number"]] = chance.choice(quiet)
    return found


def expected(facts: dict[str, Any], answered: dict[int, date]) -> dict[tuple[int, date], set[int]]:
    """Who is to be reminded: by item and day."""
    found: dict[tuple[int, date], set[int]] = {}
    for item in facts["items"]:
        given_on = date.fromisoformat(item["given_on"])
        for day in alert_days(given_on):
            if item["number"] in answered and answered[item["number"]] < day:
                continue
            late = (day - due_on(given_on)).days
            own = facts["units"][item["unit"]]
            told = {person for person in own if person not in facts["leaders"] or late >= 3}
            if late >= 7:
                told.add(facts["office"])
            if late >= 30 and item["led"]:
                told.add(facts["mayor"])
            found[item["number"], day] = told
    return found


@pytest.fixture
def home(tmp_path: Path, receivers: Receivers) -> Path:
    file = tmp_path / "notices.toml"
    file.write_text(config_text(receivers), encoding="utf-8")
    file.chmod(0o600)

    def now() -> datetime:
        return datetime.fromisoformat((tmp_path / year.CLOCK).read_text())

    receivers.now = now
    receivers.answers["mail"] = [None, "451 later", None, None] * 40
    receivers.answers["dingtalk"] = [None, 503, None, (200, {"errcode": 130101})] * 20
    return tmp_path


def run(home: Path) -> tuple[dict[str, Any], dict[int, date], dict[str, Any]]:
    """The program in a process of its own: what it laid out, what was answered when, and what it found at the end."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "HUIYIN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "huiyin.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.notices.year", str(home), str(SEED)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        facts = json.loads((home / year.FACTS).read_text())
        answered = answers(facts["items"], random.Random(SEED))
        acts: dict[str, list[int]] = {}
        for item in facts["items"]:
            if item["number"] in answered:
                acts.setdefault(str(answered[item["number"]]), []).append(item["pk"])
        said, _ = program.communicate(json.dumps(acts) + "\n")
    assert program.returncode == 0
    return facts, answered, json.loads(said)


def test_every_alert_once_none_twice_none_at_night_whatever_is_killed(
    home: Path, receivers: Receivers
) -> None:
    came: list[tuple[Taken, datetime]] = []
    receivers.notes = lambda taken: came.append((taken, receivers.now()))
    try:
        facts, answered, found = run(home)
    finally:
        receivers.notes = lambda taken: None
    assert found["kills"] >= 200
    assert found["mismatches"] == []
    assert set(found["outcomes"]) <= {"sent", "moot"}
    wanted = expected(facts, answered)
    assert sorted(map(tuple, found["alerts"])) == sorted((number, str(day)) for number, day in wanted)

    turns = {workday(date(2020, month, 6), DAY) for month in range(1, 13)}
    rounds = [(str(day), str(workday(day + 5 * DAY, DAY)), year.ITEMS) for day in sorted(turns)]
    assert list(map(tuple, found["rounds"])) == rounds

    for taken, when in came:
        assert chinese_calendar.is_workday(when.date()), (taken.key, when)
        assert 9 <= when.hour < 18, (taken.key, when)

    once = {taken.key: taken for taken, _ in came}
    assert len(came) > len(
        once
    )  # some were killed between sending and noting: the receiver drops these by key
    reminded: Counter[tuple[int, str, int, date]] = Counter()
    counted: Counter[tuple[int, date]] = Counter()
    for key, taken in once.items():
        name = KEY.fullmatch(key)
        assert name is not None
        person, channel, day = int(name[1]), name[2], date.fromisoformat(name[3])
        if channel == "sms":
            counted[person, day] += int(json.loads(taken.text)["open"])
        for number in LINE.findall(taken.text):
            reminded[person, channel, int(number), day] += 1
    by_channel = {
        (person, channel, number, day)
        for (number, day), told in wanted.items()
        for person in told
        for channel in facts["ways"].get(str(person), [])
    }
    assert reminded == Counter(one for one in by_channel if one[1] != "sms")
    assert counted == Counter((person, day) for person, channel, _, day in by_channel if channel == "sms")
    assert len(by_channel) > 200
