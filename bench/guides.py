"""What a page of the guides costs with 3,000 documents, as a multiple of what it costs with 30, and of a bare view.

    .venv/bin/python -m bench.guides

Warm: asked for again. Cold: as if something had just been published, or the process had just started. Both sizes are
measured in one run, in one process and one throwaway database, so the ratios mean something where the milliseconds do
not. The last line fails the run when the warm page has become more than ``MOST`` times slower.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.queue import median_cost, say

SIZES = (30, 3_000)
PAGES_OF_A_STAGE, TERMS_FOR_A_GUIDE = 5, 5
DOCUMENTS_FOR_A_GUIDE = 30  # the guide, four stages, their pages, and terms
MOST = 5.0
"""The database tells all that is live as one text, in time that grows with it; the rest of a page does not grow."""


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="guides-"))
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "bench.settings", "RATE_LIMITS": "off"}
    os.environ.pop("DATABASE_URL", None)
    from django.conf import settings

    from mutuals_portal import local_postgres, web_server

    os.environ |= dict(variable.split("=", 1) for variable in web_server.raw_env)  # asked as pages ask
    try:
        local_postgres.ensure_running(settings.DATA_DIR, durable=False)
        return compare()
    finally:
        local_postgres.stop(settings.DATA_DIR)
        shutil.rmtree(folder, ignore_errors=True)


def compare() -> int:
    import logging

    import django
    import structlog

    django.setup()
    from django.core.management import call_command

    logging.disable(logging.INFO)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    text = words()
    costs: dict[str, list[float]] = {}
    guides = 0
    for size in SIZES:
        wanted = size // DOCUMENTS_FOR_A_GUIDE
        publish_guides(range(guides, wanted), text)
        guides = wanted
        for name, probe in probes().items():
            costs.setdefault(name, []).append(median_cost(probe))
    return report(costs)


def publish_guides(numbers: range, text: dict) -> None:
    """Guides with the same text everywhere, shown since yesterday."""
    from django.db import connection
    from django.utils import timezone

    from guides.models import Document, Edition
    from mutuals_portal.vocabulary import Stage

    kind, now = Document.Kind, timezone.now()
    guides = [Document(kind=kind.GUIDE, slug=f"guide-{n}") for n in numbers]
    stages = [Document(kind=kind.STAGE, slug=slug, parent=guide) for guide in guides for slug in Stage.values]
    pages = [
        Document(kind=kind.PAGE, slug=f"{stage.parent.slug}-{stage.slug}-{n}", parent=stage, position=n)
        for stage in stages
        for n in range(PAGES_OF_A_STAGE)
    ]
    terms = [
        Document(kind=kind.TERM, slug=f"term-{g}-{n}") for g in numbers for n in range(TERMS_FOR_A_GUIDE)
    ]
    for documents in (guides, stages, pages, terms):
        Document.objects.bulk_create(documents)
        Edition.objects.bulk_create(
            Edition(
                document=document,
                number=1,
                status=Edition.Status.PUBLISHED,
                saved_at=now,
                shown_from=now - timedelta(days=1),
                loaded_digest="for measuring",
                title=document.slug.replace("-", " ").title(),
                **text,
            )
            for document in documents
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE guides_document, guides_edition")


def words() -> dict:
    """Those of a page that comes with the service, whose sources and look-outs are loaded."""
    from django.db import transaction

    from guides import content_loading
    from guides.models import LookOut, Source
    from mutuals_portal import content_files

    look_outs, sources = content_loading.read_look_outs(), content_loading.read_sources()
    with transaction.atomic():
        content_files.write(LookOut, look_outs)
        content_files.write(Source, sources, key="key")
    texts = content_loading.read_texts(look_outs=look_outs, sources=sources)
    page = next(text for text in texts if text.name == "page:business-case")
    return {name: page.words[name] for name in ("summary", "body", "nations", "look_outs", "review_by")}


def probes() -> dict[str, Callable]:
    """The same few pages at every size: none of them lists all that there is."""
    from django.test import Client

    from guides import library, reading
    from guides.views import printing
    from mutuals_portal import markup

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})

    def ask(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101

    def ask_cold(path: str) -> None:
        texts = (printing._texts, markup.compile, markup._nodes, markup.terms._wordings)
        for kept in (library._library, reading._writer, *texts):
            kept.cache_clear()
        ask(path)

    guide = "/guides/guide-0/"
    page = f"{guide}appraisal/guide-0-appraisal-2/"
    return {
        "bare view": lambda: ask("/bare/"),
        "A PAGE, WARM": lambda: ask(page),
        "a page, cold": lambda: ask_cold(page),
        "a page for a nation, warm": lambda: ask(f"{page}?nation=wales"),
        "the guide, warm": lambda: ask(guide),
        "the guide to print, warm": lambda: ask(f"{guide}print/"),
        "the guide to print, cold": lambda: ask_cold(f"{guide}print/"),
        "its feed": lambda: ask(f"{guide}feed/"),
    }


def report(costs: dict[str, list[float]]) -> int:
    small, large = SIZES
    bares = costs["bare view"]
    say(f"\n{'documents':<28}{small:>8,}{'of bare':>10}{large:>12,}{'of bare':>10}{'ratio':>8}")
    for name, (few, many) in costs.items():
        say(
            f"{name:<28}{few:>5.1f} ms{few / bares[0]:>10.0f}{many:>9.1f} ms{many / bares[1]:>10.0f}"
            f"{many / few:>8.1f}"
        )
    few, many = costs["A PAGE, WARM"]
    is_flat = many / few <= MOST
    say(f"{'Flat' if is_flat else 'NOT flat'}: {many / few:.1f} times, at most {MOST} wanted.")
    return 0 if is_flat else 1


if __name__ == "__main__":
    sys.exit(main())
