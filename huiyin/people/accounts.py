"""账号与任职: appointed, ended, given a new password. Steps like any other, so that each leaves its event.

An administrator looks after accounts and changes no item. A password is never seen by anybody but its owner: a reset
takes the old one away, and the person chooses a new one by a one-time link.
"""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.journal.work import hooks
from huiyin.people import directory, phone, who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction, Person, Post, Proposer, Unit
from huiyin.words import UNIT_ROLES, Assembly, Role


def units_here(jurisdiction: Jurisdiction, actor: Actor) -> Any:
    return Unit.objects.of(jurisdiction).open()


def proposers_without_login(jurisdiction: Jurisdiction, actor: Actor) -> Any:
    return Proposer.objects.filter(jurisdiction=jurisdiction, person=None)


@requirement(field="unit", late=True)
def unit_is_named(call: Call) -> str | None:
    missing = call.given("role") in UNIT_ROLES and not call.given("unit")
    return "联络员、承办人和单位负责人要写明所在单位。" if missing else None


@requirement(field="assembly", late=True)
def assembly_is_named(call: Call) -> str | None:
    missing = call.given("role") == Role.ASSEMBLY_STAFF and not call.given("assembly")
    return "请写明是政协还是人大的工作人员。" if missing else None


@requirement(field="proposer", late=True)
def proposer_is_named(call: Call) -> str | None:
    missing = call.given("role") == Role.PROPOSER and not call.given("proposer")
    return "提案者的账号要对应一位已经登记的提案者，请写明是哪一位。" if missing else None


@requirement(field="name", late=True)
def is_the_same_person(call: Call) -> str | None:
    """A log-in name that is taken may get one more post, but only if it is this person's and of this place."""
    known = Person.objects.filter(username=str(call.given("username", "")).strip()).first()
    if known is None:
        return None
    if known.name != str(call.given("name", "")).strip():
        return "这个登录名已经有人使用，姓名与所填的不同。请换一个登录名，或核对姓名。"
    return None if _is_of(known, call.obj.pk) else "这个登录名是其他地区的人员，请换一个登录名。"


def _is_of(person: Person, jurisdiction: int) -> bool:
    return not person.posts.exclude(jurisdiction=jurisdiction).exists()


def is_of_one_place(person: Person) -> bool:
    """Whose account an administrator of that place may look after."""
    return person.posts.order_by().values("jurisdiction").distinct().count() == 1


@requirement(field="phone", late=True)
def phone_is_one(call: Call) -> str | None:
    return phone.objection_to(str(call.given("phone", "")))


def is_looked_after() -> bool:
    """Whether anybody keeps the accounts of this home: until then it is being set up."""
    kept = Post.objects.in_role(Role.ADMINISTRATOR)
    return kept.exclude(to_on__lt=timezone.localdate(hooks.now())).exists()


@requirement()
def only_the_first_is_the_systems(call: Call) -> str | None:
    """The system appoints the first administrator (设立时), and nobody else."""
    if not call.actor.is_system or (call.given("role") == Role.ADMINISTRATOR and not is_looked_after()):
        return None
    return "已经有系统管理员，请由系统管理员登录后办理。"


