"""The one-time link of a form. Only its digest is stored; the link itself is made again from the home's secret key.

So the one who sends it out (by message or as a printed code) can do so whenever that is, and a copy of the
database opens no form. A new link takes the place of the old one; a form once given is closed to its link.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from huiyin.evaluations.asked import dimensions_of
from huiyin.evaluations.models import Evaluation
from huiyin.people.actor import Actor
from huiyin.words import Role

VALID_FOR = timedelta(days=90)  # of the link, not of the evaluation: after it, log in or ask for a new one


def renew(form: Evaluation, at: datetime) -> None:
    """A fresh link for the form; the caller saves it."""
    form.nonce = secrets.token_hex(16)
    form.token_digest = digest(token_of(form))
    form.expires_at = at + VALID_FOR


def token_of(form: Evaluation) -> str:
    """The secret part of the form's link; '' where it has none. Signed over what it opens: who evaluates which reply
    in which round, and what is asked. For anything else it is no key."""
    if not form.nonce:
        return ""
    asked = ",".join(dimensions_of(form.proposal, later=form.later))
    bound = [form.pk, form.evaluator_id, form.reply_id, form.round, asked, form.nonce]
    signed = ":".join(map(str, bound))
    return salted_hmac("huiyin.evaluation", signed, algorithm="sha256").hexdigest()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def form_of(token: str) -> Evaluation | None:
    """The form that a link opens, whatever its state: the step says why it can't be given any more."""
    found = Evaluation.objects.filter(token_digest=digest(token)).exclude(token_digest="")
    form = found.select_related(*Evaluation.lock_with).first()
    return form if form is not None and constant_time_compare(token_of(form), token) else None


def holder(form: Evaluation) -> Actor:
    """Whoever holds the link: may fill in this one form and do nothing else."""
    return Actor(None, Role.PROPOSER, form.proposal.jurisdiction, by_link=form.pk)
