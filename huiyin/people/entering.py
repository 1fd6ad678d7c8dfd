"""地区与单位: entered and kept up to date. Steps like any other, so that each leaves its event."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import credit, directory, places, who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Unit
from huiyin.words import AssignmentState, Level, PromiseState

LEFT = (AssignmentState.RETURNED, AssignmentState.CANCELLED, AssignmentState.CLOSED)
OPEN = (PromiseState.ACTIVE, PromiseState.CLAIMED)


def too_long(model: type[Model], given: Mapping[str, Any]) -> str | None:
    """The sentence for the first value that is longer than its column; PostgreSQL takes no such value."""
    limits = {field.name: getattr(field, "max_length", None) for field in model._meta.get_fields()}
    for name, value in given.items():
        limit = limits.get(name)
        if isinstance(value, str) and limit and len(value.strip()) > limit:
            return f"“{_label(model, name)}”最多{limit}个字，请改短。"
    return None


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def rewritten(row: Any, new: Mapping[str, Any]) -> dict[str, Any]:
    """Write what differs; says what has changed, with the texts that stood before."""
    before = {key: getattr(row, key) for key in new if getattr(row, key) != new[key]}
    for key in before:
        setattr(row, key, new[key])
    row.save(update_fields=list(before))
    texts = {f"before_{key}": str(value) for key, value in before.items() if value}
    return {"changed": sorted(before), "texts": texts}


@requirement(field="code", late=True)
def code_is_a_places_own(call: Call) -> str | None:
    """GB/T 2260; once a plenary hangs off the place, its code stands in files and figures that have gone out."""
    code = str(call.given("code", "")).strip()
    if code == call.obj.code:
        return None
    if said := places.objection_to_code(code):
        return said
    if other := Jurisdiction.objects.filter(code=code).first():
        return f"行政区划代码{code}已经用于{other.name}，请核对。"
    return "已经登记了届次，行政区划代码不能再改。" if call.obj.plenaries.exists() else None


@step(
    "jurisdiction.change",
    label="修改地区",
    on="people.Jurisdiction",
    who=who.sets_up,
    requires=[code_is_a_places_own],
    fields=[
        Field("name", "地区名称", "code", initial=lambda place: place.name, help="例如：淄博市。", most=60),
        Field(
            "code",
            "行政区划代码",
            "code",
            most=6,
            initial=lambda place: place.code,
            help="六位数字，例如：370300；身份证号前六位就是这种代码。",
        ),
        Field(
            "level",
            "层级",
            "word",
            required=False,
            words=Level,
            initial=lambda place: "" if place.level == places.level_of(place.code) else place.level,
            help="不填就按代码判断：后四位是零的是省级，后两位是零的是市级，其余是县级。",
        ),
    ],
    sentence="地区登记为{name}（{code}）",
)
def change_jurisdiction(
    place: Jurisdiction, *, actor: Actor, at: datetime, name: str, code: str, level: str = ""
) -> dict[str, Any]:
    """The name by which a place goes, and its code, from which level and parent follow."""
    code = code.strip()
    new = {"code": code, "name": name.strip(), "level": level or places.level_of(code)}
    return rewritten(place, new | {"parent": directory.parent_of(code)})


def units_here(obj: Any, actor: Actor) -> Any:
    """Open units of the place, the one at hand left out: none stands above itself."""
    units = Unit.objects.of(actor.jurisdiction).open()
    return units.exclude(pk=obj.pk) if isinstance(obj, Unit) else units


@requirement(field="name", late=True)
def unit_is_new(call: Call) -> str | None:
    name = str(call.given("name", "")).strip()
    known = Unit.objects.of(call.actor.jurisdiction).filter(name=name)
    if isinstance(call.obj, Unit):
        known = known.exclude(pk=call.obj.pk)
    return f"{name}已经登记，内容有变的，请在单位名单里修改。" if known.exists() else None


@requirement(field="credit_code", late=True)
def credit_code_is_right(call: Call) -> str | None:
    """GB 32100: eighteen characters with their check character, one unit each."""
    code = credit.normalised(str(call.given("credit_code", "")))
    if not code or (said := credit.objection_to(code)):
        return said if code else None
    others = Unit.objects.filter(credit_code=code)
    if isinstance(call.obj, Unit):
        others = others.exclude(pk=call.obj.pk)
    other = others.first()
    return f"统一社会信用代码{code}已经登记在“{other.name}”名下，请核对。" if other else None


@requirement(field="parent", late=True)
def stands_not_above_itself(call: Call) -> str | None:
    above = call.given("parent")
    while above is not None and above.pk != call.obj.pk:
        above = above.parent
    return "上级单位选成了本单位或它的下级，请重新选择。" if above else None


@requirement(field="closed_on", late=True)
def has_nothing_in_hand(call: Call) -> str | None:
    """撤并: what a unit still handles goes to the one that takes over its duties first."""
    if not call.given("closed_on"):
        return None
    in_hand = call.obj.assignments.exclude(state__in=LEFT).count()
    promised = call.obj.promises.filter(state__in=OPEN).count()
    left = [f"{in_hand}件在办"] if in_hand else []
    left += [f"{promised}项承诺没有落实"] if promised else []
    if not left:
        return None
    said = f"{call.obj.name}还有{'、'.join(left)}"
    return f"{said}，请先改由承接职责的单位办理、交接承诺，再登记撤并。"


def _fields(*, stored: bool) -> list[Field]:
    """The same values are asked of a new unit and of one that is there."""

    def as_it_stands(name: str) -> Any:
        return (lambda unit: getattr(unit, name)) if stored else None

    return [
        Field("name", "单位名称", "code", initial=as_it_stands("name"), most=100),
        Field("short_name", "简称", "code", required=False, initial=as_it_stands("short_name"), most=40),
        Field("credit_code", "统一社会信用代码", "code", required=False, initial=as_it_stands("credit_code")),
        Field(
            "parent", "上级单位", "row", required=False, options=units_here, initial=as_it_stands("parent")
        ),
        Field("duties", "职责", "text", required=False, initial=as_it_stands("duties")),
        Field("working_group", "办理工作小组", "text", required=False, initial=as_it_stands("working_group")),
        Field(
            "is_office",
            "政府办公室",
            "flag",
            required=False,
            initial=as_it_stands("is_office"),
            help="负责登记、交办的那一个单位，通报以它的名义印发。",
        ),
    ]


@step(
    "unit.enter",
    label="登记单位",
    on="people.Jurisdiction",
    creates="people.Unit",
    who=who.registrar | who.administrator,
    requires=[unit_is_new, credit_code_is_right],
    fields=_fields(stored=False),
    sentence="登记单位{name}",
)
def enter_unit(
    jurisdiction: Jurisdiction, *, actor: Actor, at: datetime, name: str, **given: Any
) -> tuple[Unit, None]:
    """承办单位 with its code, duties and working group; from now on items can be given to it."""
    unit, _ = directory.take_in_unit(jurisdiction, name, **given)
    return unit, None


@step(
    "unit.change",
    label="修改单位",
    on="people.Unit",
    who=who.registrar | who.administrator,
    requires=[unit_is_new, credit_code_is_right, stands_not_above_itself, has_nothing_in_hand],
    fields=[
        *_fields(stored=True),
        Field("closed_on", "撤并日期", "date", required=False, initial=lambda unit: unit.closed_on),
    ],
    sentence="修改{was}的登记",
)
def change_unit(
    unit: Unit, *, actor: Actor, at: datetime, name: str, closed_on: date | None = None, **given: Any
) -> dict[str, Any]:
    """The whole entry as it now is, the name too; what stood before stays in the journal."""
    was = unit.name
    given["credit_code"] = credit.normalised(str(given.get("credit_code") or ""))
    new = {
        "name": name.strip(),
        "short_name": "",
        "parent": None,
        "duties": "",
        "working_group": "",
        "is_office": False,
        "closed_on": closed_on,
    } | given
    return {"was": was} | rewritten(unit, new)
