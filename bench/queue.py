"""What the adviser's queue costs with 100,000 enquiries, as a multiple of what it costs with 1,000.

    .venv/bin/python -m bench.queue             a tenth of the enquiries are open
    .venv/bin/python -m bench.queue --all-open  the worst that can be
    .venv/bin/python -m bench.queue --explain   and how PostgreSQL reads each query

Both sizes are measured in one run, on one machine and one throwaway database, so the ratio means something where the
milliseconds do not. The last line fails the run when the page has become more than ``MOST`` times slower.
"""

import argparse
import logging
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (1_000, 100_000)
REPEATS = 21
MOST = 3.0
"""The page of a large queue may be a little slower: caches are colder, and its counts run to their cap."""

ENQUIRIES = """
INSERT INTO signposting_enquiry (reference, submission_key, channel, sent_at, enquirer_kind, nation, place,
    employer_type, employer_name, sector, staff_count, stage, topics, ownership_idea, question, excluded_bodies,
    may_share, rule_set_id, status, holder_id, adviser_id, respond_by, version)
SELECT 'MIS-' || translate(to_char(n / 10000, 'FM0000'), '01', 'AB') || '-'
           || translate(to_char(n %% 10000, 'FM0000'), '01', 'AB'),
       gen_random_uuid(), 'web', now() - n * interval '1 minute', 'staff', 'england',
       'Place ' || n %% 997, 'council', 'Council ' || n %% 1009, 'leisure', 40, 'appraisal', '{}',
       'not-sure', 'How do we begin? Word' || n %% 5003 || ' ' || repeat('plain words of a question ', 20), '{}',
       true, %(rule_set)s, status, (%(holders)s::bigint[])[1 + n %% 5],
       CASE WHEN status IN ('in-hand', 'asked') AND n %% 7 = 0 THEN %(adviser)s END,
       CASE WHEN status IN ('offered', 'in-hand') THEN current_date + n %% 250 - 125 END, 1
  FROM generate_series(%(first)s, %(last)s) AS n,
       LATERAL (SELECT CASE WHEN (n / 5) %% 100 >= %(open_percent)s THEN 'closed'
                            ELSE (ARRAY['offered', 'in-hand', 'asked', 'in-hand'])[1 + n %% 4] END AS status) AS s
"""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--all-open", action="store_true")
    arguments.add_argument("--explain", action="store_true")
    options = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="queue-"))
    # The settings for tests reach no database but the one in this folder.
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    from django.conf import settings

    from mutuals_portal import local_postgres, web_server

    os.environ |= dict(variable.split("=", 1) for variable in web_server.raw_env)  # asked as pages ask
    try:
        local_postgres.ensure_running(settings.DATA_DIR, durable=False)
        return compare(open_percent=100 if options.all_open else 10, explain=options.explain)
    finally:
        local_postgres.stop(settings.DATA_DIR)
        shutil.rmtree(folder, ignore_errors=True)


def compare(*, open_percent: int, explain: bool) -> int:
    import django
    import structlog

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    logging.disable(logging.INFO)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    call_command("migrate", verbosity=0)
    given = a_body_with_an_adviser()
    costs: dict[str, list[float]] = {}
    filled = 0
    for size in SIZES:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            # The rows agree with no events, which the queue does not read.
            cursor.execute("ALTER TABLE signposting_enquiry DISABLE TRIGGER USER")
            cursor.execute(
                ENQUIRIES, given | {"first": filled, "last": size - 1, "open_percent": open_percent}
            )
            cursor.execute("VACUUM ANALYZE signposting_enquiry")
        filled = size
        for name, probe in probes(given).items():
            costs.setdefault(name, []).append(median_cost(probe))
    if explain:
        tell_plans(given)
    return report(costs, open_percent)


def a_body_with_an_adviser() -> dict:
    from django.contrib.auth.models import User

    from signposting import access
    from signposting.models import Adviser, Organisation, RuleSet

    access.sync_groups()
    bodies = [
        Organisation.objects.create(slug=f"body-{n}", name=f"Body {n}", kind="partner", home_nation="england")
        for n in range(5)
    ]
    adviser = User.objects.create_user("adviser", is_staff=True)
    adviser.groups.set(access.Group.objects.filter(name="adviser"))
    Adviser.objects.create(user=adviser, organisation=bodies[0])
    now = "2026-01-01T00:00Z"
    rule_set = RuleSet.objects.create(version=1, note="For measuring", created_at=now)
    return {"holders": [body.pk for body in bodies], "adviser": adviser.pk, "rule_set": rule_set.pk}


