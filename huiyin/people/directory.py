"""Taking in jurisdictions, units and persons with their posts: plain functions, refused with a sentence.

They are what the steps of `entering` and `accounts` do; posts are never deleted but closed by date.
"""

from datetime import date

from huiyin.journal.step import Refused
from huiyin.people import credit, phone, places
from huiyin.people.models import Jurisdiction, Person, Post, Unit
from huiyin.words import UNIT_ROLES, Assembly, Role


def take_in_jurisdiction(code: str, name: str = "") -> Jurisdiction:
    """The jurisdiction of this code; an unknown one is taken in with its level, parent and name as far as known."""
    if found := Jurisdiction.objects.filter(code=code).first():
        return found
    if said := places.objection_to_code(code):
        raise Refused(said, "jurisdiction")
    return Jurisdiction.objects.create(
        code=code, name=name or places.name_of(code), level=places.level_of(code), parent=parent_of(code)
    )


def parent_of(code: str) -> Jurisdiction | None:
    """The nearest jurisdiction above a code, of those that are known."""
    above = {row.code: row for row in Jurisdiction.objects.filter(code__in=places.parent_codes(code))}
    return next((above[one] for one in places.parent_codes(code) if one in above), None)


def take_in_unit(jurisdiction: Jurisdiction, name: str, **given: object) -> tuple[Unit, bool]:
    """The unit of this name, made where there is none; what is given and differs is written. (unit, whether changed)."""
    name = name.strip()
    if not name:
        raise Refused("请填写单位名称。", "name")
    code = credit.normalised(str(given.get("credit_code", "") or ""))
    if said := credit.objection_to(code):
        raise Refused(said, "credit_code")
    unit = Unit.objects.filter(jurisdiction=jurisdiction, name=name).first()
    others = Unit.objects.filter(credit_code=code).exclude(pk=unit.pk if unit else 0)
    if code and (other := others.first()):
        raise Refused(f"统一社会信用代码{code}已经登记在“{other.name}”名下。", "credit_code")
    given = {key: value for key, value in (given | {"credit_code": code}).items() if value not in (None, "")}
    if unit is None:
        return Unit.objects.create(jurisdiction=jurisdiction, name=name, **given), True
    changed = [key for key, value in given.items() if getattr(unit, key) != value]
    for key in changed:
        setattr(unit, key, given[key])
    if changed:
        unit.save(update_fields=changed)
    return unit, bool(changed)


def take_in_person(username: str, name: str, *, telephone: str = "", email: str = "") -> Person:
    """A person who can be given a password later; the telephone is normalised, an identity number refused."""
    if said := phone.objection_to(telephone):
        raise Refused(said, "phone")
    if Person.objects.filter(username=username).exists():
        raise Refused(f"登录名“{username}”已经有人使用，请换一个。", "username")
    return Person.objects.create_user(username, name.strip(), phone=phone.normalised(telephone), email=email)


def appoint(
    person: Person,
    role: Role,
    jurisdiction: Jurisdiction,
    *,
    unit: Unit | None = None,
    assembly: Assembly | None = None,
    title: str = "",
    division: str = "",
    is_chief: bool = False,
    from_on: date | None = None,
) -> Post:
    """任职: a role from a day on; a unit's people need the unit, assembly staff their assembly."""
    if role in UNIT_ROLES and unit is None:
        raise Refused("联络员、承办人和单位负责人要写明所在单位。", "unit")
    if role == Role.ASSEMBLY_STAFF and assembly is None:
        raise Refused("请写明是政协还是人大的工作人员。", "assembly")
    return Post.objects.create(
        person=person,
        jurisdiction=jurisdiction,
        role=role,
        unit=unit,
        assembly=assembly or "",
        title=title,
        division=division,
        is_chief=is_chief,
        from_on=from_on,
    )


def end_post(post: Post, on: date) -> Post:
    """离任: the last day in the post. The unit's desk then shows the open shares (交接承办人)."""
    if post.from_on and on < post.from_on:
        raise Refused("离任日期不能早于任职日期，请核对。", "to_on")
    post.to_on = on
    post.save(update_fields=["to_on"])
    return post
