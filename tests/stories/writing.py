"""A proposer's draft, and those asked to sign it."""

from datetime import date
from typing import Any

from huiyin.people.models import Proposer
from huiyin.proposals.models import Draft, Invitation
from huiyin.proposals.steps import invite_co_signers
from huiyin.proposals.writing import begin, keep
from tests.people import City
from tests.stories.moments import at

TEXT = {
    "title": "关于改造老旧小区供水管网的提案",
    "situation": "全市还有三百个小区的管网用了三十年以上。",
    "analysis": "产权没有移交，维修没有资金。",
    "points": ["两年内完成管网检测。", "把改造列入年度预算。"],
}


def drafted(city: City, when: str = "2020-01-05", **given: Any) -> Draft:
    draft = begin(city.lead_proposer, city.plenary, at(when))
    keep(draft, TEXT | given, at(when))
    return draft


def co_signers_invited(
    city: City,
    draft: Draft | None = None,
    when: str = "2020-01-05",
    closes_on: date = date(2020, 1, 10),
    proposers: list[Proposer] | None = None,
) -> Draft:
    draft = draft or drafted(city, when)
    asked = proposers or [city.co_signers[0]]
    event = invite_co_signers(
        draft, actor=city.chen_yiming, at=at(when), closes_on=closes_on, proposers=asked
    )
    made: Draft = event.subject
    return made


def invitation(draft: Draft, proposer: Proposer) -> Invitation:
    return Invitation.objects.get(draft=draft, proposer=proposer)
