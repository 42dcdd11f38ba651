"""Every save of a document's editions: what was done, by whom, when. Read from what the database wrote by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lag
from django.http import HttpRequest, HttpResponse

from mutuals_portal.publishing import Edition
from mutuals_portal.publishing_admin.people import name_of
from mutuals_portal.publishing_admin.texts import Texts

PAGE_SIZE = 100
BEFORE = ("status", "saves", "review_note")
"""What of the save before tells what was done."""


@dataclass(frozen=True)
class Deed:
    """One save. ``pk`` is that of the row of the history, ``edition`` that of the edition."""

    pk: int
    edition: int
    number: int
    save: int
    what: str
    by: str
    at: datetime
    note: str = ""
    is_deleted: bool = False
    """Whether it belongs to a draft that was deleted."""


def show(texts: Texts, request: HttpRequest, pk: int) -> HttpResponse:
    document = texts.find(pk)
    before = request.GET.get("before", "")
    saves = saves_of(texts, document)
    if before.isascii() and before.isdigit():
        saves = saves.filter(pgh_id__lt=min(int(before), 2**63 - 1))
    found = list(saves[: PAGE_SIZE + 1])
    context = {
        "title": "Every save",
        "document": document,
        "deeds": deeds(texts, document, found[:PAGE_SIZE]),
        "next": len(found) > PAGE_SIZE and f"?before={found[PAGE_SIZE - 1].pgh_id}",
        "previous": texts.url("history", pk) if before else "",
    }
    return texts.respond(request, "history", context)


def saves_of(texts: Texts, document: Any) -> QuerySet:
    """The newest first, without their words, each with what the save before it was."""
    was = {
        f"was_{name}": Window(Lag(name), partition_by=[F("id")], order_by=F("pgh_id").asc())
        for name in BEFORE
    }
    words = [name for name in texts.edition_model.WORDS if name != "title"]
    return (
        texts.history_model.objects.filter(document=document.pk)
        .select_related("saved_by")
        .defer(*words)
        .annotate(**was)
        .order_by("-pgh_id")
    )


def find(texts: Texts, document: Any, pk: str | int) -> Any:
    """One save with its words, and with what the save before it was. None where there is no such save."""
    if not (str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 19):
        return None
    saves = texts.history_model.objects.filter(document=document.pk).select_related("saved_by")
    save = saves.filter(pgh_id=pk).first()
    if save is None:
        return None
    before = saves.filter(id=save.id, pgh_id__lt=pk).order_by("-pgh_id").first()
    for name in BEFORE:
        setattr(save, f"was_{name}", before and getattr(before, name))
    return save if _is_a_deed(save) else None


def last_save(texts: Texts, edition: Any) -> int:
    """The row of the history that holds an edition as it is."""
    saves = texts.history_model.objects.filter(id=edition.pk, saves=edition.saves)
    return saves.order_by("pgh_id").values_list("pgh_id", flat=True)[0]


def deeds(texts: Texts, document: Any, saves: list[Any]) -> list[Deed]:
    kept = set(document.editions.values_list("pk", flat=True))
    return [
        Deed(
            pk=save.pgh_id,
            edition=save.id,
            number=save.number,
            save=save.saves,
            what=_what(save),
            by=name_of(save.saved_by),
            at=save.saved_at,
            note=_note(save),
            is_deleted=save.id not in kept,
        )
        for save in saves
        if _is_a_deed(save)
    ]


def _is_a_deed(save: Any) -> bool:
    """A row also appears where only the end of an edition was set, because of what followed it."""
    return save.was_saves != save.saves


def _what(save: Any) -> str:
    status, was = save.status, save.was_status
    if was is None:
        return "Came with the service" if save.loaded_digest else "Started"
    if status == was:
        return "Withdrawn" if status == Edition.Status.PUBLISHED else "Written"
    match status:
        case Edition.Status.IN_REVIEW:
            return "Sent for review"
        case Edition.Status.APPROVED:
            return "Schedule cancelled" if was == Edition.Status.PUBLISHED else "Approved"
        case Edition.Status.PUBLISHED:
            return "Scheduled" if save.shown_from > save.saved_at else "Published"
        case _:
            return "Sent back" if _was_sent_back(save) else "Written"


def _was_sent_back(save: Any) -> bool:
    # Sending for review clears the note, so that writing on leaves none.
    return bool(save.review_note) and not save.was_review_note


def _note(save: Any) -> str:
    if save.status == Edition.Status.DRAFT and _was_sent_back(save):
        return save.review_note
    return save.withdrawal_reason
