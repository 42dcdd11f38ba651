"""One kind of text in the admin: its models, its addresses, its forms, and who may do what with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from mutuals_portal import admin_page
from mutuals_portal.publishing_admin.edition_form import EditionForm


@dataclass(frozen=True)
class Page:
    """A page about one document that only this kind of text has. Whoever may view the text may open it."""

    name: str
    text: str
    """On the link that leads there."""
    show: Callable[["Texts", HttpRequest, int], HttpResponse]

    def as_page(self) -> tuple[str, Callable[..., HttpResponse], str, tuple[str, ...]]:
        return f"<int:pk>/{self.name}/", self.show, self.name, ("view",)


class Texts(admin.ModelAdmin):
    """What the pages ask of the texts that they are about."""

    name: str
    """Of the texts as a whole: "Guides and policy". On the list and the calendar."""
    edition_form: type[EditionForm]
    add_form: type[ModelForm]
    settings_form: type[ModelForm]
    settings_title = "Place and owner"
    kind_field = ""
    """Where documents are of several kinds: the field with the kinds as choices."""
    order: tuple[str, ...] = ("pk",)
    related: tuple[str, ...] = ()
    """What ``place_of`` and the address of a document need of other rows."""
    help_template: str
    """How to write such a text."""
    more_pages: tuple[Page, ...] = ()

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

    def as_fields(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """What an edition says, by the fields of the form that it is written in."""
        return dict(words)

    def facts_of(self, document: Any) -> list[tuple[str, Any]]:
        """What else a document is, whatever it says: each with its label."""
        return []

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

    def all_kinds(self, user: User) -> list["Texts"]:
        """This and every other kind of text that a user may see."""
        admins = self.admin_site._registry.values()
        return [each for each in admins if isinstance(each, Texts) and each.may(user, "view")]

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

    # Addresses and pages

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
