"""人员账号名单: each row against the posts that stand, and taken in by post.appoint. Posts end one by one, not here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from huiyin.clock.now import today
from huiyin.people import phone
from huiyin.people.actor import Actor
from huiyin.people.entering import too_long
from huiyin.people.models import Jurisdiction, Person, Post, Proposer, Unit
from huiyin.people.steps import appoint
from huiyin.setup.lines import Compared, Line, Outcome, Say, short
from huiyin.setup.reading import Column
from huiyin.words import UNIT_ROLES, Role

COLUMNS = (
    Column("姓名", "本人姓名。", "张某某", ("人员姓名", "名字"), required=True),
    Column(
        "角色",
        "写联络员、承办人、负责人、市领导，或委员、代表。",
        "联络员",
        ("身份", "人员类别", "任职角色"),
        required=True,
    ),
    Column(
        "单位",
        "联络员、承办人和负责人填写，全称、简称都可以。",
        "市教育局",
        ("所在单位", "单位名称", "承办单位"),
    ),
    Column("职务", "", "办公室主任", ("职位",)),
    Column("科室或分工", "", "综合科", ("科室", "处室", "分工")),
    Column(
        "手机号",
        "联系本人；没有写登录名的，就用它登录。",
        "13800000000",
        ("电话", "手机", "手机号码", "联系电话", "移动电话"),
        width=18,
    ),
    Column("登录名", "不填就用手机号登录；已有账号的，填原来的登录名。", "", ("账号", "用户名")),
)
ROLES = {
    "联络员": Role.LIAISON,
    "承办人": Role.HANDLER,
    "经办人员": Role.HANDLER,
    "负责人": Role.UNIT_LEADER,
    "单位负责人": Role.UNIT_LEADER,
    "市领导": Role.GOVERNMENT_LEADER,
    "领导": Role.GOVERNMENT_LEADER,
    "委员": Role.PROPOSER,
    "代表": Role.PROPOSER,
} | {role.label: role for role in (*UNIT_ROLES, Role.PROPOSER)}
ASKED = "、".join(("联络员", "承办人", "负责人", "市领导", "委员", "代表"))
OFFICE = "管理员、政府办公室经办人和两会工作人员，请在“管理员和经办人”里逐个登记。"
SAY: dict[str, Say] = {
    "role": ("角色", Role.label_of),
    "unit": ("单位", str),
    "title": ("职务", short),
    "division": ("科室或分工", short),
    "phone": ("手机号", phone.masked),
    "username": ("登录名", lambda name: phone.masked(name) if name.isdigit() else name),
}


def compare(rows: Iterable[dict[str, Any]], place: Jurisdiction) -> Compared:
    """Four queries, however many rows."""
    listed = list(rows)
    comparing = _Comparing(place, {_log_in_name(row["cells"]) for row in listed})
    return Compared([comparing.line(row) for row in listed])


def _log_in_name(cells: dict[str, str]) -> str:
    return cells.get("登录名", "") or phone.normalised(cells.get("手机号", ""))


class _Comparing:
    """The units, proposers and posts that stand, and what the rows before have named."""

    def __init__(self, place: Jurisdiction, names: set[str]) -> None:
        self.place = place
        self.units: dict[str, Unit] = {}
        for unit in Unit.objects.of(place).open().order_by("-pk"):
            self.units |= {name: unit for name in (unit.short_name, unit.name) if name}
        self.proposers: dict[str, list[Proposer]] = defaultdict(list)
        listed = Proposer.objects.filter(jurisdiction=place).select_related("person")
        for proposer in listed.order_by("pk"):
            self.proposers[proposer.name].append(proposer)
        self.persons = {person.username: person for person in Person.objects.filter(username__in=names)}
        self.posts: dict[int, list[Post]] = defaultdict(list)
        theirs = Q(person__username__in=names) | Q(jurisdiction=place, role=Role.PROPOSER)
        for post in Post.objects.filter(theirs).select_related("unit"):
            self.posts[post.person_id].append(post)
        self.met: dict[tuple[Any, ...], str] = {}

    def line(self, row: dict[str, Any]) -> Line:
        cells = row["cells"]
        line = Line(row["place"], cells.get("姓名", "") or "（没有姓名）")
        told = ("title", "职务"), ("division", "科室或分工")
        line.given = {"name": cells.get("姓名", "")} | {
            name: cells.get(heading, "") for name, heading in told
        }
        said = self._read(line.given, cells) or self._is_another(line.given) or self._met(line)
        if said:
            return line.refuse(said)
        line.given = {name: value for name, value in line.given.items() if value}
        if standing := self._standing(line.given):
            line.outcome, line.row = Outcome.SAME, standing
            return line
        return line.anew(SAY)

    def _read(self, given: dict[str, Any], cells: dict[str, str]) -> str:
        """Role, unit, proposer, telephone and log-in name as the step asks for them; the sentence where one is amiss."""
        role, telephone = cells.get("角色", ""), cells.get("手机号", "")
        if not given["name"]:
            return "没有姓名。请补上，再上传一次。"
        if role not in ROLES:
            what = f"不认识角色“{short(role)}”" if role else "没有写角色"
            return f"{what}，请写{ASKED}中的一种。{OFFICE}"
        if said := phone.objection_to(telephone):
            return said
        given |= {"role": ROLES[role], "phone": phone.normalised(telephone), "username": _log_in_name(cells)}
        said = self._unit(given, cells.get("单位", "")) or self._proposer(given)
        if not said and not given["username"]:
            return "请填写手机号，或者登录名。"
        return said or too_long(Person, given) or too_long(Post, given) or ""

    def _unit(self, given: dict[str, Any], named: str) -> str:
        if given["role"] not in UNIT_ROLES:
            return ""
        given["unit"] = self.units.get(named)
        if given["unit"]:
            return ""
        if not named:
            return "联络员、承办人和负责人要写明所在单位。"
        return f"单位“{short(named)}”没有登记。请先登记这个单位，或改正名称，再上传一次。"

    def _proposer(self, given: dict[str, Any]) -> str:
        """The one of the list of members whose account it is to be: by name, of namesakes by telephone."""
        if given["role"] != Role.PROPOSER:
            return ""
        name, telephone = given["name"], given["phone"]
        found = self.proposers.get(name, [])
        found = [one for one in found if telephone and one.phone == telephone] or found
        if not found:
            return f"委员、代表名单里没有{name}。请先登记名单，再上传一次。"
        if len(found) > 1:
            return f"名单里有{len(found)}位{name}，不知道是哪一位。请写明名单里登记的手机号。"
        given["proposer"] = found[0]
        given["phone"] = telephone or found[0].phone
        given["username"] = given["username"] or given["phone"]
        if known := found[0].person:
            given["username"] = known.username
            self.persons[known.username] = known
        return ""

    def _is_another(self, given: dict[str, Any]) -> str:
        """The log-in name is somebody else's already."""
        known = self.persons.get(given["username"])
        if known and known.name != given["name"]:
            return "这个登录名或手机号已经有人使用，姓名与所填的不同。请写明另一个登录名，或核对姓名。"
        if known and any(post.jurisdiction_id != self.place.pk for post in self.posts[known.pk]):
            return "这个登录名是其他地区的人员，请写明另一个登录名。"
        return ""

    def _met(self, line: Line) -> str:
        """The same post on a row before."""
        key = tuple(line.given.get(name) for name in ("username", "role", "unit"))
        before = self.met.setdefault(key, line.place)
        return f"与{before}是同一个人的同一项任职，请只留一行。" if before != line.place else ""

    def _standing(self, given: dict[str, Any]) -> Post | None:
        person = self.persons.get(given["username"])
        posts = self.posts[person.pk] if person else []
        wanted = (given["role"], given.get("unit"))
        return next((post for post in posts if not post.to_on and (post.role, post.unit) == wanted), None)


def without_password(place: Jurisdiction) -> Iterator[Post]:
    """Who still has to choose a password, each person once; an account of several places is looked after by its owner."""
    elsewhere = Post.objects.exclude(jurisdiction=place).values("person")
    posts = Post.objects.filter(jurisdiction=place).held_on(today()).exclude(person__in=elsewhere)
    seen: set[int] = set()
    for post in posts.select_related("person", "unit").order_by("unit", "id"):
        if post.person_id not in seen and not post.person.has_usable_password():
            seen.add(post.person_id)
            yield post


def take_in(line: Line, place: Jurisdiction, actor: Actor) -> None:
    """The step that the row stands for. Raises Refused."""
    appoint(place, actor=actor, **line.given)
