"""`huiyin scores`: a table for people, JSON with every row for programs, a sentence where a version is unknown."""

import json

import pytest

from huiyin import cli
from huiyin.journal.step import Refused
from tests.stories import answering

pytestmark = pytest.mark.django_db


def run(*words):
    args = cli.build_parser().parse_args(["scores", "--plenary", "zx12-4", "--as-of", "2020-07-01", *words])
    return args.run(args)


def test_every_point_with_its_rows(city, capsys):
    answering.issued(city)
    assert run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["plenary"], told["as_of"], told["pack"]) == ("zx12-4", "2020-07-01", "city-test")
    [unit] = told["units"]
    assert (unit["unit"], unit["score"]) == ("市教育局", "100.0")
    answered = next(line for line in unit["lines"] if line["measure"] == "answered_in_time")
    assert (answered["count"], answered["of"], answered["got"]) == (1, 1, "15.0")
    assert [row["worth"] for row in answered["rows"]] == [100]
    left_out = next(line for line in unit["lines"] if line["measure"] == "fulfilment")
    assert (left_out["got"], left_out["rows"]) == (None, [])


def test_a_table_for_people(city, capsys):
    answering.issued(city)
    assert run() == 0
    said = capsys.readouterr().out
    assert "市教育局" in said
    assert "试算" in said


def test_an_unknown_version_is_refused_with_those_that_are(city):
    with pytest.raises(Refused, match="没有版本“1900.1”，已发布的有：2020"):
        run("--version", "1900.1")
