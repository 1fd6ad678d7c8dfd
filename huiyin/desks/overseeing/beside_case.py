"""What supervision has done about one item, for its page: by statements worked out once."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from huiyin.desks.asked import Asked
from huiyin.journal.prepared import Prepared
from huiyin.people.actor import Actor
from huiyin.supervision.models import (
    Inspection,
    Instruction,
    Leadership,
    SuperiorMatter,
    Task,
    TaskReport,
    Urging,
)

_LEADERSHIPS = Prepared(
    lambda item: Leadership.objects.filter(proposal=item, until=None).select_related("leader__person")
)


def _about(model: Any, actor: Actor, item: Any, path: str = "proposal") -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.visible_to(actor).filter(**{path: item})
    return rows


_ACTS = (
    Asked(lambda actor, item: _about(Instruction, actor, item).select_related("leader__person")),
    Asked(lambda actor, item: _about(Urging, actor, item)),
    Asked(lambda actor, item: _about(Inspection, actor, item).prefetch_related("photos")),
)
_TASKS = Asked(
    lambda actor, item: (
        _about(Task, actor, item)
        .select_related("unit", "instruction__leader__person", "meeting")
        .prefetch_related(Prefetch("reports", TaskReport.objects.prefetch_related("attachments")))
    )
)
_SUPERIORS = Asked(lambda actor, item: _about(SuperiorMatter, actor, item, "assignment__proposal"))


def overseen_of(
    item: int, actor: Actor
) -> tuple[list[Leadership], list[Any], list[Task], list[SuperiorMatter]]:
    """Who leads; and, but not for proposers, what was instructed, urged, inspected, asked, put to superiors."""
    acts = [act for asked in _ACTS for act in asked(actor, item)]
    return _LEADERSHIPS(item), acts, _TASKS(actor, item), _SUPERIORS(actor, item)
