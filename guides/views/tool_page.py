"""What the pages of the tools have in common: each is made of what its tool's live edition says."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guides.models import Tool, ToolEdition
from guides.views import as_of
from mutuals_portal.content_pages import content_page

Page = Callable[..., HttpResponse]

PAGES: dict[str, Page] = {}
"""The first page of each tool, by its slug. It takes an edition, so the editors' preview is made by it too."""


def tool_page(slug: str, *, is_first: bool = True) -> Callable[[Page], Page]:
    """A public page, the same for everybody, that is called with the live edition of a tool."""

    def decorate(page: Page) -> Page:
        if is_first:
            PAGES[slug] = page

        @content_page
        @wraps(page)
        def public(request: HttpRequest, **named: Any) -> HttpResponse:
            edition = live(slug)
            return page(request, edition, **named) if edition else absent(request, slug)

        return public

    return decorate


def live(slug: str) -> ToolEdition | None:
    """What a tool says now. One query."""
    editions = ToolEdition.objects.live(at=timezone.now())
    return editions.filter(document__slug=slug).select_related("document").first()


def absent(request: HttpRequest, slug: str) -> HttpResponse:
    """Why a tool is not there. Raises Http404 where there never was one."""
    last = ToolEdition.objects.ever_shown(at=timezone.now()).filter(document__slug=slug)
    edition = last.order_by("-shown_from").first()
    if edition is None or not edition.withdrawn_at:
        raise Http404
    return as_of.gone(request, edition)


def breadcrumbs(*further: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": "Tools", "href": reverse("guides:tools")}, *further]


@content_page
def tools(request: HttpRequest) -> HttpResponse:
    editions = ToolEdition.objects.live(at=timezone.now()).select_related("document").defer("tables", "body")
    order = Tool.Slug.values
    listed = sorted(editions, key=lambda edition: order.index(edition.document.slug))
    return render(request, "guides/tools/list.html", {"tools": listed})
