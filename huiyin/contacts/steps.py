"""沟通: what was said with the proposer, before, during and after handling; confirmed by the proposer."""

from datetime import datetime
from typing import Any

from huiyin.contacts.models import Contact
from huiyin.handling.models import Assignment
from huiyin.handling.steps.assigning import STANDING
from huiyin.journal.fields import Field
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals.models import Proposership
from huiyin.words import ContactPhase, ContactWay, Response


def proposers_of_item(assignment: Assignment, actor: Actor | None = None) -> Any:
    """Everybody who is to be answered: the signers of the item and of those merged into it (R1)."""
    signed = assignment.proposal.everybody_answered()
    return Proposer.objects.filter(pk__in=signed.order_by().values("proposer"))


@Prepared
def _signs(item: int, proposer: int) -> Any:
    signed = Proposership.objects.standing().of_all(item).filter(proposer=proposer)
    return signed.order_by().values_list("pk")


@requirement(field="proposer", late=True)
def spoke_with_a_proposer(call: Call) -> str | None:
    spoken = call.given("proposer")
    if spoken is None or _signs(call.obj.proposal_id, spoken.pk):
        return None
    return f"{spoken.name}不是这一件的提案者，请重新选择。"


@step(
    "contact.log",
    label="记录沟通",
    on="handling.Assignment",
    creates="contacts.Contact",
    who=who.handles_for_unit,
    source=STANDING,
    stamps="at",
    requires=[spoke_with_a_proposer],
    fields=[
        Field("phase", "阶段", "word", words=ContactPhase),
        Field("way", "方式", "word", words=ContactWay),
        Field("proposer", "提案者", "row", required=False, options=proposers_of_item),
        Field("summary", "沟通内容", "text", required=False),
        Field("explained", "说明的原因", "text", required=False, help="不能解决的，写明向提案者说明了什么。"),
        Field("response", "提案者意见", "word", words=Response, required=False),
    ],
    tell=[tell.proposers_of],
    sentence="{unit}{phase}沟通（{way}）{response}",
)
def log(
    assignment: Assignment, *, actor: Actor, at: datetime, phase: str, way: str, **given: Any
) -> tuple[Contact, None]:
    """记录沟通: each contact with its way, what was explained and how the proposer took it."""
    kept = {name: value for name, value in given.items() if value is not None}
    made = Contact.objects.create(
        proposal=assignment.proposal, assignment=assignment, phase=phase, way=way, at=at, **kept
    )
    return made, None


@requirement(done=True)
def way_stands_open(call: Call) -> str | None:
    return None if call.obj.way_is_open else "这次沟通的方式已经登记，补录不改动原有内容。"


@step(
    "contact.supplement",
    label="补录沟通方式",
    on="contacts.Contact",
    who=who.handles_for_unit,
    requires=[way_stands_open],
    fields=[
        Field("way", "方式", "word", words=ContactWay),
        Field("summary", "沟通内容", "text", required=False),
    ],
    sentence="{unit}补录沟通方式（{way}）",
)
def supplement(contact: Contact, *, actor: Actor, at: datetime, way: str, summary: str = "") -> None:
    """补录: paper gave the day alone, and the way has become known since."""
    contact.way, contact.summary = way, summary
    contact.save(update_fields=["way", "summary"])


@requirement(done=True)
def not_confirmed_yet(call: Call) -> str | None:
    return "这次沟通已经确认过了。" if call.obj.confirmed_at else None


@step(
    "contact.confirm",
    label="确认沟通",
    on="contacts.Contact",
    who=who.proposer,
    stamps="confirmed_at",
    requires=[not_confirmed_yet],
    fields=[
        Field(
            "response",
            "本人意见",
            "word",
            words=Response,
            required=False,
            initial=lambda contact: contact.response,
        ),
        Field("note", "补充", "text", required=False),
    ],
    tell=[tell.unit_people, tell.registrars],
    sentence="提案者确认沟通：{response}{note}",
)
def confirm(contact: Contact, *, actor: Actor, at: datetime, response: str = "", note: str = "") -> None:
    """The proposer says that it took place, and how it was taken, whatever the unit had written."""
    if response:
        contact.response = response
        contact.save(update_fields=["response"])


def missing_contacts(assignment: Assignment) -> list[ContactPhase]:
    """The pack's required contacts that do not stand in the log of this share yet, in the pack's order."""
    proposal = assignment.proposal
    required = [ContactPhase(entry.phase) for entry in proposal.pack.contacts_for(proposal.kind)]
    logged = set(assignment.contacts.values_list("phase", flat=True)) if required else set()
    return [phase for phase in required if phase not in logged]
