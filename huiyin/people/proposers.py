"""提案者: members, deputies and bodies of an assembly, entered and kept up to date by steps."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.entering import rewritten
from huiyin.people.models import Proposer
from huiyin.people.phone import normalised, objection_to
from huiyin.words import Assembly, ProposerKind

MOST = 99


@requirement(field="name", late=True)
def proposer_is_new(call: Call) -> str | None:
    """Two of one name are told apart by sector or workplace; the same one is entered once."""
    name, sector = (str(call.given(one, "")).strip() for one in ("name", "sector"))
    kind = call.given("kind", "")
    known = call.obj if isinstance(call.obj, Proposer) else None
    if known and (known.kind, known.name, known.sector) == (kind, name, sector):
        return None
    same = Proposer.objects.filter(
        jurisdiction=call.obj.jurisdiction_id,
        assembly=call.obj.assembly,
        kind=kind,
        name=name,
        sector=sector,
    )
    return f"{name}已经登记，可以直接选用；同名的另一位，请写明界别或代表团。" if same.exists() else None


@requirement(field="phone", late=True)
def phone_is_one(call: Call) -> str | None:
    return objection_to(str(call.given("phone", "")))


@requirement(field="term", late=True)
def term_can_be(call: Call) -> str | None:
    term = call.given("term")
    return f"届数请填1至{MOST}。" if term is not None and not 1 <= term <= MOST else None


def _fields(*, stored: bool) -> list[Field]:
    """The same values are asked of a new proposer and of one that is there."""

    def as_it_stands(name: str) -> Any:
        return (lambda proposer: getattr(proposer, name)) if stored else None

    def line(name: str, label: str, **more: Any) -> Field:
        return Field(name, label, "line", initial=as_it_stands(name), **more)

    return [
        Field("kind", "类别", "word", words=ProposerKind, initial=as_it_stands("kind")),
        line("name", "名称", most=100),
        Field(
            "term", "届", "number", required=False, initial=as_it_stands("term"), help="第几届，只填数字。"
        ),
        line("sector", "界别或代表团", required=False, most=60),
        line("organisation", "工作单位及职务", required=False, most=120),
        line("phone", "电话", required=False, most=30),
    ]


@step(
    "proposer.enter",
    label="登记提案者",
    on="proposals.Plenary",
    creates="people.Proposer",
    who=who.takes_in | who.administrator,
    requires=[proposer_is_new, phone_is_one, term_can_be],
    fields=_fields(stored=False),
    sentence="登记提案者{name}",
)
def enter_proposer(
    plenary: Any, *, actor: Actor, at: datetime, kind: str, name: str, term: int | None = None, **given: str
) -> tuple[Proposer, None]:
    """A member, deputy, party, committee, sector, delegation or group of the assembly."""
    given["phone"] = normalised(given.get("phone", ""))
    made = Proposer.objects.create(
        jurisdiction=plenary.jurisdiction,
        assembly=Assembly(plenary.assembly),
        kind=kind,
        name=name.strip(),
        term=term,
        **{key: value.strip() for key, value in given.items() if value},
    )
    return made, None


@step(
    "proposer.change",
    label="修改提案者",
    on="people.Proposer",
    who=who.takes_in | who.administrator,
    requires=[proposer_is_new, phone_is_one, term_can_be],
    fields=_fields(stored=True),
    sentence="修改提案者{was}的登记",
)
def change_proposer(
    proposer: Proposer,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    name: str,
    term: int | None = None,
    sector: str = "",
    organisation: str = "",
    phone: str = "",
) -> dict[str, Any]:
    """The whole entry as it now is; what stood before stays in the journal."""
    was = proposer.name
    new = {"name": name, "sector": sector, "organisation": organisation, "phone": normalised(phone)}
    new = {key: value.strip() for key, value in new.items()}
    found = rewritten(proposer, new | {"kind": kind, "term": term})
    return found | {"texts": {"was": was} | found["texts"]}
