"""The step of this app: freezing figures, so that what was printed stays what it was."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary
from huiyin.reporting.models import Snapshot
from huiyin.reporting.snapshot import as_stored


@requirement(field="as_of", late=True)
def day_is_over(call: Call) -> str | None:
    """A day that has not come yet can't be counted."""
    as_of = call.given("as_of")
    if as_of is None or as_of <= day_of(call.at):
        return None
    return f"截止日期{in_full(as_of)}还没有到，请改为今天或以前的日期。"


@step(
    "snapshot.freeze",
    label="冻结统计数字",
    on="proposals.Plenary",
    creates="reporting.Snapshot",
    who=who.registrar | who.assembly_staff,
    stamps="frozen_at",
    requires=[day_is_over],
    fields=[Field("as_of", "截止日期", "date"), Field("label", "用途", "line", most=60)],
    sentence="冻结截至{as_of}的统计数字，用于{label}",
)
def freeze(
    plenary: Plenary, *, actor: Actor, at: datetime, as_of: date, label: str
) -> tuple[Snapshot, dict[str, Any]]:
    """冻结: the numbers and the rows behind them as they are counted now; they never change again."""
    figures, rows = as_stored(plenary, as_of)
    made = Snapshot.objects.create(
        plenary=plenary,
        as_of=as_of,
        label=label.strip(),
        figures=figures,
        rows=rows,
        frozen_at=at,
        frozen_by=actor.person,
    )
    return made, {"figures": len(figures)}
