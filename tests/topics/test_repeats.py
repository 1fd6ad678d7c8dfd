"""The same item raised again is found, proposed to the registrar, marked, and shown with what was said before."""

import pytest

from huiyin.journal.models import Event
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.journal.work import work
from huiyin.people.models import Unit
from huiyin.topics import steps
from huiyin.topics.finding import likely_repeats
from huiyin.topics.models import Repeat
from huiyin.topics.words import Likeness
from tests.stories import intake
from tests.stories.moments import at
from tests.stories.widening import AGAIN, raised_before

pytestmark = pytest.mark.django_db


def told(event):
    return set(event.deliveries.values_list("receiver", flat=True))


def test_what_comes_back_is_proposed_when_it_is_registered(city):
    old = raised_before(city)
    item = intake.registered(city, title=AGAIN)
    repeat = Repeat.objects.get()
    assert (repeat.proposal, repeat.earlier, repeat.why, repeat.state) == (
        item,
        old,
        Likeness.PROPOSER,
        "proposed",
    )
    event = Event.objects.get(code="repeat.propose")
    assert event.actor is None
    assert city.lin_lan.person.pk in told(event)
    assert list(Repeat.objects.visible_to(city.staff)) == []
    steps.confirm(repeat, actor=city.lin_lan, at=at("2020-01-15"))
    assert list(Repeat.objects.visible_to(city.staff)) == [repeat]
    said = sentence(Event.objects.get(code="repeat.confirm"))
    assert said == f"认定为重复提出：2019年{old}"


def test_another_wording_and_another_proposer_are_found_by_the_title(city):
    raised_before(city, proposers=[city.co_signers[1]], proposer_kind="member")
    intake.registered(city, title=AGAIN)
    assert Repeat.objects.get().why == Likeness.TITLE


def test_what_is_about_something_else_is_not(city):
    raised_before(city)
    item = intake.registered(city, title="关于保护古树名木的提案")
    assert likely_repeats(item) == []
    assert not Repeat.objects.exists()


@pytest.mark.parametrize(
    ("earlier", "now", "again"),
    [
        ("关于解决张店区停车难的提案", "关于解决张店区上学难的提案", False),  # one district, two matters
        ("关于打通张店区断头路的提案", "关于打通淄川区断头路的提案", False),  # one matter, two districts
        ("关于进一步打通断头路的提案", "关于打通张店区断头路的提案", True),
        ("关于打通张店断头路的提案", "关于打通张店区断头路的建议", True),
        ("关于扶持张店区高新技术企业的提案", "关于扶持张店区技术企业的提案", True),  # 高新 alone is no place
    ],
)
def test_the_name_of_a_district_is_not_the_matter(city, earlier, now, again):
    for name in ("张店区人民政府", "淄川区政府", "高新区管委会"):
        Unit.objects.create(jurisdiction=city.here, name=name)
    old = raised_before(city, title=earlier, proposers=[city.co_signers[1]], proposer_kind="member")
    item = intake.registered(city, title=now)
    assert likely_repeats(item) == ([(old, Likeness.TITLE)] if again else [])


def test_of_the_same_plenary_nothing_is_raised_again(city):
    """There they are merged."""
    first = intake.registered(city, title=AGAIN)
    item = intake.registered(city, title=AGAIN)
    assert not Repeat.objects.exists()
    with pytest.raises(Refused, match="并案"):
        steps.mark(item, actor=city.lin_lan, at=at("2020-01-15"), earlier=first)


def test_what_is_set_aside_is_not_asked_again(city):
    raised_before(city)
    intake.registered(city, title=AGAIN)
    repeat = steps.dismiss(
        Repeat.objects.get(), actor=city.lin_lan, at=at("2020-01-15"), reason="另一处"
    ).subject
    event = steps.search(city.plenary, actor=city.lin_lan, at=at("2020-01-16"))
    assert (event.facts["found"], Repeat.objects.count()) == (0, 1)
    steps.mark(repeat.proposal, actor=city.lin_lan, at=at("2020-01-17"), earlier=repeat.earlier)
    assert [row.state for row in Repeat.objects.order_by("pk")] == ["dismissed", "confirmed"]


def test_a_ledger_taken_in_is_looked_through_afterwards(city):
    raised_before(city)
    with work(history=True):
        item = intake.registered(city, title=AGAIN)
    assert not Repeat.objects.exists()
    steps.search(city.plenary, actor=city.lin_lan, at=at("2020-01-16"))
    assert Repeat.objects.get().proposal == item


def test_by_hand_where_titles_say_it_otherwise(city):
    old = raised_before(city)
    item = intake.registered(city, title="关于缓解老城停放压力的提案")
    made = steps.mark(item, actor=city.lin_lan, at=at("2020-01-15"), earlier=old)
    assert made.subject.why == Likeness.BY_HAND
    with pytest.raises(AlreadyDone, match="已经认定"):
        steps.mark(item, actor=city.lin_lan, at=at("2020-01-15"), earlier=old)
    with pytest.raises(Refused, match="市政府办公室"):
        steps.dismiss(made.subject, actor=city.chen_jing, at=at("2020-01-15"))
