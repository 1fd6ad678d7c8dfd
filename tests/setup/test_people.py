"""The code, the administrators and who else may come in."""

import stat

import pytest
from django.conf import settings
from django.test import Client

from huiyin.journal.models import Event
from huiyin.journal.step import Refused
from huiyin.people.accounts import is_looked_after
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Person, Post
from huiyin.people.steps import appoint
from huiyin.proposals.models import Plenary
from huiyin.setup import code
from huiyin.words import Role
from tests.people import City
from tests.setup.sitting import PASSWORD, Sitting

PAGES = ("", "place/", "pack/", "people/", "units/", "plenary/", "members/", "units/template.xlsx")


def test_the_code_is_kept_in_the_home_for_its_owner_alone(empty: Sitting) -> None:
    made = code.offered()
    assert code.offered() == made
    file = settings.HOME / "setup.code"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() == made
    code.forget()
    assert code.offered() != made


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "plain", "wide"])
def test_the_code_is_taken_as_people_type_it(empty: Sitting, typed: str) -> None:
    made = code.offered()
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in made)
    ways = {"lower": made.lower(), "plain": made.replace("-", ""), "wide": wide}
    empty.sends("/setup/", password=ways.get(typed, typed.format(made)))
    assert empty.address == "/setup/place/"


def test_a_wrong_code_is_said_and_many_of_them_close_the_door_for_a_while(empty: Sitting) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        empty.sends("/setup/", password="AAAA-BBBB-CCCC")
        assert empty.status == 422
        assert "开办码不对，请核对后再填。" in empty.text
    empty.sends("/setup/", password="AAAA-BBBB-CCCC")
    assert empty.status == 429
    assert "先停半小时" in empty.text
    empty.sends("/setup/", password=code.offered())
    assert empty.status == 429
    assert empty.opens("/setup/place/").address == "/setup/"


def test_an_empty_code_is_asked_for(empty: Sitting) -> None:
    empty.sends("/setup/", password="")
    assert "请填写开办码。" in empty.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "请填写姓名。"),
        ({"phone": ""}, "请填写手机号，或者登录名。"),
        ({"phone": "37030019800101001X"}, "不要填写身份证号"),
        ({"password2": "something-else-again"}, "两个密码"),
        ({"password1": "short", "password2": "short"}, "至少"),
        ({"password1": "1234567890", "password2": "1234567890"}, "常见"),
    ],
)
def test_the_first_administrator_is_asked_for_what_is_missing(
    empty: Sitting, given: dict[str, str], said: str
) -> None:
    empty.passes_code()
    empty.answers_place()
    sent = {"name": "郑管理", "phone": "13800000001", "password1": PASSWORD, "password2": PASSWORD} | given
    empty.sends("/setup/people/", **sent)
    assert empty.status == 422
    assert said in empty.text
    assert not Person.objects.exists()


def test_the_first_administrator_is_the_systems_and_the_second_the_administrators(begun: Sitting) -> None:
    first = Event.objects.get(code="post.appoint")
    assert first.actor is None
    begun.appoints("administrator", "吴管理", "13800000009")
    second = Event.objects.filter(code="post.appoint").last()
    assert second.actor.name == "郑管理"
    assert not Person.objects.get(name="吴管理").has_usable_password()
    place = Jurisdiction.objects.get()
    with pytest.raises(Refused, match="已经有系统管理员，请由系统管理员登录后办理"):
        appoint(place, actor=Actor.system(place), username="x", name="某人", role=Role.ADMINISTRATOR)


def test_the_system_appoints_nobody_but_an_administrator(empty: Sitting) -> None:
    empty.passes_code()
    place = empty.answers_place()
    with pytest.raises(Refused, match="已经有系统管理员"):
        appoint(place, actor=Actor.system(place), username="x", name="某人", role=Role.REGISTRAR)
    assert not is_looked_after()


def test_assembly_staff_are_appointed_with_their_assembly(begun: Sitting) -> None:
    begun.appoints("npc", "周代工", "13800000008")
    post = Post.objects.get(person__name="周代工")
    assert (post.role, post.assembly) == ("assembly_staff", "npc")
    begun.opens("/setup/people/")
    assert "周代工 13800000008 人大工作人员 还没设密码" in begun.text


def test_one_name_is_not_given_to_two(begun: Sitting) -> None:
    begun.sends("/setup/people/", post="registrar", name="另一位", phone="13800000001")
    assert begun.status == 422
    assert "这个登录名已经有人使用" in begun.text


