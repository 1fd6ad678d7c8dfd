"""沟通: how many of the items assigned had a contact, and the contacts by phase and way."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huiyin.contacts.models import Contact
from huiyin.proposals.models import Proposal
from huiyin.reporting.families.replies import ASSIGNED
from huiyin.reporting.scope import Asked, Behind, Figure, Scope
from huiyin.words import ContactPhase, ContactWay, Response

CONTACTS = "沟通次数"
EXPLAINED = "说明原因的次数"
# What can't be done is explained before it is answered (R3), and the proposer says how it is taken.
EXPLAINING = {
    "contact.explained": ~Q(explained=""),
    "contact.understood": ~Q(explained="") & Q(response=Response.UNDERSTOOD),
}


def _logged(scope: Scope) -> Q:
    return scope.received("proposal__") & scope.happened("at")


def _asked(scope: Scope) -> Asked:
    asked = {f"phase_{phase}": Q(phase=phase) for phase in ContactPhase}
    asked |= {f"way_{way}": Q(way=way) for way in ContactWay}
    asked |= {code.replace(".", "_"): fits for code, fits in EXPLAINING.items()}
    counts = {name: Count("pk", filter=query) for name, query in asked.items()}
    return Contact.objects.filter(_logged(scope)), {"total": Count("pk")} | counts


def figures(scope: Scope) -> list[Figure]:
    """The rate counts items; the rest counts contacts, each phase and way also with 0."""
    counts = scope.counts(_asked)
    made = [
        scope.figure("contact.rate", "沟通率", scope.count(_reached), scope.total_assigned, ASSIGNED),
        scope.figure("contact.total", "沟通次数", counts["total"]),
    ]
    for prefix, words in (("phase", ContactPhase), ("way", ContactWay)):
        made += [
            scope.figure(
                f"contact.{prefix}.{word}", word.label, counts[f"{prefix}_{word}"], counts["total"], CONTACTS
            )
            for word in words
        ]
    said = counts["contact_explained"]
    made += [
        scope.figure("contact.explained", "说明原因", said, counts["total"], CONTACTS),
        scope.figure(
            "contact.understood", "说明后表示谅解或认可", counts["contact_understood"], said, EXPLAINED
        ),
    ]
    return made


def _reached(scope: Scope) -> QuerySet[Proposal]:
    return scope.assigned().filter(
        Exists(Contact.objects.filter(scope.happened("at"), proposal=OuterRef("pk")))
    )


def rows(scope: Scope, code: str) -> Behind:
    if code == "contact.rate":
        return Behind(_reached(scope), scope.assigned())
    logged = Contact.objects.filter(_logged(scope))
    if code == "contact.total":
        return Behind(logged)
    if code in EXPLAINING:
        base = logged if code == "contact.explained" else logged.filter(EXPLAINING["contact.explained"])
        return Behind(logged.filter(EXPLAINING[code]), base)
    _, field, word = code.split(".")
    return Behind(logged.filter(**{field: word}), logged)
