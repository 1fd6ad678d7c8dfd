"""The items of the made city's plenaries: who proposes what, in which words, and how it ends."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from huiyin.demo.city import City, Proposer
from huiyin.demo.content import phrases
from huiyin.demo.matters import Matter, Point
from huiyin.words import Kind, Meaning, Period, ProposerKind, Publicity, UnitRole


class Fate(StrEnum):
    """How an item ends before any unit sees it, or that it is handled."""

    HANDLED = "handled"
    MERGED = "merged"
    NOT_FILED = "not_filed"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


@dataclass(frozen=True)
class Plenary:
    code: str
    label: str
    assembly: str
    term: int
    meeting: int
    opened: str
    closed: str
    pack: str = "zibo"


@dataclass(frozen=True)
class Share:
    """A unit's share as it will stand in the end; `part` names it where each answers for a part of its own."""

    unit: str
    role: UnitRole
    part: str = ""


@dataclass(frozen=True)
class Item:
    """One proposal or suggestion with everything that is known of it when the story is told.

    mark, meaning: of the reply, empty where none is planned. head: key of the item that this one is merged into.
    wrong_unit: the unit that it is assigned to first and that returns it. special: cells of the odd ones (ground,
    route, note, body, reason, twin), and of this year's items the stage.
    """

    key: str
    plenary: str
    kind: Kind
    period: Period
    number: str
    title: str
    matter: Matter
    text: str
    proposers: tuple[str, ...]
    proposer_kind: ProposerKind
    shares: tuple[Share, ...] = ()
    fate: Fate = Fate.HANDLED
    mark: str = ""
    meaning: Meaning | None = None
    head: str = ""
    is_key: bool = False
    publicity: Publicity = Publicity.FULL
    special: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def points(self) -> tuple[Point, ...]:
        return self.matter.points

    @property
    def class_name(self) -> str:
        return self.matter.class_name

    @property
    def lead(self) -> str:
        """The unit that answers, or the first of those that answer separately."""
        return self.shares[0].unit if self.shares else ""

    @property
    def answering(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if share.role != UnitRole.CO)

    @property
    def co(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if share.role == UnitRole.CO)


PLENARY_2020 = Plenary(
    "zx-12-4",
    "中国人民政治协商会议第十二届淄博市委员会第四次会议",
    "cppcc",
    12,
    4,
    "2020-01-05",
    "2020-01-08",
)
PLENARY_2021 = Plenary(
    "zx-12-5",
    "中国人民政治协商会议第十二届淄博市委员会第五次会议",
    "cppcc",
    12,
    5,
    "2021-01-24",
    "2021-01-28",
)
PLENARY_NPC = Plenary(
    "rd-15-5", "淄博市第十五届人民代表大会第五次会议", "npc", 15, 5, "2021-01-25", "2021-01-29"
)
# A sentence that itself tells how it was found out needs no opening that tells it again.
TELLS_HOW = (
    "走访",
    "座谈",
    "调",
    "跟了",
    "抽",
    "随机",
    "回访",
    "问卷",
    "一项",
    "受疫情",
    "早上",
    "我",
    "每天",
    "同行",
)


def title_of(core: str, kind: Kind, rng: Random) -> str:
    """关于……的提案: a member's paper calls itself proposal or suggestion, a deputy's always suggestion."""
    word = "建议" if kind == Kind.SUGGESTION or rng.random() < 0.35 else "提案"
    return f"关于{core}的{word}"


def text_of(matter: Matter, proposer: Proposer, signers: int, rng: Random) -> str:
    """The whole text: situation, analysis and the numbered asks."""
    opening = ""
    alone = "我" if signers == 1 else "我们"
    if not proposer.is_one_person:
        opening = rng.choice(phrases("open_group"))
    elif not matter.situation.startswith(TELLS_HOW):
        opening = rng.choice(phrases("open_member")).format(i=alone)
    lead_in = rng.choice(phrases("why_lead")).format(i=alone if proposer.is_one_person else "我们")
    asks = "\n".join(f"{point.number}. {point.ask}" for point in matter.points)
    return (
        f"{opening}{matter.situation}\n{lead_in}{matter.analysis}\n{rng.choice(phrases('ask_lead'))}\n{asks}"
    )


