"""The made city: units with their people, leaders, office and assembly staff, proposers. All names are made up."""

from dataclasses import dataclass
from functools import cached_property
from random import Random

from huiyin.demo.content import read, rows
from huiyin.demo.credit import made_up_code
from huiyin.demo.names import Names, Person
from huiyin.words import Assembly, ProposerKind, Role

CODE, NAME = "370300", "淄博市"
PROPOSERS = 400
DEPUTIES = 30
CREDIT_KINDS = {"office": "11", "department": "11", "district": "11", "institution": "12", "body": "13"}
TWO_HANDLERS = {
    "zhujian",
    "jiaoyu",
    "jiaotong",
    "weijian",
    "nongye",
    "gongxin",
    "shengtai",
    "minzheng",
    "renshe",
}
SELF = {
    "委": "我委",
    "办": "我办",
    "室": "我室",
    "队": "我支队",
    "司": "我公司",
    "团": "我公司",
    "馆": "我馆",
}


@dataclass(frozen=True)
class Unit:
    """承办单位. `we` is how its letters speak of it, `letter` its word in document numbers."""

    key: str
    name: str
    short_name: str
    kind: str
    parent: str
    credit_code: str
    duties: str
    working_group: str
    says: tuple[str, ...]
    we: str
    letter: str
    division: str
    liaison: Person
    handlers: tuple[Person, ...]
    leader: Person


@dataclass(frozen=True)
class Leader:
    """市领导 with the division of work and the units in it."""

    person: Person
    work: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Proposer:
    """A member, deputy, party, body, sector, committee or delegation; `person` logs in for it."""

    key: str
    kind: ProposerKind
    assembly: Assembly
    name: str
    sector: str
    organisation: str
    person: Person

    @property
    def is_one_person(self) -> bool:
        return self.kind in (ProposerKind.MEMBER, ProposerKind.DEPUTY)

    @property
    def call(self) -> str:
        """How a letter addresses it."""
        ending = {ProposerKind.MEMBER: "委员", ProposerKind.DEPUTY: "代表"}.get(self.kind, "")
        return f"{self.name}{ending}"


@dataclass(frozen=True)
class City:
    code: str
    name: str
    units: tuple[Unit, ...]
    leaders: tuple[Leader, ...]
    registrars: tuple[Person, ...]
    assembly_staff: tuple[Person, ...]
    auditor: Person
    administrator: Person
    proposers: tuple[Proposer, ...]

    @cached_property
    def unit_by_key(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in self.units}

    @cached_property
    def proposer_by_key(self) -> dict[str, Proposer]:
        return {proposer.key: proposer for proposer in self.proposers}

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who can be played, once."""
        of_units = [person for u in self.units for person in (u.liaison, *u.handlers, u.leader)]
        others = [*self.registrars, *self.assembly_staff, self.auditor, self.administrator]
        leaders = [leader.person for leader in self.leaders]
        return (*of_units, *others, *leaders, *(proposer.person for proposer in self.proposers))

    @cached_property
    def person_by_key(self) -> dict[str, Person]:
        return {person.key: person for person in self.people}

    def leader_of(self, unit: str) -> Leader:
        """The leader in whose division of work a unit is; the executive vice mayor where none is named."""
        return next((leader for leader in self.leaders if unit in leader.units), self.leaders[1])


# How the head of a unit is called, by the end of its name; of a company 总经理.
HEADS = (
    ("管委会", "主任"),
    ("区政府", "区长"),
    ("县政府", "县长"),
    ("支队", "支队长"),
    ("局", "局长"),
    ("团市委", "书记"),
    ("委", "主任"),
    ("室", "主任"),
    ("办", "主任"),
    ("中心", "主任"),
    ("馆", "馆长"),
    ("残联", "理事长"),
    ("红十字会", "常务副会长"),
    ("妇联", "主席"),
    ("总工会", "主席"),
)


def _we(name: str, kind: str) -> str:
    if kind == "district":
        return "我县" if "县" in name else "我区"
    if name.endswith("中心"):
        return "我中心"
    if name.endswith("办公室"):
        return "我办"
    if kind == "body":
        return "我委" if name == "团市委" else "我会"
    return SELF.get(name[-1], "我局")


def _unit(row: tuple[str, ...], serial: int, letter: str, division: str, names: Names) -> Unit:
    key, name, short_name, kind, parent, duties, says = row
    post = next((title for ending, title in HEADS if name.endswith(ending)), "总经理")
    leader = names.person(f"{key}.leader", Role.UNIT_LEADER, post, unit=key)
    liaison = names.person(f"{key}.liaison", Role.LIAISON, "办公室主任", unit=key, division="办公室")
    count = 2 if key in TWO_HANDLERS else 1
    handlers = tuple(
        names.person(
            f"{key}.handler{number}",
            Role.HANDLER,
            f"{division}{'承办人' if number == 1 else '负责人'}",
            unit=key,
            division=division,
            is_chief=number > 1,
        )
        for number in range(1, count + 1)
    )
    return Unit(
        key=key,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        credit_code=made_up_code(CREDIT_KINDS.get(kind, "91"), CODE, serial),
        duties=duties,
        working_group=f"组长{leader.name}（{post}），副组长{liaison.name}（办公室主任），成员为各承办科室负责人。",
        says=tuple(says.split("／")),
        we=_we(name, kind),
        letter=letter,
        division=division,
        liaison=liaison,
        handlers=handlers,
        leader=leader,
    )


def _units(names: Names) -> tuple[Unit, ...]:
    letters = {key: (letter, division) for key, letter, division in rows(read("letters")["units"], 3)}
    table = rows(read("units")["units"], 7)
    return tuple(_unit(row, number, *letters[row[0]], names) for number, row in enumerate(table, 1))


def _leaders(names: Names) -> tuple[Leader, ...]:
    """Mayor, executive vice mayor, vice mayors, secretary-general, each with units."""
    keys = ["mayor", *(f"vice{number}" for number in range(1, 9)), "secretary"]
    return tuple(
        Leader(names.person(key, Role.GOVERNMENT_LEADER, title, division=work), work, tuple(units.split()))
        for key, (title, work, units) in zip(keys, rows(read("leaders")["leaders"], 3), strict=True)
    )


def _groups(names: Names) -> list[Proposer]:
    """Parties, people's bodies, committees and sectors, each with somebody who logs in for it."""
    table = read("sectors")
    kinds = (
        ("party", ProposerKind.PARTY, table["parties"], "专职副主委"),
        ("body", ProposerKind.BODY, table["bodies"], "办公室主任"),
        ("committee", ProposerKind.COMMITTEE, table["committees"], "委员会办公室主任"),
        ("sector", ProposerKind.SECTOR, table["sector_groups"], "界别召集人"),
    )
    return [
        Proposer(
            key=(key := f"{prefix}{number:02d}"),
            kind=kind,
            assembly=Assembly.CPPCC,
            name=name,
            sector=name.removesuffix("市委会"),
            organisation=name,
            person=names.person(key, Role.PROPOSER, title),
        )
        for prefix, kind, listed, title in kinds
        for number, name in enumerate(listed.split(), 1)
    ]


