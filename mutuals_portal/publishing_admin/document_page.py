"""All about one document: what is public, where its draft stands and what may be done with it, and what was before."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from mutuals_portal import publishing
from mutuals_portal.publishing import Standing
from mutuals_portal.publishing_admin import history
from mutuals_portal.publishing_admin.listing import is_past_review
from mutuals_portal.publishing_admin.operations import OPERATIONS
from mutuals_portal.publishing_admin.people import name_of
from mutuals_portal.publishing_admin.texts import Texts

PEOPLE = ("saved_by", "sent_by", "approved_by", "withdrawn_by")


def show(texts: Texts, request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    document = texts.find(pk)
    editions = list(
        document.editions.with_review_day().select_related("document", *PEOPLE).order_by("-number")
    )
    standing = {edition.standing(at=now): edition for edition in reversed(editions)}
    live, scheduled = standing.get(Standing.LIVE), standing.get(Standing.SCHEDULED)
    draft = next((edition for edition in editions if edition.is_open), None)
    present = live or draft or scheduled or (editions[0] if editions else None)
    context = {
        "title": (present and present.title) or document.slug,
        "document": document,
        "place": texts.place_of(document),
        "facts": [*texts.facts_of(document), ("Owner", name_of(document.owner) or "Nobody")],
        "live": live,
        "is_past_review": is_past_review(live, on=timezone.localdate(now)),
        "withdrawn": None if live else standing.get(Standing.WITHDRAWN),
        "scheduled": scheduled,
        "draft": draft,
        "may_start": texts.may(request.user, "change") and publishing.may_start(document, at=now),
        "may_settle": texts.may(request.user, "settle"),
        "editions": [(edition, edition.standing(at=now)) for edition in editions],
        "linking": texts.linking_to(document).filter(_present(now)).order_by("title"),
    }
    if draft:
        context |= _of_draft(texts, draft, user=request.user, at=now)
    if draft and live:
        old, new = (history.last_save(texts, edition) for edition in (live, draft))
        context["changes"] = f"{texts.url('compare', pk)}?{urlencode({'old': old, 'new': new})}"
    for name, edition in (("live_buttons", live), ("scheduled_buttons", scheduled)):
        context[name] = buttons(texts, edition, user=request.user, at=now) if edition else []
    return texts.respond(request, "document", context)


def preview(texts: Texts, request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    document = texts.find(pk)
    found = document.editions.filter(pk=edition).first()
    if found is None:
        raise Http404
    found.document = document
    response = texts.preview(request, found)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def buttons(texts: Texts, edition: Any, *, user: User, at: datetime) -> list[dict[str, str]]:
    """What this user may do with an edition now."""
    possible = publishing.possible(edition, by=user, at=at)
    return [
        {
            "text": operation.title,
            "href": texts.url(str(operation.verb), edition.document_id, edition.pk),
            "kind": "secondary" if number or operation.button_kind else "",
        }
        for number, operation in enumerate(
            each for each in OPERATIONS if each.verb in possible and texts.may(user, *each.rights)
        )
    ]


def _of_draft(texts: Texts, draft: Any, *, user: User, at: datetime) -> dict[str, Any]:
    waits_for_another = (
        draft.standing(at=at) == Standing.IN_REVIEW
        and texts.may(user, "approve")
        and publishing.worked_on(draft, by=user)
    )
    return {
        "draft_standing": draft.standing(at=at),
        "problems": draft.problems(at=at),
        "authors": [name_of(author) for author in draft.authors.order_by("pk")],
        "draft_buttons": buttons(texts, draft, user=user, at=at),
        "waits_for_another": publishing.SECOND_PERSON if waits_for_another else "",
    }


def _present(at: datetime) -> Q:
    return Q(shown_until=None) | Q(shown_until__gt=at)
