"""由点及面: what was gathered into problems and initiatives, and what came of them."""

from collections.abc import Iterator, Sequence

from huiyin.reporting.circular.head import Terms
from huiyin.reporting.circular.outcomes import Widened
from huiyin.reporting.circular.prose import Figures, Paragraph, Piece


def grouping(figures: Figures, terms: Terms, topics: Sequence[Widened]) -> Paragraph:
    """From one case to the field: what was gathered into problems and initiatives, and what came of them."""
    gathered = figures.listed(
        ("topic.problem", "同类问题{topic.problem}个"), ("topic.initiative", "专项行动{topic.initiative}个")
    )
    paragraph = figures.paragraph(
        f"由点及面，将{terms.item}{{topic.items}}件归并为{gathered}，由一家单位牵头、跨年度推进"
        if gathered
        else "",
        "，其中已经解决{topic.settled}个。" if figures.count("topic.settled") else "。" if gathered else "",
        f"往年提过、本次又提出的{terms.item}{{repeat.count}}件，均对照往年的答复和承诺重新办理。"
        if figures.count("repeat.count")
        else "",
    )
    return Paragraph((*paragraph.pieces, *_came_of(topics)))


def _came_of(topics: Sequence[Widened]) -> Iterator[Piece]:
    for one in topics:
        yield f"{one.topic}，"
        for line in one.lines:
            yield from line
            yield "。" if line is one.lines[-1] else "；"
