"""Rows that stay out are told with row and column; the others go in. A dry run leaves no trace."""

import pytest

from huiyin.journal.models import ChainHead, Event
from huiyin.ledgers.importing import Options, import_ledger
from huiyin.ledgers.models import ImportRow, LedgerImport
from huiyin.ledgers.reading import LedgerError
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer, Unit
from huiyin.proposals.models import ItemClass, Plenary
from huiyin.rulepacks.store import load_shipped
from tests.ledgers.importing.makers import bare, ledger, many, row, take_in, wrong
from tests.ledgers.reading.makers import xlsx

REFUSED = {
    "title": {"案由": ""},
    "date": {"答复日期": "2020年9月31日"},
    "reply_before_assignment": {"答复日期": "2020-02-01"},
    "mark": {"办理结果": "Z"},
    "title_length": {"案由": "长" * 501},
    "unknown_unit": {"主办单位": "市玉米局"},
    "classified": {"备注": "机密★10年"},
    "step": {"编号": "1" * 61},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_row_that_deserves_it_is_refused_and_the_others_go_in(city, tmp_path, name):
    path = ledger(
        tmp_path / "台账.xlsx", row(编号="1", 案由="甲"), row(**REFUSED[name]), row(编号="2", 案由="乙")
    )
    report = take_in(city, path, new_units=False)
    assert report.counts() == {"rows": 3, "created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    (problem,) = report.wrong
    assert (problem.kind, problem.name, problem.row, problem.sheet) == ("refused", name, 3, "台账")
    assert problem.column == next(iter(REFUSED[name]))
    assert problem.sentence.startswith(f"第3行“{problem.column}”：")
    kept = ImportRow.objects.get(outcome="refused")
    assert (kept.row, kept.proposal, bool(kept.problems)) == (3, None, True)


def test_of_a_classified_row_only_number_dates_and_units_are_kept(city, tmp_path):
    take_in(city, ledger(tmp_path / "台账.xlsx", row(案由="【机密】关于某事的提案")))
    kept = ImportRow.objects.get()
    assert set(filter(kept.cells.get, kept.cells)) <= {
        "编号",
        "提出时间",
        "交办日期",
        "答复日期",
        "主办单位",
        "会办单位",
    }


def test_a_file_marked_as_classified_is_refused_as_a_whole(city, tmp_path):
    path = xlsx(
        tmp_path / "台账.xlsx", [("秘密★5年",), ("编号", "案由", "主办单位"), ("1", "甲", "市教育局")]
    )
    with pytest.raises(LedgerError):
        take_in(city, path)
    assert not LedgerImport.objects.exists()


def test_a_new_unit_is_taken_in_where_that_is_allowed(city, tmp_path):
    assert wrong(take_in(city, ledger(tmp_path / "台账.xlsx", row(主办单位="市玉米局（筹）")))) == []
    assert Unit.objects.filter(jurisdiction=city.here, name="市玉米局（筹）").exists()


def test_an_unknown_class_is_told_and_the_row_goes_in_without(city, tmp_path):
    report = take_in(city, ledger(tmp_path / "台账.xlsx", row(分类="玉米种植")))
    assert report.counts()["created"] == 1
    assert [(problem.kind, problem.column) for problem in report.wrong] == [("problem", "分类")]
    proposal = city.plenary.proposals.get()
    assert not proposal.classifications.exists()
    assert proposal.import_rows.get().unattributed == {"分类": "玉米种植"}


def test_new_classes_go_into_the_taxonomy_named(city, tmp_path):
    path = ledger(
        tmp_path / "台账.xlsx",
        row(编号="1", 案由="甲", 分类="玉米种植"),
        row(编号="2", 案由="乙", 分类="玉米种植"),
    )
    assert wrong(take_in(city, path, new_classes="本地分类")) == []
    assert ItemClass.objects.get(taxonomy="本地分类").classifications.count() == 2
    assert Event.objects.filter(code="item_class.add").count() == 1


def test_a_class_that_a_refused_row_brought_is_not_kept(city, tmp_path):
    path = ledger(
        tmp_path / "台账.xlsx",
        row(编号="1", 案由="甲", 分类="玉米种植", 答复文号="文" * 81, 主办单位="市教育局"),
        row(编号="2", 案由="乙", 分类="玉米种植"),
    )
    report = take_in(city, path, new_classes="本地分类")
    assert report.counts()["created"] == 2


def test_a_document_number_that_is_too_long_is_kept_on_the_row(city, tmp_path):
    report = take_in(city, ledger(tmp_path / "台账.xlsx", row(答复文号="文" * 81)))
    assert [(problem.kind, problem.column) for problem in report.wrong] == [("problem", "答复文号")]
    proposal = city.plenary.proposals.get()
    assert proposal.assignments.get(role="lead").replies.get().document_number == ""
    assert proposal.import_rows.get().unattributed == {"答复文号": "文" * 81}


def test_a_dry_run_reports_the_same_and_leaves_no_trace(city, tmp_path):
    path = ledger(
        tmp_path / "台账.xlsx",
        row(),
        row(编号="13", 案由=""),
        bare(案由="乙", 提案者="新人", 主办单位="市玉米局"),
    )
    dry = take_in(city, path, dry_run=True)
    for model in (Event, ChainHead, LedgerImport, ImportRow):
        assert not model.objects.exists()
    assert not city.plenary.proposals.exists()
    assert not Unit.objects.filter(name="市玉米局").exists()
    assert not Proposer.objects.filter(name="新人").exists()
    assert dry.as_dict() == take_in(city, path).as_dict()


def test_a_dry_run_of_many_rows_is_taken_back_in_parts_and_reports_the_same(city, tmp_path):
    """Rows far apart that mean one item, new units and new classes: what a part took in, the next does not rest on."""
    rows = many(130)
    rows[120] = rows[3] | {"备注": "再登记一次"}  # in the sheet's second hundred, what the first has made
    rows[121] = rows[5] | {"答复文号": "教函〔2020〕99号"}
    path = ledger(tmp_path / "台账.xlsx", *rows)
    asked = {"new_classes": "新分类"}
    dry = take_in(city, path, dry_run=True, **asked)
    for model in (Event, ChainHead, LedgerImport, ImportRow, ItemClass):
        assert not model.objects.exists()
    done = take_in(city, path, **asked)
    assert dry.as_dict() == done.as_dict()
    assert (done.created, done.unchanged) == (128, 2)


def test_a_check_keeps_nobody_waiting_for_the_whole_file(city, tmp_path):
    """Each time it is told how far it has come, the group at hand has been taken back."""
    path = ledger(tmp_path / "台账.xlsx", *many(230))
    seen = []
    import_ledger(
        path,
        city.plenary,
        actor=Actor.system(city.here),
        options=Options(new_units=True, dry_run=True),
        advanced=lambda count: seen.append((count, city.plenary.proposals.count())),
    )
    assert seen == [(100, 0), (100, 0), (30, 0)]


def test_a_column_is_left_out_as_it_is_told(city, tmp_path):
    path = xlsx(tmp_path / "台账.xlsx", [("案由", "编号", "备注"), ("甲", "1", "内部意见")])
    assert take_in(city, path, column_map={"备注": ""}).ignored == ("备注",)
    assert city.plenary.proposals.get().remarks == ""


def test_columns_that_mean_nothing_here_are_named(city, tmp_path):
    path = xlsx(tmp_path / "台账.xlsx", [("案由", "编号", "天气"), ("甲", "1", "晴")])
    assert take_in(city, path).ignored == ("天气",)


def test_a_column_is_read_as_it_is_told(city, tmp_path):
    path = xlsx(tmp_path / "台账.xlsx", [("事情", "编号", "哪家办"), ("甲", "1", "市教育局")])
    take_in(city, path, column_map={"事情": "案由", "哪家办": "主办单位"})
    assert city.plenary.proposals.get().assignments.get().unit == city.education


def test_units_run_together_are_no_unit(city, tmp_path):
    report = take_in(city, ledger(tmp_path / "台账.xlsx", bare(主办单位="市教育局，" * 25)))
    assert (report.refused, "没有用顿号分开" in wrong(report)[0]) == (1, True)


def test_of_a_name_that_is_too_long_the_whole_stays_on_the_row(city, tmp_path):
    name = "政协" * 60
    report = take_in(city, ledger(tmp_path / "台账.xlsx", bare(提案者=name)))
    assert [(problem.kind, problem.column) for problem in report.wrong] == [("problem", "提案者")]
    proposal = city.plenary.proposals.get()
    assert proposal.proposers.get().name == name[:100]
    assert proposal.import_rows.get().unattributed == {"提案者": name}


def test_a_class_is_new_whatever_the_pack_says_of_its_list(city, tmp_path):
    """The pack's list may be an example only: even then a ledger adds to it where it is told to."""
    load_shipped()
    other = Plenary.objects.create(
        code="generic",
        jurisdiction=city.here,
        assembly=city.plenary.assembly,
        term=12,
        meeting=9,
        label="第九次会议",
        opened_on=city.plenary.opened_on,
        closed_on=city.plenary.closed_on,
        pack_code="generic",
    )
    report = take_in(city, ledger(tmp_path / "台账.xlsx", bare(分类="玉米种植")), plenary=other)
    assert [(problem.kind, problem.column) for problem in report.wrong] == [("problem", "分类")]
