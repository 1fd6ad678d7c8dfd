"""Printed figures are held against their counts and flagged in a sentence, never imitated."""

import pytest

from huiyin.reporting.check import Printed, Verdict, check, check_all


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


def test_a_column_that_is_more_than_its_base_was_divided_by_its_sum():
    """Parts of items counted, divided by their sum 665, and the number of items 572 named as the base."""
    column = [("A", "38.8", 258), ("B", "45.4", 302), ("C", "11.4", 76), ("D", "4.4", 29)]
    found = check_all(Printed(label, share, 572, count) for label, share, count in column)
    assert {one.verdict for one in found} == {Verdict.OTHER_BASE}
    assert all("以665件为基数才相符" in one.sentence for one in found)
    assert len(found) == 4
