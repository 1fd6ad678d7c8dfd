"""From an empty home to a working city, by the pages alone."""

from django.test import Client

from huiyin.journal import chain
from huiyin.journal.models import Event
from huiyin.people.models import Jurisdiction, Person, Proposer, Unit
from huiyin.proposals.models import Plenary, Proposal
from huiyin.setup import code
from tests.setup.sitting import MEMBERS, PASSWORD, UNITS, Sitting, workbook

SET_UP = {
    "jurisdiction.change",
    "jurisdiction.choose_pack",
    "post.appoint",
    "unit.enter",
    "plenary.open",
    "proposer.enter",
}


def logged_in(name: str) -> Sitting:
    """In another browser, by the log-in page."""
    made = Sitting()
    made.sends("/login/", username=name, password=PASSWORD)
    assert made.address == "/", made.text
    return made


def sets_a_password(link: str) -> None:
    """The person opens the link and chooses a password."""
    own = Sitting()
    own.opens(link)
    sent = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    own._shows(own.client.post(own.address, sent, follow=True))
    assert "密码已经设好" in own.text


def brings_the_lists(empty: Sitting) -> None:
    office = ("市政府办公室", "政府办", "", "", "", "", "是")
    empty.brings("/setup/units/", workbook(UNITS, office, ("市教育局",)))
    assert empty.counts() == {"新增": 2, "有变化": 0, "未变": 0, "不能收": 0}
    assert not Unit.objects.exists()
    empty.presses("/setup/units/", "take")
    assert "已收进来：新增2条。" in empty.text
    assert Unit.objects.get(is_office=True).name == "市政府办公室"
    empty.opens_plenary()
    assert "中国人民政治协商会议第十三届淄博市委员会第一次会议" in empty.text
    member = ("陈一鸣", "", "", "教育界", "", "13800000003", "市一中校长")
    empty.brings("/setup/members/", workbook(MEMBERS, member)).presses("/setup/members/", "take")
    assert Proposer.objects.filter(name="陈一鸣", kind="member", term=13, sector="教育界").exists()


def test_a_city_is_set_up_and_registers_its_first_item(empty: Sitting) -> None:
    empty.opens("/")
    assert empty.address == "/setup/"
    empty.passes_code()
    empty.answers_place()
    assert empty.page.select_one("input[name=pack_code][checked]")["value"] == "zibo"
    empty.chooses_pack()
    empty.becomes_administrator()
    sets_a_password(empty.appoints("registrar", "林岚", "13800000002"))
    assert "淄博市：还差几步" in empty.opens("/setup/").text
    brings_the_lists(empty)
    assert "淄博市已经办起来了" in empty.opens("/setup/").text

    registrar = logged_in("13800000002")
    registrar.opens("/setup/")
    first = registrar.page.find("a", string="登记第一件")["href"]
    registrar.sends(
        first, title="关于增设公共充电桩的提案", kind="proposal", proposers=Proposer.objects.get().pk
    )
    assert Proposal.objects.get().plenary == Plenary.objects.get(), registrar.text
    assert set(Event.objects.values_list("code", flat=True)) >= SET_UP
    assert list(chain.breaks()) == []


def test_what_was_answered_is_still_there_after_the_browser_was_closed(empty: Sitting) -> None:
    empty.passes_code()
    empty.answers_place()
    empty.chooses_pack("generic")
    again = Sitting()
    again.opens("/setup/place/")
    assert again.address == "/setup/"  # the code first
    again.passes_code()
    again.opens("/setup/place/")
    assert again.page.select_one("input[name=name]")["value"] == "淄博市"
    again.sends("/setup/place/", code="370302", name="淄川区")
    place = Jurisdiction.objects.get()
    assert (place.code, place.name, place.level, place.pack_code) == ("370302", "淄川区", "county", "generic")
    again.opens("/setup/people/")
    assert again.status == 200


def test_questions_that_need_an_earlier_answer_lead_there(empty: Sitting) -> None:
    empty.passes_code()
    assert empty.opens("/setup/units/").address == "/setup/place/"
    empty.answers_place()
    assert empty.opens("/setup/units/").address == "/setup/people/"


def test_it_is_closed_to_strangers_as_soon_as_there_is_an_administrator(begun: Sitting) -> None:
    other = Client()
    assert other.get("/setup/").status_code == 404
    assert other.post("/setup/", {"password": "KKKK-KKKK-KKKK"}).status_code == 404
    assert other.get("/setup/units/").url == "/login/?next=/setup/units/"
    assert code.offered() == ""
    assert not code._file().exists()


def test_who_had_passed_the_code_in_another_browser_appoints_nobody(empty: Sitting) -> None:
    other = Sitting()
    other.passes_code()
    empty.passes_code()
    empty.answers_place()
    empty.becomes_administrator()
    given = {"name": "另一位", "phone": "13900000001", "password1": PASSWORD, "password2": PASSWORD}
    answer = other.client.post("/setup/people/", given)
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")
    assert Person.objects.count() == 1
