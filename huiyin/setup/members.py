"""委员、代表名单: each row against the proposers that stand, and taken in by proposer.enter and proposer.change."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from huiyin.people import phone
from huiyin.people.actor import Actor
from huiyin.people.entering import too_long
from huiyin.people.models import Proposer
from huiyin.people.steps import change_proposer, enter_proposer
from huiyin.proposals.models import Plenary
from huiyin.proposals.steps.opening import MOST, chinese_number
from huiyin.setup.lines import Compared, Line, Say, short
from huiyin.setup.reading import Column
from huiyin.words import Assembly, ProposerKind

COLUMNS = (
    Column(
        "姓名",
        "委员、代表写姓名；党派团体、专门委员会等写名称。",
        "王某某",
        ("名称", "委员姓名", "代表姓名", "委员", "代表", "提案者", "姓名或名称"),
        required=True,
        width=20,
    ),
    Column(
        "类别",
        "不填就是委员或代表；党派、人民团体、界别、专门委员会、代表团、小组等集体，写明是哪一种。",
        "委员",
        ("提案者类别",),
    ),
    Column("届次", "第几届，例如：第十三届。不填就是所选会议的这一届。", "第十三届", ("届", "届别", "届数")),
    Column("界别", "政协委员填写。", "教育界", ("所属界别",)),
    Column("代表团", "人大代表填写。", "", ("所属代表团", "代表团名称")),
    Column(
        "手机号",
        "联系和认出本人都靠它；有变化的，改好再上传一次。",
        "13800000000",
        ("电话", "手机", "手机号码", "联系电话", "移动电话"),
        width=18,
    ),
    Column(
        "单位及职务",
        "工作单位和职务。",
        "某某学校校长",
        ("工作单位及职务", "单位职务", "工作单位", "单位"),
        width=36,
    ),
)
FIELDS = ("name", "kind", "term", "sector", "organisation", "phone")
KINDS = {kind.label: kind for kind in ProposerKind} | {
    "政协委员": ProposerKind.MEMBER,
    "人大代表": ProposerKind.DEPUTY,
    "民主党派": ProposerKind.PARTY,
    "团体": ProposerKind.BODY,
    "专委会": ProposerKind.COMMITTEE,
}
NUMBERS = {chinese_number(number): number for number in range(1, MOST + 1)}
TERM = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:届.*)?")


def term_of(text: str) -> int | None:
    """第十三届, 十三届四次, 13: the term, None where it can't be read."""
    found = TERM.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not found:
        return None
    said = found[1]
    return int(said) if said.isdigit() else NUMBERS.get(said)


def _term_said(term: int | None) -> str:
    return f"第{chinese_number(term)}届" if term else ""


def compare(rows: Iterable[dict[str, Any]], plenary: Plenary) -> Compared:
    """One query, however many rows."""
    return _Comparing(plenary).compared(list(rows))


