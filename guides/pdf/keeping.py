"""Which PDF each guide has, and making the one that it lacks."""

import hashlib
import json
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Subquery
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from guides import pictures, whole_guide
from guides.library import Guide, Library, shelf
from guides.models import GuidePdf, Source
from guides.pdf import book
from mutuals_portal import markup

JOB = "make_pdfs"

log = structlog.get_logger("portal")


def digest(guide: Guide, *, library: Library, sources: str) -> str:
    """Tells one state of a guide from another, whatever changed: a text, a link's target, a source, our own code.

    No text is read for it: an edition that readers see never changes, so its document and its moment stand for it.
    """
    facts = [
        _made_by(),
        settings.PUBLIC_URL,
        sources,
        [(entry.name, entry.shown_from.isoformat()) for entry in guide.in_reading_order],
        sorted((name, target.address, target.title) for name, target in library.names.items()),
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def present(guide: Guide, *, library: Library) -> GuidePdf | None:
    """The PDF of what the guide says now; None while it is still to be made. One query."""
    rows = GuidePdf.objects.filter(guide=guide.pk)
    pdf = rows.annotate(sources=Subquery(Source.objects.state())).first()
    if pdf is None or pdf.made_from != digest(guide, library=library, sources=pdf.sources or ""):
        return None
    return pdf


def ask_for() -> None:
    """Have the worker make what is missing as soon as this transaction is committed."""
    try:
        with transaction.atomic():  # a job that waits already must not undo the caller's transaction
            app.configure_task(JOB, queue="upkeep", priority=10, queueing_lock=JOB).defer(timestamp=0)
    except AlreadyEnqueued:
        pass


def make_missing(*, at: datetime) -> None:
    """Make every PDF that is missing. One that cannot be made does not keep the others, and is tried again."""
    library = shelf(at=at)
    for gone in GuidePdf.objects.exclude(guide__in=[guide.pk for guide in library.guides]):
        _drop(gone)
    for guide in library.guides:
        try:
            make(guide, library=library, at=at)
        except Exception:
            log.exception("pdf_not_made", guide=guide.slug)


def make(guide: Guide, *, library: Library, at: datetime) -> None:
    """Make a guide's PDF unless it is there, or somebody else is at it. The old file goes once the new row is kept."""
    kept_as = ""
    try:
        with transaction.atomic():
            if not _alone_with(guide):
                return
            row = GuidePdf.objects.filter(guide=guide.pk).first() or GuidePdf(guide_id=guide.pk)
            old = str(row.file.name or "")
            made_from = digest(guide, library=library, sources=_state_of_sources())
            if row.made_from == made_from and default_storage.exists(old):
                return
            # Read after the digest: a change in between leaves a digest that is old, and the PDF is made again.
            whole = whole_guide.read(guide, at=at)
            made = book.make(book.contents(whole, library=library))
            row.made_from, row.made_at = made_from, timezone.now()
            row.size, row.pages = len(made.content), made.pages
            row.file.save(f"{guide.slug}-{made_from[:12]}.pdf", ContentFile(made.content), save=False)
            kept_as = str(row.file.name)
            row.save()
    except BaseException:
        if kept_as:
            default_storage.delete(kept_as)
        raise
    if old and old != kept_as:  # the same name again where the file had been lost
        default_storage.delete(old)


def _drop(pdf: GuidePdf) -> None:
    """What was withdrawn lies on no disk of ours as a PDF."""
    pdf.delete()
    pdf.file.delete(save=False)


def _alone_with(guide: Guide) -> bool:
    """Until the end of the transaction. A worker that is killed lets go, and the next one starts afresh."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('guide-pdf'), %s::int)", [guide.pk])
        return cursor.fetchone()[0]


def _state_of_sources() -> str:
    return next(iter(Source.objects.state()))["state"] or ""


@cache
def _made_by() -> str:
    """All that turns texts into PDFs, so that a new version of the service makes them anew."""
    made_by = hashlib.sha256(version("typst").encode())
    for folder in (Path(__file__).parent, Path(markup.__file__).parent, pictures.FOLDER):
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            made_by.update(path.read_bytes())
    made_by.update(Path(whole_guide.__file__).read_bytes())
    return made_by.hexdigest()
