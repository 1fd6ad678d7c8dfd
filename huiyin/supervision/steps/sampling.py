"""回头看抽查: the sample is drawn by rule and seed; both stay in the event, with what it was drawn from."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.clock.now import day_of
from huiyin.journal.fields import TEN_YEARS, Field
from huiyin.journal.models import Seal
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import MarkHistory, Reply
from huiyin.rulepacks.store import version_in_force
from huiyin.supervision.models import Sample, SampledItem
from huiyin.supervision.needs import all_of_this_place
from huiyin.supervision.sampling import drawn


def units_of(plenary: Plenary, actor: Actor) -> Any:
    shares = plenary.proposals.filter(assignments__isnull=False).values("assignments__unit")
    return Unit.objects.filter(pk__in=shares)


def marks_of(plenary: Plenary, actor: Actor) -> list[tuple[str, str]]:
    pack = version_in_force(plenary.pack_code, plenary.opened_on).pack
    return [(mark.code, f"{mark.code} {mark.label}") for mark in pack.mark_scheme(plenary.kind).marks]


def candidates(
    plenary: Plenary, at: datetime, *, unit: Unit | None = None, mark: str = "", age: int = 0
) -> QuerySet[Proposal]:
    """Items answered so long ago, by this unit, with this mark as it stands now."""
    replies = Reply.objects.issued().filter(
        assignment__proposal=OuterRef("pk"), issued_at__lte=at - timedelta(days=age)
    )
    if unit is not None:
        replies = replies.filter(assignment__unit=unit)
    found = Proposal.objects.received().filter(Exists(replies), plenary=plenary)
    if mark:
        later = MarkHistory.objects.filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
        standing = MarkHistory.objects.filter(~Exists(later), proposal=OuterRef("pk"), mark=mark)
        found = found.filter(Exists(standing))
    return found


def _asked(call: Call) -> QuerySet[Proposal]:
    return candidates(
        call.obj,
        call.at,
        unit=call.given("unit"),
        mark=call.given("mark") or "",
        age=call.given("age") or 0,
    )


@requirement(field="share", late=True)
def share_is_a_share(call: Call) -> str | None:
    share = call.given("share")
    return None if share is None or 1 <= share <= 100 else "抽取比例请填1到100。"


@requirement(late=True)
def there_is_something_to_draw(call: Call) -> str | None:
    return None if _asked(call).exists() else "没有符合这些条件的已答复件，请放宽条件再抽。"


def seed_of_the_moment(plenary: Plenary) -> str:
    """The last link of the journal's chain: nobody can choose it, and everybody can look it up."""
    last = Seal.objects.filter(jurisdiction=plenary.jurisdiction_id).order_by("-seq").first()
    return last.hash[:32] if last else plenary.code


@step(
    "look_back.draw",
    label="抽取回头看样本",
    on="proposals.Plenary",
    creates="supervision.Sample",
    who=who.registrar | who.assembly_staff,
    stamps="drawn_at",
    requires=[share_is_a_share, all_of_this_place, there_is_something_to_draw],
    fields=[
        Field("title", "名称", "line", help="例如：2020年提案回头看第一次抽查。", most=100),
        Field("share", "抽取比例（%）", "number", help="按符合条件的件数计算，不足一件的算一件。"),
        Field("unit", "承办单位", "row", required=False, options=units_of, help="不选就是所有单位。"),
        Field("mark", "办理结果", "choice", required=False, options=marks_of),
        Field("age", "答复满多少天", "number", required=False, most=TEN_YEARS),
        Field(
            "seed",
            "随机种子",
            "code",
            required=False,
            most=80,
            help="当众摇号的可以填摇出的号；不填就用办理记录链上最新的校验码，谁也挑不了。",
        ),
    ],
    sentence="抽取回头看样本“{title}”：符合条件{candidates_count}件，抽出{drawn_count}件",
)
def draw(
    plenary: Plenary,
    *,
    actor: Actor,
    at: datetime,
    title: str,
    share: int,
    unit: Unit | None = None,
    mark: str = "",
    age: int = 0,
    seed: str = "",
) -> tuple[Sample, dict[str, Any]]:
    """Reproducible: the same candidates, seed and share give the same items in the same order."""
    seed = seed.strip() or seed_of_the_moment(plenary)
    keys = sorted(candidates(plenary, at, unit=unit, mark=mark, age=age).values_list("pk", flat=True))
    chosen = drawn(keys, seed, share)
    sample = Sample.objects.create(
        jurisdiction_id=plenary.jurisdiction_id,
        plenary=plenary,
        title=title.strip(),
        share=share,
        unit=unit,
        mark=mark,
        age=age,
        seed=seed,
        candidates=len(keys),
        drawn_at=at,
    )
    SampledItem.objects.bulk_create(
        SampledItem(sample=sample, proposal_id=key, place=place) for place, key in enumerate(chosen, 1)
    )
    counts = {"candidates_count": len(keys), "drawn_count": len(chosen)}
    return sample, counts | {
        "seed": seed,
        "candidates": keys,
        "drawn": chosen,
        "on": day_of(at).isoformat(),
    }
