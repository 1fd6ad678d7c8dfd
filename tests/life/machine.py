"""A city in which anybody does anything at any time; what must hold is looked at after each thing done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from huiyin.clock import alerts
from huiyin.clock.now import SHANGHAI, at, now, today
from huiyin.evaluations import links
from huiyin.evaluations.models import Evaluation
from huiyin.journal.models import Delivery, Event
from huiyin.journal.step import STEPS, Refused, Step, steps_on
from huiyin.journal.work import work
from huiyin.people.actor import Actor, standing_in
from huiyin.rulepacks.options import OPTIONS
from tests import people
from tests.life import begun, counted, holds, who_may
from tests.life.given import Filled
from tests.packs_for_tests import pack_version

# What ends a life is done seldom, so that lives grow old.
SELDOM = {
    "proposal.void",
    "proposal.withdraw",
    "proposal.refuse",
    "proposal.handle_elsewhere",
    "proposal.merge",
    "proposership.withdraw",
    "assignment.cancel",
    "evaluation.revoke",
}
PACK_CHOICES = [(name, value) for name, spec in OPTIONS.items() for value in spec.values]
COUNT_EVERY = 6


class Life(RuleBasedStateMachine):
    """One city, its people, a few items; the clock stands where the last rule has put it."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.open.enter_context(transaction.atomic())
        self.clock = self.open.enter_context(at(datetime(2020, 1, 6, 10, tzinfo=SHANGHAI)))
        self.city = people.city()
        self.actors = begun.everybody(self.city)
        self.rights = who_may.roles_that_may()
        self.seen, self.done, self.counted, self.failed = 0, 0, 0, False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.open.close()

    @initialize(
        options=st.lists(st.sampled_from(PACK_CHOICES), max_size=4),
        rounds=st.sampled_from([1, 2]),
        how_far=st.sampled_from(begun.BEGINNINGS),
        others=st.sampled_from([0, 1, 2]),
    )
    def begins(self, options: list[tuple[str, str]], rounds: int, how_far: str, others: int) -> None:
        """An item is some way on, one or two others have been handed in."""
        pack_version(**(dict(options) | {"second_handling_rounds": rounds}))
        self.clock.move(begun.DAY_OF[how_far])
        begun.begin(self.city, how_far)
        for number in range(others):
            begun.another(self.city, number)

    # What may happen

    @rule(days=st.sampled_from([1, 3, 8, 0, 20, 45, 120, 400]), minutes=st.integers(1, 300))
    def time_passes(self, days: int, minutes: int) -> None:
        self.clock.move(now() + timedelta(days=days, minutes=minutes))

    @rule()
    def the_clock_runs(self) -> None:
        alerts.run_once()

    @rule(options=st.lists(st.sampled_from(PACK_CHOICES), max_size=2), months=st.sampled_from([2, 4]))
    @precondition(lambda self: self.done > 3)
    def other_rules_come_into_force(self, options: list[tuple[str, str]], months: int) -> None:
        pack_version(valid_from=today(), reply_months=months, **dict(options))

    @rule(data=st.data(), paper=st.sampled_from([0, 0, 0, 1, 14, 60]))
    def somebody_goes_on(self, data: Any, paper: int) -> None:
        """A step that stands open, by somebody who may take it; now, or entered from paper later."""
        step, obj = self._open_step(data)
        fitting = [actor for actor in self._actors(step, obj) if step.who(actor, obj)]
        if fitting:
            actor = one_of(data, fitting, _named)
            self._take(data, step, obj, actor, sense=True, when=now() - timedelta(days=paper))

    somebody_goes_on_again = somebody_goes_on
    life_goes_on = somebody_goes_on

    @rule(data=st.data(), sense=st.booleans())
    def anybody_tries_anything(self, data: Any, sense: bool) -> None:
        """Any step on any row of its kind by anybody, with sense or without."""
        step = STEPS[data.draw(st.sampled_from(sorted(code for code in STEPS if not STEPS[code].automatic)))]
        rows = apps.get_model(step.on)._default_manager.order_by("pk")
        if not rows.exists():
            return
        obj = one_of(data, list(rows), _row)
        actor = one_of(data, self._actors(step, obj), _named)
        self._take(data, step, obj, actor, sense=sense, when=now())

    @rule(data=st.data())
    def somebody_plays_the_system(self, data: Any) -> None:
        """Steps of the system's own are open to no person."""
        step = STEPS[data.draw(st.sampled_from(sorted(code for code in STEPS if STEPS[code].automatic)))]
        obj = apps.get_model(step.on)._default_manager.order_by("pk").first()
        if obj is not None and not step.code.startswith("import."):
            actor = one_of(data, self.actors, _named)
            self._take(data, step, obj, actor, sense=True, when=now())

    @rule(data=st.data())
    def old_paper_is_taken_in(self, data: Any) -> None:
        """History: whoever imports enters what stands open; gaps instead of refusals, nobody is told."""
        step, obj = self._open_step(data)
        actor = self.city.lin_lan.who_imports()
        entering = standing_in(actor, obj) or actor
        told = Delivery.objects.count()
        self._take(data, step, obj, entering, sense=True, when=now() - timedelta(days=30), history=True)
        assert Delivery.objects.count() == told

    # How it is done

    def _open_step(self, data: Any) -> tuple[Step, Any]:
        """A row and a step whose state fits; what ends lives comes up seldom."""
        pairs = [(step, obj) for obj in self._rows() for step in _fitting(obj)]
        often = [(step, obj) for step, obj in pairs if step.code not in SELDOM]
        moving = [(step, obj) for step, obj in often if step.target is not None and not step.creates]
        which = data.draw(st.sampled_from(["moving", "often", "moving", "often", "any"]))
        chosen = {"moving": moving or often, "often": often, "any": pairs}[which]
        return one_of(data, chosen, lambda pair: f"{pair[0].code} on {_row(pair[1])}")

    def _rows(self) -> Iterator[Any]:
        for label in sorted({step.on for step in STEPS.values()}):
            if label != "journal.Event":
                yield from apps.get_model(label)._default_manager.order_by("pk")
        yield from Event.objects.order_by("-pk")[:3]

    def _actors(self, step: Step, obj: Any) -> list[Actor]:
        """Everybody, the office standing in for the row's unit, and the holder of a form's link."""
        entering = standing_in(self.city.lin_lan, obj)
        more = [entering] if entering else []
        if isinstance(obj, Evaluation):
            more.append(links.holder(obj))
        return [*self.actors, *more]

    def _take(
        self,
        data: Any,
        step: Step,
        obj: Any,
        actor: Actor,
        *,
        sense: bool,
        when: datetime,
        history: bool = False,
    ) -> None:
        values = Filled(data, step, obj, actor, sense=sense).values()
        allowed, before, count = step.who(actor, obj), holds.contents(), Event.objects.count()
        self.failed = True
        try:
            with work(history=history):
                step(obj, actor=actor, at=when, **values)
        except Refused as refused:
            none(holds.what_is_wrong_with(refused.sentence))
            assert allowed or refused.sentence == step.who.sentence(), refused.sentence  # type: ignore[attr-defined]
            assert holds.contents() == before, f"{step.code} was refused and has left something"
        else:
            assert allowed, f"{actor.role} has taken {step.code}"
            assert Event.objects.count() > count
            self.done += 1
        self.failed = False

    # What must hold

    @invariant()
    def everything_holds(self) -> None:
        """After every event; what was refused has left nothing, and that is looked at where it is refused."""
        if self.failed:
            return
        new = list(
            Event.objects.filter(pk__gt=self.seen).select_related("post", "proposal__plenary").order_by("pk")
        )
        if not new:
            return
        none(holds.undeclared_moves(new))
        none(holds.outsiders_among(new, self.rights))
        none(holds.illegal_states())
        none(holds.stamps_differ(new))
        none(holds.replay_differs())
        none(holds.chain_breaks())
        none(holds.seen_too_early())
        self.seen = max([self.seen, *(event.pk for event in new)])

    @invariant()
    def figures_are_a_recount(self) -> None:
        if not self.failed and self.done >= self.counted + COUNT_EVERY:
            self.counted = self.done
            self.count(today())

    def count(self, on: date) -> None:
        for plenary in (self.city.plenary, self.city.congress):
            none(counted.differences(plenary, on))


def _fitting(obj: Any) -> list[Step]:
    return [
        step
        for step in steps_on(obj)
        if not step.automatic and (step.source is None or obj.state in step.source)
    ]


def one_of(data: Any, choices: list[Any], label: Callable[[Any], str]) -> Any:
    """One of them, drawn by its name, so that a life that goes wrong can be read."""
    named = {label(choice): choice for choice in choices}
    return named[data.draw(st.sampled_from(list(named)))]


def _row(obj: Any) -> str:
    return f"{obj._meta.label}#{obj.pk}"


def _named(actor: Actor) -> str:
    unit = f" for {actor.on_behalf_of.name}" if actor.on_behalf_of else ""
    return f"{actor.role or 'system'} {actor.name}{unit}"


def none(wrong: Iterable[str]) -> None:
    """Everything that does not hold, in the message."""
    found = list(wrong)
    if found:
        raise AssertionError("\n".join(found))
