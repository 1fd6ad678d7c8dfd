"""What stands of one item in the database: one statement for each kind of part, prepared once."""

from django.db.models import Prefetch

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.desks.asked import Asked
from huiyin.desks.downloads import files_seen_by
from huiyin.desks.story import events_for
from huiyin.evaluations.models import Evaluation, Rating, SecondHandling
from huiyin.handling.models import Assignment, CoOpinion
from huiyin.journal.prepared import Prepared
from huiyin.ledgers.models import ImportRow
from huiyin.promises.models import Promise
from huiyin.proposals.models import Point, Proposal
from huiyin.replies.models import Answer, Reply

POINTS = Prepared(lambda item: Point.objects.filter(proposal=item))
CONTACTS = Prepared(
    lambda item: Contact.objects.filter(proposal=item).select_related("assignment__unit", "proposer")
)
SECOND_HANDLINGS = Prepared(
    lambda item: SecondHandling.objects.filter(proposal=item).select_related("evaluation", "share__unit")
)
MERGED = Prepared(
    lambda item: Proposal.objects.filter(merged_into=item, state="merged").select_related("plenary")
)
IMPORT_ROWS = Prepared(lambda item: ImportRow.objects.filter(proposal=item).select_related("ledger_import"))
DEADLINES = Prepared(
    lambda item: (
        Deadline.objects.filter(proposal=item)
        .select_related("assignment__unit", "promise__unit")
        .order_by("due_on", "id")
    )
)
SHARES = Prepared(
    lambda item: (
        Assignment.objects.filter(proposal=item)
        .select_related("unit", "handler__person")
        .prefetch_related(Prefetch("coopinions", CoOpinion.objects.order_by("id")))
        .order_by("id")
    )
)
# What it depends on the actor to see.
REPLIES = Asked(
    lambda actor, item: (
        Reply.objects.visible_to(actor)
        .filter(assignment__proposal=item)
        .prefetch_related(Prefetch("answers", Answer.objects.select_related("point")))
        .order_by("round", "id")
    )
)
FORMS = Asked(
    lambda actor, item: (
        Evaluation.objects.visible_to(actor)
        .filter(proposal=item)
        .select_related("evaluator")
        .prefetch_related(Prefetch("ratings", Rating.objects.order_by("id")))
    )
)
PROMISES = Asked(
    lambda actor, item: (
        Promise.objects.visible_to(actor)
        .live()
        .serving(item)
        .select_related("unit", "owner__person", "assignment__unit", "proposal")
        .prefetch_related("points", "evidence", "due_dates", "milestones")
    )
)
# Without the files of supervision, which stand beside the act that they belong to.
ATTACHMENTS = Asked(
    lambda actor, item: files_seen_by(actor).filter(proposal=item, inspections=None, task_reports=None)
)
EVENTS = Asked(
    lambda actor, item: (
        events_for(actor).filter(proposal=item).told().prefetch_related("corrections").order_by("-at", "-id")
    )
)
