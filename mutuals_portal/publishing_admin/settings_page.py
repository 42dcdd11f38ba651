"""What a document is, whatever it says: its address, its place, its owner."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mutuals_portal import publishing
from mutuals_portal.publishing_admin.texts import Texts


def add(texts: Texts, request: HttpRequest) -> HttpResponse:
    """A new document, and its first draft to write in."""
    form = texts.add_form(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            document = form.save()
            draft = publishing.start(document, by=request.user, at=timezone.now())
        return redirect(texts.url("edit", document.pk, draft.pk))
    return texts.respond(request, "settings", {"title": "Add a text", "form": form, "document": None})


def change(texts: Texts, request: HttpRequest, pk: int) -> HttpResponse:
    document = texts.find(pk)
    form = texts.settings_form(request.POST or None, instance=document)
    if request.method == "POST" and form.is_valid():
        form.save()
        texts.after_public_change()
        messages.success(request, "Saved.")
        return redirect(texts.url("change", pk))
    return texts.respond(
        request, "settings", {"title": texts.settings_title, "form": form, "document": document}
    )
