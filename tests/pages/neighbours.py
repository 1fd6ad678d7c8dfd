"""Three items that look alike and belong to different people: one's own, a neighbour's, another city's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.desks.models import SavedView
from huiyin.evaluations import links
from huiyin.evaluations.models import Evaluation
from huiyin.files.models import Attachment
from huiyin.ledgers import steps as ledger_steps
from huiyin.ledgers.drafts import bring
from huiyin.ledgers.importing import Options
from huiyin.ledgers.models import ImportDraft, LedgerImport
from huiyin.notices.models import open_feed
from huiyin.people.actor import Actor
from huiyin.people.models import Post, Unit
from huiyin.proposals.models import Draft, Plenary, Proposal
from huiyin.proposals.steps import receive
from huiyin.proposals.writing import begin
from huiyin.replies.models import Reply
from huiyin.reporting.models import Snapshot
from huiyin.reporting.steps import freeze
from huiyin.scores.steps import freeze as publish_scores
from huiyin.supervision import steps as supervision
from huiyin.supervision.models import DispatchRound, Meeting, Sample
from huiyin.topics.steps import join, open_topic
from huiyin.words import Role
from tests import people
from tests.people import City
from tests.stories import answering, handling, intake
from tests.stories.moments import at

NOW = "2020-04-13"


@dataclass
class Neighbour:
    """One item with everything that an address may name."""

    item: Proposal
    reply: Reply
    form: Evaluation
    file: Attachment
    plenary: Plenary
    frozen: Snapshot
    brought: LedgerImport
    on_its_way: ImportDraft
    post: Post
    account: Post
    draft: Draft
    view: SavedView
    feed: str
    round: DispatchRound
    sample: Sample
    meeting: Meeting

    @property
    def unit(self) -> Unit:
        return self.reply.assignment.unit

    @property
    def event(self) -> Any:
        return self.item.events.get(code="reply.issue")

    @property
    def topic(self) -> Any:
        return self.item.topicitems.get().topic

    @property
    def scored(self) -> Any:
        return self.plenary.score_sheets.get(label="试考").scores.get(unit=self.reply.assignment.unit)

    @property
    def token(self) -> str:
        return links.token_of(self.form)


def _upload() -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("佐证.txt", "已完成".encode(), "text/plain")]


def own(city: City) -> Neighbour:
    """市教育局 leads, 陈一鸣 proposes, through 政协."""
    reply = answering.issued(city, title="关于我的提案", evidence=_upload())
    return _all(reply, city.lin_lan, city.chen_jing, city.sun_yue)


def neighbours(city: City) -> Neighbour:
    """A deputy's suggestion that 市水利局 leads: nobody's of the named people but the offices'."""
    made = receive(
        city.congress,
        actor=city.congress_staff,
        at=at("2020-01-06"),
        title="关于邻居的建议",
        proposers=[city.deputy],
        points=[{"text": "疏浚河道"}],
    ).subject
    share = handling.assigned(city, intake.classified(city, intake.registered(city, made)), lead=city.water)
    reply = answering.issued(city, answering.at_work_on(city, share), evidence=_upload())
    return _all(reply, city.lin_lan, city.unit_without_share, city.sun_yue)


def another_citys(city: City) -> Neighbour:
    """The same in 青岛, with people of its own."""
    there = _city_of(city.elsewhere, city)
    reply = answering.issued(there, title="关于外市的提案", evidence=_upload())
    return _all(reply, there.lin_lan, there.chen_jing, there.sun_yue)


def _city_of(here: Any, other: City) -> City:
    units = {
        key: Unit.objects.create(jurisdiction=here, name=name, is_office=key == "office")
        for key, name in (
            ("office", "政府办"),
            ("education", "教育局"),
            ("police", "公安局"),
            ("land", "自然资源局"),
        )
    }
    units["water"] = Unit.objects.create(jurisdiction=here, name="水利局")
    chen_yiming = people.actor("外市委员", Role.PROPOSER, here)
    days = {"opened_on": date(2020, 1, 5), "closed_on": date(2020, 1, 8), "pack_code": "city-test"}
    plenaries = {
        name: Plenary.objects.create(
            jurisdiction=here,
            code=f"qd-{name}",
            assembly=kind,
            term=12,
            meeting=4,
            label=f"青岛{name}",
            **days,
        )
        for name, kind in (("plenary", "cppcc"), ("congress", "npc"))
    }
    return City(
        here=here,
        elsewhere=other.here,
        **plenaries,
        **units,
        **people._government(here, other.here, units),
        chen_yiming=chen_yiming,
        co_signer=chen_yiming,
        lead_proposer=people.proposer("外市委员", here, chen_yiming.person),
        co_signers=[],
        deputy=people.proposer("外市代表", here, kind="deputy", assembly="npc"),
    )


def _all(reply: Reply, office: Actor, unit: Actor, account: Actor) -> Neighbour:
    item = Proposal.objects.get(pk=reply.proposal.pk)
    plenary = item.plenary
    frozen = freeze(plenary, actor=office, at=at(NOW), as_of=date(2020, 4, 10), label="试算").subject
    brought = ledger_steps.start(
        plenary, actor=office, at=at(NOW), file_name=f"{plenary.code}.xlsx", digest="0" * 64
    ).subject
    sheet = "编号,案由\n1,甲\n".encode()
    on_its_way = bring(sheet, "台账.csv", plenary, actor=office, options=Options())
    matter = {"kind": "problem", "title": "归到一处的问题", "description": "几件反映同一个问题。"}
    topic = open_topic(
        plenary.jurisdiction, actor=office, at=at(NOW), unit=reply.assignment.unit, **matter
    ).subject
    join(item, actor=office, at=at(NOW), topic=topic)
    until = {"as_of": date(2020, 4, 11), "appeals_until": date(2020, 4, 30)}
    publish_scores(plenary, actor=office, at=at(NOW), label="试考", **until)
    form = Evaluation.objects.waiting().filter(reply=reply).order_by("id").first()
    assert form is not None
    file = reply.evidence.get()
    draft = begin(item.signers()[0].proposer, plenary, at(NOW))
    kept = {"name": "常看的", "saved_at": at(NOW)}
    view = SavedView.objects.create(jurisdiction=plenary.jurisdiction, person=unit.person, **kept)
    posts = (unit.post, account.post)
    feed = open_feed(unit.person, at(NOW))
    asked = supervision.dispatch.open_round(
        plenary, actor=office, at=at(NOW), title="进度调度", asks="到哪一步", due_on=date(2020, 4, 20)
    ).subject
    sample = supervision.draw(plenary, actor=office, at=at(NOW), title="抽查", share=1).subject
    meeting = supervision.record_meeting(
        plenary, actor=office, at=at(NOW), kind="talk", title="座谈", proposals=[item]
    ).subject
    made = (draft, view, feed, asked, sample, meeting)
    return Neighbour(item, reply, form, file, plenary, frozen, brought, on_its_way, *posts, *made)