def _member(number: int, names: Names, rng: Random) -> Proposer:
    table = read("sectors")
    jobs = {row[0]: row[1] for row in rows(table["jobs"], 2)}
    sector = rng.choice(table["sectors"].split())
    job = rng.choice(jobs.get(sector, table["any_jobs"]).split())
    person = names.person(f"m{number:03d}", Role.PROPOSER, job)
    return Proposer(person.key, ProposerKind.MEMBER, Assembly.CPPCC, person.name, sector, job, person)


def _deputies(names: Names, rng: Random) -> list[Proposer]:
    table = read("sectors")
    delegations, jobs = table["delegations"].split(), table["deputies_jobs"].split()
    found = []
    for number in range(1, DEPUTIES + 1):
        job = rng.choice(jobs)
        person = names.person(f"d{number:02d}", Role.PROPOSER, job)
        group = delegations[number % len(delegations)]
        found.append(Proposer(person.key, ProposerKind.DEPUTY, Assembly.NPC, person.name, group, job, person))
    for number, name in enumerate(delegations, 1):
        key = f"delegation{number:02d}"
        person = names.person(key, Role.PROPOSER, "代表团联络员")
        found.append(Proposer(key, ProposerKind.DELEGATION, Assembly.NPC, name, name, name, person))
    return found


def make_city(seed: int = 20) -> City:
    """The city of a seed; the same seed gives the same city."""
    names = Names(seed)
    rng = Random(f"city:{seed}")
    units = _units(names)
    office = "bangongshi"
    registrars = tuple(
        names.person(f"registrar{number}", Role.REGISTRAR, title, unit=office, division="建议提案科")
        for number, title in enumerate(("建议提案科科长", "建议提案科副科长", "建议提案科科员"), 1)
    )
    staff = [(Assembly.CPPCC, "市政协提案委员会办公室", n) for n in (1, 2, 3)]
    staff += [(Assembly.NPC, "市人大常委会代表工作委员会", n) for n in (1, 2)]
    assembly_staff = tuple(
        names.person(f"{assembly}{n}", Role.ASSEMBLY_STAFF, title, assembly=str(assembly))
        for assembly, title, n in staff
    )
    leaders = _leaders(names)
    groups = _groups(names)
    members = [_member(number, names, rng) for number in range(1, PROPOSERS - len(groups) + 1)]
    return City(
        code=CODE,
        name=NAME,
        units=units,
        leaders=leaders,
        registrars=registrars,
        assembly_staff=assembly_staff,
        auditor=names.person("auditor", Role.AUDITOR, "审计员"),
        administrator=names.person("administrator", Role.ADMINISTRATOR, "系统管理员"),
        proposers=(*members, *groups, *_deputies(names, rng)),
    )
