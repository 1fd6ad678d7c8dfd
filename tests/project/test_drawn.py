"""The glossary and the procedure in docs/ say what the code says."""

import pytest

from tests.project.drawn import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_drawn_from_the_code_is_as_the_code_is_now(name):
    stands = (DOCS / name).read_text(encoding="utf-8")
    assert stands == PAGES[name](), "python -m tests.project.drawn draws it anew"
