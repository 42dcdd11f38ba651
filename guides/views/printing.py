"""A whole guide to take away: on one page to print, and as a PDF."""

from functools import lru_cache

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from guides import pdf as pdfs
from guides import pictures, reading, whole_guide
from guides.library import shelf
from guides.models import Document
from guides.views.nation import chosen, nation_page
from guides.views.pages import absent
from mutuals_portal import markup

TRY_AGAIN_AFTER_SECONDS = 60  # the worker looks every minute


@nation_page
def print_page(request, guide):
    now = timezone.now()
    library = shelf(at=now)
    found = library.guide(guide)
    if found is None:
        return absent(request, Document.Kind.GUIDE, guide, guide, now)
    nation = chosen(request)
    whole = whole_guide.read(found, at=now)
    context = {
        "breadcrumbs": [
            {"text": "Guides", "href": f"{reverse('guides:guides')}{reading.suffix(nation)}"},
            {"text": found.title, "href": f"{found.address}{reading.suffix(nation)}"},
            {"text": "The whole guide"},
        ],
        "guide": found,
        "whole": whole,
        "texts": _texts(whole, library, nation),
        "nation": markup.NATIONS.get(nation),
        "pdf": pdfs.present(found, library=library),
        "suffix": reading.suffix(nation),
    }
    return render(request, "guides/print.html", context)


@require_safe
def pdf(request, guide):
    """The PDF of what the guide says now, or word that it is being made: never an older one."""
    now = timezone.now()
    library = shelf(at=now)
    found = library.guide(guide)
    if found is None:
        return absent(request, Document.Kind.GUIDE, guide, guide, now)
    made = pdfs.present(found, library=library)
    if made is None:
        return _in_the_making(request, found)
    etag, changed = quote_etag(made.made_from), int(made.made_at.timestamp())
    response = get_conditional_response(request, etag, changed)
    if response is None:
        try:
            response = _file(request, made, f"{found.slug}.pdf")
        except (
            FileNotFoundError
        ):  # replaced in this very moment, or lost with the disk: the worker sees to both
            return _in_the_making(request, found)
    if response.status_code >= 400:  # If-Match or the like: the answer to this one request
        return response
    response.headers["ETag"] = etag
    # Any cache may keep it, but asks each time whether it is still the newest: the answer is one line.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _file(request, made, name):
    response = FileResponse(made.file.open("rb"), filename=name, content_type="application/pdf")
    response.headers["Last-Modified"] = http_date(made.made_at.timestamp())
    if request.method == "HEAD":
        response.close()
        return HttpResponse(headers=response.headers)
    return response


def _in_the_making(request, guide):
    response = render(request, "guides/pdf_in_the_making.html", {"guide": guide}, status=503)
    response.headers["Retry-After"] = TRY_AGAIN_AFTER_SECONDS
    return response


@lru_cache(maxsize=8)
def _texts(whole, library, nation):
    """Each chapter with its HTML, fit to stand with the others on one page. Kept while they all say the same."""
    names, numbers = whole.names(library), whole.numbers
    return [
        (
            chapter,
            markup.html(
                chapter.body,
                names=names,
                nation=nation,
                pictures=pictures.known(),
                suffix=reading.suffix(nation),
                anchors=f"{chapter.anchor}-",
                title_level=chapter.level + 1,
                numbers=numbers,
            ),
        )
        for chapter in whole.chapters
    ]
