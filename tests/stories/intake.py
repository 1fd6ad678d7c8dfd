"""From the assembly to the government: received, reviewed, filed, handed over, registered, classified."""

from typing import Any

from huiyin.proposals import steps
from huiyin.proposals.models import Proposal
from tests.people import City
from tests.stories import moments
from tests.stories.moments import at

TITLE = "关于增加中心城区公办幼儿园学位的提案"


def received(city: City, *, title: str = TITLE, when: str = moments.RECEIVED, **given: Any) -> Proposal:
    """Handed in by 陈一鸣 and two co-signers, with two points."""
    plenary = given.pop("plenary", city.plenary)
    by = city.staff if plenary == city.plenary else city.congress_staff
    given = {
        "proposers": [city.lead_proposer, *city.co_signers] if plenary == city.plenary else [city.deputy],
        "proposer_kind": "joint" if plenary == city.plenary else "deputy",
        "text": "学位不足。",
        "points": [{"text": "新建两所公办幼儿园"}, {"text": "增加普惠学位"}],
    } | given
    return steps.receive(plenary, actor=by, at=at(when), title=title, **given).subject


def reviewed(city: City, proposal: Proposal | None = None, **given: Any) -> Proposal:
    proposal = proposal or received(city, **given)
    return steps.review(proposal, actor=_staff(city, proposal), at=at(moments.REVIEWED)).subject


def filed(city: City, proposal: Proposal | None = None, *, number: str = "", **given: Any) -> Proposal:
    """Filed and numbered; a suggestion is accepted."""
    if proposal is None or proposal.state == "received":
        proposal = reviewed(city, proposal, **given)
    file_it = steps.file if proposal.kind == "proposal" else steps.accept
    more = {"number": number} if number else {}
    return file_it(proposal, actor=_staff(city, proposal), at=at(moments.FILED), **more).subject


def handed_over(
    city: City, proposal: Proposal | None = None, *, when: str = moments.HANDED_OVER, **given: Any
) -> Proposal:
    if proposal is None or proposal.state != "filed":
        proposal = filed(city, proposal, **given)
    return steps.hand_over(proposal, actor=_staff(city, proposal), at=at(when)).subject


def registered(city: City, proposal: Proposal | None = None, **given: Any) -> Proposal:
    if proposal is None or proposal.state != "handed_over":
        proposal = handed_over(city, proposal, **given)
    return steps.register(proposal, actor=city.lin_lan, at=at(moments.REGISTERED)).subject


def classified(city: City, proposal: Proposal | None = None, **given: Any) -> Proposal:
    proposal = proposal or registered(city, **given)
    return steps.classify(
        proposal, actor=city.lin_lan, at=at(moments.REGISTERED), taxonomy="category", item_class="科教文卫体"
    ).subject


def _staff(city: City, proposal: Proposal):
    return city.staff if proposal.plenary_id == city.plenary.pk else city.congress_staff
