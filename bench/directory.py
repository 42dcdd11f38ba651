"""What the directory costs with 5,000 offers, as a multiple of what it costs with 100, and beside a bare view.

    .venv/bin/python -m bench.directory             its pages and a guide page that names who can help, at both sizes
    .venv/bin/python -m bench.directory --explain   and how PostgreSQL reads each query of each

Both sizes are measured in one run, as ``bench.case_studies`` does it. The run fails when the list takes more queries
than ``MOST_QUERIES``, or when any page takes more queries with many offers than with few.
"""

import argparse
import sys
from collections.abc import Iterator

from bench import case_studies
from bench.case_studies import Cost
from bench.web import portal, say, server

SIZES = (100, 5_000)
MOST_QUERIES = 6
LIST = "the list, all facets counted"
PAGES = {
    "bare view": "/bare/",
    LIST: "/support/",
    "three filters": "/support/?nation=wales&issue=pensions&stage=appraisal",
    "by name": "/support/?sort=name",
    "the last page": "/support/?page={last_page}",
    "bodies from A to Z": "/support/bodies/",
    "a body": "/support/cwmpas/",
    "a guide page": "/guides/spinning-out/implementation/pensions-council/?nation=wales",
}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--explain", action="store_true")
    explain = arguments.parse_args().explain
    with portal() as port:
        from bench import people

        people.move_in()
        costs: dict[str, list[Cost]] = {}
        for size in SIZES:
            fill(size)
            with server(port):
                for name, path in PAGES.items():
                    address = path.format(last_page=-(-size // 20))
                    costs.setdefault(name, []).append(case_studies.cost(address, port))
        if explain:
            case_studies.tell_plans(PAGES)
    return report(costs)


def fill(size: int) -> None:
    """So many offers: those that come with the service, and made-up ones."""
    from django.db import connection
    from django.utils import timezone

    from signposting import many
    from signposting.models import Offer

    many.make(size - Offer.objects.help(at=timezone.now()).count(), at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def report(costs: dict[str, list[Cost]]) -> int:
    small, large = (f"{size:,}" for size in SIZES)
    say(f"\n{'':<30}{'within, ms':>18}{'served, ms':>20}{'ratio':>8}{'queries':>10}{'KB':>14}")
    say(f"{'offers':<30}{small:>9}{large:>9}{small:>11}{large:>9}")
    for name, (few, many) in costs.items():
        say(
            f"{name:<30}{few.within_ms:>9.1f}{many.within_ms:>9.1f}{few.served_ms:>11.1f}{many.served_ms:>9.1f}"
            f"{many.served_ms / few.served_ms:>8.1f}{few.queries:>6}{many.queries:>4}"
            f"{few.bytes / 1000:>7.0f}{many.bytes / 1000:>7.0f}"
        )
    found = list(faults(costs))
    for fault in found:
        say(f"NOT good enough: {fault}")
    return 1 if found else 0


def faults(costs: dict[str, list[Cost]]) -> Iterator[str]:
    if (queries := costs[LIST][1].queries) > MOST_QUERIES:
        yield f"{LIST} took {queries} queries, at most {MOST_QUERIES} wanted."
    for name, (few, many) in costs.items():
        if many.queries > few.queries:
            yield f"{name} took {few.queries} queries with few offers and {many.queries} with many."


if __name__ == "__main__":
    sys.exit(main())
