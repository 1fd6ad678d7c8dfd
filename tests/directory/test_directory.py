"""Who works where: units with their codes, persons with their posts, telephones, and staff that change."""

from datetime import date

import pytest

from huiyin.journal.step import Refused
from huiyin.people import credit, directory, phone, places
from huiyin.people.models import Jurisdiction, Post
from huiyin.words import Level, Role

# Made up: no registration authority gives out bodies that begin with HUYN; check characters worked out by hand.
CODE = "11370300HUYN0001"


def code(body=CODE, organisation="5"):
    return body + organisation + credit.check_character(body + organisation)


def test_a_code_with_a_true_check_character_is_taken():
    assert credit.objection_to(code()) is None
    assert credit.objection_to("") is None
    assert credit.objection_to(f" {code().lower()} ") is None


def test_the_example_of_the_standards_arithmetic():
    """Weights 1, 3, 9, 27, 19 … modulo 31: a body of sixteen zeros and a one gives 31 - 3^16 mod 31 = 31 - 28."""
    assert credit.check_character("0" * 16 + "1") == "3"
    assert credit.check_character("1" + "0" * 16) == "Y"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (code()[:-1], "有17位"),
        (code()[:-1] + ("0" if code()[-1] != "0" else "1"), "校验位不对"),
        ("I" + code()[1:], "不应出现“I”"),
    ],
)
def test_a_code_that_cannot_be_is_refused_with_a_sentence(given, said):
    assert said in (credit.objection_to(given) or "")


def test_any_single_wrong_character_is_noticed():
    right = code()
    for place, sign in enumerate(right):
        for other in credit.ALPHABET:
            if other != sign:
                assert credit.objection_to(right[:place] + other + right[place + 1 :])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("138 0000 0000", "13800000000"),
        ("(0533)2183456", "05332183456"),
        ("+86 0533-2183456转8", "0533-2183456-8"),
    ],
)
def test_telephones_are_kept_as_digits(given, kept):
    assert phone.normalised(given) == kept
    assert phone.objection_to(given) is None


def test_an_identity_number_is_no_telephone():
    assert "身份证号" in (phone.objection_to("37030019800101001X") or "")
    assert "不像电话" in (phone.objection_to("见附件") or "")


def test_a_telephone_is_masked():
    assert phone.masked("13812345678") == "138****5678"
    assert phone.masked("") == ""


@pytest.fixture
def here(db):
    return Jurisdiction.objects.create(code="370300", name="淄博市", level=Level.CITY)


def test_places_are_known_by_their_codes():
    assert places.name_of("370300") == "淄博市"
    assert len(places.names()) > 360
    assert all(len(one) == 6 and name for one, name in places.names().items())
    assert places.parent_codes("370303") == ["370300", "370000"]


def test_a_code_belongs_to_one_unit(here):
    directory.take_in_unit(here, "市教育局", credit_code=code())
    with pytest.raises(Refused, match="已经登记在“市教育局”名下"):
        directory.take_in_unit(here, "市公安局", credit_code=code())


def test_a_persons_post_needs_what_its_role_needs(here):
    person = directory.take_in_person("chenjing", "陈静", telephone="138 0000 0000")
    assert person.phone == "13800000000"
    with pytest.raises(Refused, match="写明所在单位"):
        directory.appoint(person, Role.LIAISON, here)
    with pytest.raises(Refused, match="政协还是人大"):
        directory.appoint(person, Role.ASSEMBLY_STAFF, here)


def test_a_log_in_name_is_given_once(here):
    directory.take_in_person("chenjing", "陈静")
    with pytest.raises(Refused, match="已经有人使用"):
        directory.take_in_person("chenjing", "陈晶")


def test_a_post_does_not_end_before_it_began(here):
    post = directory.appoint(
        directory.take_in_person("a", "甲"), Role.REGISTRAR, here, from_on=date(2020, 1, 1)
    )
    with pytest.raises(Refused, match="不能早于任职"):
        directory.end_post(post, date(2019, 12, 31))


def test_who_has_left_no_longer_acts(city, client):
    Post.objects.filter(pk=city.lin_lan.post.pk).update(to_on="2020-01-01")
    from huiyin.people.middleware import posts_of

    class Request:
        user = city.lin_lan.person
        session: dict = {}

    assert posts_of(Request()) == []
