"""分类: one class in each of several taxonomies."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Classification, ItemClass, Proposal
from huiyin.proposals.steps.registering import ALIVE


@Prepared
def _own_taxonomies(jurisdiction: int) -> Any:
    own = ItemClass.objects.filter(jurisdiction=jurisdiction).order_by("taxonomy")
    return own.values_list("taxonomy", flat=True).distinct()


def taxonomies(proposal: Proposal, actor: Actor) -> list[tuple[str, str]]:
    """The pack's taxonomies, and those that the jurisdiction has taken in besides."""
    known = {entry.name: entry.label for entry in proposal.pack.taxonomies_for(proposal.kind)}
    own = {name: name for name in _own_taxonomies(proposal.jurisdiction_id)}
    return list((own | known).items())


def classes(proposal: Proposal, actor: Actor) -> list[tuple[str, str]]:
    """Every class on offer, in every taxonomy."""
    listed = [name for entry in proposal.pack.taxonomies_for(proposal.kind) for name in entry.classes]
    own = ItemClass.objects.filter(jurisdiction=proposal.jurisdiction_id).values_list("name", flat=True)
    return [(name, name) for name in dict.fromkeys([*listed, *own])]


@requirement(field="item_class", late=True)
def class_is_known(call: Call) -> str | None:
    """A class of the pack, one that the jurisdiction has taken in, or any where the taxonomy is open."""
    name, wanted = call.given("taxonomy", ""), str(call.given("item_class", "")).strip()
    pack = call.obj.pack
    taxonomy = next((entry for entry in pack.taxonomies_for(call.obj.kind) if entry.name == name), None)
    if not wanted or (taxonomy and (taxonomy.open or wanted in taxonomy.classes)):
        return None
    own = ItemClass.objects.filter(jurisdiction=call.obj.jurisdiction_id, taxonomy=name)
    if own.filter(name=wanted).exists():
        return None
    listed = [*(taxonomy.classes if taxonomy else ()), *own.values_list("name", flat=True)]
    known = "、".join(dict.fromkeys(listed))
    if not known:
        return f"规则包里没有“{name}”这种分类法，请先增加它的类别。"
    return f"“{wanted}”不在这种分类法的类别里，可选：{known}。"


@Prepared
def _of_name(jurisdiction: int, taxonomy: str, name: str) -> Any:
    return ItemClass.objects.filter(jurisdiction=jurisdiction, taxonomy=taxonomy, name=name)


@Prepared
def _classified(item: int, taxonomy: str) -> Any:
    given = Classification.objects.filter(proposal=item, taxonomy=taxonomy)
    return given.select_related("item_class").order_by("pk")


@step(
    "proposal.classify",
    label="分类",
    on="proposals.Proposal",
    who=who.takes_in,
    source=ALIVE,
    requires=[class_is_known],
    fields=[
        Field("taxonomy", "分类法", "choice", options=taxonomies),
        Field("item_class", "类别", "code", options=classes, most=60),
    ],
    bulk=True,
    sentence="归入{item_class}类",
)
def classify(
    proposal: Proposal, *, actor: Actor, at: datetime, taxonomy: str, item_class: str
) -> dict[str, Any]:
    """分类: the class in this taxonomy; a later one takes its place."""
    named = (proposal.jurisdiction_id, taxonomy, item_class.strip())
    chosen = next(iter(_of_name(*named)), None) or _taken_in(*named)
    before = next(iter(_classified(proposal.pk, taxonomy)), None)
    if before is None:
        Classification.objects.create(proposal=proposal, taxonomy=taxonomy, item_class=chosen)
        return {"before": None}
    Classification.objects.filter(pk=before.pk).update(item_class=chosen)
    return {"before": before.item_class.name}


def _taken_in(jurisdiction: int, taxonomy: str, name: str) -> ItemClass:
    """A class that the jurisdiction uses for the first time, or somebody else has at this moment."""
    return ItemClass.objects.get_or_create(jurisdiction_id=jurisdiction, taxonomy=taxonomy, name=name)[0]


@step(
    "item_class.add",
    label="增加类别",
    on="people.Jurisdiction",
    who=who.registrar,
    fields=[Field("taxonomy", "分类法", "code", most=40), Field("name", "类别", "code", most=60)],
    creates="proposals.ItemClass",
    sentence="增加类别{name}",
)
def add_class(
    jurisdiction: Jurisdiction, *, actor: Actor, at: datetime, taxonomy: str, name: str
) -> tuple[ItemClass, None]:
    """A class of a city's own, in a taxonomy of the pack or one beside it."""
    made, _ = ItemClass.objects.get_or_create(
        jurisdiction=jurisdiction, taxonomy=taxonomy.strip(), name=name.strip()
    )
    return made, None
