"""The made city in a home: whether it may be built there, whether it stands, and how it is built anew.

`demo.json` says how far a build has come, so that one that was interrupted is known and done again.
"""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db import connection, transaction

from huiyin.clock.models import HolidayNotice
from huiyin.clock.now import at, start_home_at
from huiyin.demo.days import TODAY
from huiyin.demo.people import PROVINCE, make_people
from huiyin.demo.plan import SEED, Plan
from huiyin.demo.replay import replay
from huiyin.home import prepare
from huiyin.journal.models import Event
from huiyin.people.models import Jurisdiction, Person, Unit
from huiyin.proposals.models import Plenary

BEFORE_IT_ALL = date(2016, 12, 30)


class Stage(StrEnum):
    """How far the city of a home has come."""

    NONE = "none"
    BUILDING = "building"
    READY = "ready"


def stage() -> Stage:
    """What the mark says, as long as the database agrees: a mark beside an empty one counts for nothing."""
    if not settings.DEMO_MARK.exists() or not Person.objects.filter(made_up=True).exists():
        return Stage.NONE
    return Stage(json.loads(settings.DEMO_MARK.read_text(encoding="utf-8"))["stage"])


def _mark(reached: Stage) -> None:
    settings.DEMO_MARK.write_text(json.dumps({"stage": reached, "seed": SEED}), encoding="utf-8")


def open_home() -> None:
    """Migrated and with the packs; in a home that is made now, published before the story begins."""
    if connection.introspection.table_names():
        prepare()
        return
    with at(BEFORE_IT_ALL):
        prepare()


def objection(plan: Plan) -> str | None:
    """What stands in this home that no build has made: that is never thrown away."""
    ours = [plenary.code for plenary in plan.plenaries]
    units = [unit.name for unit in plan.city.units]
    looks: tuple[tuple[str, object], ...] = (
        ("人员", Person.objects.filter(made_up=False)),
        ("届次", Plenary.objects.exclude(code__in=ours)),
        ("地区", Jurisdiction.objects.exclude(code__in=[PROVINCE, plan.city.code])),
        ("单位", Unit.objects.exclude(name__in=units)),
        ("放假通知", HolidayNotice.objects.filter(shipped=False)),
        ("导入的台账", Event.objects.filter(history=True)),
    )
    for what, rows in looks:
        if (count := rows.count()) == 0:  # type: ignore[attr-defined]
            continue
        first = "" if what == "导入的台账" else f"“{rows.first()}”等"  # type: ignore[attr-defined]
        return (
            f"{settings.HOME}里有不属于演示的内容：{what}{first}共{count}条。"
            "演示只建在空目录或它自己建的目录里，以免覆盖真实数据；请用 HUIYIN_HOME 指定另一个目录后再试。"
        )
    return None


@contextmanager
def alone() -> Iterator[None]:
    """One build of a home at a time; another call waits and then finds it done."""
    with open(settings.HOME / "demo.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def empty_home() -> None:
    """Throw away what an earlier build has made. The journal forbids deleting, so whole tables go."""
    settings.DEMO_MARK.unlink(missing_ok=True)
    shutil.rmtree(settings.FILES_DIR, ignore_errors=True)
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for ending in ("", "-wal", "-shm"):
            settings.HOME.joinpath(f"{name}{ending}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def build(plan: Plan, *, seen: Callable[[int], None] = lambda acts: None) -> None:
    """The whole city, into an empty home; its clock runs from the last day on."""
    if Person.objects.exists() or Plenary.objects.exists():
        empty_home()
        open_home()
    _mark(Stage.BUILDING)
    with at(BEFORE_IT_ALL):
        with transaction.atomic():
            rows = make_people(plan.city)
        replay(plan, rows, seen=seen)
    start_home_at(settings.HOME, TODAY)
    _mark(Stage.READY)
