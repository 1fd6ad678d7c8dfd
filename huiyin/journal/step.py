"""The one pattern: a step. Nothing else changes life-cycle data.

A declaration (code, label, who, source, target, requires, fields) is what draws the form, greys the button,
checks the call, writes the event and stands in the rights table. The runner does for every step: transaction
and row lock -> permission -> state -> fields -> requires -> body -> event; `work.py` does the rest at the end.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from huiyin.journal import chain
from huiyin.journal.fields import Field, beyond, given_only, is_empty, offered, sort_out, strings_in
from huiyin.journal.models import Delivery, Event
from huiyin.journal.prepared import update
from huiyin.journal.work import Work, hooks, lock, work
from huiyin.words import Word


class Refused(Exception):
    """暂不能操作: the sentence says what is missing and what to do next; `field` names the input it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


class AlreadyDone(Refused):
    """A second click: what was asked for already is so. Shown as news, not as an error."""


@dataclass(frozen=True)
class Call:
    """What a requirement looks at. `data` is None while a button is drawn: nothing has been filled in yet."""

    step: "Step"
    obj: Any
    actor: Any
    at: datetime
    data: Mapping[str, Any] | None
    at_known: bool = True

    def given(self, name: str, otherwise: Any = None) -> Any:
        """What has been filled in under a name, or what stands there otherwise."""
        value = (self.data or {}).get(name)
        return otherwise if is_empty(value) else value

    def cleared(self, name: str) -> bool:
        """Whether it has been filled in with nothing, other than not been asked about."""
        return self.data is not None and name in self.data and is_empty(self.data[name])

    def becomes(self, name: str) -> Any:
        """What will stand under a name: what has been filled in, nothing too, or what stands there."""
        data = self.data or {}
        return data[name] if name in data else getattr(self.obj, name, None)


@dataclass(frozen=True)
class Requirement:
    """A pure check giving a sentence or None. `gap`: the name of the gap that history may leave instead.

    `late`: it needs what is filled in: not asked while a button is drawn. `done`: the step has been taken already.
    """

    check: Callable[[Call], str | None]
    name: str
    gap: str = ""
    field: str = ""
    late: bool = False
    done: bool = False

    def __call__(self, call: Call) -> str | None:
        return None if self.late and call.data is None else self.check(call)

    def refused(self, said: str) -> Refused:
        return (AlreadyDone if self.done else Refused)(said, self.field)


def requirement(**how: Any) -> Callable[[Callable[[Call], str | None]], Requirement]:
    """Make a requirement of a function; one with a `field` is about that input."""
    return lambda check: Requirement(check, check.__name__, **how)


@dataclass(frozen=True)
class Among:
    """A target that depends on what was decided: one of `states`, picked by `pick(call)`."""

    states: frozenset[Word]
    pick: Callable[[Call], Word]


