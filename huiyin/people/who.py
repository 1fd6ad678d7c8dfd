"""Every permission predicate. One sentence each; a step names one of them and nothing else decides.

A predicate looks at the actor and the object the step is taken on. Objects answer `jurisdiction_id`,
`proposal`, and where a unit has a share, `unit_id`. `stands_in` lets a registrar enter for a unit what
happened on paper (importing and the telephone are real), recorded as such in the event.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.people.actor import Actor
from huiyin.words import UNIT_ROLES, Assembly, Role


@dataclass(frozen=True)
class Who:
    """A named predicate: `label` stands in the rights table and in the sentence of a refusal."""

    label: str
    test: Callable[[Actor, Any], bool]

    def __call__(self, actor: Actor, obj: Any) -> bool:
        return _imports(actor, obj) or self.test(actor, obj)

    def sentence(self) -> str:
        return f"这一步由{self.label}办理{'' if self is system else '，请与其联系'}。"

    def __or__(self, other: "Who") -> "Who":
        return Who(f"{self.label}或{other.label}", lambda actor, obj: self(actor, obj) or other(actor, obj))


def _here(actor: Actor, obj: Any) -> bool:
    return actor.jurisdiction.pk == obj.jurisdiction_id


def _imports(actor: Actor, obj: Any) -> bool:
    """Whoever takes a ledger in enters every step that its rows stand for, in the own jurisdiction alone."""
    return actor.importing and _here(actor, obj)


def _registrar(actor: Actor, obj: Any) -> bool:
    return actor.role == Role.REGISTRAR and _here(actor, obj)


def _assembly_staff(actor: Actor, obj: Any) -> bool:
    return actor.role == Role.ASSEMBLY_STAFF and _here(actor, obj) and actor.assembly == obj.assembly


def _takes_in(actor: Actor, obj: Any, assembly: Assembly) -> bool:
    """The assembly's staff, or the registrar who enters what it has handed over on paper."""
    return obj.assembly == assembly and (_assembly_staff(actor, obj) or _registrar(actor, obj))


def _in_unit(actor: Actor, obj: Any, *roles: Role) -> bool:
    if _registrar(actor, obj):
        return actor.on_behalf_of is not None and actor.on_behalf_of.pk == obj.unit_id
    return actor.role in roles and actor.unit is not None and actor.unit.pk == obj.unit_id


def _in_one_of_units(actor: Actor, obj: Any) -> bool:
    """Of a row for which several units answer; `unit_ids` names them."""
    if _registrar(actor, obj):
        return actor.on_behalf_of is not None and actor.on_behalf_of.pk in obj.unit_ids
    return actor.role in UNIT_ROLES and actor.unit is not None and actor.unit.pk in obj.unit_ids


def _is_proposer(actor: Actor, obj: Any) -> bool:
    return (
        actor.role == Role.PROPOSER and actor.person is not None and obj.proposal.is_proposed_by(actor.person)
    )


system = Who("系统", lambda actor, obj: actor.is_system)
registrar = Who("市政府办公室", _registrar)
assembly_staff = Who("政协提案委或人大代表工委", _assembly_staff)
takes_in = assembly_staff | registrar
files_proposals = Who("政协提案委", lambda a, o: _takes_in(a, o, Assembly.CPPCC))
accepts_suggestions = Who("人大代表工委", lambda a, o: _takes_in(a, o, Assembly.NPC))
handles_for_unit = Who("承办单位联络员、承办人", lambda a, o: _in_unit(a, o, *UNIT_ROLES))
coordinates_in_unit = Who(
    "承办单位联络员、负责人", lambda a, o: _in_unit(a, o, Role.LIAISON, Role.UNIT_LEADER)
)
leads_unit = Who("承办单位负责人", lambda a, o: _in_unit(a, o, Role.UNIT_LEADER))
answers_for_promise = Who("承诺责任单位或承办单位", _in_one_of_units)
handles_in_item = Who("承办单位", _in_one_of_units)
agrees_for_unit = Who(
    "其他主办单位联络员、负责人", lambda a, o: a.role != Role.HANDLER and o.may_be_agreed_by(a.acting_unit)
)
government_leader = Who("市领导", lambda a, o: a.role == Role.GOVERNMENT_LEADER and _here(a, o))
proposer = Who("提案者", _is_proposer)
enters_evaluations = Who(
    "政协提案委、人大代表工委或市政府办公室",
    lambda a, o: a.on_behalf_of is None and (_assembly_staff(a, o) or _registrar(a, o)),
)
signer = Who(
    "署名人本人",
    lambda a, o: a.role == Role.PROPOSER and a.person is not None and o.proposer.person_id == a.person.pk,
)
evaluator = Who("收到评价邀请的提案者", lambda a, o: o.may_be_given_by(a))
imports_ledgers = takes_in | Who("系统", lambda a, o: a.is_system)
administrator = Who("系统管理员", lambda a, o: a.role == Role.ADMINISTRATOR and _here(a, o))
sets_up = registrar | administrator | system
