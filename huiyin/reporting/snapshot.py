"""Frozen figures: how a set of figures is stored, and read again as it was."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from huiyin.proposals.models import Plenary
from huiyin.reporting.figures import UnknownFigure, behind, figures_in, scope_of
from huiyin.reporting.models import Snapshot
from huiyin.reporting.scope import Figure


def as_stored(plenary: Plenary, as_of: date) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The figures, and by code the model and the ids of the rows behind each."""
    scope = scope_of(plenary, as_of)
    figures = figures_in(scope)
    rows = {}
    for figure in figures:
        counted = behind(scope, figure.code).counted
        ids = list(counted.order_by("pk").values_list("pk", flat=True))
        rows[figure.code] = {"model": counted.model._meta.label_lower, "ids": ids}
    return [asdict(figure) for figure in figures], rows


def frozen_figures(snapshot: Snapshot) -> list[Figure]:
    """The numbers as they were printed."""
    return [Figure(**stored) for stored in snapshot.figures]


def frozen_rows(snapshot: Snapshot, code: str) -> QuerySet:
    """The rows that were counted, whatever has become of them since."""
    stored = snapshot.rows.get(code)
    if stored is None:
        raise UnknownFigure(f"这次冻结的数字里没有“{code}”。")
    return apps.get_model(stored["model"])._default_manager.filter(pk__in=stored["ids"])
