"""What must have happened before a reply goes to the proposer."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.contacts.models import Contact
from huiyin.handling.models import Assignment
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement
from huiyin.promises.models import Evidence
from huiyin.replies import marks
from huiyin.replies.models import Reply, other_leads
from huiyin.replies.needs.content import not_yet, office_sets_mark
from huiyin.words import AssignmentState, ContactPhase, ReplyState, UnitRole

BEFORE_ISSUE = (ContactPhase.BEFORE, ContactPhase.DURING)
HAS_GIVEN = (AssignmentState.OPINION_GIVEN, AssignmentState.CLOSED)


def is_paper(call: Call) -> bool:
    """The office enters a letter that the unit has signed and sent on paper."""
    return call.actor.on_behalf_of is not None


def names_of(shares: list[Assignment]) -> str:
    return "、".join(share.unit.name for share in shares)


@requirement()
def signed_first(call: Call) -> str | None:
    if call.obj.state != ReplyState.DRAFT or is_paper(call):
        return None
    return not_yet(call, "答复稿还没有经本单位审核签发。请先送审。")


@requirement()
def checked_first(call: Call) -> str | None:
    """Option office_check = before_issue; and mark_setter = office, for the office sets it in its check."""
    before = call.obj.proposal.option("office_check") == "before_issue" or office_sets_mark(call.obj)
    if not before or call.obj.state == ReplyState.PASSED or is_paper(call):
        return None
    return not_yet(call, "答复要先经市政府办公室审核。请先送政府办审核。")


@requirement(gap="evidence")
def rise_is_accepted(call: Call) -> str | None:
    """R5: a second reply with a better mark needs the office's word, by its check or by accepted evidence."""
    said = marks.said_by(call.obj)
    before = marks.mark_now(call.obj.assignment) if said else None
    if before is None or said is None or said.mark.order >= before.order or call.obj.passed_at:
        return None
    if accepted_evidence(call.obj.assignment).exists():
        return None
    was = call.obj.proposal.pack.mark(call.obj.proposal.kind, before.mark)
    name = was.label if was else before.mark
    why = f"办理结果由“{name}”提为“{said.mark.label}”，要有市政府办公室认可的佐证。"
    return not_yet(call, why + "请先送政府办审核，或先报请确认承诺已落实。")


def accepted_evidence(assignment: Assignment) -> QuerySet[Evidence]:
    return Evidence.objects.filter(promise__assignment=assignment, accepted_at__isnull=False)


@requirement(gap="co_opinion", field="went_without")
def co_opinions_in(call: Call) -> str | None:
    """R2: the lead's reply waits for every co-opinion or records why it goes without."""
    waiting = co_opinions_missing(call.obj)
    if not waiting or call.given("went_without", call.obj.went_without):
        return None
    return not_yet(call, f"{names_of(waiting)}还没有提交会办意见。请催办，或写明不再等候的原因。")


def co_opinions_missing(reply: Reply) -> list[Assignment]:
    return _opinions_owed(reply.proposal.pk) if reply.assignment.role == UnitRole.LEAD else []


@Prepared
def _opinions_owed(item: int) -> QuerySet[Assignment]:
    shares = Assignment.objects.standing().filter(proposal=item, role=UnitRole.CO)
    return shares.exclude(state__in=HAS_GIVEN).select_related("unit")


@Prepared
def _contacts(item: int, share: int, until: datetime) -> Any:
    """The phases of those that the unit had, or the office for everybody."""
    had = Contact.objects.filter(proposal=item, at__lte=until)
    return had.filter(Q(assignment=share) | Q(assignment=None)).order_by().values_list("phase", flat=True)


@requirement(gap="contact")
def contacts_made(call: Call) -> str | None:
    """The contacts that the pack requires before a reply."""
    proposal = call.obj.proposal
    required = [entry.phase for entry in proposal.pack.contacts_for(proposal.kind)]
    wanted = [phase for phase in BEFORE_ISSUE if phase in required]
    if not wanted:
        return None
    made = set(_contacts(proposal.pk, call.obj.assignment_id, call.at))
    missing = "、".join(phase.label for phase in wanted if phase not in made)
    return not_yet(call, f"还没有登记{missing}沟通。请先与提案者沟通并登记。") if missing else None


@requirement(gap="agreement")
def leads_agree(call: Call) -> str | None:
    """Option several_leads = one_agreed_reply: the other leads have agreed to it."""
    waiting = leads_not_agreed(call.obj)
    if not waiting:
        return None
    return not_yet(call, f"本件由几个主办单位共同答复，{names_of(waiting)}还没有会签。请其会签后再答复。")


def leads_not_agreed(reply: Reply) -> list[Assignment]:
    if reply.proposal.option("several_leads") != "one_agreed_reply":
        return []
    return list(other_leads(reply).exclude(agreements__reply=reply))


@requirement(gap="mark_date")
def mark_has_a_date(call: Call) -> str | None:
    if call.at_known or not call.obj.mark:
        return None
    return not_yet(call, "有办理结果而没有答复日期。请写明答复日期。")


ISSUABLE = (
    co_opinions_in,
    contacts_made,
    leads_agree,
    rise_is_accepted,
    mark_has_a_date,
)
