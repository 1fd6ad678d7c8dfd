"""Units and proposers are entered and kept up to date by steps (unit.enter, unit.change, proposer.enter)."""

from datetime import date

import pytest
from django.urls import reverse

from huiyin.journal import chain
from huiyin.journal.step import Refused
from huiyin.people import credit, steps
from huiyin.people.models import Proposer, Unit
from tests.pages.walking import Walker, words_on
from tests.stories import handling

pytestmark = pytest.mark.django_db

CODE = "11370300MB2838585"
CODE += credit.check_character(CODE)


def entered(city, **given):
    given = {"name": "市文化和旅游局", "credit_code": CODE.lower(), "duties": "公共文化、旅游"} | given
    return steps.enter_unit(city.here, actor=city.lin_lan, **given).subject


def test_a_unit_stands_with_its_code_duties_and_working_group(city):
    unit = entered(city, parent=city.office, working_group="组长李某，联络员王某")
    assert (unit.credit_code, unit.parent, unit.duties) == (CODE, city.office, "公共文化、旅游")
    assert unit.working_group == "组长李某，联络员王某"
    share = handling.assigned(city, lead=unit)
    assert share.unit == unit
    assert list(chain.breaks()) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")}, "校验位不对"),
        ({"credit_code": "1137"}, "应为18位"),
        ({"name": "市教育局"}, "已经登记，内容有变的，请在单位名单里修改"),
    ],
)
def test_what_cannot_be_is_refused(city, given, said):
    with pytest.raises(Refused, match=said):
        entered(city, **given)
    assert not Unit.objects.filter(name="市文化和旅游局").exists()


def test_a_code_belongs_to_one_unit(city):
    entered(city)
    with pytest.raises(Refused, match="已经登记在“市文化和旅游局”名下"):
        steps.change_unit(city.police, actor=city.administrator, name="市公安局", credit_code=CODE)


def test_a_change_keeps_what_stood_before(city):
    unit = entered(city, short_name="文旅局")
    event = steps.change_unit(
        unit, actor=city.lin_lan, name="市文化旅游局", credit_code=CODE, duties="文化、旅游、文物"
    )
    unit.refresh_from_db()
    assert (unit.name, unit.short_name, unit.duties) == ("市文化旅游局", "", "文化、旅游、文物")
    assert dict(event.texts.values_list("name", "text"))["before_name"] == "市文化和旅游局"
    assert event.facts["changed"] == ["duties", "name", "short_name"]


def test_no_unit_stands_above_itself(city):
    below = entered(city, parent=city.education)
    with pytest.raises(Refused, match="选成了本单位或它的下级"):
        steps.change_unit(city.education, actor=city.lin_lan, name="市教育局", parent=below)


def test_a_unit_is_closed_when_it_has_nothing_in_hand(city):
    handling.assigned(city)
    given = {"actor": city.lin_lan, "closed_on": date(2020, 12, 31)}
    with pytest.raises(Refused, match="市教育局还有1件在办，请先改由承接职责的单位办理、交接承诺"):
        steps.change_unit(city.education, name="市教育局", **given)
    assert steps.change_unit(city.water, name="市水利局", **given).subject.closed_on is not None


def test_two_of_one_name_are_told_apart(city):
    def enters(**given):
        return steps.enter_proposer(
            city.plenary, actor=city.staff, kind="member", name="陈一鸣", **given
        ).subject

    assert enters(sector="教育界", phone="138 0000 1234").phone == "13800001234"
    with pytest.raises(Refused, match="同名的另一位，请写明界别或代表团"):
        enters(sector="教育界")
    assert enters(sector="经济界").assembly == "cppcc"


def test_strangers_enter_nothing(city):
    for person in (city.chen_jing, city.stranger, city.auditor, city.chen_yiming):
        with pytest.raises(Refused, match="这一步由"):
            steps.enter_unit(city.here, actor=person, name="新单位")
        with pytest.raises(Refused, match="这一步由"):
            steps.change_unit(city.water, actor=person, name="市水利局")
    with pytest.raises(Refused, match="这一步由"):
        steps.enter_proposer(city.plenary, actor=city.congress_staff, kind="deputy", name="新代表")


def test_it_is_done_from_the_pages(city):
    walker = Walker().is_(city.lin_lan)
    walker.does(steps.enter_unit, city.here, name="市文化和旅游局", credit_code=CODE, duties="公共文化")
    unit = Unit.objects.get(name="市文化和旅游局")
    assert "公共文化" in words_on(walker.sees(reverse("people:units")))
    walker.does(steps.change_unit, unit, duties="公共文化、旅游")
    page = words_on(walker.sees(f"{reverse('people:units')}?q=旅游"))
    assert "公共文化、旅游" in page
    assert "市水利局" not in page
    walker.is_(city.staff).does(steps.enter_proposer, city.plenary, kind="party", name="民建淄博市委会")
    assert Proposer.objects.get(name="民建淄博市委会").kind == "party"
