"""The manual names what stands on the pages, and shows what there is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(path.name for path in MANUAL.glob("*.md"))
QUOTED = re.compile(r"“([^”]+)”")
LINKED = re.compile(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"")


@pytest.fixture(scope="module")
def said() -> str:
    """All that the pages can say."""
    kinds = ("*.py", "*.html", "*.js")
    return "\n".join(
        path.read_text(encoding="utf-8") for kind in kinds for path in (ROOT / "huiyin").rglob(kind)
    )


@pytest.mark.parametrize("name", PAGES)
def test_what_is_quoted_stands_on_a_page(name: str, said: str) -> None:
    text = (MANUAL / name).read_text(encoding="utf-8")
    assert [one for one in QUOTED.findall(text) if one not in said] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_is_linked_is_there(name: str) -> None:
    text = (MANUAL / name).read_text(encoding="utf-8")
    links = [one or other for one, other in LINKED.findall(text)]
    assert [link for link in links if not (MANUAL / link).exists()] == []
    assert name == "README.md" or f"({name})" in (MANUAL / "README.md").read_text(encoding="utf-8")
