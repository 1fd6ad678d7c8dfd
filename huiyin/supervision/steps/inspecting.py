"""督查与回头看: what was found on the spot, what is to be redressed and by when, and whether it was when one went again."""

from datetime import datetime
from typing import Any

from huiyin.files.keep import keep
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import all_units_people, assembly_staff_of, registrars
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from huiyin.supervision.models import Inspection, SampledItem, Task
from huiyin.supervision.positions import LIKE, what_is_wrong
from huiyin.supervision.steps.leading import STANDING
from huiyin.supervision.tasks import ask
from huiyin.supervision.words import Verdict

INSPECTORS = who.registrar | who.assembly_staff | who.government_leader
FORM = "huiyin.supervision.forms.VisitForm"


def _promises(obj: Any, actor: Actor) -> Any:
    return Promise.objects.in_force().filter(proposal=obj.proposal)


def _fields(*, verdict: bool) -> list[Field]:
    """What is written down on the spot; on a planned visit the verdict is asked for, else it follows from the demand."""
    return [
        Field("verdict", "结论", "word", required=verdict, words=Verdict),
        Field("finding", "发现的情况", "text"),
        Field("place", "地点", "line", required=False, help="写到路名、院名，别人也能找到。", most=100),
        Field(
            "position",
            "位置",
            "line",
            required=False,
            most=60,
            help=f"经纬度，例如：{LIKE}。手机上有“取当前位置”的，点一下就填好。",
        ),
        Field("photos", "照片", "files", required=False, help="在手机上可以直接拍照。"),
        Field("promise", "承诺事项", "row", required=False, options=_promises),
        Field("redress", "整改要求", "text", required=False),
        Field("redress_due_on", "整改期限", "date", required=False),
    ]


@requirement(field="redress", late=True)
def wanting_asks_for_redress(call: Call) -> str | None:
    if call.given("verdict") != Verdict.WANTING or call.given("redress"):
        return None
    return "发现了问题，请写明要单位怎样整改。"


@requirement(field="verdict", late=True)
def well_asks_for_nothing(call: Call) -> str | None:
    if call.given("verdict") == Verdict.WELL and call.given("redress"):
        return "结论是“属实到位”，就不用写整改要求；有问题的，请把结论改为“发现问题”。"
    return None


@requirement(field="redress_due_on", late=True)
def redress_has_a_day(call: Call) -> str | None:
    if call.given("redress") and call.given("redress_due_on") is None:
        return "请写明整改期限，到期没有报告的会列为逾期。"
    return None


@requirement(field="position", late=True)
def position_is_on_the_map(call: Call) -> str | None:
    position = call.given("position")
    return what_is_wrong(position) or None if position else None


NEEDS = [position_is_on_the_map, wanting_asks_for_redress, well_asks_for_nothing, redress_has_a_day]


def _record(
    item: Proposal,
    *,
    actor: Actor,
    at: datetime,
    look_back: bool,
    again_of: Inspection | None = None,
    **given: Any,
) -> tuple[Inspection, dict[str, Any]]:
    """The inspection with its photos; what is to be redressed becomes a task for each unit that answers for it."""
    photos = keep(given.pop("photos", None), proposal=item, actor=actor, at=at)
    if given.get("position"):
        given["position"] = given["position"].strip()
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    kept.setdefault("verdict", Verdict.WANTING if kept.get("redress") else Verdict.WELL)
    made = Inspection.objects.create(proposal=item, look_back=look_back, again_of=again_of, at=at, **kept)
    made.photos.set(photos)
    if made.redress:
        ask(made, sorted(made.unit_ids), what=made.redress, due_on=made.redress_due_on, at=at)
    return made, {"verdict": str(made.verdict), "photos": [photo.pk for photo in photos]}


@step(
    "inspection.record",
    label="登记督查",
    on="proposals.Proposal",
    creates="supervision.Inspection",
    who=INSPECTORS,
    source=STANDING,
    stamps="at",
    requires=NEEDS,
    fields=_fields(verdict=False),
    form=FORM,
    tell=[all_units_people, registrars],
    sentence="督查：{finding}",
)
def record_inspection(
    proposal: Proposal, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    """现场督查 while the item is handled or carried out."""
    return _record(proposal, actor=actor, at=at, look_back=False, **given)


@requirement()
def answered_already(call: Call) -> str | None:
    if Reply.objects.issued().filter(assignment__proposal=call.obj.proposal).exists():
        return None
    return "回头看在答复以后进行；这一件还没有答复，请登记督查。"


@step(
    "look_back.record",
    label="登记回头看",
    on="proposals.Proposal",
    creates="supervision.Inspection",
    who=INSPECTORS,
    source=STANDING,
    stamps="at",
    requires=[answered_already, *NEEDS],
    fields=_fields(verdict=False),
    form=FORM,
    tell=[all_units_people, registrars, assembly_staff_of],
    sentence="回头看：{finding}",
)
def look_back(
    proposal: Proposal, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    """回头看: whether what the reply said is true and kept to."""
    return _record(proposal, actor=actor, at=at, look_back=True, **given)


@requirement(done=True)
def not_visited_yet(call: Call) -> str | None:
    return "这一件已经走访过了。" if call.obj.visit_id else None


@step(
    "look_back.visit",
    label="填写走访单",
    on="supervision.SampledItem",
    creates="supervision.Inspection",
    who=INSPECTORS,
    stamps="at",
    requires=[not_visited_yet, *NEEDS],
    fields=_fields(verdict=True),
    form=FORM,
    tell=[all_units_people, registrars, assembly_staff_of],
    sentence="回头看抽查{verdict}：{finding}",
)
def visit(
    sampled: SampledItem, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    """The visit to an item that was drawn; whoever was drawn is visited, so that nobody picks the easy ones."""
    made, facts = _record(sampled.proposal, actor=actor, at=at, look_back=True, **given)
    sampled.visit = made
    sampled.save(update_fields=["visit"])
    return made, facts | {"sample": sampled.sample_id}


@requirement()
def something_was_wanting(call: Call) -> str | None:
    return None if call.obj.verdict == Verdict.WANTING else "上次没有发现问题，不用二次核查。"


@requirement()
def redress_is_accepted(call: Call) -> str | None:
    if Task.objects.open().filter(inspection=call.obj).exists():
        return "整改还没有确认；请等单位报告、确认以后再去核查。"
    return None


@requirement(done=True)
def not_gone_again_yet(call: Call) -> str | None:
    return "已经二次核查过了。" if call.obj.again.exists() else None


@step(
    "inspection.again",
    label="登记二次核查",
    on="supervision.Inspection",
    creates="supervision.Inspection",
    who=INSPECTORS,
    stamps="at",
    requires=[not_gone_again_yet, something_was_wanting, redress_is_accepted, *NEEDS],
    fields=_fields(verdict=True),
    form=FORM,
    tell=[all_units_people, registrars, assembly_staff_of],
    sentence="二次核查{verdict}：{finding}",
)
def inspect_again(
    inspection: Inspection, *, actor: Actor, at: datetime, **given: Any
) -> tuple[Inspection, dict[str, Any]]:
    """Whether what was accepted on paper stands on the ground; still wanting, it is asked for once more."""
    given.setdefault("promise", inspection.promise)
    return _record(
        inspection.proposal, actor=actor, at=at, look_back=inspection.look_back, again_of=inspection, **given
    )