@dataclass(frozen=True, eq=False)
class Step:
    """A declared step; calling it runs it.

    on: the model it is taken on ("app.Model"); where `creates` is set the body makes a row of that model and returns
    (row, facts or None). source None: any state. target None: the state stays. stamps: the field of the row
    that holds `at`, so that a correction can move it; a field `…_known` beside it says whether that moment is
    known. tell: functions event -> ids of persons to be told.
    undone_by: the code of the step that takes back what this one did: nothing is undone by deleting.
    sentence: how the timeline tells it, with {unit} {target} {actor} and the names of fields.
    """

    do_not_call_in_templates: ClassVar[bool] = True  # a template shows steps and takes none

    code: str
    label: str
    on: str
    who: Callable[[Any, Any], bool]
    body: Callable[..., Any]
    sentence: str
    source: frozenset[Word] | None = None
    target: Word | Among | None = None
    requires: tuple[Requirement, ...] = ()
    fields: tuple[Field, ...] = ()
    creates: str = ""
    stamps: str = ""
    tell: tuple[Callable[[Event], Iterable[int]], ...] = ()
    form: str = ""
    undone_by: str = ""
    automatic: bool = False
    bulk: bool = False

    def __call__(
        self, obj: Any, *, actor: Any, at: datetime | None = None, at_known: bool = True, **data: Any
    ) -> Event:
        """Run the step. Raises Refused; otherwise returns the event, whose `subject` is the row changed or made."""
        with work() as running:
            obj = running.held(obj) or running.hold(lock(obj))
            call = Call(self, obj, actor, at or hooks.now(), given_only(self.fields, data), at_known)
            gaps = self._check(call, running)
            event = self._run(call, gaps, running)
            with running.under(event):
                for follow in FOLLOWING.get(self.code, ()):
                    follow(event)
            return event

    def targets(self) -> frozenset[Word]:
        if self.target is None:
            return frozenset()
        return self.target.states if isinstance(self.target, Among) else frozenset({self.target})

    def refusal(self, call: Call, requires: tuple[Requirement, ...] | None = None) -> Refused | None:
        """Why the step can't be taken now: permission, then state, then what it asks for, then what it requires."""
        if not self.who(call.actor, call.obj):
            return Refused(getattr(self.who, "sentence", lambda: "您没有办理这一步的权限。")())
        if self.source is not None and call.obj.state not in self.source:
            return self._wrong_state(call.obj)
        if call.data is not None and (refused := self._bad_field(call, call.data)):
            return refused
        needs = self.requires if requires is None else requires
        return next((need.refused(said) for need in needs if (said := need(call))), None)

    def hindrance(self, call: Call) -> str:
        """The sentence of what stands in the way of the form itself; what can be filled in there does not."""
        refused = self.refusal(call)
        fillable = refused is not None and refused.field in {spec.name for spec in self.fields}
        return "" if refused is None or fillable else refused.sentence

    def _wrong_state(self, obj: Any) -> Refused:
        now = type(next(iter(self.source or ()))).label_of(obj.state)
        if obj.state in self.targets():
            return AlreadyDone(f"这一步已经办过了，现在是“{now}”。")
        wanted = "、".join(sorted(state.label for state in self.source or ()))
        return Refused(f"现在是“{now}”，不能{self.label}；要在“{wanted}”时才能办这一步。")

    def _bad_field(self, call: Call, data: Mapping[str, Any]) -> Refused | None:
        for spec in self.fields:
            value = data.get(spec.name)
            if spec.required and is_empty(value):
                return Refused(f"请填写“{spec.label}”。", spec.name)
            if said := next(filter(None, map(hooks.screen, strings_in(value))), None):
                return Refused(said, spec.name)
            if said := beyond(spec, value):
                return Refused(said, spec.name)
            if not offered(spec, value, call.obj, call.actor):
                return Refused(f"“{spec.label}”里没有“{value}”这一项，请重新选择。", spec.name)
        return None

    def _check(self, call: Call, running: Work) -> list[str]:
        """Raise the refusal, if any; in history, waivable requirements become named gaps instead."""
        strict = tuple(need for need in self.requires if not (running.history and need.gap))
        if refused := self.refusal(call, strict):
            raise refused
        return [need.gap for need in self.requires if need not in strict and need(call)]

    def _run(self, call: Call, gaps: list[str], running: Work) -> Event:
        obj, data = call.obj, call.data or {}
        before = "" if self.creates else getattr(obj, "state", "")
        event = Event(pk=running.next_id(), code=self.code, at=call.at, at_known=call.at_known, gaps=gaps)
        with running.inside(event):
            made = self.body(obj, actor=call.actor, at=call.at, **data)
            subject, more = made if self.creates else (obj, made)
            after = self._settle_state(call, subject)
            running.hold(subject)
        given = sort_out(self.fields, data)
        event.facts = given.facts | dict(more or {})
        event.target_unit = event.facts.pop("target_unit", None)
        event.corrects = event.facts.pop("corrects", None)
        texts = given.texts | event.facts.pop("texts", {})
        event.before, event.after = (before, after) if after else ("", "")
        self._fill(event, subject, call.actor, running)
        running.texts += [chain.text_of(event, name, text) for name, text in texts.items()]
        if not running.history:
            running.deliveries += self._deliveries(event)
        return event

    def _settle_state(self, call: Call, subject: Any) -> str:
        """Set the state and the dated field that the declaration names; returns the new state or ''."""
        changed = []
        after = ""
        if self.target is not None:
            after = self.target.pick(call) if isinstance(self.target, Among) else self.target
            if subject.state != after:
                subject.state = after
                changed.append("state")
        known = self.stamps.removesuffix("_at") + "_known"
        for name, value in ((self.stamps, call.at), (known, call.at_known)):
            if self.stamps and hasattr(subject, name) and getattr(subject, name) != value:
                setattr(subject, name, value)
                changed.append(name)
        if changed:
            update(subject, changed)
        return str(after)

    def _fill(self, event: Event, subject: Any, actor: Any, running: Work) -> None:
        event.subject = subject
        event.jurisdiction_id = subject.jurisdiction_id
        event.proposal = getattr(subject, "proposal", None)
        event.assignment = getattr(subject, "assignment", None)
        event.subject_kind, event.subject_id = subject._meta.label_lower, subject.pk
        event.actor, event.post, event.unit = actor.person, actor.post, actor.acting_unit
        event.on_paper = actor.on_behalf_of is not None
        event.history = running.history
        event.recorded_at = hooks.now()

    def _deliveries(self, event: Event) -> list[Delivery]:
        told = {person for receivers in self.tell for person in receivers(event)} - {event.actor_id}
        return [Delivery.on_page(event, person) for person in sorted(told)]


@dataclass(frozen=True)
class Offer:
    """A step open to somebody, or the sentence that says why it is not open now."""

    step: Step
    refusal: str = ""


STEPS: dict[str, Step] = {}
FOLLOWING: dict[str, list[Callable[[Event], None]]] = {}


def after(code: str) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """What a lower app does when a step of a higher one has been taken, in the same transaction, by steps of its own.

    Declared beside those steps and called by the runner in the open: a reply is issued, so the forms go out.
    """

    def follow(function: Callable[[Event], None]) -> Callable[[Event], None]:
        FOLLOWING.setdefault(code, []).append(function)
        return function

    return follow


def step(
    code: str, *, label: str, on: str, who: Callable[[Any, Any], bool], sentence: str, **more: Any
) -> Callable[[Callable[..., Any]], Step]:
    """Declare the function below as a step; see Step for the words."""

    def declare(body: Callable[..., Any]) -> Step:
        if code in STEPS:
            raise ValueError(f"step declared twice: {code}")
        if more.get("source") is not None:
            more["source"] = frozenset(more["source"])
        for name in ("requires", "fields", "tell"):
            more[name] = tuple(more.get(name, ()))
        made = Step(code=code, label=label, on=on, who=who, body=body, sentence=sentence, **more)
        STEPS[code] = made
        return made

    return declare


def steps_on(obj: models.Model) -> list[Step]:
    return [made for made in STEPS.values() if apps.get_model(made.on) is type(obj)]


def offers(obj: Any, actor: Any) -> list[Offer]:
    """What this actor may do on this row now: permission and state fit; what stands in the way says so."""
    return [
        Offer(made, made.hindrance(Call(made, obj, actor, hooks.now(), None)))
        for made in steps_on(obj)
        if not made.automatic and made.who(actor, obj) and (made.source is None or obj.state in made.source)
    ]
