"""A row goes in by the real steps, entered on behalf of its units."""

from tests.ledgers.importing.makers import ledger, row, take_in


def test_a_finished_row(city, tmp_path):
    report = take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    assert report.counts() == {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "refused": 0}
    proposal = city.plenary.proposals.get()
    for event in proposal.events.all():
        print(event.pk, event.code, event.at, event.at_known, event.gaps, event.unit, event.on_paper)
    print(report.problems)
    again = take_in(city, ledger(tmp_path / "台账.xlsx", row()))
    print(again)
    assert 0
