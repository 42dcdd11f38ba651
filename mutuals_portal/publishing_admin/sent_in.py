"""What readers sent in about texts, answered by whoever may. An answer can be taken off its page, never changed.

A kind of text derives ``SentInAdmin`` for its rows, which are such as ``reader_reports`` tells of.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from mutuals_portal import admin_page, reader_reports
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainText

A_PAGE = 25


class AnswerForm(forms.Form):
    """A kind of text adds the label of ``is_public``: where an answer stands, and how long."""

    text = PlainText(
        label="Your answer",
        help_text="Say what you checked, and what you changed.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write an answer",
            "max_length": "Your answer must be %(limit_value)d characters or fewer",
        },
    )
    is_public = forms.BooleanField(
        help_text="Not if the words name anybody or show where somebody works.", required=False
    )
    helper = FormPage(Field("text", size="m"), "is_public", button="Answer", error_summary=False)


class SentInAdmin(admin.ModelAdmin):
    noun: str
    """What one row is: report."""
    name: str
    """Of all of them: Reports."""
    answer_form: type[AnswerForm]
    answer: Callable[..., Any]
    hide: Callable[[Any], Any]
    show: Callable[[Any], Any] | None = None
    """Back on the page, where that can be."""
    related: tuple[str, ...] = ("document",)

    def named(self, rows: Iterable[Any]) -> dict[int, str]:
        """What each row is about, by its primary key."""
        raise NotImplementedError

    def shown(self, row: Any, *, at: datetime) -> str:
        """Where and how long readers see an answer, in a sentence; nothing where they do not."""
        raise NotImplementedError

    def get_urls(self):
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("", self.changelist_view, "changelist"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:pk>/hide/", self.hide_view, "hide"),
        ]
        if self.show:
            pages.append(("<int:pk>/show/", self.show_view, "show"))
        wrap = self.admin_site.admin_view
        return [path(route, wrap(view), name=self._url(name, site="")) for route, view, name in pages]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._require(self.has_view_permission(request))
        is_answered = request.GET.get("show") == "answered"
        rows = self.model.objects.select_related(*self.related, "answered_by")
        newest_first = rows.exclude(answered_at=None).order_by("-answered_at", "-id")
        page = Paginator(newest_first if is_answered else rows.open(), A_PAGE).get_page(
            request.GET.get("page")
        )
        about = self.named(page.object_list)
        for row in page.object_list:
            row.about = about[row.pk]
        chosen = "show=answered&" if is_answered else ""
        waiting, answered = f"{self.name} that wait for an answer", f"Answered {self.name.lower()}"
        context = {
            "title": answered if is_answered else waiting,
            "waiting": waiting,
            "answered": answered,
            "is_answered": is_answered,
            "rows": page.object_list,
            "previous": page.has_previous() and f"?{chosen}page={page.previous_page_number()}",
            "next": page.has_next() and f"?{chosen}page={page.next_page_number()}",
        }
        return self._respond(request, "sent_in_list", context)

    def change_view(
        self, request: HttpRequest, object_id: int, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self._require(self.has_view_permission(request))
        row = self._find(object_id)
        may_answer = self.has_change_permission(request)
        form = self.answer_form(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            self._require(may_answer)
            if form.is_valid():
                try:
                    type(self).answer(row, by=request.user, at=timezone.now(), **form.cleaned_data)
                except reader_reports.Refused as refusal:
                    form.add_error(None, f"{refusal} Your answer is below, for copying.")
                    row = self._find(object_id)
                else:
                    messages.success(request, "Answered.")
                    return redirect(self._url("changelist"))
        context = {
            "title": self.named([row])[row.pk],
            "row": row,
            "form": form,
            "may_answer": may_answer,
            "shown": self.shown(row, at=timezone.now()),
        }
        return self._respond(request, "sent_in", context)

    def hide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._move(request, pk, type(self).hide, "Question and answer are off the page.")

    def show_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._move(request, pk, type(self).show, "Question and answer are on the page.")

    def _move(self, request: HttpRequest, pk: int, move: Callable[[Any], Any], done: str) -> HttpResponse:
        self._require(self.has_change_permission(request))
        row = self._find(pk)
        if request.method == "POST":
            move(row)
            messages.success(request, done)
        return redirect(self._url("change"), pk)

    def _require(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    def _find(self, pk: int) -> Any:
        rows = self.model.objects.select_related(*self.related, "answered_by")
        return get_object_or_404(rows, pk=pk)

    def _url(self, name: str, *, site: str = "admin:") -> str:
        return f"{site}{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _respond(self, request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
        document = self.model._meta.get_field("document").related_model._meta
        frame = {
            "name": self.name,
            "noun": self.noun,
            "list": self._url("changelist"),
            "page": self._url("change"),
            "hide": self._url("hide"),
            "show": self._url("show") if self.show else "",
            "document": f"admin:{document.app_label}_{document.model_name}_change",
        }
        return admin_page.respond(request, f"admin/publishing/{page}.html", frame | context)
