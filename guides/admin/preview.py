"""A text as the public would see it, were it live: on the same pages, among what is live now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guides import reading
from guides.library import shelf


def show(request: HttpRequest, edition) -> HttpResponse:
    library = shelf(at=timezone.now())
    html = reading.words(edition.body, library=library)
    return render(request, "admin/guides/preview.html", {"edition": edition, "html": html})
