"""From the keys of an act to the rows that its step is taken on and is given."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Model

from huiyin.contacts.models import Contact
from huiyin.demo import items
from huiyin.demo.items import Item
from huiyin.demo.people import Rows
from huiyin.demo.story import Act
from huiyin.evaluations import links
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.people.actor import Actor
from huiyin.promises.models import Evidence, Milestone, Promise
from huiyin.proposals.models import Plenary, Point, Proposal
from huiyin.replies.models import Reply
from huiyin.supervision.models import (
    DispatchLine,
    DispatchRound,
    DispatchSheet,
    Leadership,
    SampledItem,
    SuperiorMatter,
    Task,
    Urging,
)
from huiyin.supervision.words import Progress
from huiyin.topics.models import Repeat, Topic
from huiyin.words import Channel, EvaluationState

# Selectors of the plan that are no fields of a step.
CHOOSING = {
    "reply.draft": ("round",),
    "evaluation.submit": ("evaluator", "round", "later", "channel"),
    "evaluation.enter_paper": ("round",),
    "promise.reach_milestone": ("milestone",),
    "meeting.record": ("plenary",),
    "dispatch.open": ("plenary",),
    "dispatch.begin_series": ("plenary",),
    "dispatch.answer": ("texts", "number"),
    "dispatch.close": ("number",),
    "look_back.draw": ("plenary",),
    "look_back.visit": ("number",),
    "score_sheet.freeze": ("plenary",),
}
# What an act makes that is known by its name alone.
NAMED = {
    "dispatch.open": "dispatch",
    "dispatch.begin_series": "series",
    "look_back.draw": "sample",
    "topic.open": "topic",
}
# Fields that are filled with a unit of the act itself.
NAMES_ITS_UNIT = ("assignment.assign", "instruction.give", "division.set", "topic.open")


class Found:
    """What has been made so far, by key; rows not made by an act of their own are looked up."""

    def __init__(self, rows: Rows, items: Mapping[str, Item]) -> None:
        self.rows = rows
        self.items = items
        self.made: dict[tuple[str, ...], int] = {}
        self.points: dict[tuple[str, int], int] = {}
        self.look_up: dict[str, Callable[[Act], Model]] = {
            "people.Jurisdiction": lambda act: rows.jurisdiction,
            "proposals.Plenary": self._plenary,
            "proposals.Proposal": lambda act: Proposal(pk=self.item(act.item)),
            "handling.Assignment": lambda act: Assignment(pk=self.share(act)),
            "replies.Reply": self._reply,
            "promises.Promise": lambda act: Promise(pk=self._of_unit("promise", act)),
            "promises.Milestone": self._milestone,
            "contacts.Contact": lambda act: Contact(pk=self.made["contact", act.item, act.ref]),
            "supervision.Urging": lambda act: Urging(pk=self._of_unit("urging", act)),
            "supervision.Task": self._task,
            "supervision.DispatchRound": self._round,
            "supervision.DispatchSheet": self._sheet,
            "supervision.SampledItem": lambda act: SampledItem.objects.get(
                sample=self.made["sample", act.ref], place=act.data["number"]
            ),
            "supervision.SuperiorMatter": lambda act: SuperiorMatter(pk=self._of_unit("superior", act)),
            "supervision.Leadership": lambda act: Leadership(pk=self.made["leadership", act.item, act.ref]),
            "evaluations.Evaluation": self._form,
            "topics.Topic": self._topic,
            "topics.Repeat": lambda act: Repeat.objects.get(
                proposal=self.item(act.item), earlier=self.item(act.ref)
            ),
        }

    def subject(self, on: str, act: Act) -> Model:
        return self.look_up[on](act)

    def actor(self, act: Act, subject: Model) -> Actor:
        """A form given by its link is given by whoever holds it."""
        if act.code == "evaluation.submit" and act.data["channel"] == Channel.LINK:
            assert isinstance(subject, Evaluation)
            return links.holder(subject)
        return self.rows.actors[act.who]

    def item(self, key: str) -> int:
        return self.made["item", key]

    def share(self, act: Act) -> int:
        """The unit's standing share; one that came by a ruling on a return is looked up once."""
        key = ("share", act.item, act.unit)
        if key not in self.made:
            shares = Assignment.objects.standing().filter(proposal=self.item(act.item))
            self.made[key] = shares.get(unit=self.rows.units[act.unit]).pk
        return self.made[key]

    def _of_unit(self, what: str, act: Act) -> int:
        return self.made[what, act.item, act.unit, act.ref]

    def _plenary(self, act: Act) -> Plenary:
        code = self.items[act.item].plenary if act.item else act.data["plenary"]
        return Plenary(pk=self.made["plenary", code])

    def _topic(self, act: Act) -> Topic:
        return Topic.objects.get(pk=self.made["topic", act.ref])

    def _reply(self, act: Act) -> Reply:
        if "round" not in act.data:
            return Reply(pk=self.made["reply", act.item, act.unit])
        return Reply.objects.live().get(assignment=self.share(act), round=act.data["round"])

    def _milestone(self, act: Act) -> Milestone:
        milestones = Milestone.objects.filter(promise=self._of_unit("promise", act)).order_by("id")
        return milestones[act.data["milestone"] - 1]

    def _task(self, act: Act) -> Task:
        """What was asked of the unit in an instruction or after a look on the spot."""
        asked = "instruction" if ("instruction", act.item, act.ref) in self.made else "inspection"
        source = {asked: self.made[asked, act.item, act.ref]}
        return Task.objects.get(unit=self.rows.units[act.unit], **source)

    def _round(self, act: Act) -> DispatchRound:
        """The one of that name, or the one of that number in a series."""
        if ("series", act.ref) not in self.made:
            return DispatchRound(pk=self.made["dispatch", act.ref])
        rounds = DispatchRound.objects.filter(series=self.made["series", act.ref]).order_by("period")
        return rounds[act.data["number"] - 1]

    def _sheet(self, act: Act) -> DispatchSheet:
        return DispatchSheet.objects.get(round=self._round(act), unit=self.rows.units[act.unit])

    def _form(self, act: Act) -> Evaluation:
        forms = Evaluation.objects.filter(
            reply__assignment=self.share(act),
            evaluator=self.rows.proposers[act.data["evaluator"]],
            round=act.data["round"],
            later=act.data.get("later", False),
        )
        return forms.select_related("proposal__jurisdiction").get(state=EvaluationState.INVITED)

    def data(self, act: Act) -> dict[str, Any]:
        """The step's own fields, with rows in place of keys."""
        left_out = CHOOSING.get(act.code, ())
        given = {name: self._value(act, name) for name in act.data if name not in left_out}
        if act.code == "dispatch.answer":
            words = act.data["texts"]
            rows = enumerate(self._sheet(act).lines.order_by("id"))
            given["lines"] = [_line(line, words[n % len(words)], act.at.date()) for n, line in rows]
        if act.code in NAMES_ITS_UNIT:
            given["unit"] = self.rows.units[act.unit]
        return given

    def _value(self, act: Act, name: str) -> Any:
        value, rows = act.data[name], self.rows
        if name in ("unit", "proposed", "to"):
            return rows.units[value]
        if name in ("person", "owner", "leader"):
            return rows.posts[value]
        if name in ("proposer", "evaluator"):
            return rows.proposers[value]
        if name == "proposers":
            return [rows.proposers[key] for key in value]
        if name == "agreed":
            signed = Proposal(pk=self.item(act.item)).proposerships
            return list(signed.filter(proposer__in=[rows.proposers[key] for key in value]))
        if name == "topic":
            return self._topic(act)
        if name == "promise":
            return Promise.objects.get(pk=self.made["promise", *value])
        if name == "rated":
            return Assignment.objects.select_related("unit").get(pk=self.share(replace(act, unit=value)))
        if name in ("into", "earlier"):
            return Proposal.objects.select_related("plenary").get(pk=self.item(value))
        if name == "proposals":
            return list(Proposal.objects.filter(pk__in=[self.item(key) for key in value]))
        if name == "answers":
            return [{**row, "point": self.points[row["item"], row["point"]]} for row in value]
        if name == "told_in":
            return Contact(pk=self.made["contact", act.item, value])
        if name == "evidence":
            shown = Evidence.objects.filter(promise=self.made["promise", act.item, act.unit, value])
            return shown.exclude(accepted_at=None).latest("pk")
        if name == "points" and act.code == "promise.make":
            return [self.points[pair] for pair in value]
        return list(value) if isinstance(value, tuple) else value

    def take(self, act: Act, event: Event) -> None:
        """Remember what the act has made."""
        pk, code = event.subject_id, act.code
        if code == "proposal.receive":
            self.made["item", act.item] = pk
        if code in ("proposal.receive", "proposal.split"):
            points = Point.objects.filter(proposal=pk).values_list("number", "pk")
            self.points |= {(act.item, number): point for number, point in points}
        elif code == "plenary.open":
            self.made["plenary", act.data["code"]] = pk
        elif code == "assignment.assign":
            self.made["share", act.item, act.unit] = pk
        elif code == "reply.draft":
            self.made["reply", act.item, act.unit] = pk
        elif code in NAMED:
            self.made[NAMED[code], act.ref] = pk
        elif code in ("promise.make", "urging.send", "superior.send"):
            self.made[code.split(".")[0], act.item, act.unit, act.ref] = pk
        elif code in ("contact.log", "instruction.give", "leadership.assign"):
            self.made[code.split(".")[0], act.item, act.ref] = pk
        elif code in ("inspection.record", "look_back.record"):
            self.made["inspection", act.item, act.ref] = pk


def opening(plenary: items.Plenary) -> dict[str, Any]:
    """The fields with which a plenary is entered."""
    return {
        "code": plenary.code,
        "assembly": plenary.assembly,
        "term": plenary.term,
        "meeting": plenary.meeting,
        "opened_on": date.fromisoformat(plenary.opened),
        "closed_on": date.fromisoformat(plenary.closed),
        "pack_code": plenary.pack,
        "label": plenary.label,
    }


def _line(line: DispatchLine, text: str, on: date) -> dict[str, Any]:
    """What a unit says of an item, and as its next day the one named in the words that has not come yet."""
    named = (date(on.year, int(month), int(day)) for month, day in re.findall(r"(\d+)月(\d+)日", text))
    ahead = [one for one in named if one > on]
    return {"line": line, "standing": Progress.ON_TIME, "text": text} | (
        {"next_on": ahead[-1]} if ahead else {}
    )
