"""单位与提案者: entered and kept up to date. Steps like any other, so that each leaves its event."""

from datetime import date, datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import credit, directory, phone, who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Proposer, Unit
from huiyin.words import Assembly, AssignmentState, PromiseState, ProposerKind

LEFT = (AssignmentState.RETURNED, AssignmentState.CANCELLED, AssignmentState.CLOSED)
OPEN = (PromiseState.ACTIVE, PromiseState.CLAIMED)


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
        Field("name", "单位名称", "code", initial=as_it_stands("name")),
        Field("short_name", "简称", "code", required=False, initial=as_it_stands("short_name")),
        Field("credit_code", "统一社会信用代码", "code", required=False, initial=as_it_stands("credit_code")),
        Field(
            "parent", "上级单位", "row", required=False, options=units_here, initial=as_it_stands("parent")
        ),
        Field("duties", "职责", "text", required=False, initial=as_it_stands("duties")),
        Field("working_group", "办理工作小组", "text", required=False, initial=as_it_stands("working_group")),
    ]


@step(
    "unit.enter",
    label="登记单位",
    on="people.Jurisdiction",
    creates="people.Unit",
    who=who.registrar_of | who.administrator_of,
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
        "closed_on": closed_on,
    } | given
    before = {key: getattr(unit, key) for key in new if getattr(unit, key) != new[key]}
    for key in before:
        setattr(unit, key, new[key])
    unit.save(update_fields=list(before))
    texts = {f"before_{key}": str(value) for key, value in before.items() if value}
    return {"was": was, "changed": sorted(before), "texts": texts}


@requirement(field="name", late=True)
def proposer_is_new(call: Call) -> str | None:
    """Two of one name are told apart by sector or workplace; the same one is entered once."""
    name = str(call.given("name", "")).strip()
    same = Proposer.objects.filter(
        jurisdiction=call.obj.jurisdiction_id,
        assembly=call.obj.assembly,
        kind=call.given("kind", ""),
        name=name,
        sector=str(call.given("sector", "")).strip(),
    )
    return f"{name}已经登记，可以直接选用；同名的另一位，请写明界别或代表团。" if same.exists() else None


@requirement(field="phone", late=True)
def phone_is_one(call: Call) -> str | None:
    return phone.objection_to(str(call.given("phone", "")))


@step(
    "proposer.enter",
    label="登记提案者",
    on="proposals.Plenary",
    creates="people.Proposer",
    who=who.takes_in,
    requires=[proposer_is_new, phone_is_one],
    fields=[
        Field("kind", "类别", "word", words=ProposerKind),
        Field("name", "名称", "line"),
        Field("sector", "界别或代表团", "line", required=False),
        Field("organisation", "工作单位及职务", "line", required=False),
        Field("phone", "电话", "line", required=False),
    ],
    sentence="登记提案者{name}",
)
def enter_proposer(
    plenary: Any, *, actor: Actor, at: datetime, kind: str, name: str, **given: str
) -> tuple[Proposer, None]:
    """A member, deputy, party, committee, sector, delegation or group of the assembly."""
    given["phone"] = phone.normalised(given.get("phone", ""))
    made = Proposer.objects.create(
        jurisdiction=plenary.jurisdiction,
        assembly=Assembly(plenary.assembly),
        kind=kind,
        name=name.strip(),
        **{key: value.strip() for key, value in given.items() if value},
    )
    return made, None
