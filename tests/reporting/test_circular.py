"""The circular: every number in it is a figure, can be found by a program, and nothing is claimed without one."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from huiyin.reporting.circular import Head, circular_of, numbers_of, tag_of, write_circular
from huiyin.reporting.circular.controls import Contradiction
from huiyin.reporting.circular.head import chinese
from huiyin.reporting.circular.prose import BASE, COUNT, SHARE
from huiyin.reporting.figures import figures_of
from tests.reporting.register import Chance, day
from tests.reporting.rows import write

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


def paragraphs(made, *, without_controls=False):
    """The running text, on demand without what stands in controls."""
    for paragraph in Document(io.BytesIO(made)).element.body.iterchildren(qn("w:p")):
        texts = [
            node.text or ""
            for node in paragraph.iter(qn("w:t"))
            if not without_controls or next(node.iterancestors(qn("w:sdt")), None) is None
        ]
        yield "".join(texts)


def test_every_figure_is_in_it_and_reads_the_same(full):
    found = numbers_of(io.BytesIO(circular_of(full.plenary, AS_OF)))
    for figure in figures_of(full.plenary, AS_OF):
        assert found[tag_of(figure.code, COUNT)] == str(figure.count)
        if figure.of is not None:
            assert found[tag_of(figure.code, BASE)] == str(figure.of)
        if figure.percent is not None:
            assert found[tag_of(figure.code, SHARE)] == f"{figure.percent}%"


def test_no_number_stands_outside_the_controls(full):
    made = circular_of(full.plenary, AS_OF)
    text = "".join(paragraphs(made, without_controls=True))
    without_dates = re.sub(r"[0-9]{4}年|[0-9]{1,2}月[0-9]{1,2}日", "", text)
    assert re.findall(r"[0-9%]+", without_dates) == []


def test_it_has_the_usual_parts_and_both_rates(full):
    text = "\n".join(paragraphs(circular_of(full.plenary, AS_OF)))
    parts = [
        "一、组织领导",
        "二、办理流程",
        "三、沟通协调",
        "四、以点促面",
        "存在的不足",
        "下一步工作",
        "附件",
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
    assert "落实率不作统计" in text


def test_the_head_has_its_four_entries(full):
    full.office.credit_code = "11370300004224423Q"
    full.office.save()
    made = write_circular(
        full.plenary, AS_OF, figures_of(full.plenary, AS_OF), head(full, number="淄政办字〔2021〕9号")
    )
    cells = [cell.text for row in Document(io.BytesIO(made)).tables[0].rows for cell in row.cells]
    assert cells[0:4] == ["索引号", "11370300004224423Q/2021", "文号", "淄政办字〔2021〕9号"]
    assert cells[4:8] == ["发文日期", "2021年2月20日", "发布机构", "淄博市政府办公室"]
    title = "淄博市人民政府关于市政协十二届四次会议以来提案办理情况的通报"
    assert title in "".join(paragraphs(made))
    assert Document(io.BytesIO(made)).core_properties.title == title


def test_a_congress_has_suggestions_and_deputies(city):
    text = "".join(paragraphs(circular_of(city.congress, AS_OF)))
    assert "市人大十五届四次会议以来建议办理情况" in text
    assert "提案" not in text


def test_two_numbers_under_one_tag_are_refused(full, tmp_path):
    made = Document(io.BytesIO(circular_of(full.plenary, AS_OF)))
    first = next(made.element.body.iter(qn("w:sdt")))
    next(first.iter(qn("w:t"))).text = "999999"
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
    titles = {clause for clause in ours if clause.endswith("办理情况的通报")}
    assert [clause for clause in (ours & published) - titles if len(clause) > 9] == []
