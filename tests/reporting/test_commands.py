"""`huiyin figures` and `huiyin circular`: what they print, and how they end."""

import argparse
import json
from datetime import date

import pytest

from huiyin.cli import answer
from huiyin.reporting.circular import numbers_of
from huiyin.reporting.commands import add_parsers
from huiyin.reporting.figures import figures_of
from huiyin.reporting.steps import freeze
from tests.stories import intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
AS_OF = "2020-12-31"


@pytest.fixture
def huiyin(capsys):
    """Runs a command; gives its exit code, stdout and stderr."""

    def run(*words):
        parser = argparse.ArgumentParser(prog="huiyin")
        add_parsers(parser.add_subparsers(required=True))
        args = parser.parse_args([str(word) for word in words])
        code = answer(args)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def item(city):
    return intake.classified(city)


def test_json_is_as_agreed_and_alone_on_stdout(city, item, huiyin):
    code, out, err = huiyin("figures", "--plenary", city.plenary.code, "--as-of", AS_OF, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["plenary", "as_of", "pack", "figures"]
    assert (found["plenary"], found["as_of"], found["pack"]) == ("zx12-4", AS_OF, "city-test")
    assert list(found["figures"][0]) == ["code", "label", "count", "of", "percent", "base", "note"]
    by_code = {figure["code"]: figure for figure in found["figures"]}
    assert (by_code["received.total"]["count"], by_code["received.total"]["percent"]) == (1, None)
    assert by_code["class.category.科教文卫体"]["percent"] == "100.0"


def test_every_code_of_the_design_is_there(city, huiyin):
    _, out, _ = huiyin("figures", "--plenary", city.plenary.code, "--json")
    codes = {figure["code"] for figure in json.loads(out)["figures"]}
    wanted = {
        "received.total",
        "received.in_plenary",
        "filed.total",
        "merged.count",
        "reply.rate",
        "reply.on_time",
    }
    wanted |= {"contact.rate", "second_handling.count", "answer_closed.count", "promise.total"}
    wanted |= {"promise.carried_out", "promise.overdue", "fulfilment.rate"}
    wanted |= {"mark.A", "mark.B", "mark.C", "class.category.工交城建", "class.topic.教育"}
    for dimension in ("attitude", "result"):
        ends = ("satisfied", "basic", "dissatisfied", "rate")
        wanted |= {f"satisfaction.{dimension}.{end}" for end in ends}
    assert wanted <= codes


def test_decimals_and_the_table_for_people(city, item, huiyin):
    code, out, _ = huiyin("figures", "--plenary", city.plenary.code, "--as-of", AS_OF, "--decimals", "0")
    assert code == 0
    line = next(line for line in out.splitlines() if "class.category.科教文卫体" in line)
    assert "100%" in line
    assert "承办总数" in line


def test_printed_figures_are_held_against_ours(city, item, huiyin):
    common = ("figures", "--plenary", city.plenary.code, "--as-of", AS_OF)
    right = huiyin(*common, "--printed", "class.category.科教文卫体=100%")
    assert (right[0], right[2]) == (0, "")
    code, _, err = huiyin(*common, "--printed", "class.category.科教文卫体=99.6", "--printed", "mark.Z=1")
    assert code == 1
    assert "不是99.6%" in err
    assert "没有整数件数能得出99.6%" in err
    assert "mark.Z" in err


def test_an_unknown_plenary_is_told(huiyin):
    for words in (("figures",), ("circular", "--out", "x.docx")):
        code, out, err = huiyin(*words, "--plenary", "nowhere")
        assert (code, out) == (1, "")
        assert "huiyin plenary list" in err


@pytest.mark.parametrize(
    "words",
    [
        ("figures",),
        ("figures", "--plenary", "p", "--as-of", "2020-02-30"),
        ("figures", "--plenary", "p", "--decimals", "3"),
        ("figures", "--plenary", "p", "--printed", "mark.A"),
        ("figures", "--plenary", "p", "--printed", "mark.A=many"),
        ("circular", "--plenary", "p"),
    ],
)
def test_wrong_use_ends_with_2(huiyin, words):
    with pytest.raises(SystemExit) as ended:
        huiyin(*words)
    assert ended.value.code == 2


def test_the_circular_prints_the_figures_of_its_day(city, item, huiyin, tmp_path):
    file = tmp_path / "通报.docx"
    code, out, _ = huiyin("circular", "--plenary", city.plenary.code, "--as-of", AS_OF, "--out", file)
    assert code == 0
    assert "通报.docx" in out
    found = numbers_of(file)
    assert {tag: text for tag, text in found.items() if tag == "received.total"} == {"received.total": "1"}
    assert len([tag for tag in found if ":" not in tag]) == len(figures_of(city.plenary, date(2020, 12, 31)))


def test_a_circular_from_frozen_figures_does_not_move(city, item, huiyin, tmp_path):
    frozen = freeze(
        city.plenary, actor=city.lin_lan, at=at("2021-01-04"), as_of=date(2020, 12, 31), label="通报"
    )
    intake.handed_over(city, title="关于补登的提案")
    file = tmp_path / "f.docx"
    plenary = city.plenary.code
    done = huiyin("circular", "--plenary", plenary, "--snapshot", frozen.subject.pk, "--out", file, "--json")
    assert json.loads(done[1])["as_of"] == AS_OF
    assert numbers_of(file)["received.total"] == "1"
    code, _, err = huiyin("circular", "--plenary", plenary, "--snapshot", "999", "--out", file)
    assert code == 1
    assert "没有编号为999的冻结统计" in err


def test_a_place_that_can_t_be_written_is_told(city, huiyin, tmp_path):
    code, _, err = huiyin("circular", "--plenary", city.plenary.code, "--out", tmp_path / "no" / "f.docx")
    assert code == 1
    assert "请换一个位置" in err
