"""The named people of the tests and how they stand to one item.

市教育局 leads, 市公安局 co-handles, 市自然资源局 may be asked; 市水利局 has no share. 林岚 registers, 陈一鸣
proposes with two co-signers. The strangers are another city's registrar and the unit without a share.
"""

from dataclasses import dataclass
from datetime import date

from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Person, Post, Proposer, Unit
from huiyin.proposals.models import Plenary
from huiyin.words import Assembly, Level, ProposerKind, Role
from tests.packs_for_tests import pack_version


@dataclass
class City:
    """Everybody and everything that the stories need."""

    here: Jurisdiction
    elsewhere: Jurisdiction
    plenary: Plenary
    congress: Plenary
    office: Unit
    education: Unit
    police: Unit
    land: Unit
    water: Unit
    lin_lan: Actor  # 林岚, registrar
    staff: Actor  # 政协提案委
    congress_staff: Actor  # 人大代表工委
    zhou_ning: Actor  # 周宁, handler of 市教育局
    chen_jing: Actor  # 陈静, its liaison
    gao_yuan: Actor  # 高远, its leader
    sun_yue: Actor  # 孙悦, liaison of 市公安局
    he_shan: Actor  # 何山, liaison of 市自然资源局
    mayor_wang: Actor  # 王市长
    auditor: Actor
    administrator: Actor
    chen_yiming: Actor  # 陈一鸣, the lead proposer, logged in
    lead_proposer: Proposer
    co_signers: list[Proposer]
    co_signer: Actor  # the first co-signer, logged in
    deputy: Proposer
    stranger: Actor  # registrar of another city
    unit_without_share: Actor  # liaison of 市水利局


def _person(name: str) -> Person:
    return Person.objects.create(username=f"u{Person.objects.count() + 1}", name=name)


def actor(name: str, role: Role, here: Jurisdiction, unit: Unit | None = None, **more: object) -> Actor:
    """A new person in a new post."""
    return Actor.of(
        Post.objects.create(person=_person(name), role=role, jurisdiction=here, unit=unit, **more)
    )


def proposer(name: str, here: Jurisdiction, person: Person | None = None, **more: object) -> Proposer:
    given = {"assembly": Assembly.CPPCC, "kind": ProposerKind.MEMBER} | more
    return Proposer.objects.create(jurisdiction=here, name=name, person=person, **given)


def city() -> City:
    """A fresh city with its people; one plenary of each assembly, on the pack `city-test`."""
    pack_version()
    here = Jurisdiction.objects.create(code="370300", name="淄博市", level=Level.CITY)
    elsewhere = Jurisdiction.objects.create(code="370200", name="青岛市", level=Level.CITY)
    units = {
        key: Unit.objects.create(jurisdiction=here, name=name, is_office=key == "office")
        for key, name in {
            "office": "市政府办公室",
            "education": "市教育局",
            "police": "市公安局",
            "land": "市自然资源局",
            "water": "市水利局",
        }.items()
    }
    chen_yiming = actor("陈一鸣", Role.PROPOSER, here)
    co_signer = actor("刘敏", Role.PROPOSER, here)
    return City(
        here=here,
        elsewhere=elsewhere,
        **plenaries(here),
        **units,
        **_government(here, elsewhere, units),
        chen_yiming=chen_yiming,
        co_signer=co_signer,
        lead_proposer=proposer("陈一鸣", here, chen_yiming.person),
        co_signers=[proposer("刘敏", here, co_signer.person), proposer("赵强", here)],
        deputy=proposer("钱进", here, kind=ProposerKind.DEPUTY, assembly=Assembly.NPC),
    )


def plenaries(here: Jurisdiction, pack: str = "city-test") -> dict[str, Plenary]:
    days = {"opened_on": date(2020, 1, 5), "closed_on": date(2020, 1, 8), "pack_code": pack}
    return {
        "plenary": Plenary.objects.create(
            jurisdiction=here,
            code="zx12-4",
            assembly=Assembly.CPPCC,
            term=12,
            meeting=4,
            label="中国人民政治协商会议第十二届淄博市委员会第四次会议",
            **days,
        ),
        "congress": Plenary.objects.create(
            jurisdiction=here,
            code="rd15-4",
            assembly=Assembly.NPC,
            term=15,
            meeting=4,
            label="淄博市第十五届人民代表大会第四次会议",
            **days,
        ),
    }


def _government(here: Jurisdiction, elsewhere: Jurisdiction, units: dict[str, Unit]) -> dict[str, Actor]:
    return {
        "lin_lan": actor("林岚", Role.REGISTRAR, here, units["office"]),
        "staff": actor("政协工作人员", Role.ASSEMBLY_STAFF, here, assembly=Assembly.CPPCC),
        "congress_staff": actor("人大工作人员", Role.ASSEMBLY_STAFF, here, assembly=Assembly.NPC),
        "zhou_ning": actor("周宁", Role.HANDLER, here, units["education"], division="基础教育科"),
        "chen_jing": actor("陈静", Role.LIAISON, here, units["education"]),
        "gao_yuan": actor("高远", Role.UNIT_LEADER, here, units["education"]),
        "sun_yue": actor("孙悦", Role.LIAISON, here, units["police"]),
        "he_shan": actor("何山", Role.LIAISON, here, units["land"]),
        "mayor_wang": actor("王市长", Role.GOVERNMENT_LEADER, here),
        "auditor": actor("审计员", Role.AUDITOR, here),
        "administrator": actor("管理员", Role.ADMINISTRATOR, here),
        "stranger": actor("外市经办人", Role.REGISTRAR, elsewhere),
        "unit_without_share": actor("水利联络员", Role.LIAISON, here, units["water"]),
    }
