"""The figures of one plenary and of a year, beside the same by hand in SQL on the same rows."""

import sys
from datetime import date

from benchmarks import part

part.begin()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks import by_hand  # noqa: E402
from huiyin.people.models import Jurisdiction  # noqa: E402
from huiyin.proposals.models import Plenary, Proposal  # noqa: E402
from huiyin.reporting import figures  # noqa: E402
from huiyin.reporting.scope import Scope  # noqa: E402

AS_OF = date(2020, 12, 31)


class Differs(Exception):
    """The figures and the hand-written SQL do not agree: one of them counts wrongly."""


def compared(scope: Scope, runs: int) -> dict[str, float]:
    own = {figure.code: figure.count for figure in figures.figures_in(scope)}
    expected = by_hand.figures(scope)
    wrong = {code: (own.get(code), count) for code, count in expected.items() if own.get(code) != count}
    if wrong:
        raise Differs(f"figures and hand-written SQL: {wrong}")
    # Families that nothing is written by hand for would only make the two unlike.
    both = [one for one in figures.FAMILIES if any(code.startswith(one.codes) for code in expected)]

    def counted() -> None:
        for family in both:
            family.figures(scope)

    with CaptureQueriesContext(connection) as asked:
        counted()
    spent = part.median_of(runs, counted, warm=False)
    plain = part.median_of(runs, lambda: by_hand.figures(scope), warm=False)
    found = {"items": own["received.total"], "seconds": spent, "by_hand": plain, "ratio": spent / plain}
    return found | {"queries": len(asked)}


def families(scope: Scope) -> dict[str, float]:
    return {
        family.codes[0]: part.timed(lambda one=family: one.figures(scope))[0] for family in figures.FAMILIES
    }


def main() -> None:
    here = Jurisdiction.objects.get(code="370300")
    one = figures.scope_of(Plenary.objects.get(code="zx12-4"), AS_OF)
    year = figures.scope_of_year(here, "cppcc", 2020, AS_OF)
    items = Proposal.objects.count()
    runs = 5 if items < 500_000 else 3
    found = {"plenary": compared(one, max(runs, 5)), "year": compared(year, runs)}
    for name, numbers in found.items():
        part.say(
            f"{connection.vendor} {items} {name}: {numbers['seconds']:.3f} s, {numbers['ratio']:.2f} times"
        )
    part.tell(
        {"database": connection.vendor, "items": items, **found, "families": families(year)}
        | {"memory": part.peak_memory()}
    )


if __name__ == "__main__":
    sys.exit(main())
