"""What case studies cost with 5,000 of them, as a multiple of what they cost with 50, and beside a bare view.

    .venv/bin/python -m bench.case_studies             pages, downloads and PDF at both sizes
    .venv/bin/python -m bench.case_studies --explain   and how PostgreSQL reads each query of each

Both sizes are measured in one run, on one machine and one throwaway database: within this process, where queries can
be counted, and over a connection to gunicorn, as a reader waits for it. The run fails when the first page of the list
takes longer than ``MOST_MS`` at the median, or more queries than ``MOST_QUERIES``, or not as many at both sizes, and
when a PDF takes longer than anybody should be able to ask for.
"""

import argparse
import http.client
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from bench.load import HOST
from bench.web import portal, say, server

SIZES = (50, 5_000)
REPEATS = 41
ALL_OF_THEM = 3
"""Downloads of everything are measured so often: one takes as long as a hundred pages."""
MOST_MS, MOST_QUERIES = 60, 6
MOST_PDF_MS = 100
LIST = "the list, all facets counted"
PDF = "a profile as a PDF"
PAGES = {
    "bare view": "/bare/",
    LIST: "/case-studies/",
    "three filters": "/case-studies/?nation=england&owner=staff&size=50-249&size=250-999",
    "filters that fit nothing": "/case-studies/?region=london&sector=fire&kind=pilot&form=cic&size=under-50",
    "by size": "/case-studies/?sort=size",
    "the last page": "/case-studies/?page={last_page}",
    "a profile": "/case-studies/gll/",
    PDF: "/case-studies/gll.pdf",
    "four side by side": "/case-studies/compare/?with=gll,epic,seqol,mycsp",
    "the feed": "/case-studies/feed/",
    "all look-outs, counted": "/tools/look-outs/",
    "everything as JSON": "/case-studies/data.json",
    "everything as CSV": "/case-studies/data.csv",
}


@dataclass(frozen=True)
class Cost:
    within_ms: float
    served_ms: float
    queries: int
    bytes: int


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
                    costs.setdefault(name, []).append(cost(path.format(last_page=-(-size // 20)), port))
        if explain:
            tell_plans(PAGES)
    return report(costs)


def fill(size: int) -> None:
    """So many live profiles: those that come with the service, and made-up ones."""
    from django.db import connection
    from django.utils import timezone

    from case_studies import many
    from case_studies.models import Profile

    many.make(size - Profile.objects.live(at=timezone.now()).count(), at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def cost(path: str, port: int) -> Cost:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": HOST})

    def within() -> int:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101
        return len(answer.getvalue())

    with CaptureQueriesContext(connection) as captured:
        length = within()
    queries = len(captured)  # now: the next request clears the list
    repeats = ALL_OF_THEM if "/data." in path else REPEATS
    within_ms = median(within, repeats)
    with connected(port) as ask:
        served_ms = median(lambda: ask(path), repeats)
    return Cost(within_ms, served_ms, queries, length)


@contextmanager
def connected(port: int) -> Iterator[Callable[[str], None]]:
    """One connection that asks for one page after the other, compressed, as a browser does."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def ask(path: str) -> None:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")

    try:
        yield ask
    finally:
        connection.close()


def median(probe: Callable[[], object], repeats: int) -> float:
    """In milliseconds. What is asked for first is not counted: caches are cold, and each worker has its own."""
    for _ in range(1 if repeats == ALL_OF_THEM else 8):
        probe()
    waits = []
    for _ in range(repeats):
        start = time.perf_counter()
        probe()
        waits.append(1000 * (time.perf_counter() - start))
    return statistics.median(waits)


def tell_plans(pages: Mapping[str, str]) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    for name, path in pages.items():
        with CaptureQueriesContext(connection) as captured:
            Client(headers={"host": HOST}).get(path)
        for query in captured.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + query["sql"].replace("%", "%%"))
                plan = "\n".join(row[0] for row in cursor.fetchall())
            say(f"\n== {name}\n{query['sql']}\n{plan}")


def report(costs: dict[str, list[Cost]]) -> int:
    small, large = (f"{size:,}" for size in SIZES)
    say(f"\n{'':<30}{'within, ms':>18}{'served, ms':>20}{'ratio':>8}{'of bare':>9}{'queries':>10}{'KB':>14}")
    say(f"{'profiles':<30}{small:>9}{large:>9}{small:>11}{large:>9}")
    bare = costs["bare view"][1].served_ms
    for name, (few, many) in costs.items():
        say(
            f"{name:<30}{few.within_ms:>9.1f}{many.within_ms:>9.1f}{few.served_ms:>11.1f}{many.served_ms:>9.1f}"
            f"{many.served_ms / few.served_ms:>8.1f}{many.served_ms / bare:>9.1f}{few.queries:>6}{many.queries:>4}"
            f"{few.bytes / 1000:>7.0f}{many.bytes / 1000:>7.0f}"
        )
    found = list(faults(costs))
    for fault in found:
        say(f"NOT good enough: {fault}")
    return 1 if found else 0


def faults(costs: dict[str, list[Cost]]) -> Iterator[str]:
    few, many = costs[LIST]
    slowest = max(few.within_ms, few.served_ms, many.within_ms, many.served_ms)
    if slowest >= MOST_MS:
        yield f"{LIST} took {slowest:.0f} ms, under {MOST_MS} wanted."
    if many.queries > MOST_QUERIES:
        yield f"{LIST} took {many.queries} queries, at most {MOST_QUERIES} wanted."
    for name, (few, many) in costs.items():
        if few.queries != many.queries and "everything" not in name:
            yield f"{name} took {few.queries} queries with few profiles and {many.queries} with many."
    slowest = max(each.within_ms for each in costs[PDF])
    if slowest >= MOST_PDF_MS:
        yield f"{PDF} took {slowest:.0f} ms, under {MOST_PDF_MS} wanted."


if __name__ == "__main__":
    sys.exit(main())