def pages(given: dict) -> dict[str, Callable]:
    """The queries of the queue, by what they are for; each called reads its rows."""
    from django.contrib.auth.models import User

    from signposting import access, queue
    from signposting.duplicates import possible_duplicates
    from signposting.queue import View

    user = User.objects.get(pk=given["adviser"])
    today = time_now().date()
    visible = access.visible_enquiries(user).select_related("holder", "adviser").defer("words")
    views = {view: queue.select(visible, view, user=user, on=today) for view in View}
    middle = views[View.OPEN].filter(respond_by__isnull=False).order_by("-respond_by", "-id").first()
    deep = f"{middle.respond_by}_{middle.pk}"
    return {
        "first page of all open": lambda: queue.page(views[View.OPEN], View.OPEN),
        "deepest page with a date": lambda: queue.page(views[View.OPEN], View.OPEN, after=deep),
        "the page before it": lambda: queue.page(views[View.OPEN], View.OPEN, before=deep),
        "mine": lambda: queue.page(views[View.MINE], View.MINE),
        "not yet accepted": lambda: queue.page(views[View.UNCLAIMED], View.UNCLAIMED),
        "overdue": lambda: queue.page(views[View.OVERDUE], View.OVERDUE),
        "waiting for the group": lambda: queue.page(views[View.WAITING], View.WAITING),
        "ended": lambda: queue.page(views[View.ENDED], View.ENDED),
        "all counts": lambda: queue.counts(
            access.visible_enquiries(user), queue.STANDING_VIEWS, user=user, on=today
        ),
        "search, one reference": lambda: queue.page(queue.search(visible, "MIS-AABA-AAAA"), View.EVERYTHING),
        "search, a rare word": lambda: queue.page(queue.search(visible, "word4242"), View.EVERYTHING),
        "filter, nothing matches": lambda: queue.page(
            queue.select(visible.filter(sector="fire"), View.ENDED, user=user, on=today), View.ENDED
        ),
        "counts, nothing matches": lambda: queue.counts(
            access.visible_enquiries(user).filter(sector="fire"), queue.STANDING_VIEWS, user=user, on=today
        ),
        "search, no such word": lambda: queue.page(queue.search(visible, "giraffe"), View.EVERYTHING),
        "possible duplicates": lambda: possible_duplicates(middle, access.visible_enquiries(user)),
        "search, a word of all": lambda: queue.page(queue.search(visible, "question"), View.EVERYTHING),
    }


def probes(given: dict) -> dict[str, Callable]:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(
        User.objects.get(pk=given["adviser"]), backend="django.contrib.auth.backends.ModelBackend"
    )

    def whole_page() -> None:
        answer = client.get("/admin/signposting/enquiry/")
        assert answer.status_code == 200, answer.status_code  # noqa: S101

    return pages(given) | {"THE WHOLE PAGE": whole_page}


def median_cost(probe: Callable) -> float:
    probe()
    costs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        probe()
        costs.append(1000 * (time.perf_counter() - start))
    return statistics.median(costs)


def tell_plans(given: dict) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, probe in pages(given).items():
        with CaptureQueriesContext(connection) as captured:
            probe()
        for query in captured.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + query["sql"].replace("%", "%%"))
                plan = "\n".join(row[0] for row in cursor.fetchall())
            say(f"\n== {name}\n{plan}")


def report(costs: dict[str, list[float]], open_percent: int) -> int:
    say(f"\n{open_percent} in 100 open   {SIZES[0]:>9,} rows {SIZES[1]:>9,} rows   ratio")
    for name, (small, large) in costs.items():
        say(f"{name:<26} {small:>8.2f} ms {large:>11.2f} ms   {large / small:>5.1f}")
    small, large = costs["THE WHOLE PAGE"]
    is_flat = large / small <= MOST
    say(f"{'Flat' if is_flat else 'NOT flat'}: {large / small:.1f} times, at most {MOST} wanted.")
    return 0 if is_flat else 1


def time_now():
    from django.utils import timezone

    return timezone.now()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
