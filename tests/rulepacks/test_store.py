"""Published versions: published once, never changed, found by the day."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from huiyin.rulepacks.loader import load
from huiyin.rulepacks.models import PackVersion
from huiyin.rulepacks.problems import PackError
from huiyin.rulepacks.store import load_shipped, parsed, publish, version_in_force
from tests.rulepacks.texts import small

pytestmark = pytest.mark.django_db


def of_year(year: int, months: int = 3) -> str:
    text = small('version = "2020.1"', f'version = "{year}.1"')
    text = text.replace("valid_from = 2020-01-01", f"valid_from = {year}-06-01")
    return text.replace("3 months", f"{months} months")


def test_a_version_is_kept_as_it_was_published():
    row = publish(of_year(2020))
    assert (row.code, row.version, row.jurisdiction, row.valid_from) == (
        "sample",
        "2020.1",
        "370300",
        date(2020, 6, 1),
    )
    assert row.published_at is not None
    again = PackVersion.objects.get(pk=row.pk)
    assert again.text == of_year(2020)
    assert again.pack == row.pack == parsed(row)


def test_publishing_the_same_text_again_gives_the_same_row():
    assert publish(of_year(2020)).pk == publish(of_year(2020)).pk
    assert PackVersion.objects.filter(code="sample").count() == 1


def test_another_text_under_the_same_version_is_refused_with_what_to_do():
    publish(of_year(2020))
    with pytest.raises(PackError, match="已经发布，内容不能再改。要改规则，请用新的版本号"):
        publish(of_year(2020, months=4))


def test_a_version_that_begins_on_the_day_of_another_is_refused():
    publish(of_year(2020))
    with pytest.raises(PackError, match="重叠"):
        publish(of_year(2020).replace('"2020.1"', '"2020.2"'))


def test_a_wrong_text_is_not_published():
    with pytest.raises(PackError):
        publish(small("3 months", "long"))
    assert not PackVersion.objects.filter(code="sample").exists()


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2019, 1, 1), "2020.1"),
        (date(2020, 6, 1), "2020.1"),
        (date(2021, 5, 31), "2020.1"),
        (date(2021, 6, 1), "2021.1"),
        (date(2030, 1, 1), "2021.1"),
    ],
)
def test_the_version_in_force_on_a_day_before_the_first_the_first(on, version):
    publish(of_year(2021, months=4))
    publish(of_year(2020))
    found = version_in_force("sample", on)
    assert (found.version, found.pack.version) == (version, version)


def test_an_unknown_pack_is_told_with_where_to_look():
    with pytest.raises(LookupError, match="huiyin pack list"):
        version_in_force("nowhere", date(2020, 1, 1))


@pytest.mark.parametrize("change", [{"text": "x"}, {"valid_from": date(2000, 1, 1)}, {"published_at": None}])
def test_the_database_refuses_to_change_a_published_version(change):
    publish(of_year(2020))
    with (
        pytest.raises(DatabaseError, match="published rules and frozen figures never change"),
        transaction.atomic(),
    ):
        PackVersion.objects.filter(code="sample").update(**change)


def test_the_database_refuses_to_delete_a_published_version():
    row = publish(of_year(2020))
    with (
        pytest.raises(DatabaseError, match="published rules and frozen figures never change"),
        transaction.atomic(),
    ):
        row.delete()


def test_what_is_not_published_may_still_be_changed_and_dropped():
    row = PackVersion.objects.create(
        code="draft", version="1", valid_from=date(2020, 1, 1), digest="", text=""
    )
    PackVersion.objects.filter(pk=row.pk).update(label="草稿")
    row.delete()
    assert not PackVersion.objects.filter(code="draft").exists()


def test_a_home_is_filled_with_the_shipped_packs_once():
    made = load_shipped()
    files = list(Path(settings.PACKS_DIR).glob("*/*.toml"))
    assert len(made) == len(files)
    assert load_shipped() == []
    for path in files:
        row = PackVersion.objects.get(code=path.parent.name, version=path.stem)
        assert row.pack == load(path)


def test_a_shipped_file_that_has_changed_leaves_the_published_version(tmp_path, caplog):
    folder = tmp_path / "sample"
    folder.mkdir()
    file = folder / "2020.1.toml"
    file.write_text(of_year(2020), encoding="utf-8")
    assert [row.version for row in load_shipped(tmp_path)] == ["2020.1"]
    file.write_text(of_year(2020, months=4), encoding="utf-8")
    assert load_shipped(tmp_path) == []
    assert PackVersion.objects.get(code="sample").text == of_year(2020)
    assert "仍按已发布的执行" in caplog.text


def test_looking_up_the_version_reads_no_text(django_assert_num_queries):
    publish(of_year(2020))
    with django_assert_num_queries(1):
        assert version_in_force("sample", date(2020, 7, 1)).pack.code == "sample"