@step(
    "post.appoint",
    label="增加任职",
    undone_by="post.end",
    on="people.Jurisdiction",
    creates="people.Post",
    who=who.administrator | who.system,
    requires=[
        only_the_first_is_the_systems,
        unit_is_named,
        assembly_is_named,
        proposer_is_named,
        is_the_same_person,
        phone_is_one,
    ],
    fields=[
        Field(
            "username", "登录名", "code", help="已有账号的，填原来的登录名，就是给他增加一个任职。", most=60
        ),
        Field("name", "姓名", "line", most=40),
        Field("role", "角色", "word", words=Role),
        Field("unit", "单位", "row", required=False, options=units_here),
        Field("assembly", "会议", "word", required=False, words=Assembly, help="政协、人大工作人员填写。"),
        Field(
            "proposer",
            "对应的提案者",
            "row",
            required=False,
            options=proposers_without_login,
            help="提案者的账号填写。",
        ),
        Field("title", "职务", "line", required=False, most=60),
        Field("division", "科室或分工", "line", required=False, most=200),
        Field(
            "is_chief",
            "科室负责人",
            "flag",
            required=False,
            help="承办科室的事项到期没有办完时，也提醒科室负责人。",
        ),
        Field("phone", "电话", "line", required=False, most=30),
        Field("from_on", "任职起", "date", required=False),
    ],
    sentence="{name}任{role}",
)
def appoint(
    jurisdiction: Jurisdiction,
    *,
    actor: Actor,
    at: datetime,
    username: str,
    name: str,
    role: str,
    proposer: Proposer | None = None,
    **given: Any,
) -> tuple[Post, dict[str, Any]]:
    """A post for a person who is known by the log-in name, or for a new one, who chooses a password by link."""
    person = Person.objects.filter(username=username.strip()).first()
    if person is None:
        person = directory.take_in_person(username.strip(), name, telephone=given.get("phone", ""))
    assembly = given.get("assembly")
    post = directory.appoint(
        person,
        Role(role),
        jurisdiction,
        unit=given.get("unit"),
        assembly=Assembly(assembly) if assembly else None,
        title=given.get("title", ""),
        division=given.get("division", ""),
        is_chief=given.get("is_chief", False),
        from_on=given.get("from_on"),
    )
    if proposer is not None:
        proposer.person = person
        proposer.save(update_fields=["person"])
    return post, {"person": person.pk}


@requirement(done=True)
def still_held(call: Call) -> str | None:
    return "这项任职已经写明了离任日期。" if call.obj.to_on else None


@requirement(field="on", late=True)
def ends_after_it_began(call: Call) -> str | None:
    on, began = call.given("on"), call.obj.from_on
    return "离任日期不能早于任职日期，请核对。" if on and began and on < began else None


@requirement()
def is_not_the_own_post(call: Call) -> str | None:
    own = call.actor.post is not None and call.actor.post.pk == call.obj.pk
    return "不能结束自己的任职，请由另一位系统管理员办理。" if own else None


@step(
    "post.end",
    label="离任",
    on="people.Post",
    who=who.administrator,
    requires=[still_held, is_not_the_own_post, ends_after_it_began],
    fields=[
        Field("on", "最后任职日", "date"),
        Field("reason", "原因", "text", required=False),
    ],
    sentence="{name}离任。{reason}",
)
def end(post: Post, *, actor: Actor, at: datetime, on: date, reason: str = "") -> dict[str, Any]:
    """Posts are closed, never deleted; open shares are handed over by the unit (交接承办人)."""
    directory.end_post(post, on)
    return {"person": post.person_id, "texts": {"name": post.person.name}}


@requirement()
def account_is_of_this_place(call: Call) -> str | None:
    """Else one city's administrator could take over an account of another's."""
    if _is_of(call.obj.person, call.obj.jurisdiction_id):
        return None
    return "这位人员在其他地区也有任职，请由他登录自行修改密码。"


@step(
    "post.reset_password",
    label="重设密码",
    on="people.Post",
    who=who.administrator,
    requires=[account_is_of_this_place],
    fields=[Field("reason", "原因", "text", required=False)],
    sentence="重设{name}的密码。{reason}",
)
def reset_password(post: Post, *, actor: Actor, at: datetime, reason: str = "") -> dict[str, Any]:
    """The old password and every open session end at once; the person chooses a new one by link."""
    post.person.set_unusable_password()
    post.person.save(update_fields=["password"])
    return {"person": post.person_id, "texts": {"name": post.person.name}}


def password_link(person: Person) -> str:
    """The address at which the person chooses a password, once; '' where one is set already."""
    if person.has_usable_password():
        return ""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("people:set_password", args=[uid, default_token_generator.make_token(person)])
