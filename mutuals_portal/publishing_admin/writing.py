"""Starting a draft and writing in it. Nothing that somebody typed is ever lost, whoever saved meanwhile."""

from typing import Any

from django.contrib import messages
from django.forms import CharField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mutuals_portal import publishing
from mutuals_portal.publishing_admin.comparing import side_by_side
from mutuals_portal.publishing_admin.edition_form import EditionForm
from mutuals_portal.publishing_admin.people import name_of
from mutuals_portal.publishing_admin.rows import Rows
from mutuals_portal.publishing_admin.texts import Texts

MORE_ROWS = "more"
"""Asks for empty rows of the table that it names: with a button when saving, and in the address afterwards."""


def start(texts: Texts, request: HttpRequest, pk: int) -> HttpResponse:
    """A button of the document's page leads here, by POST: a draft harms nobody, so nothing is asked first."""
    document = texts.find(pk)
    if request.method != "POST":
        return redirect(texts.url("change", pk))
    try:
        draft = publishing.start(document, by=request.user, at=timezone.now())
    except publishing.Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(texts.url("change", pk))
    return redirect(texts.url("edit", pk, draft.pk))


def edit(texts: Texts, request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    document = texts.find(pk)
    draft = document.editions.filter(pk=edition).select_related("document", "saved_by").first()
    if draft is None:
        return _nothing_there(texts, request, document)
    if request.method == "POST":
        return _save(texts, request, document, draft)
    if not draft.is_open:
        messages.warning(request, "This edition is published and never changes again. Start a new draft.")
        return redirect(texts.url("change", pk))
    form = texts.edition_form(edition=draft)
    form.opened = request.GET.get(MORE_ROWS, "")
    return _show(texts, request, document, draft, form)


def show_help(texts: Texts, request: HttpRequest) -> HttpResponse:
    return texts.respond(request, "help", {"title": "How to write a text", "template": texts.help_template})


def _save(texts: Texts, request: HttpRequest, document: Any, draft: Any) -> HttpResponse:
    form = texts.edition_form(request.POST, edition=draft)
    if not form.is_valid():
        return _show(texts, request, document, draft, form)
    words, seen = form.words(), form.cleaned_data["seen"]
    if _says(draft, words) and draft.is_open:
        # Nothing new, or the same press a second time: no approval is lost over it.
        return _finish(texts, request, document, draft)
    try:
        publishing.write(draft, by=request.user, at=timezone.now(), seen=seen, **words)
    except publishing.ChangedMeanwhile:
        return _tell_what_changed(texts, request, document, draft.pk, words)
    except publishing.Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(texts, request, document, draft, form)
    return _finish(texts, request, document, draft)


def _says(draft: Any, words: dict[str, Any]) -> bool:
    return all(getattr(draft, name) == value for name, value in words.items())


def _finish(texts: Texts, request: HttpRequest, document: Any, draft: Any) -> HttpResponse:
    messages.success(request, "Saved.")
    table = request.POST.get(MORE_ROWS)
    if isinstance(texts.edition_form.base_fields.get(table), Rows):
        return redirect(f"{texts.url('edit', document.pk, draft.pk)}?{MORE_ROWS}={table}#rows-{table}")
    return redirect(texts.url("change", document.pk))


def _tell_what_changed(
    texts: Texts, request: HttpRequest, document: Any, pk: int, words: dict[str, Any]
) -> HttpResponse:
    """The form as it was typed, and beside it what somebody else saved. A second press then replaces that."""
    present = document.editions.filter(pk=pk).select_related("document", "saved_by").first()
    if present is None:
        return _nothing_there(texts, request, document)
    if _says(present, words):
        return _finish(texts, request, document, present)
    answers = request.POST.copy()
    answers["seen"] = present.saves
    form = texts.edition_form(answers, edition=present)
    who = name_of(present.saved_by)
    form.add_error(
        None,
        f"{who} saved this draft while you were writing, so nothing of yours is saved yet. See below what "
        "differs. If you save again, your text replaces theirs.",
    )
    theirs = {name: getattr(present, name) for name in words}
    differences = [field for field in side_by_side(texts, theirs, words) if field.is_changed]
    return _show(texts, request, document, present, form, differences=differences, other=who)


def _show(
    texts: Texts, request: HttpRequest, document: Any, draft: Any, form: EditionForm, **extra: Any
) -> HttpResponse:
    context = {"title": "Edit the draft", "document": document, "edition": draft, "form": form}
    return texts.respond(request, "edit", context | extra)


def _nothing_there(texts: Texts, request: HttpRequest, document: Any) -> HttpResponse:
    fields = texts.edition_form.base_fields
    typed = [request.POST.get(name, "") for name, field in fields.items() if isinstance(field, CharField)]
    for name, field in fields.items():
        if isinstance(field, Rows):
            typed += field.sent(request.POST, name)
    context = {
        "title": "There is no such draft",
        "document": document,
        "written": [text for text in typed if text.strip()],
    }
    return texts.respond(request, "gone", context, status=404)
