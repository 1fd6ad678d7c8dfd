"""The circular: every number in it is a figure, can be found by a program, and nothing is claimed without one."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from huiyin.reporting.circular import (
    Head,
    circular_of,
    frozen_circular_of,
    numbers_of,
    tag_of,
    write_circular,
)
from huiyin.reporting.circular.controls import Contradiction
from huiyin.reporting.circular.head import chinese
from huiyin.reporting.circular.prose import BASE, COUNT, SHARE
from huiyin.reporting.figures import figures_of
from huiyin.reporting.steps import freeze
from tests.reporting.register import Chance, day
from tests.reporting.rows import write
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
AS_OF = day(12)
PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "zibo-circular-2021-02-20.txt"


@pytest.fixture
def full(city):
    chance = Chance(7)
    write(city, [chance.item() for _ in range(60)])
    return city


def head(city, **given):
    return replace(Head.of(city.plenary, date(2021, 2, 20)), **given)


def is_figure(node):
    """Whether the text stands in a control that names its figure."""
    controls = node.iterancestors(qn("w:sdt"))
    return any(control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") is not None for control in controls)


def paragraphs(made, *, without_figures=False):
    """The running text, on demand without what stands in the controls of figures."""
    for paragraph in Document(io.BytesIO(made)).element.body.iterchildren(qn("w:p")):
        texts = [
            node.text or "" for node in paragraph.iter(qn("w:t")) if not (without_figures and is_figure(node))
        ]
        yield "".join(texts)


def test_every_figure_is_in_it_and_reads_the_same(full):
    found = numbers_of(io.BytesIO(circular_of(full.plenary, AS_OF)))
    for figure in figures_of(full.plenary, AS_OF):
        assert found[tag_of(figure.code, COUNT)] == str(figure.count)
        if figure.code.startswith("stock."):
            continue  # its base is the first column of its row
        if figure.of is not None:
            assert found[tag_of(figure.code, BASE)] == str(figure.of)
        if figure.percent is not None:
            whole = figure.count == figure.of
            assert found[tag_of(figure.code, SHARE)] == ("100%" if whole else f"{figure.percent}%")


def test_no_number_stands_outside_the_controls(full):
    made = circular_of(full.plenary, AS_OF)
    text = "".join(paragraphs(made, without_figures=True))
    without_dates = re.sub(r"[0-9]{4}年|[0-9]{1,2}月[0-9]{1,2}日|附件[1-3]|[1-3]．", "", text)
    assert re.findall(r"[0-9%]+", without_dates) == []


def test_it_has_the_usual_parts_and_both_rates(full):
    text = "\n".join(paragraphs(circular_of(full.plenary, AS_OF)))
    parts = [
        "一、组织领导",
        "二、办理流程",
        "三、沟通协商",
        "四、以点促面",
        "还存在以下不足",
        "下一步",
        "附件：",
    ]
    assert sorted(text.index(part) for part in parts) == [text.index(part) for part in parts]
    figures = {figure.code: figure for figure in figures_of(full.plenary, AS_OF)}
    assert f"办复率{figures['reply.rate'].percent}%" in text
    assert f"落实率{figures['fulfilment.rate'].percent}%" in text
    assert "\uff05" not in text


def test_nothing_is_claimed_that_was_not_recorded(city):
    text = "".join(paragraphs(circular_of(city.plenary, AS_OF)))
    for claim in ("领办0件", "督查", "回头看", "催办", "面复会", "重新办理", "0次"):
        assert claim not in text
    assert "没有登记沟通记录" in text
    assert "没有明显短板" not in text
    assert "落实率不作统计" in text


def told_by(city, made):
    """The running text, and the cells of the annex of outcomes."""
    tables = Document(io.BytesIO(made)).tables
    annexed = next((table for table in tables if table.cell(0, 0).text == "分类"), None)
    cells = [[cell.text for cell in row.cells] for row in annexed.rows[1:]] if annexed else []
    return "".join(paragraphs(made)), cells


def test_outcomes_are_named_with_what_shows_them(city):
    reply = answering.issued(city, answering.at_work(city, title="关于增加学位的提案"), mark="B")
    promise = reply.assignment.promises.get()
    before = circular_of(city.plenary, date(2021, 11, 1))
    answering.kept(city, promise)
    evidence = promise.evidence.get()
    text, cells = told_by(city, circular_of(city.plenary, date(2022, 1, 1)))
    assert f"科教文卫体方面，{promise.unit.name}{promise.what}" in text
    [row] = cells
    assert row[0] == "科教文卫体"
    assert row[2] == promise.what
    assert evidence.document_number or evidence.attachment or "已核实" in row[4]
    assert told_by(city, before)[1] == []


def test_a_frozen_circular_names_the_outcomes_of_its_day(city):
    first, second = (
        answering.issued(city, answering.at_work(city, title=title), mark="B").assignment.promises.get()
        for title in ("关于增加学位的提案", "关于校车的提案")
    )
    answering.kept(city, first)
    frozen = freeze(
        city.plenary, actor=city.lin_lan, at=at("2022-01-04"), as_of=date(2022, 1, 1), label="通报"
    )
    before = told_by(city, frozen_circular_of(frozen.subject, date(2022, 1, 4)))
    answering.kept(city, second)
    assert told_by(city, frozen_circular_of(frozen.subject, date(2022, 1, 4))) == before
    assert len(before[1]) == 1


def test_no_heading_stands_without_text(city):
    lines = [line for line in paragraphs(circular_of(city.plenary, AS_OF)) if line]
    headings = [n for n, line in enumerate(lines) if line[1:2] == "、"]
    assert len(headings) == 4
    assert all(lines[n + 1].endswith("。") for n in headings)


def test_the_head_has_its_four_entries(full):
    full.office.credit_code = "11370300004224423Q"
    full.office.save()
    made = write_circular(
        full.plenary, AS_OF, figures_of(full.plenary, AS_OF), head(full, number="淄政办字〔2021〕9号")
    )
    cells = [cell.text for row in Document(io.BytesIO(made)).tables[0].rows for cell in row.cells]
    assert cells[0:4] == ["索引号", "11370300004224423Q/2021", "文号", "淄政办字〔2021〕9号"]
    assert cells[4:8] == ["发文日期", "2021年2月20日", "发布机构", "淄博市人民政府办公室"]
    title = "淄博市人民政府关于市政协十二届四次会议以来提案办理情况的通报"
    assert title in "".join(paragraphs(made))
    assert Document(io.BytesIO(made)).core_properties.title == title


def test_a_congress_has_suggestions_and_deputies(city):
    text = "".join(paragraphs(circular_of(city.congress, AS_OF)))
    assert "市人大十五届四次会议以来建议办理情况" in text
    assert "提案" not in text


def test_two_numbers_under_one_tag_are_refused(full, tmp_path):
    made = Document(io.BytesIO(circular_of(full.plenary, AS_OF)))
    next(node for node in made.element.body.iter(qn("w:t")) if is_figure(node)).text = "999999"
    made.save(str(tmp_path / "altered.docx"))
    with pytest.raises(Contradiction, match="999999"):
        numbers_of(tmp_path / "altered.docx")


def test_tags_fit_into_word_and_stay_apart():
    long = [f"class.category.{'很长的类别名称' * 8}{n}" for n in range(2)]
    tags = {tag_of(code, part) for code in long for part in (COUNT, SHARE, BASE)}
    assert len(tags) == 6
    assert max(map(len, tags)) <= 64
    assert tag_of("mark.A", SHARE) == "mark.A:percent"


@pytest.mark.parametrize(
    ("number", "said"), [(4, "四"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_numbers_of_meetings_are_written_out(number, said):
    assert chinese(number) == said


@pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/data/zibo-circular-2021-02-20.txt is not there")
def test_no_sentence_of_the_published_circular_is_repeated(full):
    published = set(re.split(r"[，。；：、“”（）\s]", PUBLISHED.read_text(encoding="utf-8")))
    ours = set(re.split(r"[，。；：、“”（）\s]", "\n".join(paragraphs(circular_of(full.plenary, AS_OF)))))
    names = {clause for clause in ours if clause.endswith(("办理情况的通报", "人民政府办公室"))}
    assert [clause for clause in (ours & published) - names if len(clause) > 9] == []
