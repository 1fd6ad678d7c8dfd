"""When a row that waits on somebody is due, and how much was done about it: expressions in the query of the list itself."""

from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import BaseExpression, Combinable
from django.db.models.functions import Coalesce

from huiyin.clock.models import Deadline
from huiyin.contacts.models import Contact
from huiyin.promises.models import Promise
from huiyin.words import DeadlineName

Expression = BaseExpression | Combinable


def _first(names: tuple[DeadlineName, ...], which: Q) -> Expression:
    """The earliest open deadline of these names."""
    open_ones = Deadline.objects.open().filter(which, name__in=names).order_by()
    earliest = open_ones.values("jurisdiction").annotate(first=Min("due_on")).values("first")
    return Subquery(earliest[:1], output_field=DateField())


def of_item(*names: DeadlineName) -> Expression:
    """Of rows that are items themselves."""
    return _first(names, Q(proposal=OuterRef("pk")))


def of_item_of(*names: DeadlineName) -> Expression:
    """Of rows that belong to an item: what the whole item owes."""
    return _first(names, Q(proposal=OuterRef("proposal")))


def of_share(*names: DeadlineName, path: str = "") -> Expression:
    """Of shares, or of rows that lead to one; a deadline of the whole item counts for each of its shares."""
    own = Q(assignment=OuterRef(path.rstrip("_") or "pk")) | Q(assignment=None)
    return _first(names, own & Q(proposal=OuterRef(f"{path}proposal")))


def of_form(name: DeadlineName) -> Expression:
    """Of evaluation forms."""
    return _first((name,), Q(evaluation=OuterRef("pk")))


def of_promise(name: DeadlineName) -> Expression:
    """Of promises: what falls due about this one."""
    return _first((name,), Q(promise=OuterRef("pk")))


def column(name: str) -> Expression:
    """A date that the row carries itself."""
    return F(name)


def numbers_of_share(path: str = "pk") -> dict[str, Expression]:
    """How often was talked and how much is promised on a share; `path` leads to it."""
    return {
        "contacts_made": _number(Contact.objects.all(), path),
        "promises_made": _number(Promise.objects.live(), path),
    }


def _number(parts: QuerySet[Any], path: str) -> Expression:
    own = parts.filter(assignment=OuterRef(path)).order_by().values("assignment")
    counted = own.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
