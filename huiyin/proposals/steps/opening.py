"""届次: a plenary meeting is entered before items can be handed in for it, on the rules that the place has chosen."""

from datetime import date, datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.entering import rewritten
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


def packs(on: Any, actor: Actor) -> list[tuple[str, str]]:
    published = PackVersion.objects.filter(published_at__isnull=False).order_by("code", "valid_from")
    return list(dict(published.values_list("code", "label")).items())


def usual_pack(place: Jurisdiction) -> str:
    """The pack chosen for the place, else that of its latest plenary; '' where neither is there."""
    last = place.plenaries.order_by("-opened_on", "code").first()
    return place.pack_code or (last.pack_code if last else "")


@step(
    "jurisdiction.choose_pack",
    label="选用规则包",
    on="people.Jurisdiction",
    who=who.sets_up,
    fields=[
        Field("pack_code", "规则包", "choice", options=packs, initial=lambda place: usual_pack(place) or None)
    ],
    sentence="选用规则包：{label}",
)
def choose_pack(jurisdiction: Jurisdiction, *, actor: Actor, at: datetime, pack_code: str) -> dict[str, Any]:
    """What new plenaries are offered first; those that stand keep theirs."""
    label = dict(packs(jurisdiction, actor))[pack_code]
    return rewritten(jurisdiction, {"pack_code": pack_code}) | {"label": label}


@requirement(field="code", late=True)
def code_is_new(call: Call) -> str | None:
    other = Plenary.objects.filter(code=call.given("code", "")).first()
    return f"代码{other.code}已经用于{other.label}，请换一个。" if other else None


@requirement(field="meeting", late=True)
def meeting_is_new(call: Call) -> str | None:
    data = {name: call.given(name) for name in ("assembly", "term", "meeting")}
    here = call.obj.jurisdiction if isinstance(call.obj, Plenary) else call.obj
    for name, label in (("term", "届"), ("meeting", "次")):
        if data[name] is not None and not 1 <= data[name] <= MOST:
            return f"{label}数请填1至{MOST}。"
    others = Plenary.objects.filter(jurisdiction=here, **data)
    other = (others.exclude(pk=call.obj.pk) if isinstance(call.obj, Plenary) else others).first()
    return f"{other.label}已经登记过了，代码是{other.code}。" if other else None


@requirement(field="closed_on", late=True)
def closes_after_it_opens(call: Call) -> str | None:
    opened, closed = call.given("opened_on"), call.given("closed_on")
    return "闭幕日期不能早于开幕日期，请核对。" if opened and closed and closed < opened else None


@requirement()
def nothing_handed_in(call: Call) -> str | None:
    """Deadlines and figures rest on a plenary's days and rules from its first item on."""
    count = call.obj.proposals.count()
    return f"这次会议已有{count}件提案、建议，届次、日期和规则包不能再改。" if count else None


def _fields(*, stored: bool) -> list[Field]:
    """The same values are asked of a new plenary and of one that is there."""

    def as_it_stands(name: str) -> Any:
        return (lambda plenary: getattr(plenary, name)) if stored else None

    chosen = as_it_stands("pack_code") or (lambda place: usual_pack(place) or None)
    return [
        Field("assembly", "会议", "word", words=Assembly, initial=as_it_stands("assembly")),
        Field("term", "届", "number", initial=as_it_stands("term"), help="第几届，只填数字。"),
        Field("meeting", "次", "number", initial=as_it_stands("meeting"), help="这一届的第几次会议。"),
        Field("opened_on", "开幕日期", "date", initial=as_it_stands("opened_on")),
        Field("closed_on", "闭幕日期", "date", initial=as_it_stands("closed_on")),
        Field("pack_code", "规则包", "choice", options=packs, initial=chosen),
        Field(
            "label",
            "名称",
            "code",
            required=False,
            most=60,
            initial=_own_label if stored else None,
            help="不填就按届次写出全称。",
        ),
    ]


def _own_label(plenary: Plenary) -> str:
    """Empty where it is the official one, which follows when the session is put right."""
    official = label_for(plenary.jurisdiction.name, plenary.assembly, plenary.term, plenary.meeting)
    return "" if plenary.label == official else plenary.label


@step(
    "plenary.open",
    label="登记届次",
    on="people.Jurisdiction",
    creates="proposals.Plenary",
    who=who.sets_up,
    requires=[code_is_new, meeting_is_new, closes_after_it_opens],
    fields=[
        Field("code", "代码", "code", help="用于文件和命令，如 zb2020。", most=40),
        *_fields(stored=False),
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


@step(
    "plenary.change",
    label="修改届次",
    on="proposals.Plenary",
    who=who.registrar | who.administrator,
    requires=[nothing_handed_in, meeting_is_new, closes_after_it_opens],
    fields=_fields(stored=True),
    sentence="修改{was}的登记",
)
def change_plenary(
    plenary: Plenary,
    *,
    actor: Actor,
    at: datetime,
    assembly: str,
    term: int,
    meeting: int,
    label: str = "",
    **given: Any,
) -> dict[str, Any]:
    """What was entered wrongly is put right while nothing rests on it."""
    was = plenary.label
    label = label or label_for(plenary.jurisdiction.name, assembly, term, meeting)
    new = {"assembly": assembly, "term": term, "meeting": meeting, "label": label}
    return rewritten(plenary, new | given) | {"was": was}
