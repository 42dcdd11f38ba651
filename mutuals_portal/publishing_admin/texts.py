"""One kind of text in the admin: its models, its addresses, and who may do what with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from mutuals_portal import admin_page
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
from mutuals_portal.publishing_admin.edition_form import EditionForm

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


class PublishingAdmin(admin.ModelAdmin):
    """A subclass is registered for the model of its documents."""

    name: str
    """Of the texts as a whole: "Guides and policy". On the list and the calendar."""
    edition_form: type[EditionForm]
    add_form: type[ModelForm]
    settings_form: type[ModelForm]
    kind_field = ""
    """Where documents are of several kinds: the field with the kinds as choices."""
    order: tuple[str, ...] = ("pk",)
    related: tuple[str, ...] = ()
    """What ``place_of`` and the address of a document need of other rows."""
    help_template: str
    """How to write such a text."""

    def preview(self, request: HttpRequest, edition: Any) -> HttpResponse:
        """What the public would see, were this edition live."""
        raise NotImplementedError

    def after_public_change(self) -> None:
        """Called when somebody has changed what readers see, for what an app makes of its public texts."""

    def linking_to(self, document: Any) -> QuerySet:
        """The editions whose words lead to a document."""
        raise NotImplementedError

    def place_of(self, document: Any) -> str:
        """Where a document stands among the others, in a few words."""
        return ""

    # Models

    @property
    def edition_model(self) -> type[Model]:
        return self.model._meta.get_field("editions").related_model

    @property
    def history_model(self) -> type[Model]:
        return self.edition_model._meta.get_field("history").related_model

    def documents(self) -> QuerySet:
        return self.model.objects.select_related("owner", *self.related)

    def find(self, pk: int) -> Any:
        return get_object_or_404(self.documents(), pk=pk)

    # Rights

    def may(self, user: User, *actions: str) -> bool:
        """Whether a user has the right to any of these: view, change and approve texts, add and settle documents."""
        document, edition = self.model._meta, self.edition_model._meta
        names = {
            "view": f"{edition.app_label}.view_{edition.model_name}",
            "change": f"{edition.app_label}.change_{edition.model_name}",
            "approve": f"{edition.app_label}.approve_{edition.model_name}",
            "add": f"{document.app_label}.add_{document.model_name}",
            "settle": f"{document.app_label}.change_{document.model_name}",
        }
        return any(user.has_perm(names[action]) for action in actions)

    def has_delete_permission(self, request, obj=None):
        return False

    # Pages

    def get_urls(self):
        return [
            path(route, self.admin_site.admin_view(self._guarded(page, rights)), name=self._url_name(name))
            for route, page, name, rights in PAGES
        ]

    def _guarded(self, page: Callable[..., HttpResponse], rights: tuple[str, ...]):
        def checked(request: HttpRequest, **named: Any) -> HttpResponse:
            if not (self.may(request.user, "view") and self.may(request.user, *rights)):
                raise PermissionDenied
            return page(self, request, **named)

        return checked

    def _url_name(self, name: str) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_{name}"

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self._url_name(name)}", args=args)

    def respond(
        self, request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200
    ) -> TemplateResponse:
        """One of the templates in admin/publishing/. ``texts`` lets it name addresses."""
        frame = {"texts": self, "may_change": self.may(request.user, "change")}
        return admin_page.respond(request, f"admin/publishing/{page}.html", frame | context, status=status)
