"""Printed figures are held against their counts and flagged in a sentence, never imitated."""

import json
from pathlib import Path

import pytest

from huiyin.reporting.check import Printed, Verdict, check, check_all

DATA = Path(__file__).parents[3] / "shared" / "data" / "circulars_open.json"


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        (Printed("满意率", "99.6", 436), Verdict.UNREACHABLE),
        (Printed("财政经济", "26.8", 93, 25), Verdict.CUT_OFF),
        (Printed("综合", "7.3", 69, 5), Verdict.LAST_DIGIT),
        (Printed("A", "63.4", 52, 33), Verdict.CUT_OFF),
        (Printed("已解决", "25.2", 591, 148), Verdict.OTHER_BASE),
        (Printed("委员个人", "90", 174, 100), Verdict.MISMATCH),
        (Printed("一半", "50", 0, 0), Verdict.UNREACHABLE),
    ],
)
def test_what_the_counts_do_not_give_is_flagged(printed, verdict):
    found = check(printed)
    assert found is not None
    assert found.verdict == verdict
    assert found.sentence.startswith(printed.label)
    assert found.sentence.endswith("。")


def test_the_base_that_was_used_is_named():
    found = check(Printed("已解决", "25.2", 591, 148))
    assert found is not None
    assert "588件为基数" in found.sentence


def test_what_the_counts_give_is_let_be():
    zibo = [
        Printed("经济科技", "34.2%", 436, 149),
        Printed("其他", "2.5", 436, 11),
        Printed("率", "99.6", 250),
    ]
    assert check_all(zibo) == []


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data/circulars_open.json is not there")
def test_of_49_circulars_exactly_those_are_flagged_whose_figures_their_counts_do_not_give():
    circulars = json.loads(DATA.read_text(encoding="utf-8"))["circulars"]
    assert len(circulars) == 49
    for circular in circulars:
        for group in circular["groups"]:
            for item in group["items"]:
                if item["pct"] is None or item["count"] is None:
                    continue
                printed = Printed(item["label"], item["pct"], group["denominator"], item["count"])
                flagged = check(printed) is not None
                assert flagged == (item["half_up"] != item["pct"]), (circular["id"], item)
