"""What will be published and what has to be checked, month by month. What is late comes first.

It is the same from whatever kind of text it is opened: all kinds that its reader may see are in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mutuals_portal.publishing_admin.people import name_of
from mutuals_portal.publishing_admin.texts import Texts


@dataclass(frozen=True)
class Entry:
    on: date
    edition: Any
    address: str
    place: str
    owner: str
    published_at: datetime | None = None
    """None for a review."""


def show(texts: Texts, request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    found = [entry for kind in texts.all_kinds(request.user) for entry in entries(kind, at=now)]
    coming = sorted(found, key=lambda entry: (entry.on, entry.edition.title.casefold()))
    later = [entry for entry in coming if entry.on >= today]
    context = {
        "title": "Calendar",
        "late": [entry for entry in coming if entry.on < today],
        "months": [
            (month, list(each)) for month, each in groupby(later, key=lambda entry: entry.on.replace(day=1))
        ],
    }
    return texts.respond(request, "calendar", context)


def entries(texts: Texts, *, at: datetime) -> list[Entry]:
    """A live text that another will replace before its review is due needs no review any more."""
    beside = (f"document__{name}" for name in ("owner", *texts.related))
    editions = (
        texts.edition_model.objects.filter(
            Q(shown_until=None) | Q(shown_until__gt=at), shown_from__isnull=False
        )
        .with_review_day()
        .select_related(*beside)
        .defer(*(name for name in texts.edition_model.WORDS if name != "title"))
    )
    found = []
    for edition in editions:
        address = texts.url("change", edition.document_id)
        where = address, texts.place_of(edition.document), name_of(edition.document.owner)
        if edition.is_scheduled(at=at):
            found.append(Entry(timezone.localdate(edition.shown_from), edition, *where, edition.shown_from))
        due, end = edition.review_day, edition.shown_until
        if due and not (end and timezone.localdate(end) <= due):
            found.append(Entry(due, edition, *where))
    return found
