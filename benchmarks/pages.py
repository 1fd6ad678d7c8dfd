"""What a page costs on the server: the ledger, a desk and a case, as the people who open them see them."""

import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import part

part.begin()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from huiyin.people.models import Person  # noqa: E402
from huiyin.proposals.models import Proposal  # noqa: E402

RUNS = 20
BACKEND = "django.contrib.auth.backends.ModelBackend"
FINISHED = Proposal.objects.filter(answer_closed_at__isnull=False).order_by("pk")
PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "ledger": ("林岚", lambda: "/ledger/"),
    "ledger, page 100": ("林岚", lambda: "/ledger/?page=100"),
    "ledger, one plenary": ("林岚", lambda: "/ledger/?plenary=zx12-4"),
    "ledger, one large plenary": ("林岚", lambda: f"/ledger/?plenary={_large()}"),
    "ledger, a unit": ("林岚", lambda: f"/ledger/?unit={_unit()}"),
    "ledger, a stage": ("林岚", lambda: "/ledger/?stage=evaluated"),
    "ledger, overdue": ("林岚", lambda: "/ledger/?overdue=on"),
    "ledger, a class": ("林岚", lambda: f"/ledger/?item_class={_class()}"),
    "ledger, a number": ("林岚", lambda: "/ledger/?q=12"),
    "ledger, a rare word": ("林岚", lambda: "/ledger/?q=第366片区"),
    "ledger of a unit": ("陈静", lambda: "/ledger/"),
    "ledger of the assembly": ("政协工作人员", lambda: "/ledger/"),
    "desk of the registrar": ("林岚", lambda: "/"),
    "desk of a liaison": ("陈静", lambda: "/"),
    "desk of a handler": ("周宁", lambda: "/"),
    "desk of a unit leader": ("高远", lambda: "/"),
    "desk of the assembly": ("政协工作人员", lambda: "/"),
    "desk of a proposer": ("陈一鸣", lambda: "/"),
    "case": ("林岚", lambda: f"/cases/{FINISHED.first().pk}/"),
    "promises": ("林岚", lambda: "/promises/"),
}


def _large() -> str:
    found = Proposal.objects.exclude(plenary__code="zx12-4").values_list("plenary__code", flat=True).first()
    return found or "zx12-4"


def _unit() -> int:
    return Proposal.objects.filter(assignments__role="lead").values_list("assignments__unit", flat=True)[0]


def _class() -> int:
    return Proposal.objects.filter(classifications__isnull=False).values_list(
        "classifications__item_class", flat=True
    )[0]


def opened(name: str) -> dict[str, Any]:
    """Time and queries of one page."""
    who, where = PAGES[name]
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.get(name=who), BACKEND)
    address = where()
    with CaptureQueriesContext(connection) as asked:
        first, answer = part.timed(lambda: client.get(address))
    if answer.status_code != 200:
        raise RuntimeError(f"{name}: {address} answers {answer.status_code}")
    runs = RUNS if first < 1 else 3
    spent = sorted(part.timed(lambda: client.get(address))[0] for _ in range(runs))
    slowest = max(asked.captured_queries, key=lambda query: float(query["time"]))
    part.say(f"{connection.vendor} {name}: {part.percentile(spent, 0.5) * 1000:.0f} ms, {len(asked)} queries")
    if "-v" in sys.argv and float(slowest["time"]) > 0.02:
        part.say(f"    {slowest['time']} s: {slowest['sql'][:1500]}")
    return {
        "p50": part.percentile(spent, 0.5),
        "p95": part.percentile(spent, 0.95),
        "queries": len(asked),
        "bytes": len(answer.content),
    }


def main() -> None:
    began = time.perf_counter()
    wanted = [name for name in sys.argv[1:] if name in PAGES] or list(PAGES)
    found = {name: opened(name) for name in wanted}
    part.tell(
        {
            "database": connection.vendor,
            "items": Proposal.objects.count(),
            "pages": found,
            "seconds": time.perf_counter() - began,
            "memory": part.peak_memory(),
        }
    )


if __name__ == "__main__":
    main()
