"""What every page needs."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"actor": getattr(request, "actor", None)}
