"""届次: a plenary meeting is entered before items can be handed in for it."""

from datetime import date, datetime

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Plenary
from huiyin.rulepacks.models import PackVersion
from huiyin.words import Assembly

DIGITS = "零一二三四五六七八九"
MOST = 99


def chinese_number(number: int) -> str:
    """12 -> 十二, as sessions are counted; from 1 to 99."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def label_for(place: str, assembly: str, term: int, meeting: int) -> str:
    """The official name of a meeting: 中国人民政治协商会议第十二届淄博市委员会第四次会议."""
    of_term, of_meeting = f"第{chinese_number(term)}届", f"第{chinese_number(meeting)}次会议"
    if assembly == Assembly.CPPCC:
        return f"中国人民政治协商会议{of_term}{place}委员会{of_meeting}"
    return f"{place}{of_term}人民代表大会{of_meeting}"


def packs(jurisdiction: Jurisdiction, actor: Actor) -> list[tuple[str, str]]:
    published = PackVersion.objects.filter(published_at__isnull=False).order_by("code", "valid_from")
    return list(dict(published.values_list("code", "label")).items())


@requirement(field="code", late=True)
def code_is_new(call: Call) -> str | None:
    other = Plenary.objects.filter(code=call.given("code", "")).first()
    return f"代码{other.code}已经用于{other.label}，请换一个。" if other else None


@requirement(field="meeting", late=True)
def meeting_is_new(call: Call) -> str | None:
    data = {name: call.given(name) for name in ("assembly", "term", "meeting")}
    for name, label in (("term", "届"), ("meeting", "次")):
        if data[name] is not None and not 1 <= data[name] <= MOST:
            return f"{label}数请填1至{MOST}。"
    other = Plenary.objects.filter(jurisdiction=call.obj, **data).first()
    return f"{other.label}已经登记过了，代码是{other.code}。" if other else None


@requirement(field="closed_on", late=True)
def closes_after_it_opens(call: Call) -> str | None:
    opened, closed = call.given("opened_on"), call.given("closed_on")
    return "闭幕日期不能早于开幕日期，请核对。" if opened and closed and closed < opened else None


@step(
    "plenary.open",
    label="登记届次",
    on="people.Jurisdiction",
    creates="proposals.Plenary",
    who=who.registrar_of | who.system,
    requires=[code_is_new, meeting_is_new, closes_after_it_opens],
    fields=[
        Field("code", "代码", "code", help="用于文件和命令，如 zb2020。"),
        Field("assembly", "会议", "word", words=Assembly),
        Field("term", "届", "number"),
        Field("meeting", "次", "number"),
        Field("opened_on", "开幕日期", "date"),
        Field("closed_on", "闭幕日期", "date"),
        Field("pack_code", "规则包", "choice", options=packs),
        Field("label", "名称", "code", required=False, help="不填就按届次写出全称。"),
    ],
    sentence="登记{name}",
)
def open_plenary(
    jurisdiction: Jurisdiction,
    *,
    actor: Actor,
    at: datetime,
    code: str,
    assembly: str,
    term: int,
    meeting: int,
    opened_on: date,
    closed_on: date,
    pack_code: str,
    label: str = "",
) -> tuple[Plenary, dict[str, str]]:
    """登记届次; any pack may serve any jurisdiction."""
    made = Plenary.objects.create(
        code=code,
        jurisdiction=jurisdiction,
        assembly=assembly,
        term=term,
        meeting=meeting,
        label=label or label_for(jurisdiction.name, assembly, term, meeting),
        opened_on=opened_on,
        closed_on=closed_on,
        pack_code=pack_code,
    )
    return made, {"name": made.label}
