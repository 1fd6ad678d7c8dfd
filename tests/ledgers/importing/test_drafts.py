"""A ledger brought through the pages: looked through at the door, its columns named, checked, taken in, gone on with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import now
from huiyin.journal import chain
from huiyin.journal.models import Event
from huiyin.journal.step import Refused
from huiyin.ledgers import drafts, working
from huiyin.ledgers.importing import Options, run, undo, undo_import
from huiyin.ledgers.models import STALE, DraftRow, ImportDraft, ImportRow, Job, LedgerImport
from huiyin.ledgers.reading import LedgerError
from huiyin.ledgers.working import work_off
from huiyin.people.directory import end_post
from huiyin.proposals import check
from tests.ledgers.importing.makers import bare, ledger, many, row, take_in
from tests.ledgers.importing.uploads import again, brought, checked, outcomes, taken_in
from tests.ledgers.reading.makers import workbook, xlsx


@pytest.fixture(autouse=True)
def batches_of_ten(monkeypatch):
    monkeypatch.setattr(run, "BATCH", 10)


STRANGE = [
    ("事情", "哪个局管", "天气"),
    ("关于甲的提案", "市教育局", "晴"),
    ("关于乙的提案", "市公安局", "雨"),
]


def named(draft, *, actor, **chosen):
    """The columns as a person sets them on the page; the others stay as they are."""
    now_so = {column["name"]: column["now"] for column in drafts.columns_of(draft)}
    drafts.name_columns(draft, now_so | chosen, actor=actor, options=Options(new_units=True))
    work_off()
    return again(draft)


def test_a_file_is_checked_then_taken_in_and_its_content_let_go(city, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", row(), row(编号="13", 案由=""), bare(案由="乙"))
    draft = checked(city, path)
    assert outcomes(draft) == [(2, "created"), (3, "refused"), (4, "created")]
    assert (draft.is_checked, draft.outcome["rows"], draft.new_rows) == (True, 3, 2)
    assert not city.plenary.proposals.exists()
    assert not LedgerImport.objects.exists()
    drafts.take_in(draft, actor=city.staff)
    work_off()
    draft = again(draft)
    assert (draft.is_taken_in, draft.done, draft.rows, bytes(draft.content)) == (True, 3, 3, b"")
    found = draft.ledger_import
    assert (found.by, found.file_name, found.digest) == (city.staff.person, "台账.xlsx", draft.digest)
    assert found.outcome == {"rows": 3, "created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    assert not DraftRow.objects.exists()
    assert list(check.problems()) == []


def test_a_check_tells_what_is_there_already(city, tmp_path):
    take_in(city, ledger(tmp_path / "一.xlsx", row(), bare(编号="20", 案由="乙")))
    path = ledger(
        tmp_path / "二.xlsx", row(), bare(编号="20", 案由="乙", 主办单位="市教育局"), bare(案由="丙")
    )
    draft = checked(city, path)
    assert outcomes(draft) == [(2, "unchanged"), (3, "updated"), (4, "created")]
    standing = DraftRow.objects.filter(draft=draft).exclude(proposal=None)
    assert list(standing.values_list("row", "proposal__title").order_by("row")) == [
        (2, "关于增设路灯的提案"),
        (3, "乙"),
    ]


def test_columns_that_nobody_knows_are_named_by_hand(city, tmp_path):
    draft = brought(city, xlsx(tmp_path / "台账.xlsx", STRANGE))
    assert draft.job == ""
    assert [(c["name"], c["now"], c["examples"]) for c in drafts.columns_of(draft)] == [
        ("事情", "", ["关于甲的提案", "关于乙的提案"]),
        ("哪个局管", "", ["市教育局", "市公安局"]),
        ("天气", "", ["晴", "雨"]),
    ]
    with pytest.raises(Refused, match="还没有哪一列是“案由”"):
        named(draft, actor=city.lin_lan, 哪个局管="主办单位")
    draft = named(draft, actor=city.lin_lan, 事情="案由")  # which is enough
    assert outcomes(draft) == [(2, "created"), (3, "created")]
    draft = named(draft, actor=city.lin_lan, 哪个局管="主办单位")
    assert draft.column_map == {"事情": "案由", "哪个局管": "主办单位"}
    assert outcomes(draft) == [(2, "created"), (3, "created")]
    drafts.take_in(draft, actor=city.lin_lan)
    work_off()
    taken = city.plenary.proposals.order_by("pk").values_list("title", "assignments__unit__name")
    assert list(taken) == [("关于甲的提案", "市教育局"), ("关于乙的提案", "市公安局")]


def test_only_what_differs_is_kept_and_a_column_is_left_out(city, tmp_path):
    path = xlsx(tmp_path / "台账.xlsx", [("题目", "编号", "备注", "备注"), ("甲", "1", "内部", "详情")])
    draft = checked(city, path)
    assert draft.column_map == {}
    draft = named(draft, actor=city.lin_lan, 备注="", **{"备注(2)": "正文"})
    assert draft.column_map == {"备注": "", "备注(2)": "正文"}
    drafts.take_in(draft, actor=city.lin_lan)
    work_off()
    assert city.plenary.proposals.get().text == "详情"


def test_the_next_file_of_the_same_form_is_read_the_same_way(city, tmp_path):
    draft = named(
        brought(city, xlsx(tmp_path / "一月.xlsx", STRANGE)), actor=city.lin_lan, 事情="案由", 天气="备注"
    )
    turned = [tuple(reversed(cells)) for cells in STRANGE]
    second = checked(city, xlsx(tmp_path / "二月.xlsx", turned), actor=city.staff)
    assert (second.column_map, second.mapped_like) == (draft.column_map, "一月.xlsx")
    assert second.is_checked
    other = brought(city, xlsx(tmp_path / "别的.xlsx", [(*STRANGE[0], "又一列"), ("甲", "乙", "丙", "丁")]))
    assert (other.column_map, other.job) == ({}, "")


def test_refused_rows_come_back_under_the_same_mapping(city, tmp_path):
    from huiyin.ledgers.reading import RefusedRow, write_refused

    rows = [("事情", "收到的日子"), ("关于甲的提案", "2020-02-31"), ("关于乙的提案", "2020-02-01")]
    draft = named(
        brought(city, xlsx(tmp_path / "台账.xlsx", rows)),
        actor=city.lin_lan,
        事情="案由",
        收到的日子="提出时间",
    )
    assert outcomes(draft) == [(2, "refused"), (3, "created")]
    (kept,) = DraftRow.objects.filter(draft=draft, outcome="refused")
    out = tmp_path / "未导入.xlsx"
    said = tuple(problem["sentence"] for problem in kept.problems)
    write_refused(out, [RefusedRow(kept.sheet, kept.row, kept.cells | {"收到的日子": "2020-02-01"}, said)])
    back = checked(city, out)
    assert (back.mapped_like, outcomes(back), back.outcome["ignored"]) == ("台账.xlsx", [(2, "created")], [])
    assert [column["name"] for column in drafts.columns_of(back)] == ["事情", "收到的日子"]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"台账": [("编号", "案由"), ("1", "甲"), ("2", "机密 关于乙的提案")]}, "第3行“案由”：标有“机密”"),
        ({"台账": [("绝密★启用前", ""), ("编号", "案由"), ("1", "甲")]}, "第1行标有“绝密”"),
        ({"台账": [("编号", "案由"), ("1", "甲")], "附页": [("说明",), ("秘密★10年",)]}, "“附页”第2行标有“秘密”"),
        ({"台账": [("事情", "局"), ("甲", "乙"), ("填报单位 机密 2020年", "丙")]}, "第3行标有“机密”"),
    ],
)  # fmt: skip
def test_a_marked_file_is_refused_at_the_door_and_not_kept(city, tmp_path, sheets, said):
    path = workbook(tmp_path / "台账.xlsx", {name: (rows, ()) for name, rows in sheets.items()})
    with pytest.raises(LedgerError, match=said):
        brought(city, path)
    assert not ImportDraft.objects.exists()


def test_a_marked_name_is_refused_too(city, tmp_path):
    with pytest.raises(LedgerError, match="文件名标有“机密”"):
        brought(city, ledger(tmp_path / "台账【机密】.xlsx", row()))
    assert not ImportDraft.objects.exists()


class Killed(BaseException):
    """What a kill looks like to the process that is killed: nothing more is written."""


def killed_after(monkeypatch, batches):
    """The process dies while it is at the next batch, and says nothing any more."""
    left = iter(range(batches))
    take = run._TakingIn._batch

    def dying(self, waiting, running):
        take(self, waiting, running)
        if next(left, None) is None:
            ImportDraft.objects.filter(pk=1).exists()
            raise Killed

    monkeypatch.setattr(run._TakingIn, "_batch", dying)
    with pytest.raises(Killed):
        work_off()
    monkeypatch.setattr(run._TakingIn, "_batch", take)


def test_an_import_that_was_cut_off_goes_on_where_it_was(city, tmp_path, monkeypatch):
    rows = [*many(23), row(编号="999", 案由="")]
    draft = checked(city, ledger(tmp_path / "台账.xlsx", *rows))
    drafts.take_in(draft, actor=city.lin_lan)
    killed_after(monkeypatch, 2)
    draft = again(draft)
    assert (city.plenary.proposals.count(), draft.done, draft.is_importing) == (20, 21, True)
    assert list(check.problems()) == []
    work_off()
    draft = again(draft)
    assert (draft.is_taken_in, draft.done, draft.rows) == (True, 24, 24)
    assert draft.ledger_import.outcome == {
        "rows": 24, "created": 23, "updated": 0, "unchanged": 0, "refused": 1,
    }  # fmt: skip
    assert city.plenary.proposals.count() == 23
    assert (LedgerImport.objects.count(), ImportRow.objects.count()) == (1, 24)
    assert Event.objects.filter(code="import.start").count() == 1
    assert list(check.problems()) == []
    assert list(chain.breaks()) == []


def test_what_went_in_before_the_cut_is_no_other_rows_item(city, tmp_path, monkeypatch):
    """Two rows of one title and no number: the second, met after the cut, is an item of its own as it would have been."""
    rows = [*many(10), bare(编号="901", 案由="同题", 提案者="张三"), bare(编号="902", 案由="又一件")]
    rows.insert(0, bare(案由="同题", 提案者="张三"))
    whole = take_in(city, ledger(tmp_path / "台账.xlsx", *rows), dry_run=True)
    draft = checked(city, tmp_path / "台账.xlsx")
    drafts.take_in(draft, actor=city.lin_lan)
    killed_after(monkeypatch, 1)
    work_off()
    assert again(draft).ledger_import.outcome == whole.counts()


def test_a_claim_is_one_processs_until_it_is_not_heard_of(city, tmp_path):
    draft = brought(city, ledger(tmp_path / "台账.xlsx", row()))
    first = working.claim()
    assert first.pk == draft.pk
    assert working.claim() is None
    with clock_at(now() + STALE * 2):
        second = working.claim()
    assert (second.pk, second.worker != first.worker) == (draft.pk, True)
    working._Working(first).go()  # whoever had it before writes nothing any more
    assert not DraftRow.objects.exists()
    assert again(draft).is_busy
    working._Working(second).go()
    assert again(draft).is_checked


def test_a_claim_lost_in_the_middle_of_an_import_takes_its_last_rows_back(city, tmp_path):
    draft = checked(city, ledger(tmp_path / "台账.xlsx", *many(15)))
    drafts.take_in(draft, actor=city.lin_lan)
    first = _losing(working.claim())
    first.go()
    assert city.plenary.proposals.count() == 10
    work_off()
    assert (city.plenary.proposals.count(), again(draft).is_taken_in) == (15, True)


def _losing(draft):
    """A process that is taken for dead after its first ten rows and works on."""
    found = working._Working(draft)
    advanced = found._advanced

    def lose(count):
        advanced(count)
        if found.draft.ledger_import and ImportRow.objects.count() == 10:
            found.mine.update(worker="", beat_at=None)

    found._advanced = lose
    return found


def test_what_fails_again_and_again_is_given_up_and_can_be_asked_for_anew(city, tmp_path, monkeypatch):
    draft = brought(city, ledger(tmp_path / "台账.xlsx", row()))
    for _ in range(working.TRIES):
        killed_after(monkeypatch, 0)
    assert again(draft).is_busy
    work_off()
    assert "几次都没有做完" in again(draft).failure
    assert named(again(draft), actor=city.lin_lan).is_checked


def test_whose_post_has_ended_imports_nothing_and_a_colleague_goes_on(city, tmp_path):
    draft = checked(city, ledger(tmp_path / "台账.xlsx", row()))
    drafts.take_in(draft, actor=city.lin_lan)
    end_post(city.lin_lan.post, (now() - STALE * 1000).date())
    work_off()
    draft = again(draft)
    assert "任职已经结束" in draft.failure
    assert not LedgerImport.objects.exists()
    drafts.take_in(draft, actor=city.staff)
    work_off()
    assert again(draft).ledger_import.by == city.staff.person


def test_a_file_is_imported_once_and_not_changed_while_it_goes_in(city, tmp_path):
    draft = brought(city, ledger(tmp_path / "台账.xlsx", row()))
    with pytest.raises(Refused, match="还没有检查完"):
        drafts.take_in(draft, actor=city.lin_lan)
    work_off()
    draft = again(draft)
    drafts.take_in(draft, actor=city.lin_lan)
    with pytest.raises(Refused, match="已经开始导入"):
        named(again(draft), actor=city.lin_lan)
    with pytest.raises(Refused, match="已经开始导入"):
        drafts.drop(again(draft))
    drafts.take_in(again(draft), actor=city.lin_lan)  # a second click
    work_off()
    drafts.take_in(again(draft), actor=city.lin_lan)
    work_off()
    assert (LedgerImport.objects.count(), city.plenary.proposals.count()) == (1, 1)


def test_an_import_under_way_is_not_undone_and_one_undone_not_gone_on_with(city, tmp_path, monkeypatch):
    draft = checked(city, ledger(tmp_path / "台账.xlsx", *many(12)))
    drafts.take_in(draft, actor=city.lin_lan)
    killed_after(monkeypatch, 1)
    found = again(draft).ledger_import
    with pytest.raises(Refused, match="还没有做完"):
        undo_import(found, actor=city.lin_lan)
    for _ in range(working.TRIES):
        killed_after(monkeypatch, 0)
    work_off()
    assert undo_import(found, actor=city.lin_lan) == 10
    with pytest.raises(Refused, match="已经撤销"):
        drafts.take_in(again(draft), actor=city.lin_lan)


def test_a_whole_import_is_taken_back(city, tmp_path):
    draft = taken_in(city, ledger(tmp_path / "台账.xlsx", *many(3)))
    assert undo_import(draft.ledger_import, actor=city.lin_lan) == 3
    assert set(city.plenary.proposals.values_list("state", flat=True)) == {"void"}
    assert outcomes(checked(city, tmp_path / "台账.xlsx")) == [(2, "created"), (3, "created"), (4, "created")]


def test_a_long_undoing_tells_how_far_it_is_and_goes_on_where_it_was_cut_off(city, tmp_path, monkeypatch):
    draft = taken_in(city, ledger(tmp_path / "台账.xlsx", *many(25)))
    monkeypatch.setattr(undo, "BATCH", 10)
    drafts.take_back(draft.ledger_import, actor=city.lin_lan)
    drafts.take_back(draft.ledger_import, actor=city.lin_lan)  # pressed twice
    left, void = iter(range(15)), undo.void

    def dying(item, **given):
        if next(left, None) is None:
            raise Killed
        return void(item, **given)

    monkeypatch.setattr(undo, "void", dying)
    with pytest.raises(Killed):
        work_off()
    monkeypatch.setattr(undo, "void", void)
    assert again(draft).told == "等候撤销。"
    assert city.plenary.proposals.filter(state="void").count() == 10
    found = working._Working(working.claim())
    seen, beat = [], found._beat

    def hear(**told):
        beat(**told)
        seen.append(again(draft).told)

    monkeypatch.setattr(found, "_beat", hear)
    found.go()
    assert seen == [
        "正在撤销，已处理0行，共15行。",
        "正在撤销，已处理10行，共15行。",
        "正在撤销，已处理15行，共15行。",
    ]
    assert again(draft).ledger_import.undone_at is not None
    assert not city.plenary.proposals.exclude(state="void").exists()


def test_an_import_by_command_is_taken_back_from_its_page_too(city, tmp_path):
    take_in(city, ledger(tmp_path / "台账.xlsx", *many(3)))
    found = LedgerImport.objects.get()
    drafts.take_back(found, actor=city.lin_lan)
    work_off()
    found.refresh_from_db()
    assert found.undone_at is not None
    with pytest.raises(Refused, match="已经撤销"):
        drafts.take_back(found, actor=city.lin_lan)


def test_a_file_left_aside_is_forgotten(city, tmp_path):
    draft = checked(city, ledger(tmp_path / "台账.xlsx", row()))
    drafts.drop(draft)
    assert not ImportDraft.objects.exists()
    old = checked(city, tmp_path / "台账.xlsx")
    done = taken_in(city, ledger(tmp_path / "二.xlsx", row(编号="2", 案由="乙")))
    with clock_at(now() + STALE * 60 * 24 * 30):
        brought(city, ledger(tmp_path / "三.xlsx", row(编号="3", 案由="丙")))
    assert not ImportDraft.objects.filter(pk=old.pk).exists()
    assert ImportDraft.objects.filter(pk=done.pk, job=Job.IMPORT).exists()


def test_a_list_of_files_reads_none_of_them(city, tmp_path):
    checked(city, ledger(tmp_path / "台账.xlsx", row()))
    with CaptureQueriesContext(connection) as captured:
        list(ImportDraft.objects.not_taken_in().without_file())
        assert LedgerImport.objects.not_under_way().count() == 0
    assert not [one for one in captured if '"content"' in one["sql"]]


def test_whoever_reads_a_long_file_is_heard_of(city, tmp_path, monkeypatch):
    """The reading alone may take longer than the silence after which somebody is taken for dead."""
    rows = [bare(案由=f"第{at}件") for at in range(1200)]
    draft = brought(city, ledger(tmp_path / "台账.xlsx", *rows))
    found, heard = working._Working(working.claim()), []

    def hear(**told):
        heard.append((told.get("rows"), told.get("done")))
        raise_after = 4
        if len(heard) > raise_after:
            raise working.LostError

    monkeypatch.setattr(found, "_beat", hear)
    found.go()
    assert heard == [(None, None), (0, 0), (0, 500), (0, 1000), (1200, 0)]
    assert again(draft).is_busy
