"""The rule packs to choose from, each with what it says in a few sentences, what it rests on and what is assumed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from huiyin.clock.now import today
from huiyin.people.models import Jurisdiction
from huiyin.people.places import parent_codes
from huiyin.rulepacks.diff import assumed, in_short
from huiyin.rulepacks.periods import Source
from huiyin.rulepacks.schema import Pack
from huiyin.rulepacks.store import versions_in_force
from huiyin.words import Kind

# What a city asks first.
TOPICS = ("答复期限", "申请退办期限", "会办意见期限", "决定重新办理", "落实期限")
GENERIC = "generic"


@dataclass(frozen=True)
class Choice:
    """One pack in the version in force today."""

    pack: Pack
    why: str

    @property
    def says(self) -> list[str]:
        return [*in_short(self.pack, TOPICS), *_marks(self.pack)]

    @property
    def sources(self) -> list[str]:
        """The documents that its entries cite, each once."""
        return list(
            dict.fromkeys(f"《{one.document}》{one.number}" for one in _cited(self.pack) if one.document)
        )

    @property
    def assumed(self) -> list[str]:
        return assumed(self.pack)


def _marks(pack: Pack) -> list[str]:
    """办理结果 as a clerk names them; told once where both kinds have the same."""
    told: dict[str, list[str]] = {}
    for kind in Kind:
        marks = "；".join(f"{mark.label}（{mark.code}）" for mark in pack.mark_scheme(kind).marks)
        told.setdefault(marks, []).append(kind.label)
    alone = len(told) == 1
    return [f"办理结果{'' if alone else f'（{kinds[0]}）'}：{marks}" for marks, kinds in told.items()]


def _cited(pack: Pack) -> Iterator[Source]:
    for field in fields(pack):
        value: Any = getattr(pack, field.name)
        for entry in value if isinstance(value, tuple) else ():
            yield entry.source


def choices(place: Jurisdiction) -> list[Choice]:
    """The place's own first, then that of a place above it, then the generic one, then the others."""
    near = {place.code: "本地的", **dict.fromkeys(parent_codes(place.code), "上级地区的")}
    packs = [version.pack for version in versions_in_force(today())]
    found = [
        Choice(pack, near.get(pack.jurisdiction, "通用的" if pack.code == GENERIC else "")) for pack in packs
    ]
    order = ["本地的", "上级地区的", "通用的", ""]
    return sorted(found, key=lambda choice: (order.index(choice.why), choice.pack.label))
