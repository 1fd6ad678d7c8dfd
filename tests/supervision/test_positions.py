"""A position is a latitude and a longitude that exist, as a phone writes them or a person does."""

import pytest

from huiyin.supervision.positions import LIKE, what_is_wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIKE, ""),
        ("36.8131°N, 118.0548°E（约±20米）", ""),
        ("36.8131°N，118.0548°E", ""),
        ("0°S,180°W", ""),
        ("90.0000°N, 0.0001°E", ""),
        ("90.0001°N, 118.0548°E", "纬度在0到90之间"),
        ("36.8131°N, 180.0001°E", "经度在0到180之间"),
        ("118.0548°N, 36.8131°E", "纬度在0到90之间"),
        ("118.0548°E, 36.8131°N", "照这个样子写"),
        ("-36.8131°N, 118.0548°E", "照这个样子写"),
        ("36.8131, 118.0548", "照这个样子写"),
        ("３６°N, 118°E", "照这个样子写"),
        ("张店区某路", "照这个样子写"),
        ("36.8131°N, 118.0548°E（约±20米）<b>", "照这个样子写"),
    ],
)
def test_what_is_wrong_with_it_is_said(text, said):
    found = what_is_wrong(text)
    assert (said in found) if said else found == ""
