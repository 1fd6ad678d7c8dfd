"""承办单位名单: each row against the units that stand, and taken in by the steps unit.enter and unit.change."""

from collections.abc import Iterable
from typing import Any

from huiyin.people import credit
from huiyin.people.actor import Actor
from huiyin.people.entering import too_long
from huiyin.people.models import Jurisdiction, Unit
from huiyin.people.steps import change_unit, enter_unit
from huiyin.setup.lines import Compared, Line, Outcome, short
from huiyin.setup.reading import Column

COLUMNS = (
    Column(
        "单位名称",
        "写全称，同一个单位以后都写这个名称。",
        "市教育局",
        ("单位", "名称", "单位全称", "承办单位", "部门名称", "部门", "机构名称"),
        required=True,
        width=28,
    ),
    Column("简称", "平时怎么称呼，交办时可以按简称查找。", "教育局", ("单位简称",)),
    Column(
        "统一社会信用代码",
        "18位，单位改名以后靠它认出是同一个单位。",
        "",
        ("信用代码", "社会信用代码", "统一信用代码", "机构代码"),
        width=24,
    ),
    Column("上级单位", "有主管部门的填写，要与名单中的单位名称一样。", "", ("主管部门", "主管单位", "上级")),
    Column(
        "职责",
        "管什么事，用顿号隔开；交办时可以按职责查找。",
        "学前教育、义务教育、高中教育",
        ("主要职责", "职能", "主要职能", "工作职责"),
        width=48,
    ),
    Column(
        "办理工作小组",
        "组长、副组长和联络员。",
        "组长：张某某；联络员：李某某",
        ("工作小组", "办理小组"),
        width=36,
    ),
    Column(
        "是否政府办公室", "负责登记、交办的那一个单位填“是”，其他的不填。", "", ("政府办公室", "是否交办单位")
    ),
)
FIELDS = {
    "单位名称": "name",
    "简称": "short_name",
    "统一社会信用代码": "credit_code",
    "上级单位": "parent",
    "职责": "duties",
    "办理工作小组": "working_group",
    "是否政府办公室": "is_office",
}
YES, NO = ("是", "√", "1", "对"), ("否", "×", "0", "不是")
LAST = 1000  # the turn of what stands already: it needs what is new, never the other way round


