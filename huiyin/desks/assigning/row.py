"""One row of the workbench: what is typed for an item, and all its shares given in one transaction or none."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from huiyin.desks.assigning.before import Beside
from huiyin.handling.steps.assigning import assign_all
from huiyin.journal.step import Refused
from huiyin.journal.work import lock, work
from huiyin.people.actor import Actor
from huiyin.people.finding import Directory
from huiyin.people.models import Unit
from huiyin.proposals.models import Proposal
from huiyin.proposals.steps import grade_difficulty
from huiyin.words import AnswerStage, UnitRole

UNITS = ("lead", "co", "separate")
SEPARATORS = str.maketrans("，,；;\n", "、、、、、")


def _line(label: str, role: str) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", "data-units": role})
    return forms.CharField(label=label, required=False, max_length=500, widget=widget)


class RowForm(forms.Form):
    """Units as people name them; several are set apart by 、. What can't be told apart is said at its own line."""

    lead = _line("主办", "lead")
    co = _line("会办", "co")
    separate = forms.CharField(
        label="分办",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "data-units": "separate"}),
        help_text="一行一个单位，写“单位：承办内容”。",
    )
    difficulty = forms.TypedChoiceField(label="难易程度", required=False, coerce=int, empty_value=None)

    def __init__(self, item: Proposal, directory: Directory, data: Any = None, **more: Any) -> None:
        super().__init__(data, prefix=f"item-{item.pk}", **more)
        self.item, self.directory = item, directory
        self.parts: dict[int, str] = {}
        for name in UNITS:
            self.fields[name].widget.attrs["aria-label"] = f"{item.numbered}{self.fields[name].label}单位"
        scale = item.pack.difficulty(item.kind)
        graded = [(grade, scale.label_of(grade)) for grade in range(1, len(scale.grades) + 1)]
        self.fields["difficulty"].choices = [("", "未定"), *graded]  # type: ignore[attr-defined]
        self.fields["difficulty"].widget.attrs["aria-label"] = f"{item.numbered}难易程度"
        self.fields["difficulty"].initial = item.difficulty

    @property
    def is_written_in(self) -> bool:
        return any(str(self[name].value() or "").strip() for name in UNITS)

    def still_typing(self) -> "RowForm":
        """What stands in it, not yet to be judged."""
        return RowForm(self.item, self.directory, initial={name: self[name].value() for name in self.fields})

    def clean_lead(self) -> list[Unit]:
        return self._units(self.cleaned_data["lead"].translate(SEPARATORS).split("、"))

    def clean_co(self) -> list[Unit]:
        return self._units(self.cleaned_data["co"].translate(SEPARATORS).split("、"))

    def clean_separate(self) -> list[Unit]:
        lines = [
            line.replace(":", "：", 1).partition("：") for line in self.cleaned_data["separate"].splitlines()
        ]
        units = self._units([name for name, _, _ in lines])
        said = [part.strip() for name, _, part in lines if name.strip()]
        self.parts = {unit.pk: part for unit, part in zip(units, said, strict=True)}
        return units

    def _units(self, names: list[str]) -> list[Unit]:
        found, said = [], []
        for name in filter(None, map(str.strip, names)):
            unit, sentence = self.directory.one(name)
            if unit is None:
                said.append(sentence)
            else:
                found.append(unit)
        if said:
            raise ValidationError(said)
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        chosen = [unit for name in UNITS for unit in given[name]]
        twice = next((unit for unit in chosen if chosen.count(unit) > 1), None)
        if twice is not None:
            self.add_error(None, f"{twice.short_name or twice.name}写了两次，请只留一处。")
        elif not given["lead"] and not given["separate"]:
            self.add_error("lead", "还没有主办单位。请填写主办；没有主办的，请填写分办。")
        return given


@dataclass
class Row:
    """An item, its form, and what stands beside it."""

    item: Proposal
    form: RowForm
    beside: Beside = field(default_factory=lambda: Beside([], []))
    refused: str = ""

    @property
    def opens_separate(self) -> bool:
        return bool(self.form["separate"].value())

    @property
    def is_wrong(self) -> bool:
        return bool(self.refused) or (self.form.is_bound and not self.form.is_valid())

    def take(self, actor: Actor, at: datetime | None) -> str:
        """All shares or none; the sentence of what was done, or none where the row is refused and stays as typed."""
        if not self.form.is_valid():
            return ""
        given = self.form.cleaned_data
        try:
            with work():
                # Under the lock: whoever else is at this item has given it already, or has to wait.
                if lock(self.item).answer_stage != AnswerStage.ASSIGNING:
                    raise Refused("这一件刚才已经交办，没有再交。还要加单位的，请到这一件的页面上交办。")
                assign_all(
                    self.item,
                    actor=actor,
                    at=at,
                    leads=given["lead"],
                    cos=given["co"],
                    separates=given["separate"],
                    parts=self.form.parts,
                )
                if given["difficulty"] not in (None, self.item.difficulty):
                    grade_difficulty(self.item, actor=actor, at=at, difficulty=given["difficulty"])
        except Refused as refused:
            self.refused = refused.sentence
            return ""
        return f"{self.item.numbered}已交办：{said(given)}。"


def said(given: dict[str, list[Unit]]) -> str:
    """主办市教育局；会办市公安局、市财政局."""
    roles = (("lead", UnitRole.LEAD), ("co", UnitRole.CO), ("separate", UnitRole.SEPARATE))
    return "；".join(
        f"{role.label}{'、'.join(unit.short_name or unit.name for unit in given[name])}"
        for name, role in roles
        if given[name]
    )
