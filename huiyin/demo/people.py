"""The made city written into the database: jurisdiction, units, persons with their posts, proposers.

All persons are made up and have no password; nothing here happens in time, so no steps are taken.
"""

from dataclasses import dataclass, field
from datetime import date

from huiyin.demo import names
from huiyin.demo.city import City
from huiyin.demo.plenary2021 import STAR_UNIT
from huiyin.people.actor import Actor
from huiyin.people.directory import take_in_jurisdiction, take_in_unit
from huiyin.people.models import Jurisdiction, Person, Post, Proposer, Unit

PROVINCE = "370000"
OFFICE = "bangongshi"
IN_OFFICE_SINCE = date(2016, 12, 26)


@dataclass
class Rows:
    """The rows of the city by the keys of the plan."""

    jurisdiction: Jurisdiction
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    proposers: dict[str, Proposer] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


def make_people(city: City) -> Rows:
    """Everybody and every unit of the city."""
    take_in_jurisdiction(PROVINCE)
    rows = Rows(take_in_jurisdiction(city.code, city.name))
    _make_units(city, rows)
    _make_persons(city, rows)
    _make_proposers(city, rows)
    return rows


def _make_units(city: City, rows: Rows) -> None:
    for unit in city.units:
        made, _ = take_in_unit(
            rows.jurisdiction,
            unit.name,
            short_name=unit.short_name,
            credit_code=unit.credit_code,
            duties=unit.duties,
            working_group=unit.working_group,
            parent=rows.units.get(unit.parent),
            is_office=unit.key == OFFICE,
        )
        rows.units[unit.key] = made


def _in_order(city: City) -> list[names.Person]:
    """The unit and the leader with most to do come first: who picks the first of a role finds a full desk."""
    leader = city.leader_of(STAR_UNIT).person.key
    return sorted(city.people, key=lambda person: person.unit != STAR_UNIT and person.key != leader)


def _make_persons(city: City, rows: Rows) -> None:
    people = _in_order(city)
    Person.objects.bulk_create(_person(person) for person in people)
    made = {person.username: person for person in Person.objects.filter(made_up=True)}
    Post.objects.bulk_create(
        Post(
            person=made[person.key],
            jurisdiction=rows.jurisdiction,
            role=person.role,
            unit=rows.units.get(person.unit),
            assembly=person.assembly,
            title=person.title,
            division=person.division,
            is_chief=person.is_chief,
            from_on=IN_OFFICE_SINCE,
        )
        for person in people
    )
    posts = Post.objects.filter(person__made_up=True).select_related("person", "unit", "jurisdiction")
    rows.posts = {post.person.username: post for post in posts}
    rows.actors = {key: Actor.of(post) for key, post in rows.posts.items()}


def _person(person: names.Person) -> Person:
    made = Person(username=person.key, name=person.name, phone=person.phone, made_up=True)
    made.set_unusable_password()
    return made


def _make_proposers(city: City, rows: Rows) -> None:
    Proposer.objects.bulk_create(
        Proposer(
            jurisdiction=rows.jurisdiction,
            assembly=proposer.assembly,
            kind=proposer.kind,
            name=proposer.name,
            person=rows.posts[proposer.person.key].person,
            sector=proposer.sector,
            phone=proposer.person.phone,
            organisation=proposer.organisation,
        )
        for proposer in city.proposers
    )
    made = {proposer.person_id: proposer for proposer in Proposer.objects.filter(person__made_up=True)}
    rows.proposers = {
        proposer.key: made[rows.posts[proposer.person.key].person.pk] for proposer in city.proposers
    }
