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

import huiyin.wsgi  # noqa: E402, F401  the server's own settings of the process
from huiyin.people.models import Person  # noqa: E402
from huiyin.proposals.models import Proposal  # noqa: E402

RUNS = 30
BACKEND = "django.contrib.auth.backends.ModelBackend"
FINISHED = Proposal.objects.filter(answer_closed_at__isnull=False).order_by("pk")
OWN = "/ledger/?plenary=zx12-4"  # the plenary of 436
PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "ledger, one plenary": ("林岚", lambda: OWN),
    "ledger, one large plenary": ("林岚", lambda: f"/ledger/?plenary={_large()}"),
    "ledger, one large plenary, page 100": ("林岚", lambda: f"/ledger/?plenary={_large()}&page=100"),
    "ledger, all plenaries": ("林岚", lambda: "/ledger/?plenary=all"),
    "ledger, by due date": ("林岚", lambda: f"{OWN}&sort=due"),
    "ledger, by unit": ("林岚", lambda: f"{OWN}&sort=leads"),
    "ledger, totals": ("林岚", lambda: f"{OWN}&totals=1"),
    "ledger, one large plenary, totals": ("林岚", lambda: f"/ledger/?plenary={_large()}&totals=1"),
    "ledger, all, last received": ("林岚", lambda: "/ledger/?plenary=all&sort=-received"),
    "ledger, all, a unit": ("林岚", lambda: f"/ledger/?plenary=all&unit={_unit()}"),
    "ledger, all, a stage": ("林岚", lambda: "/ledger/?plenary=all&stage=evaluated"),
    "ledger, all, overdue": ("林岚", lambda: "/ledger/?plenary=all&overdue=on"),
    "ledger, all, a class": ("林岚", lambda: f"/ledger/?plenary=all&item_class={_class()}"),
    "ledger, a word in one plenary": ("林岚", lambda: f"{OWN}&q=第366片区"),
    "ledger, a word in a large plenary": ("林岚", lambda: f"/ledger/?plenary={_large()}&q=第366片区"),
    "ledger of a unit": ("陈静", lambda: OWN),
    "ledger of a unit, all": ("陈静", lambda: "/ledger/?plenary=all"),
    "ledger of the assembly": ("政协工作人员", lambda: OWN),
    "form of the filters": ("林岚", lambda: "/ledger/filters/"),
    "desk of the registrar": ("林岚", lambda: "/"),
    "desk of a liaison": ("陈静", lambda: "/"),
    "desk of a handler": ("周宁", lambda: "/"),
    "desk of a unit leader": ("高远", lambda: "/"),
    "desk of the assembly": ("政协工作人员", lambda: "/"),
    "desk of a proposer": ("陈一鸣", lambda: "/"),
    "desk of a government leader": ("王市长", lambda: "/"),
    "case": ("林岚", lambda: f"/cases/{FINISHED.first().pk}/"),
    "case for a unit": ("陈静", lambda: f"/cases/{_in_hand()}/"),
    "promises": ("林岚", lambda: "/promises/"),
    "promises by unit": ("林岚", lambda: "/promises/units/"),
    "assignment workbench": ("林岚", lambda: "/assigning/"),
    "hard items": ("林岚", lambda: "/hard/?plenary=zx12-4"),
    "hard items, one large plenary": ("林岚", lambda: f"/hard/?plenary={_large()}"),
    "supervision": ("林岚", lambda: "/supervision/"),
    "conduct of units": ("林岚", lambda: "/supervision/units/"),
    "topics": ("林岚", lambda: "/topics/"),
    "items raised again": ("林岚", lambda: "/topics/repeats/"),
    "scores": ("林岚", lambda: "/scores/?plenary=zx12-4"),
    "figures": ("林岚", lambda: "/figures/?plenary=zx12-4"),
    "stock over years": ("林岚", lambda: "/figures/stock/"),
}


def _large() -> str:
    found = Proposal.objects.exclude(plenary__code="zx12-4").values_list("plenary__code", flat=True).first()
    return found or "zx12-4"


def _unit() -> int:
    return Proposal.objects.filter(assignments__role="lead").values_list("assignments__unit", flat=True)[0]


def _in_hand() -> int:
    return Proposal.objects.filter(assignments__unit__name="市教育局", assignments__state="planned")[0].pk


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
    count = len(asked)
    slowest = max(asked.captured_queries, key=lambda query: float(query["time"]))
    runs = RUNS if first < 0.5 else 3
    spent = sorted(part.timed(lambda: client.get(address))[0] for _ in range(runs))
    part.say(f"{connection.vendor} {name}: {part.percentile(spent, 0.5) * 1000:.0f} ms, {count} queries")
    if "-v" in sys.argv and float(slowest["time"]) > 0.02:
        part.say(f"    {slowest['time']} s: {slowest['sql'][:1500]}")
    return {
        "p50": part.percentile(spent, 0.5),
        "p95": part.percentile(spent, 0.95),
        "queries": count,
        "bytes": len(answer.content),
    }


def main() -> None:
    part.prepare()
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
