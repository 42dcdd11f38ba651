"""A text as the public would see it, were it live: made by the public page itself, among what is live now.

What it belongs to may not be public yet. Then that stands in with the newest text that it has.
"""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guides import library, reading
from guides.models import Document, Edition
from guides.views import glossary, look_out, pages
from guides.views.nation import chosen


def show(request: HttpRequest, edition: Edition) -> HttpResponse:
    now = timezone.now()
    document = edition.document
    others = Edition.objects.live(at=now).exclude(document=document).values("pk")
    stand_ins = [_newest(above) for above in document.above() if not above.editions.live(at=now).exists()]
    shown = library.made_of(Edition.objects.filter(Q(pk__in=others) | Q(pk__in=[edition.pk, *stand_ins])))
    if document.kind == Document.Kind.TERM:
        return glossary.terms(request, shown, {document.pk: edition.body})
    entry = shown.entries[document.name]
    if document.kind == Document.Kind.LOOK_OUT:
        found = reading.found_as_if_live(edition, now=now, joined=look_out.joined(at=now))
        return look_out.page(request, shown, entry, found, now=now)
    nation = "" if document.kind == Document.Kind.BULLETIN else chosen(request)
    read = reading.as_if_live(edition, library=shown, now=now, nation=nation)
    return pages.text(request, shown, entry, read, nation=nation)


def _newest(document: Document) -> int | None:
    return document.editions.order_by("-number").values_list("pk", flat=True).first()
