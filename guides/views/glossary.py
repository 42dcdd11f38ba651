"""Every term that the guides explain, on one page, by letter."""

from itertools import groupby

from django.shortcuts import render
from django.utils import timezone

from guides import reading
from guides.library import shelf
from guides.models import Document, Edition
from mutuals_portal.content_pages import content_page


@content_page
def glossary(request):
    now = timezone.now()
    library = shelf(at=now)
    live = Edition.objects.live(at=now).filter(document__kind=Document.Kind.TERM)
    return terms(request, library, dict(live.values_list("document_id", "body")))


def terms(request, library, bodies):
    """The page of these terms. The editors' preview of a term is made here too."""
    known = [term for term in library.terms if term.pk in bodies]
    sources = reading.sources([bodies[term.pk] for term in known])
    explained = [
        {
            "term": term,
            "html": reading.words(bodies[term.pk], library=library, anchors=f"{term.slug}-"),
            "sources": numbered,
        }
        for term, numbered in zip(known, sources, strict=True)
    ]
    letters = [
        (letter, list(entries))
        for letter, entries in groupby(explained, key=lambda each: each["term"].title[:1].upper())
    ]
    return render(request, "guides/glossary.html", {"letters": letters})