class _Comparing:
    """The proposers of the assembly that stand, and what the rows before have named."""

    def __init__(self, plenary: Plenary) -> None:
        self.plenary = plenary
        self.is_cppcc = plenary.assembly == Assembly.CPPCC
        self.of_phone: dict[str, list[Proposer]] = defaultdict(list)
        self.of_name: dict[str, list[Proposer]] = defaultdict(list)
        here = Proposer.objects.filter(jurisdiction=plenary.jurisdiction_id, assembly=plenary.assembly)
        for proposer in here.order_by("pk"):
            self.of_name[_together(proposer.name)].append(proposer)
            if proposer.phone:
                self.of_phone[proposer.phone].append(proposer)
        self.sector = "界别" if self.is_cppcc else "代表团"
        self.say: dict[str, Say] = {
            "name": ("姓名", str),
            "kind": ("类别", ProposerKind.label_of),
            "term": ("届次", _term_said),
            "sector": (self.sector, short),
            "organisation": ("单位及职务", short),
            "phone": ("手机号", phone.masked),
        }
        self.met: dict[Any, str] = {}
        self.namesakes: dict[str, int] = defaultdict(int)

    def compared(self, rows: list[dict[str, Any]]) -> Compared:
        for row in rows:
            self.namesakes[_name(row)] += 1
        return Compared([self._line(row) for row in rows])

    def _line(self, row: dict[str, Any]) -> Line:
        cells = row["cells"]
        line = Line(row["place"], _name(row) or "（没有姓名）")
        line.given = {
            "name": _name(row),
            "sector": cells.get(self.sector, "") or cells.get("界别", "") or cells.get("代表团", ""),
            "organisation": cells.get("单位及职务", ""),
        }
        if not line.given["name"]:
            return line.refuse("没有姓名。请补上，再上传一次。")
        if said := self._read(line, cells):
            return line.refuse(said)
        line.given = {name: value for name, value in line.given.items() if value}
        known, said = self._known(line.given)
        said = said or self._met(line, known)
        if said:
            return line.refuse(said)
        if known is not None and known.term and known.term > line.given["term"]:
            del line.given["term"]  # an older list says nothing against a later term
        if known is None:
            line.given.setdefault("kind", ProposerKind.MEMBER if self.is_cppcc else ProposerKind.DEPUTY)
            return line.anew(self.say)
        return line.against(known, {name: getattr(known, name) for name in FIELDS}, self.say)

    def _read(self, line: Line, cells: dict[str, str]) -> str:
        """Kind, term and telephone as they are stored; the sentence where one can't be read."""
        kind, term, telephone = cells.get("类别", ""), cells.get("届次", ""), cells.get("手机号", "")
        if kind and kind not in KINDS:
            return f"不认识类别“{short(kind)}”，可以写：{'、'.join(one.label for one in ProposerKind)}。"
        line.given["term"] = term_of(term) if term else self.plenary.term
        if not line.given["term"]:
            return f"届次“{short(term)}”看不懂，请写成“第十三届”的样子。"
        if said := phone.objection_to(telephone):
            return said
        line.given |= {"kind": KINDS.get(kind, ""), "phone": phone.normalised(telephone)}
        return too_long(Proposer, line.given) or ""

    def _known(self, given: dict[str, Any]) -> tuple[Proposer | None, str]:
        """The proposer meant: by telephone, else by name and term; of several of one name, by sector."""
        name = given["name"]
        of_phone = self.of_phone.get(given.get("phone", ""), [])
        if of_phone and not (same := [one for one in of_phone if _together(one.name) == name]):
            other = of_phone[0].described
            return (
                None,
                f"手机号{phone.masked(given['phone'])}登记在{other}名下。改了姓名的，请先在名单里修改；号码写错的，请改正。",
            )
        if of_phone:
            return same[0], ""
        namesakes = self.of_name.get(name, [])
        pool = [one for one in namesakes if one.term in (None, given["term"])]
        pool = pool or [one for one in namesakes if one.sector == given.get("sector", "")]
        if len(pool) > 1 or self.namesakes[name] > 1:
            pool = (
                [one for one in pool if one.sector in (given.get("sector", ""), "")]
                if given.get("sector")
                else pool
            )
        if len(pool) > 1:
            return (
                None,
                f"已登记{len(pool)}位{name}，不知道是哪一位。请写明{self.sector}或手机号，再上传一次。",
            )
        if pool and self._is_another(pool[0], given):
            return None, (
                f"已登记的{pool[0].described}{self.sector}和手机号都不同。是同一位的，请先在名单里修改；"
                "是另一位的，请在名单里单独登记。"
            )
        return (pool[0], "") if pool else (None, "")

    def _is_another(self, known: Proposer, given: dict[str, Any]) -> bool:
        """Nothing but the name is the same."""
        told = [(known.sector, given.get("sector")), (known.phone, given.get("phone"))]
        return all(was and now and was != now for was, now in told)

    def _met(self, line: Line, known: Proposer | None) -> str:
        """The same one on a row before."""
        given = line.given
        keys: list[tuple[Any, ...]] = [("phone", given["phone"])] if given.get("phone") else []
        keys += [("known", known.pk)] if known else [("new", given["name"], given.get("sector", ""))]
        before = next((self.met[key] for key in keys if key in self.met), "")
        for key in keys:
            self.met.setdefault(key, line.place)
        return (
            f"与{before}是同一位（姓名和{self.sector}相同，或手机号相同），请核对，只留一行。"
            if before
            else ""
        )


def _name(row: dict[str, Any]) -> str:
    """Two characters are often set apart to fill the cell: 王 某."""
    return _together(row["cells"].get("姓名", ""))


def _together(name: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", name)


def take_in(line: Line, plenary: Plenary, actor: Actor) -> None:
    """The step that the row stands for. Raises Refused."""
    if line.row is None:
        enter_proposer(plenary, actor=actor, **line.given)
        return
    stands = {name: getattr(line.row, name) for name in FIELDS}
    change_proposer(line.row, actor=actor, **stands | line.given)