def test_who_has_a_password_already_gets_one_more_post_and_no_link(begun: Sitting) -> None:
    begun.sends("/setup/people/", post="registrar", name="郑管理", phone="13800000001")
    assert "用原来的密码登录" in begun.text
    assert Person.objects.count() == 1


def test_administrator_and_registrar_come_in_later_too_and_nobody_else(city: City) -> None:
    for name, actor in vars(city).items():
        if not isinstance(actor, Actor):
            continue
        client = Client()
        client.force_login(actor.person, backend="django.contrib.auth.backends.ModelBackend")
        expected = 200 if actor.role in (Role.ADMINISTRATOR, Role.REGISTRAR) else 404
        for page in PAGES:
            assert client.get(f"/setup/{page}").status_code == expected, (name, page)


def test_the_registrar_sees_who_is_there_and_appoints_nobody(city: City) -> None:
    client = Client()
    client.force_login(city.lin_lan.person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/setup/people/").content.decode()
    assert "账号由系统管理员登记" in page
    count = Post.objects.count()
    client.post("/setup/people/", {"post": "registrar", "name": "某人", "phone": "13800000007"})
    assert Post.objects.count() == count


def test_nobody_to_log_in_is_led_to_the_code(empty: Sitting, client: Client) -> None:
    assert client.get("/login/").url == "/setup/"
    Person.objects.create(username="x", name="某人")
    page = client.get("/login/").content.decode()
    assert "还没有系统管理员" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"code": "37030"}, "应为六位数字"),
        ({"code": "990000"}, "不对应任何省"),
        ({"name": ""}, "请填写“地区名称”。"),
        ({"name": "长" * 61}, "最多60个字"),
    ],
)
def test_a_place_that_cannot_be_is_refused(empty: Sitting, given: dict[str, str], said: str) -> None:
    empty.passes_code()
    empty.sends("/setup/place/", **{"name": "淄博市", "code": "370300"} | given)
    assert empty.status == 422
    assert said in empty.text
    assert not Jurisdiction.objects.exists()


def test_the_code_of_a_place_stands_once_a_plenary_hangs_off_it(begun: Sitting) -> None:
    begun.opens_plenary()
    begun.sends("/setup/place/", code="370200")
    assert "行政区划代码不能再改" in begun.text
    begun.sends("/setup/place/", name="淄博", level="county")
    place = Jurisdiction.objects.get()
    assert (place.name, place.level, place.code) == ("淄博", "county", "370300")


def test_packs_of_the_place_and_of_those_above_stand_first(begun: Sitting) -> None:
    begun.opens("/setup/pack/")
    offered = [one["value"] for one in begun.page.select("input[name=pack_code]")]
    assert offered[:3] == ["zibo", "shandong", "generic"]
    assert "答复期限：自交办之日起3个月" in begun.text
    assert "没有查到依据、由规则包设定的" in begun.text
    begun.chooses_pack("generic")
    begun.opens("/setup/plenary/")
    assert begun.page.select_one("select[name=pack_code] option[selected]")["value"] == "generic"
    answer = begun.client.post("/setup/pack/", {"pack_code": "nowhere"})
    assert answer.status_code == 422


def test_a_plenary_entered_wrongly_is_put_right_while_nothing_rests_on_it(begun: Sitting) -> None:
    begun.opens_plenary(closed_on="2027-01-09")
    assert "闭幕日期不能早于开幕日期" in begun.text
    begun.opens_plenary()
    begun.opens_plenary()
    assert "已经登记过了" in begun.text
    begun.opens("/setup/plenary/")
    change = begun.page.find("a", string="修改")["href"]
    begun.sends(change, meeting=2, opened_on="2027-01-11")
    plenary = Plenary.objects.get()
    assert plenary.label == "中国人民政治协商会议第十三届淄博市委员会第二次会议"
    assert (plenary.meeting, plenary.opened_on.isoformat(), plenary.code) == (2, "2027-01-11", "zx13-1")


def test_a_plenary_with_items_keeps_its_days(city: City) -> None:
    from huiyin.proposals.steps import change_plenary
    from tests.stories import intake

    intake.received(city)
    given = {"assembly": "cppcc", "term": 12, "meeting": 5, "pack_code": "city-test"}
    days = {"opened_on": city.plenary.opened_on, "closed_on": city.plenary.closed_on}
    with pytest.raises(Refused, match="已有1件提案、建议，届次、日期和规则包不能再改"):
        change_plenary(city.plenary, actor=city.administrator, **given, **days)
