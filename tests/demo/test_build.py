"""The command builds the city where it may, and nowhere else; what was interrupted is built again.

A small plan stands in for the whole one: what is tried here is the building, not the city.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from huiyin.cli import main
from huiyin.clock.now import today, use_home
from huiyin.demo import build
from huiyin.demo.people import Rows
from huiyin.demo.plan import Plan
from huiyin.demo.replay import replay
from huiyin.journal.models import Event
from huiyin.journal.tell import sentence
from huiyin.people.models import Jurisdiction, Person, Unit
from huiyin.proposals.models import Plenary, Proposal
from tests.demo.small import small_plan
from tests.demo_home import connected_to, copied

ABROAD = ["plenary", "add", "x1", "--jurisdiction", "330100", "--kind", "npc", "--term", "13"]
ABROAD += ["--meeting", "1", "--opened", "2020-01-05", "--closed", "2020-01-08", "--pack", "generic"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiyin.demo.plan.make_plan", small_plan)


@pytest.fixture
def enter(
    settings: object, tmp_path: Path, django_db_setup: None, django_db_blocker: object
) -> Iterator[Callable[[Path], Path]]:
    """Work in a home: its database under this process's connection, its folder in the settings."""
    import contextlib

    with contextlib.ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())  # type: ignore[attr-defined]

        def into(home: Path) -> Path:
            settings.HOME, settings.DEMO_MARK = home, home / "demo.json"  # type: ignore[attr-defined]
            settings.FILES_DIR = home / "files"  # type: ignore[attr-defined]
            stack.enter_context(connected_to(home))
            use_home(home)
            return home

        yield into
    use_home(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes are kept once they have been made: one that is only migrated, one with the small city."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture
def empty(kept: Path, tmp_path: Path, enter: Callable[[Path], Path]) -> Path:
    """A home of one's own that holds nothing but the packs."""
    if not (kept / "empty").exists():
        (kept / "empty").mkdir()
        enter(kept / "empty")
        build.open_home()
    return enter(copied(kept / "empty", tmp_path / "empty"))


@pytest.fixture
def city(kept: Path, tmp_path: Path, enter: Callable[[Path], Path], empty: Path, small: None) -> Path:
    """A home of one's own with the small city."""
    if not (kept / "city").exists():
        enter(copied(kept / "empty", kept / "city"))
        assert main(["demo"]) == 0
    return enter(copied(kept / "city", tmp_path / "home"))


def everything() -> list[tuple[object, ...]]:
    """What happened, as people read it."""
    events = Event.objects.select_related("actor", "unit", "target_unit").prefetch_related("texts")
    return [(event.pk, event.at, event.code, sentence(event), event.facts) for event in events.order_by("pk")]


def test_a_second_call_says_that_it_is_there(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Event.objects.count()
    assert main(["demo"]) == 0
    assert "已经在这里" in capsys.readouterr().out
    assert Event.objects.count() == before > 0


def test_it_tells_who_can_be_played_and_how(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["demo"])
    said = capsys.readouterr().out
    assert "/play/" in said
    assert "政府办公室经办人" in said


def test_the_clock_of_the_home_runs_on_from_the_last_day(city: Path) -> None:
    assert today() == date(2021, 2, 20)


def test_nobody_has_a_password(city: Path) -> None:
    assert not [person for person in Person.objects.all() if person.has_usable_password()]


def test_built_anew_and_act_by_act_it_is_the_same_city(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    Proposal.objects.update(title="改过的案由")
    monkeypatch.setattr("huiyin.demo.replay.LIMIT", 1)
    assert main(["demo", "--fresh"]) == 0
    assert everything() == before
    assert not Proposal.objects.filter(title="改过的案由").exists()


def _person() -> None:
    Person.objects.create_user("wang", "王真实")


def _unit() -> None:
    Unit.objects.create(jurisdiction=Jurisdiction.objects.get(code="370300"), name="市真实单位")


def _plenary() -> None:
    assert main(ABROAD) == 0


def _import() -> None:
    ours = Plenary.objects.get(code="zx-12-5")
    ledger = Path(build.settings.HOME) / "ledger.csv"
    ledger.write_text("案由,提案者\n关于真实事项的提案,李真实\n", encoding="utf-8")
    assert main(["import", str(ledger), "--plenary", ours.code]) == 0


@pytest.mark.parametrize("foreign", [_person, _unit, _plenary, _import])
def test_what_it_did_not_make_is_never_thrown_away(
    city: Path, capsys: pytest.CaptureFixture[str], foreign: Callable[[], None]
) -> None:
    foreign()
    before = Event.objects.count()
    assert main(["demo", "--fresh"]) == 1
    assert "不属于演示" in capsys.readouterr().err
    assert Event.objects.count() == before


def test_a_home_in_use_is_refused(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ABROAD) == 0
    assert main(["demo"]) == 1
    said = capsys.readouterr().err
    assert "HUIYIN_HOME" in said
    assert not Person.objects.exists()
    assert not (empty / "demo.json").exists()


def test_what_was_interrupted_is_built_again(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = everything()

    def stopped(plan: Plan, rows: Rows, **told: object) -> None:
        def seen(acts: int) -> None:
            if Event.objects.count() > 100:
                raise KeyboardInterrupt

        replay(plan, rows, seen=seen)

    with monkeypatch.context() as patch:
        patch.setattr(build, "replay", stopped)
        assert main(["demo", "--fresh"]) == 1
    assert json.loads((city / "demo.json").read_text())["stage"] == "building"
    assert 0 < Event.objects.count() < len(whole)
    assert main(["demo"]) == 0
    assert everything() == whole


def test_a_mark_without_its_city_counts_for_nothing(
    city: Path, empty: Path, enter: Callable[[Path], Path]
) -> None:
    shutil.copy(city / "demo.json", empty / "demo.json")
    enter(empty)
    assert build.stage() == build.Stage.NONE
