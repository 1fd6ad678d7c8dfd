"""`huiyin pack`: what each command prints, and how it ends."""

import argparse
import json

import pytest

from huiyin.cli import answer
from huiyin.rulepacks.commands import add_parsers
from huiyin.rulepacks.store import load_shipped, publish
from tests.rulepacks.texts import SMALL, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Run `huiyin pack …`; gives the exit code, stdout and stderr."""

    def call(*words: object) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser(prog="huiyin")
        add_parsers(parser.add_subparsers(required=True))
        args = parser.parse_args(["pack", *map(str, words)])
        code = answer(args)
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def two(tmp_path):
    publish(SMALL)
    publish(
        small("3 months", "2 months")
        .replace("2020.1", "2021.1")
        .replace("valid_from = 2020", "valid_from = 2021")
    )


def test_list_names_every_version(run):
    load_shipped()
    code, out, _ = run("list")
    assert code == 0
    assert "generic@2015.1" in out
    assert "zibo@2020.1  淄博市  自2020-01-01起施行" in out
    code, out, _ = run("list", "--json")
    rows = json.loads(out)
    assert {"generic", "zibo"} <= {row["code"] for row in rows}
    assert set(rows[0]) >= {"code", "version", "label", "jurisdiction", "valid_from", "valid_to"}


def test_list_of_one_code(run, two):
    assert [line.split()[0] for line in run("list", "--code", "sample")[1].splitlines()] == [
        "sample@2020.1",
        "sample@2021.1",
    ]
    code, _, err = run("list", "--code", "none")
    assert (code, "没有名为“none”的规则包" in err) == (1, True)


def test_show_takes_the_latest_or_the_version_named(run, two):
    assert "期限：自交办之日起2个月" in run("show", "sample")[1]
    assert "期限：自交办之日起3个月" in run("show", "sample@2020.1")[1]
    said = json.loads(run("show", "sample@2020.1", "--json")[1])
    assert (said["code"], said["version"]) == ("sample", "2020.1")
    reply = said["statements"][0]
    assert reply["topic"] == "答复期限"
    assert reply["says"]["期限"] == "自交办之日起3个月"
    assert any("政府办公室审核答复" in line for line in said["assumed"])


@pytest.mark.parametrize(
    ("name", "said"),
    [("none", "没有名为“none”的规则包"), ("sample@9", "没有版本“9”，已发布的版本有：2020.1、2021.1")],
)
def test_an_unknown_name_is_refused_with_what_there_is(run, two, name, said):
    for words in (("show", name), ("diff", name, "sample"), ("diff", "sample", name)):
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert said in err


def test_check_takes_a_good_file(run, tmp_path):
    file = tmp_path / "2020.1.toml"
    file.write_text(SMALL, encoding="utf-8")
    code, out, err = run("check", file)
    assert (code, err) == (0, "")
    assert "没有问题" in out
    assert json.loads(run("check", file, "--json")[1])["ok"] is True


def test_check_tells_every_problem_and_ends_with_1(run, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text(small("3 months", "long").replace("370300", "37"), encoding="utf-8")
    code, out, err = run("check", file)
    assert (code, out, len(err.splitlines())) == (1, "", 2)
    code, out, err = run("check", file, "--json")
    said = json.loads(out)
    assert (code, said["ok"], len(said["problems"]), len(err.splitlines())) == (1, False, 2, 2)
    assert {"file", "line", "place", "meaning"} == set(said["problems"][0])


def test_check_looks_at_the_versions_beside_it(run, tmp_path):
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.toml").write_text(SMALL.replace('"2020.1"', '"2020.2"'), encoding="utf-8")
    code, _, err = run("check", tmp_path / "b.toml")
    assert (code, "施行日期重叠" in err) == (1, True)
    (tmp_path / "b.toml").write_text(
        SMALL.replace("valid_from = 2020", "valid_from = 2021"), encoding="utf-8"
    )
    code, _, err = run("check", tmp_path / "b.toml")
    assert (code, "已经有了" in err) == (1, True)


def test_check_of_a_file_that_is_not_there(run, tmp_path):
    code, _, err = run("check", tmp_path / "none.toml")
    assert (code, "读不了这个文件" in err) == (1, True)


def test_diff_says_what_changes_for_people(run, two):
    code, out, _ = run("diff", "sample@2020.1", "sample")
    assert code == 0
    assert "答复期限：期限由“自交办之日起3个月”改为“自交办之日起2个月”。" in out
    said = json.loads(run("diff", "sample@2020.1", "sample@2021.1", "--json")[1])
    assert (said["before"]["version"], said["after"]["version"]) == ("2020.1", "2021.1")
    assert said["changes"] == out.splitlines()
    assert run("diff", "sample", "sample")[1] == "没有不同。\n"


def test_diff_takes_a_file_that_is_not_published_yet(run, two, tmp_path):
    file = tmp_path / "draft.toml"
    file.write_text(small('"6 months"', '"4 months"'), encoding="utf-8")
    assert "最长由“6个月”改为“4个月”" in run("diff", "sample@2020.1", file)[1]


def test_publish_makes_a_file_a_version_and_refuses_a_wrong_one(run, tmp_path):
    file = tmp_path / "2020.1.toml"
    file.write_text(SMALL, encoding="utf-8")
    assert run("publish", file)[:2] == (0, "已发布示例市（2020.1），自2020-01-01起施行。\n")
    file.write_text(small("3 months", "4 months"), encoding="utf-8")
    code, _, err = run("publish", file)
    assert (code, "已经发布" in err) == (1, True)
    assert run("publish", tmp_path / "none.toml")[0] == 1


def test_wrong_use_ends_with_2(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("show")
    assert ended.value.code == 2
