"""The page on which readers search all that is published, and what it offers as they type. The same for everybody."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from mutuals_portal.content_pages import content_page
from mutuals_portal.search import fruitless, searching, suggestions
from mutuals_portal.search.asking import MOST_CHARACTERS
from mutuals_portal.search.hits import RANKED


@content_page
def search(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    searched = searching.search(dict(request.GET.lists()), path=request.path, at=now)
    if searched.is_fruitless and request.method == "GET":
        fruitless.count(searched.question.typed, at=now)
    context = {"searched": searched, "most_characters": MOST_CHARACTERS, "most_ranked": RANKED}
    return render(request, "search/search.html", context)


@content_page
def suggest(request: HttpRequest) -> JsonResponse:
    found = suggestions.suggest(request.GET.get("q", ""), at=timezone.now())
    offered = {"suggestions": [asdict(each) for each in found]}
    return JsonResponse(offered, headers={"X-Robots-Tag": "noindex"})