SECTOR_OF_UNIT = {
    "jiaoyu": ("教育", "教育界"),
    "tiyu": ("体育", "教育界"),
    "weijian": ("医药卫生", "医药卫生界"),
    "yibao": ("医药卫生", "医药卫生界"),
    "nongye": ("农业", "农业界"),
    "shuili": ("农业", "农业界"),
    "keji": ("科学技术", "科学技术界"),
    "gongxin": ("经济", "经济界"),
    "fagai": ("经济", "经济界"),
    "jinrong": ("工商联", "工商联界"),
    "shangwu": ("工商联", "工商联界"),
    "wenlv": ("文化艺术", "文化艺术界"),
    "minzheng": ("社会福利和社会保障", "妇联界"),
    "canlian": ("社会福利和社会保障", "妇联界"),
    "renshe": ("工会", "特邀人士界"),
    "gongan": ("特邀", "特邀人士界"),
}
# The sector that speaks where the unit has none of its own.
SECTOR_OF_CLASS = {
    "经济科技": "经济界",
    "社会事业和民生保障": "妇联界",
    "城建交通": "科学技术界",
    "其他": "特邀人士界",
}
COMMITTEE_OF_CLASS = {
    "经济科技": ("committee01", "committee02"),
    "社会事业和民生保障": ("committee04", "committee05"),
    "城建交通": ("committee03", "committee05"),
    "其他": ("committee06", "committee07"),
}


class Signers:
    """Hands out proposers: those of the fitting sector first, nobody much more often than others."""

    def __init__(self, city: City, rng: Random, kept: frozenset[str] = frozenset()) -> None:
        self.rng = rng
        self.members = [p for p in city.proposers if p.kind == ProposerKind.MEMBER and p.key not in kept]
        self.groups = {
            kind: [p for p in city.proposers if p.kind == kind]
            for kind in (ProposerKind.PARTY, ProposerKind.BODY, ProposerKind.SECTOR, ProposerKind.COMMITTEE)
        }
        self.by_name = {p.name: p for p in self.groups[ProposerKind.SECTOR]}
        self.by_key = {p.key: p for p in city.proposers}
        self.count: dict[str, int] = {}

    def _take(self, pool: list[Proposer]) -> Proposer:
        least = min(self.count.get(p.key, 0) for p in pool)
        chosen = self.rng.choice([p for p in pool if self.count.get(p.key, 0) == least])
        self.count[chosen.key] = least + 1
        return chosen

    def member(self, lead_unit: str, without: tuple[str, ...] = ()) -> Proposer:
        sector = SECTOR_OF_UNIT.get(lead_unit, ("", ""))[0]
        free = [p for p in self.members if p.key not in without]
        fitting = [p for p in free if p.sector == sector and self.count.get(p.key, 0) < 3]
        return self._take(fitting if fitting and self.rng.random() < 0.6 else free)

    def joint(self, lead_unit: str, count: int) -> tuple[str, ...]:
        chosen: tuple[str, ...] = ()
        while len(chosen) < count:
            chosen = (*chosen, self.member(lead_unit, chosen).key)
        return chosen

    def group(self, kind: ProposerKind, matter: Matter) -> Proposer:
        """A sector or committee in its own field; parties and bodies in turn."""
        if kind == ProposerKind.SECTOR:
            own = SECTOR_OF_UNIT.get(matter.lead)
            return self.by_name[own[1] if own else SECTOR_OF_CLASS[matter.class_name]]
        if kind == ProposerKind.COMMITTEE:
            return self.by_key[self.rng.choice(COMMITTEE_OF_CLASS[matter.class_name])]
        return self._take(self.groups[kind])
