"""Every page about a text, and the rights that open it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mutuals_portal.publishing_admin import (
    calendar_page,
    comparing,
    document_page,
    history,
    listing,
    operations,
    settings_page,
    writing,
)
from mutuals_portal.publishing_admin.texts import Texts

PAGES: tuple[tuple[str, Callable[..., HttpResponse], str, tuple[str, ...]], ...] = (
    ("", listing.show, "changelist", ("view",)),
    ("add/", settings_page.add, "add", ("add",)),
    ("calendar/", calendar_page.show, "calendar", ("view",)),
    ("help/", writing.show_help, "help", ("view",)),
    ("<int:pk>/change/", document_page.show, "change", ("view",)),
    ("<int:pk>/settings/", settings_page.change, "settings", ("settle",)),
    ("<int:pk>/start/", writing.start, "start", ("change",)),
    ("<int:pk>/history/", history.show, "history", ("view",)),
    ("<int:pk>/compare/", comparing.compare, "compare", ("view",)),
    ("<int:pk>/restore/<int:save>/", comparing.restore, "restore", ("change",)),
    ("<int:pk>/<int:edition>/edit/", writing.edit, "edit", ("change",)),
    ("<int:pk>/<int:edition>/preview/", document_page.preview, "preview", ("view",)),
    *(
        (f"<int:pk>/<int:edition>/{each.verb}/", each(), str(each.verb), each.rights)
        for each in operations.OPERATIONS
    ),
)
"""Route, page, name, and the rights any of which opens it."""


class PublishingAdmin(Texts):
    """A subclass is registered for the model of its documents."""

    def get_urls(self):
        pages = (*PAGES, *(each.as_page() for each in self.more_pages))
        return [
            path(route, self.admin_site.admin_view(self._guarded(page, rights)), name=self._url_name(name))
            for route, page, name, rights in pages
        ]

    def _guarded(self, page: Callable[..., HttpResponse], rights: tuple[str, ...]):
        def checked(request: HttpRequest, **named: Any) -> HttpResponse:
            if not (self.may(request.user, "view") and self.may(request.user, *rights)):
                raise PermissionDenied
            return page(self, request, **named)

        return checked