def _shown(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else short(value)


SAY = {name: (heading, _shown) for heading, name in FIELDS.items()}


def standing(unit: Unit) -> dict[str, Any]:
    """A unit as a row of the list."""
    values = {name: getattr(unit, name) for name in FIELDS.values()}
    return values | {"parent": unit.parent.name if unit.parent else ""}


def compare(rows: Iterable[dict[str, Any]], place: Jurisdiction) -> Compared:
    """Two queries, however many rows."""
    return _Comparing(place).compared(list(rows))


class _Comparing:
    """The units that stand, and what the rows before have named."""

    def __init__(self, place: Jurisdiction) -> None:
        self.place = place
        units = list(Unit.objects.of(place).select_related("parent"))
        self.by_name = {unit.name: unit for unit in units}
        self.by_code = {unit.credit_code: unit for unit in units if unit.credit_code}
        self.elsewhere: set[str] = set()
        self.met: dict[str, str] = {}

    def compared(self, rows: list[dict[str, Any]]) -> Compared:
        codes = {credit.normalised(row["cells"].get("统一社会信用代码", "")) for row in rows} - {
            "",
            *self.by_code,
        }
        others = Unit.objects.filter(credit_code__in=codes).exclude(jurisdiction=self.place)
        self.elsewhere = set(others.order_by().values_list("credit_code", flat=True))
        lines = [self._line(row) for row in rows]
        self._put_in_order(lines)
        return Compared(lines)

    def _line(self, row: dict[str, Any]) -> Line:
        given = {FIELDS[heading]: text for heading, text in row["cells"].items() if text}
        line = Line(row["place"], given.get("name", "（没有名称）"), given=given)
        if "name" not in given:
            return line.refuse("没有单位名称。请补上，再上传一次。")
        if said := self._objection(given):
            return line.refuse(said)
        unit, said = self._known(given)
        said = said or self._met(line, given, unit)
        if said:
            return line.refuse(said)
        return line.against(unit, standing(unit), SAY) if unit else line.anew(SAY)

    def _objection(self, given: dict[str, Any]) -> str:
        if code := given.get("credit_code", ""):
            if "E+" in code.upper():
                return "统一社会信用代码被表格软件当成了数字，后几位已经丢失。请把这一列改成“文本”格式，重新填写。"
            given["credit_code"] = credit.normalised(code)
            if said := credit.objection_to(code):
                return said
        if "is_office" in given:
            if given["is_office"] not in (*YES, *NO):
                return f"“是否政府办公室”只填“是”或“否”，现在是“{short(given['is_office'])}”。"
            given["is_office"] = given["is_office"] in YES
        if given.get("parent") == given["name"]:
            return "上级单位写成了本单位，请核对。"
        return too_long(Unit, given) or ""

    def _known(self, given: dict[str, Any]) -> tuple[Unit | None, str]:
        """The unit meant: by its code, else by its name."""
        code, name = given.get("credit_code", ""), given["name"]
        of_code, of_name = self.by_code.get(code), self.by_name.get(name)
        if code in self.elsewhere:
            return None, f"统一社会信用代码{code}已经登记在其他地区的单位名下，请核对。"
        if of_code and of_name and of_code != of_name:
            return None, f"名称是“{name}”，统一社会信用代码却是“{of_code.name}”的，请核对哪一个写错了。"
        unit = of_code or of_name
        if unit is not None and unit.closed_on:
            return None, f"{unit.name}已登记撤并。仍在办理的，请在单位名单里删去撤并日期，再上传一次。"
        return unit, ""

    def _met(self, line: Line, given: dict[str, Any], unit: Unit | None) -> str:
        """The same unit on a row before."""
        keys = {given["name"], given.get("credit_code", ""), f"#{unit.pk}" if unit else ""} - {""}
        before = next((self.met[key] for key in sorted(keys) if key in self.met), "")
        for key in keys:
            self.met.setdefault(key, line.place)
        return f"与{before}是同一个单位，请只留一行。" if before else ""

    def _put_in_order(self, lines: list[Line]) -> None:
        """A parent stands already or comes in with the same list, before its children."""
        stand = {"", *(name for name, unit in self.by_name.items() if not unit.closed_on)}
        changed = [line for line in lines if line.outcome == Outcome.CHANGED]
        stand |= {line.given["name"] for line in changed if "name" in line.given}
        waiting, turn = [line for line in lines if line.outcome == Outcome.NEW], 0
        while ready := [line for line in waiting if line.given.get("parent", "") in stand]:
            turn += 1
            for line in ready:
                line.turn = turn
            stand |= {line.name for line in ready}
            waiting = [line for line in waiting if not line.turn]
        for line in changed:
            line.turn = LAST
        orphans = [line for line in changed if line.given.get("parent", "") not in stand]
        names = {line.name for line in waiting}
        for line in (*waiting, *orphans):
            line.refuse(_without_parent(line.given["parent"], names))


def _without_parent(parent: str, refused: set[str]) -> str:
    if parent in refused:
        return f"上级单位“{short(parent)}”那一行也不能收，请先改好那一行；写成互为上级的，请改正。"
    return f"上级单位“{short(parent)}”没有登记，名单里也没有。请加上这个单位，或改正名称，再上传一次。"


def take_in(line: Line, place: Jurisdiction, actor: Actor) -> None:
    """The step that the row stands for. Raises Refused."""
    given = dict(line.given)
    if above := given.pop("parent", ""):
        given["parent"] = Unit.objects.of(place).filter(name=above).first()
    if line.outcome == Outcome.NEW:
        enter_unit(place, actor=actor, **given)
        return
    whole = standing(line.row) | {"parent": line.row.parent, "closed_on": line.row.closed_on}
    change_unit(line.row, actor=actor, **whole | given)
