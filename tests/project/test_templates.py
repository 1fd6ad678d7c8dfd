"""Every template compiles: a tag that does not exist is found before a page is asked for."""

from pathlib import Path

import pytest
from django.template import Engine, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loaders.app_directories import get_app_template_dirs

from tests.project.source import name_of, templates


def loaded_name(path: Path) -> str:
    return path.as_posix().split("/templates/", 1)[1]


@pytest.mark.parametrize("path", list(templates()), ids=name_of)
def test_it_compiles(path: Path) -> None:
    found = get_template(loaded_name(path))
    assert Path(found.origin.name) == path, "another app's template of the same name hides this one"


def test_a_broken_one_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        Engine.get_default().from_string("{% no_such_tag %}")


def test_templates_stand_in_a_folder_named_after_their_app() -> None:
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    strangers = [
        name_of(path)
        for path in templates()
        if not any(path.is_relative_to(folder / folder.parent.name) for folder in folders)
    ]
    assert strangers == []
