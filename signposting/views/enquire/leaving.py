"""Leaving an enquiry before it is sent: keep the answers for later, or delete them."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from signposting import draft_cookie, drafting

from . import draft_in_hand


@draft_in_hand.with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def save(request, draft, held):
    """The answers are kept already; this page gives what opens them again. POST forgets them in this browser."""
    if request.method == "POST":
        return draft_cookie.clear(draft_in_hand.to_start("saved"))
    context = {
        "draft": draft,
        "code": held.code,
        "go_on": draft_in_hand.address_of_first_unanswered(draft),
    }
    return render(request, "signposting/enquire/save.html", context)


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    """Works without a draft too: whoever wants everything gone must never be told that it failed."""
    if request.method != "POST":
        _, draft = draft_in_hand.look(request)
        back = (
            draft_in_hand.address_of_first_unanswered(draft)
            if draft
            else reverse("signposting:enquiry-start")
        )
        return render(request, "signposting/enquire/delete.html", {"back": back})
    held = draft_cookie.read(request)
    if held:
        drafting.discard(held.key)
    return draft_cookie.clear(draft_in_hand.to_start("deleted"))
