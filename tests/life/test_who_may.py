"""Who may do what is a table that people have read: a change of right shows as a difference in it."""

import os

import pytest

from tests.life import who_may

pytestmark = pytest.mark.django_db


def test_the_table_of_rights_is_what_was_reviewed(city):
    """HUIYIN_WRITE_TABLES=1 writes it anew, for a reader to compare."""
    made = who_may.made_from_declarations(city)
    if os.environ.get("HUIYIN_WRITE_TABLES"):
        who_may.write(made)
    assert made == who_may.read()


@pytest.mark.parametrize("column", ["审计员", "外市经办人", "无关单位联络员"])
def test_strangers_and_auditors_change_nothing(column):
    assert [row["步骤"] for row in who_may.read() if row[column] != who_may.NO] == []


def test_no_unit_enters_a_proposers_judgement():
    forms = [row for row in who_may.read() if row["步骤"].startswith("evaluation.")]
    assert forms
    for column in (name for name in who_may.PEOPLE if "单位" in name):
        assert [row["步骤"] for row in forms if row[column] != who_may.NO] == []
