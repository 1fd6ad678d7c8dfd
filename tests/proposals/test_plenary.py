"""登记届次 (plenary.open) and the command `plenary`."""

import argparse
import json

import pytest

from huiyin.cli import answer
from huiyin.journal.models import Event
from huiyin.people.models import Jurisdiction
from huiyin.proposals import commands
from huiyin.proposals.models import Plenary
from huiyin.proposals.steps.opening import chinese_number
from tests.packs_for_tests import pack_version


def run(*words):
    parser = argparse.ArgumentParser()
    commands.add_parsers(parser.add_subparsers())
    args = parser.parse_args(["plenary", *words])
    return answer(args)


def add(code="zb2020", **changes):
    given = {
        "jurisdiction": "370300",
        "kind": "cppcc",
        "term": "12",
        "meeting": "4",
        "opened": "2020-01-05",
        "closed": "2020-01-08",
        "pack": "city-test",
    } | changes
    return run("add", code, *(part for name, value in given.items() for part in (f"--{name}", value)))


@pytest.fixture
def published(db):
    pack_version()


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (4, "四"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numbers_are_written_as_sessions_are_counted(number, said):
    assert chinese_number(number) == said


def test_an_unknown_jurisdiction_is_taken_in_by_its_code(published, capsys):
    assert add() == 0
    place = Jurisdiction.objects.get()
    assert (place.code, place.name, place.level) == ("370300", "淄博市", "city")
    assert "中国人民政治协商会议第十二届淄博市委员会第四次会议" in capsys.readouterr().out
    assert Event.objects.get().code == "plenary.open"


def test_a_congress_is_called_by_its_own_name(published):
    assert add("zbrd", kind="npc", term="15") == 0
    assert Plenary.objects.get().label == "淄博市第十五届人民代表大会第四次会议"
    assert Plenary.objects.get().kind == "suggestion"


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [("370000", "山东省", "province"), ("110000", "北京市", "province"), ("370303", "370303", "county")],
)
def test_level_and_name_follow_from_the_code(published, code, name, level):
    assert add(jurisdiction=code) == 0
    place = Jurisdiction.objects.get()
    assert (place.name, place.level) == (name, level)


def test_a_county_stands_below_its_city_and_may_be_named(published):
    add()
    assert add("zdq", jurisdiction="370303", name="张店区") == 0
    county = Jurisdiction.objects.get(code="370303")
    assert (county.parent.code, county.name) == ("370300", "张店区")


def test_the_list_is_json_and_nothing_else(published, capsys):
    add()
    capsys.readouterr()
    assert run("list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": "zb2020",
            "jurisdiction": "370300",
            "kind": "cppcc",
            "label": "中国人民政治协商会议第十二届淄博市委员会第四次会议",
            "opened": "2020-01-05",
            "closed": "2020-01-08",
            "pack": "city-test",
        }
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pack": "nowhere"}, "没有名为“nowhere”的规则包"),
        ({"jurisdiction": "37030"}, "应为六位数字"),
        ({"jurisdiction": "990000"}, "不对应任何省"),
        ({"closed": "2020-01-04"}, "闭幕日期不能早于开幕日期"),
        ({"term": "0"}, "届数请填1至99"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(published, capsys, changes, said):
    assert add(**changes) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert not Plenary.objects.exists()
    assert not Jurisdiction.objects.exists()


def test_a_plenary_is_entered_once(published, capsys):
    add()
    assert add() == 1
    assert "代码zb2020已经用于" in capsys.readouterr().err
    assert add("other") == 1
    assert "已经登记过了，代码是zb2020" in capsys.readouterr().err


def test_wrong_use_is_wrong_use(published):
    with pytest.raises(SystemExit) as left:
        add(opened="2020-02-30")
    assert left.value.code == 2
