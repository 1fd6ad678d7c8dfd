"""A statement worked out for a stand-in gives every actor exactly the rows of the QuerySet made for the actor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Prefetch

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import moment, today
from huiyin.desks.acts import ACTS
from huiyin.desks.asked import Asked, packs
from huiyin.desks.desk import ordered
from huiyin.desks.story import events_for
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.journal.prepared import NOBODY, Prepared
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.supervision.models import (
    DispatchSheet,
    Inspection,
    Instruction,
    Meeting,
    SampledItem,
    SuperiorMatter,
    Task,
    Urging,
)
from tests.pages.world import AT_WORK, World

SEEN: dict[str, Callable[[Actor], Any]] = {
    "items": Proposal.objects.visible_to,
    "replies": Reply.objects.visible_to,
    "forms": Evaluation.objects.visible_to,
    "promises": Promise.objects.visible_to,
    "instructions": Instruction.objects.visible_to,
    "urgings": Urging.objects.visible_to,
    "inspections": Inspection.objects.visible_to,
    "tasks": Task.objects.visible_to,
    "dispatches": DispatchSheet.objects.visible_to,
    "samples": SampledItem.objects.visible_to,
    "meetings": Meeting.objects.visible_to,
    "superiors": SuperiorMatter.objects.visible_to,
    "events": events_for,
}


def everybody(here: World) -> list[Actor]:
    city = here.city
    return [
        *here.actors.values(),
        city.auditor,
        city.stranger,
        city.unit_without_share,
        Actor.system(city.here),
    ]


def test_every_rule_of_who_sees_what(here: World) -> None:
    for name, rule in SEEN.items():
        asked = Asked(lambda actor, rule=rule: rule(actor).order_by("pk").values_list("pk", flat=True))
        for who in everybody(here):
            own = list(rule(who).order_by("pk").values_list("pk", flat=True))
            assert asked(who) == own, f"{name}: {who.title}"


def test_what_is_seen_differs_and_two_of_a_kind_do_not_see_each_other_s(here: World) -> None:
    """Else the test above could not fail: the same statement serves two units."""
    asked = Asked(lambda actor: Proposal.objects.visible_to(actor).values_list("pk", flat=True))
    lead, other = here.city.zhou_ning, here.city.unit_without_share
    assert len(asked.kept) == 0
    assert asked(lead)
    assert asked(other) == []
    assert {kind[1] for kind in asked.kept} == {lead.role, other.role}


@pytest.mark.parametrize("name", AT_WORK)
def test_every_group_of_a_desk(here: World, name: str) -> None:
    who, state = here.actors[name], packs()
    for act in (act for act in ACTS if who.role in act.roles):
        asked = Asked(lambda actor, act=act: ordered(act, actor))
        plain = list(ordered(act, who))
        found = asked(who, state=state)
        assert [row.pk for row in found] == [row.pk for row in plain], act.label
        assert [act.say(row) for row in found] == [act.say(row) for row in plain], act.label
        assert [getattr(row, "due", None) for row in found] == [getattr(row, "due", None) for row in plain]


def test_a_statement_is_worked_out_anew_on_the_next_day(here: World) -> None:
    late = Asked(
        lambda actor: Promise.objects.visible_to(actor).overdue(today()).values_list("pk", flat=True)
    )
    promise = Promise.objects.open().exclude(due_on=None).latest("due_on")
    office = here.city.lin_lan
    assert promise.pk not in late(office)
    with clock_at(moment(promise.due_on + timedelta(days=1))):
        assert promise.pk in late(office)


def test_parts_are_those_of_prefetch_related(here: World) -> None:
    """Of one owner, of several, through a table between, and of parts of parts; who has none has an empty list."""
    shares = Assignment.objects.prefetch_related(Prefetch("replies", Reply.objects.order_by("pk")))
    wanted = (
        Prefetch("assignments", shares),
        Prefetch("promises", Promise.objects.order_by("pk").prefetch_related("points", "milestones")),
        "proposerships",
    )
    for promise in Promise.objects.select_related("proposal"):
        promise.points.set(promise.proposal.points.all())
    plain = list(Proposal.objects.order_by("pk").prefetch_related(*wanted))
    found = Prepared(lambda: Proposal.objects.order_by("pk").prefetch_related(*wanted))()

    def told(item: Proposal) -> Any:
        shares = [(share.pk, share.proposal is item, [reply.pk for reply in share.replies.all()])
                  for share in item.assignments.all()]  # fmt: skip
        kept = [
            (one.pk, [point.pk for point in one.points.all()], [row.pk for row in one.milestones.all()])
            for one in item.promises.all()
        ]
        return item.pk, shares, kept, [ship.pk for ship in item.proposerships.all()]

    assert [told(item) for item in found] == [told(item) for item in plain]
    assert any(len(item.assignments.all()) > 1 for item in plain)
    assert any(point for item in plain for one in item.promises.all() for point in one.points.all())
    shared = next(item for item in found if len(item.assignments.all()) > 1)
    one = shared.assignments.all()[1]
    assert shared.assignments.count() == len(shared.assignments.all())
    assert list(shared.assignments.filter(pk=one.pk)) == [one]


def test_no_row_has_a_key_of_nobody(here: World) -> None:
    assert not Event.objects.filter(pk__gte=NOBODY).exists()
