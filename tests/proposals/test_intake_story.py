"""The story of an item up to its registration."""

from tests.stories import intake


def test_an_item_comes_from_the_assembly_to_the_government(city):
    proposal = intake.classified(city)
    assert proposal.state == "registered"
    assert proposal.number == "1"
