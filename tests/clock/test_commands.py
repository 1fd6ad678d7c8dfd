"""`huiyin due`, `run-clock`, `calendar`: what they print, and how they refuse."""

import argparse
import json
from datetime import date

import pytest

from huiyin.cli import answer
from huiyin.clock.commands import add_parsers
from huiyin.clock.now import at
from huiyin.rulepacks.store import load_shipped
from tests.clock.test_notices import FOR_2027
from tests.clock.told import deadline, laid_out, share, tell
from tests.packs_for_tests import pack_version


def run(*argv: str) -> int:
    parser = argparse.ArgumentParser(prog="huiyin")
    add_parsers(parser.add_subparsers(dest="command"))
    args = parser.parse_args(argv)
    return answer(args)


@pytest.fixture
def pack(db):
    return pack_version()


def due(capsys, *more: str) -> dict:
    assert run("due", "--pack", "city-test", "--json", *more) == 0
    return json.loads(capsys.readouterr().out)


def test_due_says_the_date_and_why(pack, capsys):
    said = due(capsys, "--rule", "reply", "--start", "2020-02-24")
    assert list(said) == ["due_on", "provisional", "rule", "source", "skipped", "explanation"]
    assert (said["due_on"], said["provisional"], said["rule"]) == ("2020-05-25", False, "reply")
    assert said["source"] == "《测试用规则》（测字〔2020〕1号）第一条"
    assert said["skipped"] == [{"date": "2020-05-24", "why": "周末"}]
    assert said["explanation"].startswith("2020年2月24日交办，三个月届满为5月24日（星期日）")


def test_due_takes_the_rule_of_the_period_asked_for(pack, capsys):
    assert (
        due(capsys, "--rule", "reply", "--start", "2020-02-24", "--period", "between")["due_on"]
        == "2020-04-24"
    )


def test_due_takes_the_others_rule_where_a_kind_or_period_has_none(pack, capsys):
    asked = (
        "--rule",
        "return_window",
        "--start",
        "2020-02-24",
        "--kind",
        "suggestion",
        "--period",
        "between",
    )
    assert due(capsys, *asked)["due_on"] == "2020-03-02"


def test_before_the_first_version_the_first_is_used_and_said_so(pack, capsys):
    said = due(capsys, "--rule", "reply", "--start", "2018-02-26")
    assert said["due_on"] == "2018-05-28"
    assert "首个版本自2019-01-01起施行" in said["explanation"]


def test_due_beyond_the_last_notice_is_provisional(pack, capsys):
    assert due(capsys, "--rule", "reply", "--start", "2026-11-24")["provisional"] is True


def test_without_json_a_person_reads_it(pack, capsys):
    assert run("due", "--pack", "city-test", "--rule", "reply", "--start", "2020-02-24") == 0
    assert capsys.readouterr().out.startswith("2020-05-25\n2020年2月24日交办，")


@pytest.mark.parametrize(
    ("named", "said"),
    [(("nowhere", "reply"), "没有名为“nowhere”的规则包"), (("city-test", "lunch"), "没有期限“lunch”")],
)
def test_an_unknown_pack_or_rule_is_refused_with_a_sentence(pack, capsys, named, said):
    assert run("due", "--pack", named[0], "--rule", named[1], "--start", "2020-02-24", "--json") == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert said in json.loads(printed.out)["refused"]


def test_a_date_beyond_all_calendars_is_refused_with_a_sentence(pack, capsys):
    assert run("due", "--pack", "city-test", "--rule", "reply", "--start", "9999-12-30") == 1
    assert "请核对起算日" in capsys.readouterr().err


def test_a_rule_of_the_other_period_or_kind_says_whose_it_is(db, capsys):
    """Shandong names the days of its window between plenaries only; for items of a plenary that is what there is."""
    load_shipped()
    asked = "--rule", "return_window", "--start", "2020-02-24", "--json", "--kind", "suggestion"
    assert run("due", "--pack", "shandong", *asked) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["due_on"] == "2020-03-02"
    assert said["explanation"].endswith("会议期间未见规定，按闭会期间的规定。")
    assert run("due", "--pack", "shandong", *asked, "--period", "between") == 0
    assert json.loads(capsys.readouterr().out)["explanation"].endswith("第十二条。")


def test_what_is_assumed_says_so_beside_its_source(db, capsys):
    load_shipped()
    assert run("due", "--pack", "zibo", "--rule", "reply", "--start", "2020-02-24", "--json") == 0
    said = json.loads(capsys.readouterr().out)["source"]
    assert said == "设定，参照《山东省人民政府办公厅办理人大代表建议和政协提案办法》第八条"


def test_a_start_that_is_no_date_is_wrong_use(pack, capsys):
    with pytest.raises(SystemExit) as left:
        run("due", "--pack", "city-test", "--rule", "reply", "--start", "2020-02-30")
    assert left.value.code == 2
    assert "不是日期" in capsys.readouterr().err


def test_loading_a_notice_settles_what_rests_on_it(city, tmp_path, capsys):
    lead = share(laid_out(city), city.education)
    tell("assignment.assign", "2026-11-24", lead)
    file = tmp_path / "2027.toml"
    file.write_text(FOR_2027, encoding="utf-8")
    with at(date(2026, 11, 26)):
        assert run("calendar", "load", str(file)) == 0
        assert "放假10天，调休上班1天；重新核定1件的期限" in capsys.readouterr().out
        assert not deadline(lead, "reply").provisional
        assert run("calendar", "load", str(file)) == 1
        assert "已经录入" in capsys.readouterr().err
        assert run("calendar", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)[-1]["number"] == "示例〔2026〕1号"


def test_a_notice_that_is_not_whole_is_refused(city, tmp_path, capsys):
    file = tmp_path / "2027.toml"
    file.write_text("year = 2027", encoding="utf-8")
    assert run("calendar", "load", str(file)) == 1
    assert "缺少“dated”" in capsys.readouterr().err


def test_a_home_without_a_jurisdiction_takes_no_notice(db, tmp_path, capsys):
    assert run("calendar", "load", str(tmp_path / "none.toml")) == 1
    assert "还没有地区" in capsys.readouterr().err


def test_the_clock_runs_one_turn(city, capsys):
    assert run("run-clock", "--once") == 0
    assert "已记录提醒0条" in capsys.readouterr().out


def test_the_notices_are_listed_for_people(db, capsys):
    assert run("calendar", "list") == 0
    assert "2020 国办发明电〔2019〕16号：放假" in capsys.readouterr().out
