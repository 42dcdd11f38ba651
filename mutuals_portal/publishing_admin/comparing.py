"""Two saves side by side, and taking an older one up again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms.utils import pretty_name
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format

from mutuals_portal import publishing
from mutuals_portal.publishing_admin import history
from mutuals_portal.publishing_admin.differences import Pair, pairs
from mutuals_portal.publishing_admin.edition_form import OTHER_WORDS
from mutuals_portal.publishing_admin.operation_form import Confirmation
from mutuals_portal.publishing_admin.rows import Rows
from mutuals_portal.publishing_admin.texts import Texts


@dataclass(frozen=True)
class Field:
    """One thing that a text says, then and now."""

    label: str
    pairs: list[Pair]

    @property
    def is_changed(self) -> bool:
        return any(pair.is_changed for pair in self.pairs)


def compare(texts: Texts, request: HttpRequest, pk: int) -> HttpResponse:
    document = texts.find(pk)
    old, new = (history.find(texts, document, request.GET.get(name, "")) for name in ("old", "new"))
    if old is None or new is None:
        messages.warning(request, "Choose two saves to compare.")
        return redirect(texts.url("history", pk))
    if old.pgh_id > new.pgh_id:
        old, new = new, old
    (old_deed,), (new_deed,) = (history.deeds(texts, document, [save]) for save in (old, new))
    names = (*texts.edition_model.WORDS, *OTHER_WORDS)
    context = {
        "title": "Compare two saves",
        "document": document,
        "old": old_deed,
        "new": new_deed,
        "fields": side_by_side(texts, _values(old, names), _values(new, names)),
    }
    return texts.respond(request, "compare", context)


def side_by_side(texts: Texts, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Field]:
    """What each field of ``new`` said and says. Fields that are empty on both sides are left out."""
    fields = []
    old = texts.as_fields(old)
    for name, value in texts.as_fields(new).items():
        before, after = _in_words(texts, name, old[name]), _in_words(texts, name, value)
        if before or after:
            label = texts.edition_form.base_fields[name].label or pretty_name(name)
            fields.append(Field(label, pairs(before, after)))
    return fields


def restore(texts: Texts, request: HttpRequest, pk: int, save: int) -> HttpResponse:
    """An older text becomes the draft: a new one, or what the present one says from now on."""
    document = texts.find(pk)
    past = history.find(texts, document, save)
    if past is None:
        raise Http404
    (deed,) = history.deeds(texts, document, [past])
    draft = document.editions.open().first()
    form = Confirmation(
        request.POST or None, seen=draft.saves if draft else 0, button="Restore this text as a draft"
    )
    if request.method == "POST" and form.is_valid():
        try:
            _take_up(document, draft, past, by=request.user, seen=form.cleaned_data["seen"])
        except publishing.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The older text is the draft now. Read it, then send it for review.")
            return redirect(texts.url("change", pk))
    names = texts.edition_model.WORDS
    context = {
        "title": "Restore an older text",
        "document": document,
        "draft": draft,
        "deed": deed,
        "form": form,
        "fields": side_by_side(texts, _values(draft or past, names), _values(past, names)),
    }
    return texts.respond(request, "restore", context)


def _take_up(document: Any, draft: Any, past: Any, *, by: Any, seen: int) -> None:
    now = timezone.now()
    if draft:
        publishing.write(draft, by=by, at=now, seen=seen, **draft.words_of(past))
    else:
        publishing.start(document, by=by, at=now, like=past)


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _in_words(texts: Texts, name: str, value: Any) -> str:
    entered = texts.edition_form.base_fields.get(name)
    if isinstance(entered, Rows):
        return entered.in_words(value)
    field = texts.edition_model._meta.get_field(name)
    choices = dict(getattr(field, "base_field", field).choices or ())
    if isinstance(value, list | tuple):
        return ", ".join(str(choices.get(each, each)) for each in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return str(choices.get(value, value)) if value else ""
