"""The published totals of the plenary of 2020 come out of the figures, exactly."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.proposals.models import Plenary
from huiyin.reporting.figures import figures_of
from huiyin.reporting.scope import Figure

AS_OF = date(2021, 2, 20)
PUBLISHED = [
    ("received.total", 436, None, None),
    ("class.category.经济科技", 149, 436, "34.2"),
    ("class.category.社会事业和民生保障", 129, 436, "29.6"),
    ("class.category.城建交通", 147, 436, "33.7"),
    ("class.category.其他", 11, 436, "2.5"),
    ("mark.A", 230, 436, "52.8"),
    ("mark.B", 198, 436, "45.4"),
    ("mark.C", 8, 436, "1.8"),
    ("reply.rate", 436, 436, "100.0"),
    ("satisfaction.result.rate", 498, 500, "99.6"),
]


@pytest.fixture(scope="module")
def figures(demo_city: Path) -> dict[str, Figure]:
    plenary = Plenary.objects.get(code="zx-12-4")
    return {figure.code: figure for figure in figures_of(plenary, AS_OF)}


@pytest.mark.parametrize(("code", "count", "of", "percent"), PUBLISHED)
def test_the_circular_prints_it(
    figures: dict[str, Figure], code: str, count: int, of: int | None, percent: str | None
) -> None:
    figure = figures[code]
    assert (figure.count, figure.of, figure.percent) == (count, of, percent)
