"""Who picks the first person of a role finds at least five acts on the desk."""

from pathlib import Path

import pytest

from huiyin.desks.desk import groups_of
from huiyin.people.actor import Actor
from huiyin.people.models import Post
from huiyin.words import Role

ACTING = [role for role in Role if role not in (Role.AUDITOR, Role.ADMINISTRATOR)]


def first_of(role: Role) -> Post:
    """As the page of roles shows them."""
    post = Post.objects.filter(person__made_up=True, role=role).first()
    assert post is not None
    return post


@pytest.mark.parametrize("role", ACTING)
def test_at_least_five_acts_are_due(demo_city: Path, role: Role) -> None:
    groups = groups_of(Actor.of(first_of(role)))
    assert sum(group.count for group in groups) >= 5, {group.act.label: group.count for group in groups}


@pytest.mark.parametrize("role", [Role.ASSEMBLY_STAFF, Role.REGISTRAR, Role.LIAISON, Role.HANDLER])
def test_and_they_are_not_all_of_one_kind(demo_city: Path, role: Role) -> None:
    assert len(groups_of(Actor.of(first_of(role)))) >= 3
