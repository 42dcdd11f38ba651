"""Guides, their stages and pages, and policy bulletins: whatever has a text and an address of its own."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guides import pdf, reading, structured_data
from guides.library import Bulletin, Guide, Page, Stage, shelf
from guides.models import Document, Edition
from guides.models.document import name_of
from guides.views import as_of
from guides.views.nation import chosen, nation_page, switch
from mutuals_portal.content_pages import content_page
from mutuals_portal.markup import NATIONS, nations_in_words

MOST_RELATED = 6
TEMPLATES = {
    Document.Kind.GUIDE: "guides/guide.html",
    Document.Kind.STAGE: "guides/stage.html",
    Document.Kind.PAGE: "guides/page.html",
    Document.Kind.BULLETIN: "guides/bulletin.html",
}


@nation_page
def guides(request):
    nation = chosen(request)
    context = {"guides": shelf(at=timezone.now()).guides, "suffix": reading.suffix(nation)}
    return render(request, "guides/list.html", context)


@nation_page
def guide(request, guide):
    return _show(request, Document.Kind.GUIDE, guide, guide=guide)


@nation_page
def stage(request, guide, stage):
    return _show(request, Document.Kind.STAGE, stage, guide=guide)


@nation_page
def page(request, guide, stage, page):
    """A page is known by its own name: under another guide or stage it is found all the same, and sent home."""
    return _show(request, Document.Kind.PAGE, page, guide=guide)


@content_page
def bulletin(request, slug):
    return _show(request, Document.Kind.BULLETIN, slug)


def _show(request, kind, slug, *, guide=""):
    now = timezone.now()
    library = shelf(at=now)
    entry = library.entries.get(name_of(kind, slug, guide))
    if entry is None:
        return absent(request, kind, slug, guide, now)
    if entry.address != request.path:
        query = request.META["QUERY_STRING"]
        return HttpResponsePermanentRedirect(f"{entry.address}{'?' if query else ''}{query}")
    try:
        day = as_of.asked(request, now=now)
    except as_of.NotADay:
        return as_of.not_a_day(request, now=now)
    nation = "" if kind == Document.Kind.BULLETIN else chosen(request)
    at = reading.end_of(day) if day else now
    try:
        read = reading.read(entry, library=library, at=at, now=now, nation=nation)
    except Edition.DoesNotExist:
        return as_of.nothing_then(request, entry, at=at, now=now)
    return text(request, library, entry, read, nation=nation, day=day)


def text(request, library, entry, read, *, nation, day=None):
    """The page of a text, as it read on a past ``day`` if there is one. The editors' preview is made here too."""
    context = {"entry": entry, "reading": read, "edition": read.edition, "as_of": day, "nation": nation}
    context |= _surroundings(library, entry, read.edition, nation)
    context |= {"nations": switch(request, nation), "structured": structured_data.article(**context)}
    return render(request, TEMPLATES[entry.kind], context)


def _surroundings(library, entry, edition, nation):
    """Where the text stands among the others."""
    suffix = reading.suffix(nation)
    related = [other for other in library.helping_with(edition.look_outs) if other is not entry]
    surroundings = {
        "suffix": suffix,
        "where": "" if len(edition.nations) == len(NATIONS) else nations_in_words(edition.nations),
        "breadcrumbs": _breadcrumbs(entry, edition.title, suffix),
        "look_outs": [look_out for look_out in library.look_outs if look_out.slug in edition.look_outs],
        "related": related[:MOST_RELATED],
    }
    if isinstance(entry, Bulletin):
        return surroundings
    previous, following = library.neighbours(entry)
    stage = entry.stage if isinstance(entry, Page) else entry if isinstance(entry, Stage) else None
    return surroundings | {
        "guide": stage.guide if stage else entry,
        "stage": stage,
        "previous": previous,
        "next": following,
        "pdf": pdf.present(entry, library=library) if isinstance(entry, Guide) else None,
        "other_guides": [other for other in library.guides if other is not entry],
    }


def _breadcrumbs(entry, title, suffix):
    if isinstance(entry, Bulletin):
        return [{"text": "Policy", "href": reverse("guides:policy")}, {"text": title}]
    trail = [{"text": "Guides", "href": f"{reverse('guides:guides')}{suffix}"}]
    above = [entry.guide, entry.stage] if isinstance(entry, Page) else []
    above = [entry.guide] if isinstance(entry, Stage) else above
    trail += [{"text": upper.title, "href": f"{upper.address}{suffix}"} for upper in above]
    return [*trail, {"text": title}]


def absent(request, kind, slug, guide, now):
    """Why there is nothing to read there. Raises Http404 where there never was anything."""
    if edition := reading.withdrawn(kind=kind, slug=slug, guide=guide, now=now):
        return as_of.gone(request, edition)
    raise Http404
